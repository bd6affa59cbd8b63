"""A closing note from each side, to the firm and to nobody else; and who would rather not again."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from clients import work
from secretariat.books.models import Brief, ClosingNote, Proposal, Side
from secretariat.office import signals
from secretariat.office.models import User

from .standing import NotNow, record

RATHER_NOT = "books.rather_not_again"


@transaction.atomic
def write(brief: Brief, *, of: Side, again: bool, words: str, by: User, at: datetime) -> ClosingNote:
    """Say how it went, once, when the work is over. Who would rather not again is the firm's to talk to."""
    if not brief.is_over or brief.given_at is None:
        raise NotNow(_("A closing note is written when the work is over."))
    try:
        with transaction.atomic():
            made = ClosingNote.objects.create(
                brief=brief, client_id=brief.client_id, of=of, again=again, words=words, by=by, at=at
            )
    except IntegrityError as twice:
        raise NotNow(_("A closing note of this side is written already.")) from twice
    if not again:
        _before_the_firm(made)
    record("noted", brief, by, subject=("books.closingnote", made.pk), side=of.value)
    return made


def _before_the_firm(note: ClosingNote) -> None:
    brief = note.brief
    chosen = brief.proposals.select_related("secretary").get(state=Proposal.State.CHOSEN)
    names = {"client": brief.client.name, "name": chosen.secretary.spoken_name}
    words = (
        _("%(client)s would rather not work with %(name)s again")
        if note.of == Side.CLIENT
        else _("%(name)s would rather not work for %(client)s again")
    )
    work.open_item(RATHER_NOT, subject=("books.closingnote", note.pk), because=words % names)


def asked_of(briefs, side: Side):
    """Those of these that are over and of which this side has not said how it went."""
    return briefs.exclude(given_at=None).exclude(ended_at=None).exclude(notes__of=side)


def apart_from(client_id: UUID) -> set[UUID]:
    """Secretaries of whom this client, or who of it, would rather not again, as each side said last."""
    done = Proposal.objects.filter(client=client_id, state=Proposal.State.CHOSEN, brief__notes__isnull=False)
    notes = done.order_by("brief__notes__at", "brief__notes__pk")
    latest = {
        (who, side): again
        for who, side, again in notes.values_list("secretary", "brief__notes__of", "brief__notes__again")
    }
    return {who for (who, _side), again in latest.items() if not again}


@receiver(signals.apart_asked, dispatch_uid="books.briefs.apart")
def apart_asked(sender, client_id, apart, **rest):
    apart |= apart_from(client_id)
