"""Changes to work that was given: one side asks, the other agrees, and each version stays to be compared."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat.books.models import Brief, BriefTerms, Milestone, MilestoneWord, Proposal, Side
from secretariat.office.contracts.wording import Difference, differences
from secretariat.office.models import User

from . import charging, in_its_place, milestones, telling, words, writing
from .amounts import How
from .standing import NotNow, changed, locked, record

State = BriefTerms.State


def in_force(brief: Brief) -> BriefTerms:
    """What is agreed now: the newest version both sides said yes to."""
    return brief.terms.filter(state=State.AGREED).order_by("-version").first()


def asked(brief: Brief) -> BriefTerms | None:
    return brief.terms.filter(state=State.ASKED).first()


def compared(terms: BriefTerms) -> list[Difference]:
    """What is gone and what is new against the version that was agreed before it."""
    earlier = BriefTerms.objects.filter(brief=terms.brief_id, state=State.AGREED, version__lt=terms.version)
    before = earlier.order_by("-version").first()
    return differences(before.words, terms.words) if before else []


def as_part(milestone: Milestone) -> dict:
    return {
        "id": str(milestone.pk),
        "title": milestone.title,
        "due_on": milestone.due_on.isoformat(),
        "hours": str(milestone.hours),
        "amount": str(milestone.amount),
    }


@transaction.atomic
def ask(
    brief: Brief,
    *,
    parts: Iterable[Mapping],
    outcome: str,
    because: str,
    of: Side,
    by: User,
    at: datetime,
) -> BriefTerms:
    """Ask the other side for other milestones. `parts` are all that are still open, changed or new.

    One without an `id` is new; an open one that is not among them would end. Those that were handed in or
    are over stay as they are.
    """
    brief = locked(brief)
    if not brief.is_given:
        raise changed()
    if asked(brief):
        raise NotNow(_("A change is waiting for an answer already."))
    rows = list(Milestone.objects.filter(brief=brief).order_by("rank"))
    wanted = [dict(part) for part in parts]
    open_ones = {str(each.pk) for each in rows if each.is_open}
    if any(part.get("id") and part["id"] not in open_ones for part in wanted):
        raise NotNow(_("A milestone was handed in meanwhile. Look at it before you ask for a change."))
    proposal = brief.proposals.get(state=Proposal.State.CHOSEN)
    whole = [as_part(each) for each in rows if not each.is_open] + wanted
    newest = brief.terms.order_by("-version").first()
    made = BriefTerms.objects.create(
        brief=brief,
        client_id=brief.client_id,
        secretary_id=proposal.secretary_id,
        version=newest.version + 1 if newest else 1,
        state=State.ASKED,
        parts=wanted,
        words=words.sections(
            outcome=outcome,
            approach=proposal.approach,
            pays=proposal.pays,
            rate=proposal.rate,
            parts=whole,
            currency=brief.currency,
            window_days=brief.window_days,
            digits=brief.digits,
        ),
        because=because,
        asked_of=of,
        asked_by=by,
        asked_at=at,
    )
    telling.change_asked(made)
    record("change_asked", brief, by, subject=("books.briefterms", made.pk), side=of.value)
    return made


@transaction.atomic
def agree(terms: BriefTerms, *, of: Side, by: User, at: datetime, told: str = "") -> BriefTerms:
    """The other side says yes: from now on it holds. `told`: what the client told the firm."""
    brief = locked(terms.brief)
    _answer(terms, State.AGREED, of, told, by, at)
    proposal = brief.proposals.select_related("secretary__user").get(state=Proposal.State.CHOSEN)
    rows = Milestone.objects.filter(brief=brief).select_related("brief", "client", "secretary__user")
    open_ones = {str(each.pk): each for each in rows if each.is_open}
    kept = {part["id"]: part for part in terms.parts if part.get("id")}
    if kept.keys() - open_ones.keys():
        raise NotNow(_("A milestone was handed in meanwhile. This change does not fit any more."))
    lay_with_the_client = _came_back_since(terms)
    for key, milestone in open_ones.items():
        if key in kept:
            _alter(milestone, kept[key], at=at)
        elif milestone.pk not in lay_with_the_client:
            because = _("Left out by agreement: %(why)s") % {"why": terms.because}
            milestones.end_one(milestone, How.BY_CLIENT, of=of, because=because, by=by, at=at)
    for part in terms.parts:
        if not part.get("id"):
            milestones.add(brief, proposal.secretary, part, pays=proposal.pays, rate=proposal.rate, at=at)
    milestones.done_if_nothing_is_left(brief, by=by, at=at)
    telling.change_answered(terms)
    record("change_agreed", brief, by, subject=("books.briefterms", terms.pk), side=of.value)
    return terms


def _came_back_since(terms: BriefTerms) -> set[UUID]:
    """Milestones that were handed in when the change was asked for: it says nothing of them."""
    back = MilestoneWord.objects.filter(
        milestone__brief=terms.brief_id, what=MilestoneWord.What.SENT_BACK, at__gte=terms.asked_at
    )
    return set(back.values_list("milestone_id", flat=True))


@transaction.atomic
def decline(terms: BriefTerms, *, of: Side, by: User, at: datetime, told: str = "") -> BriefTerms:
    """The other side says no, or who asked takes it back. What was agreed before goes on."""
    locked(terms.brief)
    if of == terms.asked_of:
        _close(terms, State.WITHDRAWN, by, at)
        telling.is_answered(terms.brief)
    else:
        _answer(terms, State.DECLINED, of, told, by, at)
        telling.change_answered(terms)
    milestones.done_if_nothing_is_left(terms.brief, by=by, at=at)
    record("change_declined", terms.brief, by, subject=("books.briefterms", terms.pk), side=of.value)
    return terms


def _answer(terms: BriefTerms, to: str, of: Side, told: str, by: User, at: datetime) -> None:
    if of == terms.asked_of:
        raise NotNow(_("You asked for this. The other side answers."))
    if of == Side.FIRM and terms.asked_of != Side.SECRETARY:
        raise NotNow(_("The client asked for this. The secretary answers."))
    in_its_place.check(terms.client, of)
    _close(terms, to, by, at)
    if of == Side.FIRM:
        proposal = terms.brief.proposals.get(state=Proposal.State.CHOSEN)
        writing.keep(proposal, of=of, words=in_its_place.said(told, of), by=by, at=at)


def _close(terms: BriefTerms, to: str, by: User, at: datetime) -> None:
    waiting = BriefTerms.objects.filter(pk=terms.pk, state=State.ASKED)
    if not waiting.update(state=to, answered_by=by, answered_at=at):
        raise changed()
    terms.refresh_from_db()


def _alter(milestone: Milestone, part: Mapping, *, at: datetime) -> None:
    facts = {
        "title": part["title"],
        "due_on": date.fromisoformat(part["due_on"]),
        "hours": Decimal(part["hours"]),
        "amount": Decimal(part["amount"]),
    }
    if all(getattr(milestone, name) == value for name, value in facts.items()):
        return
    if not Milestone.objects.filter(pk=milestone.pk, state=Milestone.State.OPEN).update(**facts):
        raise changed()
    milestone.refresh_from_db()
    if milestone.brief.paid == Brief.Paid.ADVANCE:
        charging.advance(milestone, at=at)
    milestones.to_do(milestone)
