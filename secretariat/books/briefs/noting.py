"""A closing note from each side, to the firm and to nobody else."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from secretariat.books.models import Brief, ClosingNote, Side
from secretariat.office.models import User

from .standing import NotNow, record


@transaction.atomic
def write(brief: Brief, *, of: Side, again: bool, words: str, by: User, at: datetime) -> ClosingNote:
    """Say how it went, once, when the work is over."""
    if not brief.is_over or brief.given_at is None:
        raise NotNow(_("A closing note is written when the work is over."))
    try:
        with transaction.atomic():
            made = ClosingNote.objects.create(
                brief=brief, client_id=brief.client_id, of=of, again=again, words=words, by=by, at=at
            )
    except IntegrityError as twice:
        raise NotNow(_("A closing note of this side is written already.")) from twice
    record("noted", brief, by, subject=("books.closingnote", made.pk), side=of.value)
    return made
