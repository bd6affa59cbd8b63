"""The whole paper of a letter: its own pages, and those of the files that are printed with it."""

from messages_app.models import Letter
from secretariat.media import storing
from secretariat.media.models import MediaFile

from . import joining


def with_files(letter: Letter, paper: bytes) -> tuple[bytes, int]:
    """The letter's own pages and those of the files printed with it, and how many pages the files have."""
    joined = [each for each in letter.files.all() if each.joined]
    if not joined:
        return paper, 0
    held = MediaFile.objects.in_bulk([each.media_id for each in joined])
    parts = [b"".join(storing.read(held[each.media_id])) for each in joined]
    return joining.joined([paper, *parts]), sum(each.pages for each in joined)
