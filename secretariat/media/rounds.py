import re
from datetime import timedelta
from time import time

from secretariat import clock
from secretariat.outbox.rounds import every

from . import storing
from .models import MediaFile

UNCLAIMED = timedelta(days=1)
WHOLE = re.compile(r"[0-9a-f]{32}")
AT_MOST = 200  # files a round, so that its transaction stays short


@every(seconds=60)
def end_retention() -> int:
    """Delete files whose time is over; their rows stay and say so."""
    over = MediaFile.objects.filter(deleted_at=None, delete_after__lte=clock.now())
    files = list(over.select_for_update(skip_locked=True)[:AT_MOST])
    for file in files:
        storing.remove(file)
    return len(files)


@every(seconds=3600)
def clear_unclaimed() -> int:
    """Delete what lies on disk for a day without a row that claims it: its transaction failed.

    The age is that of the file on this computer, so a demo's moved clock does not matter.
    """
    before = time() - UNCLAIMED.total_seconds()
    removed = 0
    for folder in storing.root().glob("??"):
        old = [path for path in folder.iterdir() if path.stat().st_mtime < before]
        ids = [path.name for path in old if WHOLE.fullmatch(path.name)]
        claimed = MediaFile.objects.filter(pk__in=ids, deleted_at=None).values_list("pk", flat=True)
        names = {pk.hex for pk in claimed}
        for path in old:
            if path.name not in names:
                path.unlink(missing_ok=True)
                removed += 1
    return removed
