"""Swaps: one secretary gives another her shift, or changes it for one of hers.

Proposed by the one, accepted by the other, approved by the firm; until then each keeps what she has. What
nobody answers runs out, at the latest when the first of the shifts begins.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office import signals
from secretariat.office.models import Firm, PlannedShift, Secretary, Swap, User

from . import circumstances, handing_on, own, planning, rules, telling
from .circumstances import Around
from .planning import NotNow, Refused
from .rules import Facts, Finding, Grade, Stretch

State = Swap.State
AHEAD = timedelta(days=28)


@dataclass(frozen=True)
class Choice:
    """What she may propose: that this colleague takes hers, for nothing or for `takes`."""

    colleague: Secretary
    takes: PlannedShift | None = None

    @property
    def key(self) -> str:
        return f"{self.colleague.pk}:{self.takes.pk if self.takes else ''}"

    @property
    def words(self) -> str:
        if self.takes is None:
            return _("%(name)s takes it") % {"name": self.colleague.spoken_name}
        return _("%(name)s, for hers: %(when)s") % {
            "name": self.colleague.spoken_name,
            "when": rules.said(self.takes.stretch, self.takes.zone),
        }


def choices(gives: PlannedShift, *, at: datetime) -> list[Choice]:
    """Everything that could be proposed for this shift of hers and breaks no rule for either."""
    hers = gives.secretary
    colleagues = Secretary.objects.filter(user__is_active=True).exclude(pk=hers.pk)
    colleagues = list(colleagues.order_by("spoken_name", "pk"))
    theirs = PlannedShift.objects.published().filter(
        secretary__in=colleagues, starts_at__gt=at, starts_at__lt=at + AHEAD
    )
    of_each = defaultdict(list)
    for takes in theirs.exclude(pk__in=_in_open_swaps()).select_related("skill"):
        of_each[takes.secretary_id].append(takes)
    known = _around([hers, *colleagues], [gives, *chain.from_iterable(of_each.values())])

    def may_have(who: Secretary, gets: PlannedShift, loses: PlannedShift | None) -> bool:
        return not _grave(circumstances.weigh_to_take(gets, _beside(known, who, gets, loses)))

    found = []
    for colleague in colleagues:
        if may_have(colleague, gives, None):
            found.append(Choice(colleague))
        for takes in of_each[colleague.pk]:
            if may_have(colleague, gives, takes) and may_have(hers, takes, gives):
                found.append(Choice(colleague, takes))
    return found


@transaction.atomic
def propose(gives: PlannedShift, choice: Choice, *, by: Secretary, at: datetime, note: str = "") -> Swap:
    """Ask the colleague. Raises NotNow where the shift is not hers to give, or is offered in another swap."""
    planning.hold([by, choice.colleague])
    gives.refresh_from_db()
    if gives.secretary_id != by.pk or gives.state != PlannedShift.State.PUBLISHED or gives.starts_at <= at:
        raise NotNow(_("This shift is not yours to give, or has begun."))
    begins = [gives.starts_at] + ([choice.takes.starts_at] if choice.takes else [])
    stands = timedelta(hours=Firm.current().swap_hours)
    try:
        with transaction.atomic():
            swap = Swap.objects.create(
                asked_by=by,
                asked=choice.colleague,
                gives=gives,
                takes=choice.takes,
                note=note,
                asked_at=at,
                expires_at=min(at + stands, *begins),
            )
    except IntegrityError:
        raise NotNow(_("This shift is offered in another swap. Take that back first.")) from None
    _record("proposed", swap, by.user)
    telling.say(
        choice.colleague,
        _("A colleague proposes a swap"),
        _("A colleague would like to change a shift with you."),
    )
    telling.announce([by, choice.colleague])
    return swap


@transaction.atomic
def accept(swap: Swap, *, by: Secretary, at: datetime) -> Swap:
    """The colleague says yes; the firm has the last word. Raises NotNow when it no longer stands."""
    _move(swap, State.PROPOSED, State.ACCEPTED, at=at, mine=Q(asked=by), accepted_at=at)
    _record("accepted", swap, by.user)
    signals.request_made.send(
        sender=Swap,
        kind="office.swap",
        subject=("office.swap", swap.pk),
        because=_("%(one)s and %(other)s have agreed on a swap.")
        % {"one": swap.asked_by.spoken_name, "other": swap.asked.spoken_name},
        at=at,
    )
    telling.announce([swap.asked_by, swap.asked])
    return swap


@transaction.atomic
def decline(swap: Swap, *, by: Secretary, at: datetime, words: str = "") -> Swap:
    """The colleague says no."""
    facts = {"ended_at": at, "ended_by": by.user, "answer": words}
    _move(swap, State.PROPOSED, State.DECLINED, at=at, mine=Q(asked=by), **facts)
    _record("declined", swap, by.user)
    telling.say(swap.asked_by, _("Your swap is declined"), _("Your colleague cannot change that shift."))
    telling.announce([swap.asked_by, swap.asked])
    return swap


@transaction.atomic
def withdraw(swap: Swap, *, by: Secretary, at: datetime) -> Swap:
    """Whoever proposed it takes it back, before or after it was accepted."""
    standing = State.ACCEPTED if swap.state == State.ACCEPTED else State.PROPOSED
    _move(swap, standing, State.WITHDRAWN, at=None, mine=Q(asked_by=by), ended_at=at, ended_by=by.user)
    _record("withdrawn", swap, by.user)
    _settled(swap, by.user, _("Taken back"))
    telling.announce([swap.asked_by, swap.asked])
    return swap


@transaction.atomic
def refuse(swap: Swap, *, by: User, at: datetime, words: str = "") -> Swap:
    """The firm says no."""
    _move(swap, State.ACCEPTED, State.REFUSED, at=None, ended_at=at, ended_by=by, answer=words)
    _record("refused", swap, by)
    _settled(swap, by, _("Refused"))
    _tell_both(
        swap, _("A swap is not approved"), _("The firm has not approved your swap. Each keeps her shift.")
    )
    return swap


@transaction.atomic
def approve(swap: Swap, *, by: User, at: datetime, despite: str = "") -> Swap:
    """The firm says yes: the shifts change hands, both in one moment.

    Raises NotNow when it no longer stands, Refused where something speaks against it.
    """
    own.refuse(by, swap.asked_by, swap.asked)
    planning.hold([swap.asked_by, swap.asked])
    ids = [each for each in (swap.gives_id, swap.takes_id) if each]
    shifts = {
        each.pk: each
        for each in PlannedShift.objects.select_for_update(of=("self",))
        .select_related("skill")
        .filter(pk__in=ids)
        .order_by("pk")
    }
    gives, takes = shifts[swap.gives_id], shifts.get(swap.takes_id)
    _still_theirs(swap, gives, takes, at)
    findings = _judge_both(swap, gives, takes)
    grave = _grave(findings)
    if any(each.grade == Grade.NEVER for each in grave) or (grave and not despite):
        raise Refused(findings)
    _move(swap, State.ACCEPTED, State.APPROVED, at=at, ended_at=at, ended_by=by)
    one, other = swap.asked_by, swap.asked
    to = [When(pk=gives.pk, then=Value(other.pk))] + (
        [When(pk=takes.pk, then=Value(one.pk))] if takes else []
    )
    zones = [When(pk=gives.pk, then=Value(other.zone))]
    zones += [When(pk=takes.pk, then=Value(one.zone))] if takes else []
    try:
        with transaction.atomic():
            # In one statement, at whose end the constraint is judged: their times may overlap.
            PlannedShift.objects.filter(pk__in=ids).update(
                secretary=Case(*to),
                zone=Case(*zones),
                despite=despite if grave else F("despite"),
                version=F("version") + 1,
                **handing_on.BEGUN_ANEW,
            )
    except IntegrityError:
        raise Refused([Finding("overlap", Grade.NEVER, _("One of them has another shift then."))]) from None
    _record("approved", swap, by, overridden=[each.rule for each in grave])
    _settled(swap, by, _("Approved"))
    _tell_both(swap, _("A swap is approved"), _("Your swap is approved. Your shifts are as agreed."))
    return swap


def expire_due(*, at: datetime) -> int:
    """What nobody has answered in time runs out. Returns how many that were."""
    done = 0
    for swap in (
        Swap.objects.open().filter(expires_at__lte=at).select_related("asked_by__user", "asked__user")[:50]
    ):
        with transaction.atomic():
            if not Swap.objects.open().filter(pk=swap.pk).update(state=State.EXPIRED, ended_at=at):
                continue
            _record("expired", swap, None)
            _settled(swap, None, _("Ran out"))
            _tell_both(swap, _("A swap has run out"), _("Nobody answered in time. Each keeps her shift."))
            done += 1
    return done


def judged(swap: Swap) -> list[Finding]:
    """What would speak against approving it now."""
    return _judge_both(swap, swap.gives, swap.takes)


def _judge_both(swap: Swap, gives: PlannedShift, takes: PlannedShift | None) -> list[Finding]:
    known = _around([swap.asked_by, swap.asked], [gives, takes] if takes else [gives])
    pairs = [(swap.asked, gives, takes)] + ([(swap.asked_by, takes, gives)] if takes else [])
    found = []
    for whose, gets, loses in pairs:
        found += [
            Finding(each.rule, each.grade, f"{whose.spoken_name}: {each.words}")
            for each in circumstances.weigh(gets, _beside(known, whose, gets, loses))
        ]
    return found


def _around(people: list[Secretary], shifts: list[PlannedShift]) -> Around:
    """What is known of these people around all of these shifts, however far apart they lie."""
    period = Stretch(min(each.starts_at for each in shifts), max(each.ends_at for each in shifts))
    return Around(people, period)


def _beside(known: Around, whose: Secretary, gets: PlannedShift, loses: PlannedShift | None) -> Facts:
    """Her facts around the one, as if she had not the other."""
    facts = known.facts(whose.pk, gets.stretch)
    return replace(
        facts, others=tuple(each for each in facts.others if loses is None or each != loses.stretch)
    )


def _grave(findings: list[Finding]) -> list[Finding]:
    return [each for each in findings if each.grade >= Grade.REASONED]


def _in_open_swaps():
    return Swap.objects.open().exclude(takes=None).values("takes")


def _still_theirs(swap: Swap, gives: PlannedShift, takes: PlannedShift | None, at: datetime) -> None:
    stands = gives.secretary_id == swap.asked_by_id and (takes is None or takes.secretary_id == swap.asked_id)
    published = all(each.state == PlannedShift.State.PUBLISHED for each in (gives, takes) if each)
    begun = any(each.starts_at <= at for each in (gives, takes) if each)
    if not stands or not published or begun:
        raise NotNow(
            _("One of the shifts has changed hands, was changed or has begun. It cannot be swapped.")
        )


def _move(
    swap: Swap, came_from: str, to: str, *, at: datetime | None, mine: Q | None = None, **facts
) -> None:
    """Compare and set. `at`: also not run out by then."""
    rows = Swap.objects.filter(pk=swap.pk, state=came_from)
    if mine is not None:
        rows = rows.filter(mine)
    if at is not None:
        rows = rows.filter(expires_at__gt=at)
    if not rows.update(state=to, **facts):
        raise NotNow(_("This swap was answered, taken back or has run out before."))
    swap.refresh_from_db()


def _tell_both(swap: Swap, subject: str, words: str) -> None:
    for each in (swap.asked_by, swap.asked):
        telling.say(each, subject, words)
    telling.announce([swap.asked_by, swap.asked])


def _settled(swap: Swap, by: User | None, outcome: str) -> None:
    signals.request_settled.send(sender=Swap, subject=("office.swap", swap.pk), by=by, outcome=outcome)


def _record(verb: str, swap: Swap, by: User | None, **detail) -> None:
    ledger.record(
        f"office.swap.{verb}",
        actor_id=by.pk if by else None,
        subject=("office.swap", swap.pk),
        detail={"shifts": [each for each in (swap.gives_id, swap.takes_id) if each]} | detail,
    )
