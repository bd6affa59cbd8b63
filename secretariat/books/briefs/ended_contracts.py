"""What becomes of work by proposal when whoever does it is gone, or may not sign in for a while."""

from collections.abc import Iterator

from django.dispatch import receiver
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat.books.models import Brief, Proposal
from secretariat.office import signals
from secretariat.office.models import Secretary, User

from . import telling
from .standing import locked

WITHOUT_HER = "books.brief_without_her"
State = Proposal.State


@receiver(signals.contract_ended, dispatch_uid="books.briefs.contract_ended")
def contract_ended(sender, secretary, handed, **rest):
    """What she proposed is taken back; what she was given is the firm's to go on with, or to end."""
    for each in Proposal.objects.filter(secretary=secretary, state=State.MADE).select_related(
        "brief__client"
    ):
        locked(each.brief)
        if Proposal.objects.filter(pk=each.pk, state=State.MADE).update(state=State.WITHDRAWN):
            telling.taken_back(each)
    because = _("The contract of %(name)s is over: work by proposal for %(client)s waits")
    for brief in _given_to(secretary):
        _waits(brief, because % {"name": secretary.spoken_name, "client": brief.client.name})
        handed.append(_("Work by proposal for %(client)s") % {"client": brief.client.name})


@receiver(signals.person_suspended, dispatch_uid="books.briefs.person_suspended")
def person_suspended(sender, user, handed, **rest):
    """It waits for her: the firm lets her in again, or ends it; the client is told that it stands still."""
    because = _("%(name)s is suspended: work by proposal for %(client)s waits")
    for brief in _given_to(getattr(user, "secretary", None)):
        _waits(brief, because % {"name": user.secretary.spoken_name, "client": brief.client.name})
        handed.append(_("It waits for her: work by proposal for %(client)s") % {"client": brief.client.name})


@receiver(signals.person_let_in, dispatch_uid="books.briefs.person_let_in")
def person_let_in(sender, user, by, **rest):
    """She goes on with it."""
    for brief in _given_to(getattr(user, "secretary", None)):
        goes_on(brief, by=by, outcome=_("She may sign in again"))


def goes_on(brief: Brief, *, by: User | None, outcome: str) -> None:
    """Nothing waits for want of her any more."""
    work.finish_all(subject=("books.brief", brief.pk), by=by, outcome=outcome, kind=WITHOUT_HER)


def _given_to(secretary: Secretary | None) -> Iterator[Brief]:
    given = Proposal.objects.filter(secretary=secretary, state=State.CHOSEN, brief__state=Brief.State.GIVEN)
    return (each.brief for each in given.select_related("brief__client")) if secretary else iter(())


def _waits(brief: Brief, because: str) -> None:
    item = work.open_item(
        WITHOUT_HER,
        subject=("books.brief", brief.pk),
        because=because,
        urgency=WorkItem.Urgency.TODAY,
    )
    telling.waits(brief, item.pk)
