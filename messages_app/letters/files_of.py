"""The whole paper of a letter: its own pages, and those of the files that are printed with it."""

from uuid import UUID

from messages_app.models import Letter
from secretariat.media import storing
from secretariat.media.models import MediaFile

from . import joining


def with_files(letter: Letter, paper: bytes, *, read: dict[UUID, bytes] | None = None) -> tuple[bytes, int]:
    """The letter's own pages and those of the files printed with it, and how many pages the files have.

    `read` holds what was read already: many copies have the same files.
    """
    joined = [each for each in letter.files.all() if each.joined]
    if not joined:
        return paper, 0
    read = {} if read is None else read
    unread = [each.media_id for each in joined if each.media_id not in read]
    for kept in MediaFile.objects.filter(pk__in=unread):
        read[kept.pk] = b"".join(storing.read(kept))
    parts = [read[each.media_id] for each in joined]
    return joining.joined([paper, *parts]), sum(each.pages for each in joined)
