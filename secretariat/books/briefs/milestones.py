"""Milestones: begun as work of hers, handed in, accepted or sent back, disputed, settled, ended; charged.

Each verb holds the brief and asks the row, so of two at once one wins; what has ended is charged once: a
constraint holds it. What the client answers, the firm says in its place where nobody speaks for it (`of`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clients import work
from clients.local_time import first_moment
from clients.models import WorkItem
from secretariat.books import hours
from secretariat.books.models import Brief, BriefTerms, Milestone, MilestoneWord, Proposal, Side
from secretariat.office.models import Secretary, User

from . import caps, charging, ended_contracts, in_its_place, telling
from .amounts import How
from .caps import MILESTONE
from .standing import NotNow, changed, locked, record

State, What = Milestone.State, MilestoneWord.What
DISPUTED = "books.disputed"
ANSWER_WITHIN = timedelta(days=3)


def begin(proposal: Proposal, terms: BriefTerms, *, at: datetime) -> list[Milestone]:
    """Each part of an accepted proposal becomes a milestone and a piece of her work."""
    return [
        add(proposal.brief, proposal.secretary, part, pays=proposal.pays, rate=proposal.rate, at=at)
        for part in terms.parts
    ]


def add(
    brief: Brief, secretary: Secretary, part: Mapping, *, pays: str, rate: Decimal | None, at: datetime
) -> Milestone:
    """One more milestone, behind those there are. `part`: title, due_on (ISO), hours and amount as text."""
    last = Milestone.objects.filter(brief=brief).aggregate(n=Max("rank"))["n"]
    made = Milestone.objects.create(
        brief=brief,
        client=brief.client,
        secretary=secretary,
        rank=0 if last is None else last + 1,
        title=part["title"],
        due_on=date.fromisoformat(part["due_on"]),
        hours=Decimal(part["hours"]),
        amount=Decimal(part["amount"]),
        pays=pays,
        rate=rate,
    )
    if brief.paid == Brief.Paid.ADVANCE:
        charging.advance(made, at=at)
    to_do(made)
    return made


def to_do(milestone: Milestone, *, urgency: int = WorkItem.Urgency.NORMAL) -> None:
    """Put it into her list of work, until the end of its day on the client's clock.

    Whoever works here no more has no list: that the work waits is the firm's to look after.
    """
    if not milestone.secretary.is_engaged:
        return
    ends = first_moment(milestone.due_on + timedelta(days=1), time.min, milestone.client.tz)
    item = work.open_item(
        MILESTONE,
        subject=(MILESTONE, milestone.pk),
        client=milestone.client,
        because=_("Work by proposal: a milestone"),
        urgency=urgency,
        promised_at=ends,
        owner=milestone.secretary.user,
    )
    work.promise(item, ends)  # both sides may have agreed on a later day


def write_down(
    milestone: Milestone,
    *,
    started_at: datetime,
    ended_at: datetime,
    words: str,
    by: Secretary,
    at: datetime,
) -> None:
    """Time she worked on it, in her week like any other. Raises hours.NotNow above the cap."""
    hours.add(
        by,
        client=milestone.client,
        started_at=started_at,
        ended_at=ended_at,
        because=words,
        by=by.user,
        at=at,
        subject=(MILESTONE, milestone.pk),
    )


@transaction.atomic
def hand_in(milestone: Milestone, *, words: str, result: Decimal, by: User, at: datetime) -> Milestone:
    """She says that it is done. From then on the client has so many days to answer."""
    until = at + timedelta(days=milestone.brief.window_days)
    facts = {"handed_in_at": at, "counts_at": until, "result": result}
    _move(milestone, [State.OPEN], State.HANDED_IN, **facts)
    said = _say(milestone, What.HANDED_IN, Side.SECRETARY, words, by, at)
    work.finish_all(subject=(MILESTONE, milestone.pk), by=by, outcome=_("Handed in"))
    telling.handed_in(said)
    return milestone


@transaction.atomic
def accept(milestone: Milestone, *, words: str, by: User, at: datetime, of: Side = Side.CLIENT) -> Milestone:
    """The client is content: it is charged, and she is paid for it."""
    _move(milestone, [State.HANDED_IN, State.DISPUTED], State.ACCEPTED, over_at=at, over_by=by)
    _answer(milestone, What.ACCEPTED, of, words, by, at)
    _over(milestone, How.ACCEPTED, by=by, at=at)
    telling.accepted(milestone)
    return milestone


@transaction.atomic
def send_back(
    milestone: Milestone, *, words: str, by: User, at: datetime, of: Side = Side.CLIENT
) -> Milestone:
    """Something is not as agreed: she goes on, with what was said."""
    _move(milestone, [State.HANDED_IN], State.OPEN)
    said = _answer(milestone, What.SENT_BACK, of, words, by, at)
    to_do(milestone)
    telling.sent_back(said)
    return milestone


@transaction.atomic
def dispute(milestone: Milestone, *, words: str, by: User, at: datetime, of: Side = Side.CLIENT) -> Milestone:
    """The client does not accept it at all. The firm hears both sides; no date runs out meanwhile."""
    _move(milestone, [State.HANDED_IN], State.DISPUTED)
    said = _answer(milestone, What.DISPUTED, of, words, by, at)
    work.open_item(
        DISPUTED,
        subject=(MILESTONE, milestone.pk),
        because=_("%(name)s disputes a milestone") % {"name": milestone.client.name},
        urgency=WorkItem.Urgency.TODAY,
        promised_at=at + ANSWER_WITHIN,
    )
    telling.disputed(said)
    return milestone


@transaction.atomic
def call_in(milestone: Milestone, *, words: str, by: User, at: datetime) -> Milestone:
    """She puts what was sent back to her before the firm. It is not hers to go on with meanwhile."""
    if not milestone.said.filter(what=What.SENT_BACK).exists():
        raise NotNow(_("It was not sent back to you. Hand it in, or write to the client first."))
    _move(milestone, [State.OPEN], State.DISPUTED)
    said = _say(milestone, What.DISPUTED, Side.SECRETARY, words, by, at)
    work.finish_all(subject=(MILESTONE, milestone.pk), by=by, outcome=_("The firm was called in"))
    names = {"name": milestone.secretary.spoken_name, "client": milestone.client.name}
    work.open_item(
        DISPUTED,
        subject=(MILESTONE, milestone.pk),
        because=_("%(name)s puts a milestone for %(client)s before the firm") % names,
        urgency=WorkItem.Urgency.TODAY,
        promised_at=at + ANSWER_WITHIN,
    )
    telling.called_in(said)
    return milestone


@transaction.atomic
def give_back(milestone: Milestone, *, words: str, by: User, at: datetime) -> Milestone:
    """The firm finds that it is to be mended: she goes on, and the client reads what is asked of her."""
    _move(milestone, [State.DISPUTED], State.OPEN)
    said = _say(milestone, What.SENT_BACK, Side.FIRM, words, by, at)
    work.finish_all(subject=(MILESTONE, milestone.pk), by=by, outcome=_("Given back to be mended"))
    to_do(milestone)
    telling.given_back(said)
    return milestone


@transaction.atomic
def settle(milestone: Milestone, *, percent: Decimal, words: str, by: User, at: datetime) -> Milestone:
    """The firm says which part of it stands. The rest is not charged, or comes back."""
    _move(milestone, [State.DISPUTED], State.SETTLED, over_at=at, over_by=by)
    _say(milestone, What.SETTLED, Side.FIRM, words, by, at)
    _over(milestone, How.SETTLED, by=by, at=at, percent=percent)
    telling.settled(milestone)
    return milestone


def count_unanswered(*, at: datetime) -> int:
    """Milestones whose day has come without an answer count as accepted. Returns how many those were."""
    due = Milestone.objects.filter(state=State.HANDED_IN, counts_at__lte=at).values_list("pk", flat=True)
    return sum(_count(pk, at=at) for pk in due[:200])


@transaction.atomic
def _count(pk: UUID, *, at: datetime) -> bool:
    milestone = Milestone.objects.select_related("brief__client", "client", "secretary__user").get(pk=pk)
    locked(milestone.brief)
    late = Milestone.objects.filter(pk=pk, state=State.HANDED_IN, counts_at__lte=at)
    if not late.update(state=State.ACCEPTED, counts_at=None, over_at=at):
        return False
    milestone.refresh_from_db()
    _say(milestone, What.ACCEPTED, Side.FIRM, _("Nobody answered by its day."), None, at)
    _over(milestone, How.ACCEPTED, by=None, at=at)
    telling.accepted(milestone)
    telling.counted(milestone)
    return True


ENDS = {Side.CLIENT: How.BY_CLIENT, Side.SECRETARY: How.BY_SECRETARY, Side.FIRM: How.BY_FIRM}


@dataclass(frozen=True)
class Settlement:
    """What the firm lets count of what is begun, in percent by milestone, and whether it pays that itself.

    Where it names none, what was worked counts: nobody works for nothing because nobody thought of it.
    """

    percents: Mapping[UUID, Decimal] = field(default_factory=dict)
    firm_bears: bool = True

    def of(self, milestone: Milestone) -> Decimal:
        named = self.percents.get(milestone.pk)
        return charging.begun(milestone) if named is None else named


@transaction.atomic
def end_work(
    brief: Brief,
    *,
    of: Side,
    because: str,
    by: User,
    at: datetime,
    settlement: Settlement | None = None,
) -> Brief:
    """One side ends the work early. What was handed in is answered first; by rule the rest is paid or not.

    The firm settles with it what is begun or in dispute, as it says in `settlement`.
    """
    brief = locked(brief)
    if not brief.is_given:
        raise changed()
    rows = Milestone.objects.filter(brief=brief).select_related("brief", "client", "secretary__user")
    by_firm = of == Side.FIRM
    first = [State.HANDED_IN] if by_firm else [State.HANDED_IN, State.DISPUTED]
    if rows.filter(state__in=first).exists():
        raise NotNow(_("Something is handed in and not answered yet. That comes first."))
    decided = settlement or Settlement()
    for milestone in rows.filter(state__in=[State.OPEN, State.DISPUTED]):
        share: dict = {}
        if by_firm:
            share = {"percent": decided.of(milestone), "firm_bears": decided.firm_bears}
        end_one(milestone, ENDS[of], of=of, because=because, by=by, at=at, **share)
    Brief.objects.filter(pk=brief.pk).update(state=Brief.State.ENDED, ended_at=at, ended_because=because)
    brief.refresh_from_db()
    brief.terms.filter(state=BriefTerms.State.ASKED).update(
        state=BriefTerms.State.WITHDRAWN, answered_by=by, answered_at=at
    )
    ended_contracts.goes_on(brief, by=by, outcome=_("The work was ended"))
    telling.is_answered(brief)
    telling.words_are_answered(brief.proposals.all())
    telling.ended(brief, of)
    record("ended", brief, by, side=of.value)
    return brief


def end_one(
    milestone: Milestone, how: How, *, of: Side, because: str, by: User, at: datetime, **share
) -> None:
    """A milestone ends before it is done, by the rule of who ends it. `share`: what the firm has decided."""
    _move(milestone, [milestone.state], State.ENDED, over_at=at, over_by=by)
    _say(milestone, What.ENDED, of, because, by, at)
    _over(milestone, how, by=by, at=at, **share)


def _over(
    milestone: Milestone,
    how: How,
    *,
    by: User | None,
    at: datetime,
    percent: Decimal = charging.HUNDRED,
    firm_bears: bool = False,
) -> None:
    """It is charged, nothing is left to do about it, and with the last one the whole work is done."""
    charging.end(milestone, how, at=at, percent=percent, firm_bears=firm_bears)
    outcome = str(milestone.get_state_display())
    work.finish_all(subject=(MILESTONE, milestone.pk), by=by, outcome=outcome)
    if how in (How.ACCEPTED, How.SETTLED):
        done_if_nothing_is_left(milestone.brief, by=by, at=at)


def done_if_nothing_is_left(brief: Brief, *, by: User | None, at: datetime) -> None:
    """With its last milestone over, and no change asked for, the whole work is done."""
    brief = locked(brief)
    left = Milestone.objects.filter(brief=brief).exclude(state__in=Milestone.OVER)
    asked = BriefTerms.objects.filter(brief=brief, state=BriefTerms.State.ASKED)
    if brief.is_given and not left.exists() and not asked.exists():
        Brief.objects.filter(pk=brief.pk).update(state=Brief.State.DONE, ended_at=at)
        ended_contracts.goes_on(brief, by=by, outcome=_("The work is done"))
        telling.is_answered(brief)
        telling.words_are_answered(brief.proposals.all())
        record("done", brief, by)
        telling.how_did_it_go(brief)


def _move(milestone: Milestone, came_from: list[str], to: str, **facts) -> None:
    locked(milestone.brief)
    mine = Milestone.objects.filter(pk=milestone.pk, state__in=came_from)
    if not mine.update(state=to, **{"counts_at": None} | facts):
        raise changed()
    milestone.refresh_from_db()


def _answer(milestone, what: str, of: Side, words: str, by: User, at: datetime) -> MilestoneWord:
    """The client's answer, of itself or through the firm. Raises NotNow where that is not the firm's."""
    in_its_place.check(milestone.client, of)
    return _say(milestone, what, of, in_its_place.said(words, of), by, at)


def _say(milestone, what: str, of: str, words: str, by: User | None, at: datetime) -> MilestoneWord:
    said = MilestoneWord.objects.create(
        milestone=milestone,
        client_id=milestone.client_id,
        secretary_id=milestone.secretary_id,
        what=what,
        of=of,
        words=words,
        by=by,
        at=at,
    )
    record(f"milestone_{what}", milestone.brief, by, subject=(MILESTONE, milestone.pk), side=str(of))
    return said


def left_of(milestone: Milestone) -> int | None:
    """Seconds that the cap leaves; None where time is not what is paid."""
    left = caps.left_micros(milestone)
    return None if left is None else max(0, left) // 1_000_000
