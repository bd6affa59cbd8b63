"""What one secretary is to be paid in a run, gathered for the pure rules of `office/pay.py`.

Paid is what an approved week holds and no statement has paid. What was approved late is part of the next run,
by the contract of the day on which the work was done, though that has ended meanwhile.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Sum
from django.utils.translation import gettext as _

from clients.local_time import day_begins
from clients.models import Client, WorkRecord
from secretariat import clock
from secretariat.by_the_thousand import read_out
from secretariat.office import pay
from secretariat.office.models import Contract, Secretary
from secretariat.office.profiles import requirements

from . import by_contract, carrying, shifts_and_days
from .briefs import caps
from .briefs.charging import CHARGE
from .models import (
    BriefCharge,
    ConfirmedTime,
    Milestone,
    Outcome,
    PayExtra,
    PayLine,
    PayPart,
    PayRun,
    PayStatement,
    Week,
)

DAY = timedelta(days=1)
OF_CALLS = ("calls.call", "calls.meetingcall")
SPOKEN = ("talk", "check_in")
# Contracts name no rate of their own for these.
PAID_AS_OTHER = frozenset({"dictation", "post", "request"} | WorkRecord.NO_PIECE)
OUTCOME, EXTRA = "books.outcome", "books.payextra"
TASKS = frozenset({"letter", "dictation", "post", "request"})  # kinds of task with a price of their own


@dataclass(frozen=True)
class Gathered:
    """Her pay as it stands now. `times` are the confirmed intervals, by the id of their record."""

    secretary: Secretary
    contracts: list[Contract]
    times: dict[UUID, pay.Worked]
    pay: pay.Pay
    waits: bool = False  # something besides work is due, and no contract says how

    @property
    def currency(self) -> str:
        return self.contracts[-1].currency

    @property
    def is_something(self) -> bool:
        return bool(self.pay.lines)


class NotNow(Exception):
    """It cannot be reckoned. Says why, in plain words."""


def unpaid_times(run: PayRun):
    """Confirmed intervals of approved weeks that no statement has paid, until about the run's last day."""
    until = datetime.combine(run.last_on + 2 * DAY, time.min, UTC)  # each zone's own midnight comes later
    # Not `record__paid=None`: of that outer join PostgreSQL expects a handful of rows, and reads everybody's.
    paid = PayPart.objects.filter(record=OuterRef("record"))
    return ConfirmedTime.objects.filter(~Exists(paid), week__state=Week.State.APPROVED, started_at__lt=until)


def gather(secretary: Secretary, run: PayRun) -> Iterator[Gathered]:
    """What is paid to herself, or to a company through which she worked.

    Both, where she was engaged both ways: by the contract of each day, whoever is paid by the newest last.

    One is to be written before the next is asked for: what is paid already is not gathered again. Raises
    NotNow where two currencies meet.
    """
    zone = ZoneInfo(secretary.zone)
    held = Contract.objects.signed().filter(secretary=secretary, from_on__lte=run.last_on)
    contracts = list(held.order_by("from_on").select_related("partner").prefetch_related("terms"))
    rows = unpaid_times(run).filter(secretary=secretary, started_at__lt=day_begins(run.last_on + DAY, zone))
    by_proposal = Milestone.objects.filter(secretary=secretary).exists()
    by_piece = shifts_and_days.pays_for(contracts, pay.By.PIECE)
    spoken = _spoken(contracts)
    if by_proposal or by_piece or spoken:
        worked = _told_apart(rows, zone, by_piece=by_piece, spoken=spoken)
    else:
        worked = _worked(rows, zone)
    owed = _owed(secretary, run, contracts)
    due = [each for each in contracts if by_contract.is_due(each, run)]
    over = [each for each in contracts if each not in due]
    away = {it.day for it in shifts_and_days.off(secretary, over, run.last_on)}
    at_work = {it.day for it in worked} if over else set()
    used = due + [
        each
        for each in over
        if any(by_contract.holds(each, day) for day in at_work)
        or by_contract.pays_late(each, owed, away, due)
    ]
    for late in by_contract.of_extras(owed, contracts):
        if late.partner_id not in {each.partner_id for each in used}:
            used.append(late)
    used.sort(key=lambda each: each.from_on)
    payees = list(dict.fromkeys(each.partner_id for each in reversed(used)))[::-1] or [None]
    for payee in payees:
        its = [each for each in used if each.partner_id == payee]
        others = [each for each in used if each.partner_id != payee]
        is_last = payee == payees[-1]
        # What no contract covers goes with the last.
        mine = [
            it
            for it in worked
            if not by_contract.any_holds(others, it.day) and (is_last or by_contract.any_holds(its, it.day))
        ]
        to_it = owed if len(payees) == 1 else by_contract.owed_to(payee, owed, contracts)
        yield _reckoned(secretary, run, its, others, mine, to_it, is_last=is_last)


