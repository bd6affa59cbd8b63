"""The whole paper of a letter: its own pages, and those of the files that are printed with it.

And which files those were when the client was shown it: what is put in or taken out later is not hers yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from messages_app.models import Letter, LetterFile, LetterVersion
from secretariat.media import storing
from secretariat.media.models import MediaFile

from . import joining


@dataclass(frozen=True)
class Shown:
    """A file as it went with a letter when the client was shown it, whether or not it does still."""

    name: str
    pages: int
    joined: bool
    media_id: UUID
    added_at: datetime


def told(files: Iterable[LetterFile]) -> list[dict]:
    """What a version keeps of them."""
    return [
        {
            "name": each.name,
            "pages": each.pages,
            "joined": each.joined,
            "media_id": str(each.media_id),
            "added_at": each.added_at.isoformat(),
        }
        for each in files
    ]


def read_back(kept: Iterable[dict]) -> list[Shown]:
    """The files of which `told` was kept."""
    return [
        Shown(
            name=each["name"],
            pages=each["pages"],
            joined=each["joined"],
            media_id=UUID(each["media_id"]),
            added_at=datetime.fromisoformat(each["added_at"]),
        )
        for each in kept
    ]


def of_version(version: LetterVersion) -> list[Shown] | list[LetterFile]:
    """Those it was shown with; of one that nobody was shown yet, those of today."""
    if version.files_shown is not None:
        return read_back(version.files_shown)
    return list(version.letter.files.all())


def each_once(files: QuerySet[LetterFile]) -> list[LetterFile]:
    """Of what goes with many copies each file once, in the order in which they were put in."""
    rows = files.order_by("media_id").distinct("media_id")
    return sorted(rows, key=lambda each: (each.added_at, each.pk))


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
