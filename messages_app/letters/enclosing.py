"""Files that go with a letter: put in while it is written, printed after it or named as sent apart."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from messages_app.models import Letter, LetterFile
from secretariat import media
from secretariat.card_numbers import redact
from secretariat.media.models import MediaFile

from . import joining
from .lettering import NotAsSeen, announce

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
    try:
        pages = joining.pages_of(content)
    except joining.CannotBePrinted as wrong:
        raise NotEnclosed(str(WHY_NOT[wrong.code])) from wrong
    _changed(letter, version)
    if letter.files.count() >= MOST:
        raise NotEnclosed(_("No more than %(n)d files go with one letter.") % {"n": MOST})
    name = redact(name.strip())[0][:120]
    kept = media.store(
        content,
        client_id=letter.client_id,
        kind=MEDIA_KIND,
        name=f"{name}.pdf",
        content_type="application/pdf",
    )
    return LetterFile.objects.create(
        client_id=letter.client_id,
        letter=letter,
        name=name,
        joined=joined,
        media_id=kept.pk,
        sha256=kept.sha256,
        pages=pages,
        added_by=by,
        added_at=at,
    )


@transaction.atomic
def take_out(file: LetterFile, *, version: int) -> None:
    """It does not go with the letter after all. Raises NotAsSeen."""
    _changed(file.letter, version)
    for kept in MediaFile.objects.filter(pk=file.media_id, deleted_at=None):
        media.remove(kept)
    file.delete()


def _changed(letter: Letter, version: int) -> None:
    """What the client is shown never changes under her: only a draft is added to."""
    rows = Letter.objects.filter(pk=letter.pk, version=version, state__in=WRITABLE, serial=None)
    if not rows.update(version=F("version") + 1):
        raise NotAsSeen
    letter.refresh_from_db()
    announce(letter)
