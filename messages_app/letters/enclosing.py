"""Files that go with a letter, or with every copy of one: put in while it is written, printed after it.

With copies the file itself is kept once; each copy has a row of its own that says that it goes with it.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from messages_app.models import Letter, LetterFile, SerialLetter
from secretariat import media
from secretariat.card_numbers import redact
from secretariat.media.models import MediaFile

from . import files_of, joining, serials
from .lettering import NotAsSeen, announce, to_be_written

MEDIA_KIND = "letters.file"
MOST = 10
WRITABLE = (Letter.State.DRAFT, Letter.State.CHANGE)
WHY_NOT = {
    "locked": gettext_lazy("This PDF is locked with a password, so it cannot be printed."),
    "broken": gettext_lazy("This file cannot be read as a PDF."),
    "empty": gettext_lazy("This PDF has no pages."),
    "long": gettext_lazy("This PDF has more than 60 pages. Send it apart, and name it among the enclosures."),
}


class NotEnclosed(Exception):
    """It does not go with the letter. The message says why."""


@transaction.atomic
def enclose(
    letter: Letter, content: bytes, *, name: str, joined: bool, version: int, by, at: datetime
) -> LetterFile:
    """Let a PDF go with it, named as `name`. Raises NotEnclosed, NotAsSeen."""
    pages = _pages_of(content)
    _changed(letter, version, by=by, at=at)
    _refuse_too_many(letter.files.count())
    facts = _kept(letter.client_id, content, name) | {"joined": joined, "pages": pages}
    return LetterFile.objects.create(letter=letter, added_by=by, added_at=at, **facts)


@transaction.atomic
def enclose_in_all(
    serial: SerialLetter, content: bytes, *, name: str, joined: bool, version: int, by, at: datetime
) -> int:
    """Let a PDF go with every copy that is not left out; all are looked at again. Returns with how many.

    Raises as `enclose`.
    """
    pages = _pages_of(content)
    serials.reopen(serial, version=version)
    _refuse_too_many(len(files_of_all(serial)))
    facts = _kept(serial.client_id, content, name) | {"joined": joined, "pages": pages}
    copies = serial.copies.filter(state=Letter.State.DRAFT)
    rows = [LetterFile(letter=copy, added_by=by, added_at=at, **facts) for copy in copies]
    LetterFile.objects.bulk_create(rows, batch_size=500)
    serials.look_again(serial, by=by)
    return len(rows)


@transaction.atomic
def take_out(file: LetterFile, *, version: int, by, at: datetime) -> None:
    """It does not go with the letter after all. Raises NotAsSeen."""
    _changed(file.letter, version, by=by, at=at)
    file.delete()
    remove_unused([file.media_id])


@transaction.atomic
def take_out_of_all(serial: SerialLetter, media_id: UUID, *, version: int, by) -> None:
    """It goes with no copy. Raises NotAsSeen."""
    serials.reopen(serial, version=version)
    LetterFile.objects.filter(letter__serial=serial, media_id=media_id).delete()
    remove_unused([media_id])
    serials.look_again(serial, by=by)


def files_of_all(serial: SerialLetter) -> list[LetterFile]:
    """What goes with the copies, each file once, in the order in which they were put in."""
    return files_of.each_once(LetterFile.objects.filter(letter__serial=serial))


def remove_unused(media_ids: Iterable[UUID]) -> None:
    """Delete those of these files that go with no letter any more."""
    used = LetterFile.objects.filter(media_id__in=media_ids).values("media_id")
    for kept in MediaFile.objects.filter(pk__in=media_ids, deleted_at=None).exclude(pk__in=used):
        media.remove(kept)


def _pages_of(content: bytes) -> int:
    try:
        return joining.pages_of(content)
    except joining.CannotBePrinted as wrong:
        raise NotEnclosed(str(WHY_NOT[wrong.code])) from wrong


def _refuse_too_many(count: int) -> None:
    if count >= MOST:
        raise NotEnclosed(_("No more than %(n)d files go with one letter.") % {"n": MOST})


def _kept(client_id: UUID, content: bytes, name: str) -> dict:
    name = redact(name.strip())[0][:120]
    kept = media.store(
        content,
        client_id=client_id,
        kind=MEDIA_KIND,
        name=f"{name}.pdf",
        content_type="application/pdf",
    )
    return {"client_id": client_id, "name": name, "media_id": kept.pk, "sha256": kept.sha256}


def _changed(letter: Letter, version: int, *, by, at: datetime) -> None:
    """What the client is shown never changes under her: a draft does, or the next version is begun."""
    rows = Letter.objects.filter(pk=letter.pk, version=version, state__in=WRITABLE, serial=None)
    if not rows.update(version=F("version") + 1):
        raise NotAsSeen
    letter.refresh_from_db()
    newest = to_be_written(letter)
    if newest._state.adding:
        newest.written_by, newest.saved_at = by, at
        newest.save()
    announce(letter)
