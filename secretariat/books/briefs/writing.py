"""What client, secretary and firm write to one another: about a proposal, and then about the work itself.

Nobody learns anybody's address or name by it: each is a side. What the firm should look at lies before it.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from secretariat.books.models import BriefWord, Proposal, Side
from secretariat.office.models import User

from . import telling
from .standing import NotNow, locked, record

ASKED = "books.brief_asked_of_firm"
State = Proposal.State


def thread(proposal: Proposal):
    """Everything that was written about her proposals for this brief, and then about the work."""
    return BriefWord.objects.filter(brief=proposal.brief_id, secretary=proposal.secretary_id)


def standing(proposal: Proposal) -> Proposal:
    """Hers that stands now, where she has changed it since: a link to the earlier one leads there."""
    if proposal.state != State.WITHDRAWN:
        return proposal
    rows = Proposal.objects.filter(brief=proposal.brief_id, secretary=proposal.secretary_id)
    return rows.exclude(state=State.WITHDRAWN).select_related("secretary__user").first() or proposal


def why_not(proposal: Proposal, of: Side) -> str:
    """Why nothing can be written there by this side, in words; empty if it can."""
    brief = proposal.brief
    if proposal.state == State.CHOSEN and brief.is_given:
        return ""
    if proposal.state != State.MADE or not brief.is_open:
        return _("This is over. Nothing more is written about it.")
    if of == Side.SECRETARY and not thread(proposal).exists():
        return _("Until you are asked, ask your questions on the brief: all who may propose read the answer.")
    return ""


@transaction.atomic
def say(
    proposal: Proposal, *, of: Side, words: str, by: User, at: datetime, for_firm: bool = False
) -> BriefWord:
    """Write to the other side; the firm reads it too. `for_firm`: it is to look at it, and to answer."""
    brief = locked(proposal.brief)
    proposal = standing(Proposal.objects.select_related("secretary__user").get(pk=proposal.pk))
    proposal.brief = brief
    if refusal := why_not(proposal, of):
        raise NotNow(refusal)
    made = keep(proposal, of=of, words=words, by=by, at=at)
    if of == Side.FIRM:
        _is_heard(proposal, by=by)
    elif for_firm:
        _before_the_firm(made, proposal)
    telling.said(made, proposal)
    record("said", brief, by, subject=("books.briefword", made.pk), side=of.value)
    return made


def keep(proposal: Proposal, *, of: Side, words: str, by: User, at: datetime) -> BriefWord:
    """It stands there. Nobody is told of it by this."""
    return BriefWord.objects.create(
        brief_id=proposal.brief_id,
        client_id=proposal.client_id,
        secretary_id=proposal.secretary_id,
        of=of,
        words=words,
        by=by,
        at=at,
    )


def _is_heard(proposal: Proposal, *, by: User) -> None:
    """The firm has answered here. What is asked beside another proposal goes on waiting."""
    hers = Proposal.objects.filter(brief=proposal.brief_id, secretary=proposal.secretary_id)
    for pk in hers.values_list("pk", flat=True):
        work.finish_all(subject=(telling.PROPOSAL, pk), by=by, outcome=_("Answered"), kind=ASKED)


def _before_the_firm(said: BriefWord, proposal: Proposal) -> None:
    """It ends with the firm's answer there, or by its word in the list: never by itself, as work goes on."""
    who = said.secretary.spoken_name if said.of == Side.SECRETARY else said.brief.client.name
    work.open_item(
        ASKED,
        subject=(telling.PROPOSAL, proposal.pk),
        because=_("%(name)s asks the firm about work by proposal") % {"name": who},
        urgency=WorkItem.Urgency.TODAY,
    )
