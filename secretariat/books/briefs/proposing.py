"""A secretary's proposal: made, taken back, compared with the others, and one of them accepted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clients.confidentiality import terms as confidentiality
from clients.models import ClientTerms
from secretariat.books.models import (
    Brief,
    BriefInvitation,
    BriefTerms,
    Proposal,
    ProposedPart,
    Side,
)
from secretariat.office.contracts import holding
from secretariat.office.models import Profile, Secretary, User

from . import comparing, milestones, noticing, noting, posting, telling, words
from .comparing import Asked, Offered, Ranked
from .standing import NotNow, changed, locked, record

State = Proposal.State


def terms_to_accept(secretary: Secretary, brief: Brief) -> ClientTerms | None:
    """The client's terms that she must accept first; None where nothing is asked, or she has."""
    in_force = ClientTerms.objects.in_force().filter(client=brief.client_id)
    return in_force.not_accepted_by(secretary).first()


def why_not(secretary: Secretary, brief: Brief, *, at: datetime) -> str:
    """Why she cannot propose for it, in words; empty if she can."""
    if refusal := posting.why_not(secretary, brief, at=at):
        return refusal
    contract = holding.of(secretary, holding.today(secretary, at))
    if contract and contract.currency != brief.currency:
        return _("Your contract pays in %(hers)s, and this work is paid in %(its)s.") % {
            "hers": contract.currency,
            "its": brief.currency,
        }
    return ""


def not_at_work(secretary: Secretary) -> str:
    """That she can be given no work just now, in words for everybody; empty if she can."""
    if secretary.user.is_active and secretary.is_engaged:
        return ""
    return _("Whoever makes it does not work here at present. It is open again once that is over.")


@transaction.atomic
def propose(
    brief: Brief,
    *,
    approach: str,
    pays: str,
    rate: Decimal | None,
    parts: Iterable[Mapping],
    by: Secretary,
    at: datetime,
    accepts_terms: bool = False,
) -> Proposal:
    """Say what she will do, by when and for how much. One that was made before gives way to it.

    `parts`: title, due_on, hours, amount. Raises NotNow where she may not, or has not accepted the terms.
    """
    brief = locked(brief)
    if not brief.is_open:
        raise NotNow(_("Nothing is proposed for this any more."))
    if refusal := why_not(by, brief, at=at):
        raise NotNow(refusal)
    if waiting := terms_to_accept(by, brief):
        if not accepts_terms:
            raise NotNow(_("Accept what this client asks of everybody who works for it first."))
        confidentiality.accept(waiting, by=by, at=at)
    mine = Proposal.objects.filter(brief=brief, secretary=by, state=State.MADE)
    mine.update(state=State.WITHDRAWN)
    newest = Proposal.objects.filter(brief=brief).aggregate(n=Max("number"))["n"] or 0
    made = Proposal.objects.create(
        brief=brief,
        client_id=brief.client_id,
        secretary=by,
        number=newest + 1,
        approach=approach,
        pays=pays,
        rate=rate,
        made_at=at,
    )
    ProposedPart.objects.bulk_create(
        ProposedPart(proposal=made, client_id=brief.client_id, rank=rank, **part)
        for rank, part in enumerate(parts)
    )
    noticing.proposed(brief)
    telling.proposed(made)
    record("proposed", brief, by.user, subject=("books.proposal", made.pk))
    return made


@transaction.atomic
def withdraw(proposal: Proposal, *, by: User) -> None:
    """She takes it back while nobody has accepted it. The client is told."""
    locked(proposal.brief)
    if not Proposal.objects.filter(pk=proposal.pk, state=State.MADE).update(state=State.WITHDRAWN):
        raise changed()
    telling.taken_back(proposal)
    record("proposal_withdrawn", proposal.brief, by, subject=("books.proposal", proposal.pk))


@dataclass(frozen=True)
class Compared:
    """One proposal in the comparison. `name` is what its reader may know of who makes it."""

    proposal: Proposal
    ranked: Ranked
    name: str
    price: str
    parts: list[ProposedPart]
    most: Decimal
    note: str = ""  # for the firm alone
    why_not: str = ""  # it cannot be accepted just now


