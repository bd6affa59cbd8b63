"""The files that go with a mail or a letter, as somebody's screen shows them, and what has changed since."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

MOST = 60  # files that a page may tell of
LONGEST = 300


def written(files: Iterable) -> list[str]:
    """What the page tells of them in hidden fields; the empty first says that it tells of all there are."""
    return ["", *(f"{each.media_id} {each.name}" for each in files)]


def changed_since(seen: Sequence[str], files: Iterable) -> str:
    """What is not as the page told (`seen`), in sentences; empty where nothing is, or it told nothing."""
    if not seen:
        return ""
    told = dict(each[:LONGEST].partition(" ")[::2] for each in seen[:MOST] if each)
    there = {str(each.media_id): each.name for each in files}
    added = [name for key, name in there.items() if key not in told]
    gone = [name for key, name in told.items() if key not in there]
    said = [
        _("Goes with it now: %(names)s.") % {"names": ", ".join(added)} if added else "",
        _("Goes with it no more: %(names)s.") % {"names": ", ".join(gone)} if gone else "",
    ]
    return " ".join(filter(None, said))