def _owed(secretary: Secretary, run: PayRun, contracts: list[Contract]) -> by_contract.Owed:
    charges = _unpaid(of_proposals(run), CHARGE, secretary).select_related("brief", "milestone")
    return by_contract.Owed(
        list(_unpaid(_agreed_extras(run), EXTRA, secretary)),
        list(charges),
        [by_contract.of_a_contract(each, contracts) for each in _outcomes(secretary, run)],
        shifts_and_days.waited(secretary, contracts, run.last_on),
    )


def _reckoned(
    secretary: Secretary,
    run: PayRun,
    contracts: list[Contract],
    others: list[Contract],
    worked: list[pay.Worked],
    owed: by_contract.Owed,
    *,
    is_last: bool,
) -> Gathered:
    """By the contracts of one payee. `others`: those by which somebody else is paid for her in this run."""
    if len({each.currency for each in contracts}) > 1:
        words = _("%(name)s: two currencies cannot be on one statement. Pay the days of each contract apart.")
        raise NotNow(words % {"name": secretary.spoken_name})
    zone = ZoneInfo(secretary.zone)

    def is_its(day: date) -> bool:
        return not by_contract.any_holds(others, day) and (is_last or by_contract.any_holds(contracts, day))

    agreed = [_agreed(each, run, zone) for each in contracts]
    due = [
        each for each in contracts if by_contract.is_due(each, run)
    ]  # what is over earns nothing in these days
    kept = shifts_and_days.kept(secretary, due, run.first_on, run.last_on, at=clock.now())
    scored = shifts_and_days.scored(secretary, due, run.first_on, run.last_on)
    extras: list[pay.Extra] = []
    if contracts:
        extras = [*_extras(owed), *_by_proposal(owed, contracts[-1].currency)]
    reckoned = pay.reckon(
        agreed,
        worked,
        owed.outcomes,
        extras,
        waited=owed.waited,
        off=shifts_and_days.off(secretary, contracts, run.last_on),
        kept=[each for each in kept if is_its(each.day)],
        scored=[each for each in scored if is_its(each.day)],
        paid=_paid_before(secretary, worked),
        paid_pieces=_paid_pieces(secretary, worked),
        fixed_from=run.first_on,
    )
    left: list[pay.Extra] = []
    if contracts:
        left = carrying.left_by(secretary, contracts[-1].currency, contracts[-1].partner_id)
    reckoned = carrying.applied(reckoned, left)
    waits = not contracts and bool(owed.extras or owed.charges or owed.outcomes)
    return Gathered(secretary, contracts, {each.key: each for each in worked}, reckoned, waits)


def _agreed(contract: Contract, run: PayRun, zone: ZoneInfo) -> pay.Agreed:
    return pay.Agreed(
        first=contract.from_on,
        last=min(contract.until_on or run.last_on, run.last_on),
        terms=contract.terms_of_pay,
        step_seconds=contract.step_seconds,
        digits=contract.digits,
        is_unpaid=contract.is_unpaid,
        micros_before=_micros_paid(contract, zone) if _counts_hours(contract) else 0,
        key=contract.pk,
    )


def _counts_hours(contract: Contract) -> bool:
    """Whether something is taken off for its first hours alone."""
    return any(term.by == pay.By.REDUCED and term.hours for term in contract.terms_of_pay)


def _micros_paid(contract: Contract, zone: ZoneInfo) -> int:
    """Time at work on this contract's days that is on statements already."""
    paid = PayPart.objects.filter(
        line__secretary=contract.secretary_id,
        record__isnull=False,
        since__gte=day_begins(contract.from_on, zone),
    )
    if contract.until_on:
        paid = paid.filter(since__lt=day_begins(contract.until_on + DAY, zone))
    return paid.aggregate(sum=Sum("micros", default=0))["sum"]


def _worked(rows, zone: ZoneInfo) -> list[pay.Worked]:
    """In order of time. What it was that she worked at is not read: they are many."""
    told = rows.order_by("started_at", "record").values_list("record", "kind", "started_at", "ended_at")
    return [
        pay.Worked(key, _paid_as(kind), since, until, since.astimezone(zone).date())
        for key, kind, since, until in read_out(told)
    ]