def compared(brief: Brief, *, for_firm: bool) -> list[Compared]:
    """Those that stand, the most fitting first, as they were when each secretary was asked."""
    rows = list(
        Proposal.objects.filter(brief=brief, state__in=[State.MADE, State.CHOSEN])
        .select_related("secretary__user")
        .prefetch_related("parts")
    )
    names = names_of(rows, brief, for_firm=for_firm)
    invited = {each.secretary_id: each for each in BriefInvitation.objects.filter(brief=brief)}
    offered = []
    for each in rows:
        parts, invitation = list(each.parts.all()), invited.get(each.secretary_id)
        offered.append(
            Offered(
                key=each.pk,
                most=sum((part.amount for part in parts), Decimal(0)),
                done_on=max(part.due_on for part in parts),
                score=invitation.score if invitation else 0,
                why=tuple(invitation.why) if invitation else (),
                number=each.number,
            )
        )
    by_key = {each.pk: each for each in rows}
    apart = noting.apart_from(brief.client_id) if for_firm else set()
    rather_not = _("One of them would rather not work with the other again.")
    return [
        Compared(
            proposal=by_key[ranked.offered.key],
            ranked=ranked,
            name=names[ranked.offered.key],
            price=price_of(by_key[ranked.offered.key], ranked.offered.most),
            parts=list(by_key[ranked.offered.key].parts.all()),
            most=ranked.offered.most,
            why_not=not_at_work(by_key[ranked.offered.key].secretary),
            note=rather_not if by_key[ranked.offered.key].secretary_id in apart else "",
        )
        for ranked in comparing.rank(Asked(brief.due_on, brief.budget, brief.digits), offered)
    ]


def price_of(proposal: Proposal, most: Decimal) -> str:
    brief = proposal.brief
    return words.price(proposal.pays, proposal.rate, most, brief.currency, brief.digits)


def names_of(proposals: Iterable[Proposal], brief: Brief, *, for_firm: bool) -> dict:
    """By each one's id, who makes it: the client reads a name as far as firm and she herself allow."""
    rows = list(proposals)
    shown: dict = {}
    if brief.shows_names and not for_firm:
        public = Profile.objects.filter(secretary__in=[each.secretary_id for each in rows], is_public=True)
        shown = dict(public.values_list("secretary", "public_name"))
    numbered = _("Proposal %(n)d")
    return {
        each.pk: each.secretary.spoken_name
        if for_firm
        else shown.get(each.secretary_id) or numbered % {"n": each.number}
        for each in rows
    }


@transaction.atomic
def accept(proposal: Proposal, *, by: User, at: datetime) -> Proposal:
    """Give her the work: of two at once one wins. The others are told that theirs was not chosen."""
    proposal = Proposal.objects.select_related("brief__client", "secretary__user").get(pk=proposal.pk)
    brief = proposal.brief
    given = Brief.objects.filter(pk=brief.pk, state=Brief.State.OPEN)
    if not given.update(state=Brief.State.GIVEN, given_at=at):
        raise NotNow(_("This work was given to somebody, or taken back, meanwhile."))
    if not Proposal.objects.filter(pk=proposal.pk, state=State.MADE).update(state=State.CHOSEN):
        raise NotNow(_("This proposal was taken back or changed meanwhile. Compare them again."))
    if refusal := not_at_work(proposal.secretary) or why_not(proposal.secretary, brief, at=at):
        raise NotNow(refusal)
    proposal.refresh_from_db()
    brief.refresh_from_db()
    first = _first_terms(proposal, by=by, at=at)
    milestones.begin(proposal, first, at=at)
    others = brief.proposals.filter(state=State.MADE).select_related("secretary__user")
    for each in others:
        telling.not_chosen(each)
    others.update(state=State.NOT_CHOSEN)
    noticing.over(brief)
    telling.chosen(proposal)
    record("given", brief, by, subject=("books.proposal", proposal.pk), secretary=proposal.secretary_id)
    return proposal


def _first_terms(proposal: Proposal, *, by: User, at: datetime) -> BriefTerms:
    """The proposal as it was accepted: version 1 of what is agreed."""
    brief = proposal.brief
    parts = [
        {
            "title": each.title,
            "due_on": each.due_on.isoformat(),
            "hours": str(each.hours),
            "amount": str(each.amount),
        }
        for each in proposal.parts.all()
    ]
    return BriefTerms.objects.create(
        brief=brief,
        client_id=brief.client_id,
        secretary=proposal.secretary,
        version=1,
        state=BriefTerms.State.AGREED,
        parts=parts,
        words=words.sections(
            outcome=brief.outcome,
            approach=proposal.approach,
            pays=proposal.pays,
            rate=proposal.rate,
            parts=parts,
            currency=brief.currency,
            window_days=brief.window_days,
            digits=brief.digits,
        ),
        asked_of=Side.SECRETARY,
        asked_by=proposal.secretary.user,
        asked_at=proposal.made_at,
        answered_by=by,
        answered_at=at,
    )