def _told_apart(rows, zone: ZoneInfo, *, by_piece: bool, spoken: dict[UUID, str]) -> list[pay.Worked]:
    """The same, told apart: what is a milestone's; into pieces where a contract pays `by_piece`; and by the
    language `spoken` with each client's callers.
    """
    told = rows.order_by("started_at", "record").values_list(
        *("record", "kind", "started_at", "ended_at"),
        *("record__subject_kind", "record__subject_id", "client"),
    )
    return [
        pay.Worked(
            key,
            _paid_as(kind),
            since,
            until,
            since.astimezone(zone).date(),
            _piece(kind, subject_kind, subject_id) if by_piece and client else None,
            subject_kind == caps.MILESTONE,
            spoken.get(client, ""),
        )
        for key, kind, since, until, subject_kind, subject_id, client in read_out(told)
    ]


def _paid_as(kind: str) -> str:
    return "other" if kind in PAID_AS_OTHER else kind


def _piece(kind: str, subject_kind: str, subject_id: UUID) -> tuple[str, str] | None:
    """Which piece of work it was part of: a call once somebody spoke, a mail, a task by its kind.

    A milestone is none: it is paid by its own price. Nor is what she read or put in order beside.
    """
    if subject_kind == caps.MILESTONE or kind in WorkRecord.NO_PIECE:
        return None
    which = f"{subject_kind}:{subject_id}"
    if subject_kind in OF_CALLS:
        return (pay.CALL, which) if kind in SPOKEN else None
    if kind == "mail":
        return pay.MAIL, which
    return kind if kind in TASKS else pay.TASK, which


def _spoken(contracts: list[Contract]) -> dict[UUID, str]:
    """The language in which each client's callers are answered, whatever the region, where it is paid for."""
    terms = (term for contract in contracts for term in contract.terms_of_pay)
    paid = {term.of for term in terms if term.by == pay.By.SPOKEN}
    found: dict[UUID, str] = {}
    for language in paid:
        rows = Client.objects.filter(language__istartswith=language).values_list("pk", "language")
        found |= {pk: language for pk, told in rows if requirements.spoken(told) == language}
    return found


def _paid_before(secretary: Secretary, worked: list[pay.Worked]) -> list:
    if not worked:
        return []
    if not (lines := list(PayLine.objects.filter(secretary=secretary).values_list("pk", flat=True))):
        return []
    parts = PayPart.objects.filter(line__in=lines, until__gt=min(it.started_at for it in worked))
    return list(parts.values_list("since", "until"))


def _paid_pieces(secretary: Secretary, worked: list[pay.Worked]) -> frozenset:
    pieces = {it.piece for it in worked if it.piece}
    if not pieces or not PayStatement.objects.filter(secretary=secretary).exists():
        return frozenset()
    ids = {which.rpartition(":")[2] for _kind, which in pieces}
    rows = _things_paid(secretary).filter(subject_id__in=ids)
    paid = {f"{kind}:{pk}" for kind, pk in rows.values_list("subject_kind", "subject_id")}
    return frozenset(piece for piece in pieces if piece[1] in paid)


def _things_paid(secretary: Secretary):
    """Said as what makes sure of it says it, so that the database finds them there."""
    return PayPart.objects.filter(secretary=secretary, subject_id__isnull=False)


def _unpaid(rows, kind: str, secretary: Secretary):
    paid = _things_paid(secretary).filter(subject_kind=kind).values("subject_id")
    return rows.filter(secretary=secretary).exclude(pk__in=paid).order_by("on", "pk")


def _outcomes(secretary: Secretary, run: PayRun) -> list[pay.Outcome]:
    rows = _unpaid(Outcome.objects.counting().filter(on__lte=run.last_on), OUTCOME, secretary)
    return [pay.Outcome(each.pk, each.kind, each.on, each.worth) for each in rows]


def _agreed_extras(run: PayRun):
    agreed = PayExtra.objects.filter(state=PayExtra.State.AGREED, on__lte=run.last_on)
    return agreed.select_related("corrects")


def _extras(owed: by_contract.Owed) -> list[pay.Extra]:
    return [
        pay.Extra(
            each.pk,
            each.words,
            each.amount,
            each.kind == PayExtra.Kind.EXPENSE,
            corrects=(each.corrects.first_on, each.corrects.last_on) if each.corrects else None,
        )
        for each in owed.extras
    ]


def of_proposals(run: PayRun):
    """What milestones have brought somebody until the run's last day, or taken back."""
    return BriefCharge.objects.filter(on__lte=run.last_on).exclude(hers=0)


def _by_proposal(owed: by_contract.Owed, currency: str) -> list[pay.Extra]:
    return [
        pay.Extra(
            each.pk,
            _("%(what)s: %(milestone)s") % {"what": each.brief.title, "milestone": each.milestone.title},
            each.hers,
            by_proposal=True,
        )
        for each in owed.charges
        if each.currency == currency
    ]
