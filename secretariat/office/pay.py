"""What a contract makes of the work done under it. Pure: no clock, no database, no settings.

Every interval that is given comes back once: paid by time, or with why it is not. Lengths are whole
microseconds until the contract's step rounds a day's time of one rate up; money is exact until a line is
written and is rounded there once, halves away from nought. A part's share is the difference of two rounded
running totals: whole cents, less than a cent from its exact price, together the line.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from secretariat.rounding import half_up, shares, shares_of

from .pay_counting import counted_once, first_days, in_order, share_of

SECOND = 1_000_000  # in microseconds
HOUR = 3600
NOUGHT = Decimal(0)


class By(StrEnum):
    """What a term pays for."""

    HOUR = "hour"  # an hour at work; of a kind of time, or of every kind that no other term names
    PIECE = "piece"  # each call, mail or task, once
    FIXED = "fixed"  # each week, month or year, whatever is done
    OUTCOME = "outcome"  # each meeting, order or lead that was reported
    SHARE = "share"  # so many percent of what such an outcome is worth
    BONUS = "bonus"  # once a run, from so many hours at work
    LEAST = "least"  # what a week or month comes to at the least
    LESS = "less"  # so much each week or month is taken off: for something lent
    REDUCED = "reduced"  # so many percent of time and pieces are taken off: while she is trained


class Of(StrEnum):
    """What a line is for: a term, or one of these."""

    TIME = "time"
    NOT_BY_TIME = "not_by_time"  # time that no term pays by the hour
    TRIAL = "trial"  # unpaid work, printed as nought
    PIECES = "pieces"
    FIXED = "fixed"
    COMMISSION = "commission"
    BONUS = "bonus"
    TOP_UP = "top_up"
    DISCOUNT = "discount"  # taken off by a term of the contract
    EXTRA = "extra"  # part of the pay: a bonus by hand, a correction, something taken off
    BRIEF = "brief"  # a milestone of work by proposal, by the price that was agreed for it
    EXPENSE = "expense"  # paid back, and no pay
    CARRIED = "carried"  # what was left to be taken off, from one statement to a later one


OF_TIME = (Of.TIME, Of.NOT_BY_TIME, Of.TRIAL)
EARNED = (Of.TIME, Of.PIECES, Of.FIXED, Of.COMMISSION, Of.BONUS)  # what a least amount is measured against


@dataclass(frozen=True)
class Term:
    """`amount` is money for one of what `by` says; of a SHARE, or REDUCED, percent.

    `of`: which time, piece, outcome. `until`: the last day on which something is taken off.
    """

    by: By
    amount: Decimal
    of: str = ""
    per: str = ""
    hours: Decimal = NOUGHT
    condition: str = ""
    until: date | None = None
    key: Hashable = None


@dataclass(frozen=True)
class Agreed:
    """One version of a contract, for the days of the run on which it holds, both included."""

    first: date
    last: date
    terms: tuple[Term, ...]
    step_seconds: int = 1
    digits: int = 2  # of the currency
    is_unpaid: bool = False
    micros_before: int = 0  # at work under it, as earlier runs have paid
    key: Hashable = None

    def holds_on(self, day: date) -> bool:
        return self.first <= day <= self.last

    def by(self, *kinds: By) -> list[Term]:
        return [term for term in self.terms if term.by in kinds]


class Worked(NamedTuple):  # quicker to make than a class of data, and there are millions
    """One interval as it was confirmed. `day` is that of her zone; `piece` is (call|mail|task, which)."""

    key: Hashable
    kind: str
    started_at: datetime
    ended_at: datetime
    day: date
    piece: tuple[str, str] | None = None
    by_proposal: bool = False  # paid by the price of its milestone, and by no term


@dataclass(frozen=True)
class Outcome:
    """Something her work led to, as it was reported: a meeting, an order, a lead."""

    key: Hashable
    kind: str
    day: date
    worth: Decimal = NOUGHT


@dataclass(frozen=True)
class Extra:
    """Something in words of the firm's or hers, with a sign."""

    key: Hashable
    words: str
    amount: Decimal
    is_expense: bool = False
    by_proposal: bool = False

    @property
    def of(self) -> Of:
        if self.is_expense:
            return Of.EXPENSE
        return Of.BRIEF if self.by_proposal else Of.EXTRA


class Part(NamedTuple):
    """What a line is made of: an interval, a piece, an outcome. `micros`: those that nothing else counts."""

    key: Hashable
    amount: Decimal
    units: int = 0  # seconds of time, else pieces
    micros: int = 0
    day: date | None = None


@dataclass(frozen=True)
class Line:
    """`quantity` are seconds, pieces or days. `base`: of what percent are taken; `is_held`: not all of it."""

    of: Of
    amount: Decimal
    term: Term | None = None
    agreed: Agreed | None = None
    quantity: int = 0
    parts: tuple[Part, ...] = ()
    words: str = ""
    base: Decimal | None = None
    is_held: bool = False


@dataclass(frozen=True)
class Pay:
    """`left` are the intervals on whose day no contract holds: they wait for one."""

    lines: tuple[Line, ...]
    left: tuple[Worked, ...]

    def sum_of(self, *kinds: Of) -> Decimal:
        return sum((line.amount for line in self.lines if line.of in kinds), NOUGHT)

    @property
    def gross(self) -> Decimal:
        return sum((line.amount for line in self.lines if line.of != Of.EXPENSE), NOUGHT)

    @property
    def expenses(self) -> Decimal:
        return self.sum_of(Of.EXPENSE)

    @property
    def total(self) -> Decimal:
        return self.gross + self.expenses


def reckon(
    agreed: Iterable[Agreed],
    worked: Iterable[Worked] = (),
    outcomes: Iterable[Outcome] = (),
    extras: Iterable[Extra] = (),
    *,
    paid: Iterable[tuple[datetime, datetime]] = (),
    paid_pieces: frozenset = frozenset(),
    fixed_from: date | None = None,
) -> Pay:
    """One secretary's pay for one run.

    `agreed` are her contracts, in order, with earlier ones where work of their days is paid only now.
    `paid_pieces` were paid in earlier runs. Fixed amounts are due for days from `fixed_from` on alone.
    """
    agreed, ordered = list(agreed), in_order(worked)
    micros = counted_once(ordered, paid)
    digits = agreed[-1].digits if agreed else 2
    lines: list[Line] = []
    for each in agreed:
        mine = [it for it in ordered if each.holds_on(it.day)]
        due_from = max(each.first, fixed_from) if fixed_from else each.first
        here = _by_time(each, mine, micros)
        if not each.is_unpaid:
            here += _pieces(each, mine, paid_pieces)
            here += _fixed(each, due_from)
            here += _commission(each, [it for it in outcomes if each.holds_on(it.day)])
            if each is agreed[-1]:  # once a run, over all that is paid in it
                here += _bonus(each, agreed, ordered, micros)
            here += [*_top_up(each, here, due_from), *_discounts(each, here, due_from)]
        lines += here
    waits = {day for day in {it.day for it in ordered} if not any(each.holds_on(day) for each in agreed)}
    left = tuple(it for it in ordered if it.day in waits)
    lines += [
        Line(
            it.of,
            half_up(it.amount, digits),
            quantity=1,
            parts=(Part(it.key, half_up(it.amount, digits), 1),),
            words=it.words,
        )
        for it in extras
    ]
    return Pay(tuple(lines), left)


def _by_time(agreed: Agreed, mine: list[Worked], micros: dict) -> list[Line]:
    rates = {} if agreed.is_unpaid else {term.of: term for term in agreed.by(By.HOUR)}
    of_rate: dict[str | None, list[Worked]] = defaultdict(list)  # by the kind of time that the term names
    usual = "" if "" in rates else None
    for it in mine:
        of_rate[None if it.by_proposal else it.kind if it.kind in rates else usual].append(it)
    unpaid = Of.TRIAL if agreed.is_unpaid else Of.NOT_BY_TIME
    return [
        _time_line(agreed, rates.get(of), of_rate[of], micros, unpaid)
        for of in [*rates, None]
        if of in of_rate
    ]


def _time_line(agreed, term: Term | None, its: list[Worked], micros: dict, unpaid: Of) -> Line:
    units = _stepped(its, micros, agreed.step_seconds)
    rate = Fraction(term.amount) / HOUR if term else Fraction(0)
    amounts = shares_of(units, rate, agreed.digits)
    parts = tuple(
        Part(it.key, amount, seconds, micros[it.key], it.day)
        for it, seconds, amount in zip(its, units, amounts, strict=True)
    )
    of = Of.TIME if term else unpaid
    return Line(of, sum(amounts, NOUGHT), term, agreed, sum(units), parts)


def _stepped(its: list[Worked], micros: dict, step_seconds: int) -> list[int]:
    """Seconds of each, so that each day's together are its time rounded up to the step once."""
    step, found = step_seconds * SECOND, []
    day, total, before = None, 0, 0
    for it in its:
        if it.day != day:
            day, total, before = it.day, 0, 0
        total += micros[it.key]
        upto = -(-total // step) * step_seconds
        found.append(upto - before)
        before = upto
    return found


def _pieces(agreed: Agreed, mine: list[Worked], paid_pieces: frozenset) -> list[Line]:
    first_of: dict[tuple[str, str], Worked] = {}
    for it in mine:
        if it.piece and it.piece not in paid_pieces:
            first_of.setdefault(it.piece, it)
    lines = []
    for term in agreed.by(By.PIECE):
        its = [(piece, it) for piece, it in first_of.items() if piece[0] == term.of]
        amounts = shares_of((1 for _each in its), Fraction(term.amount), agreed.digits)
        parts = tuple(
            Part(piece, amount, 1, day=it.day) for (piece, it), amount in zip(its, amounts, strict=True)
        )
        if parts:
            lines.append(Line(Of.PIECES, sum(amounts, NOUGHT), term, agreed, len(parts), parts))
    return lines


def _fixed(agreed: Agreed, due_from: date) -> list[Line]:
    if due_from > agreed.last:
        return []
    days = (agreed.last - due_from).days + 1
    return [
        Line(
            Of.FIXED,
            half_up(Fraction(term.amount) * share_of(term.per, due_from, agreed.last), agreed.digits),
            term,
            agreed,
            days,
        )
        for term in agreed.by(By.FIXED)
    ]


def _commission(agreed: Agreed, outcomes: list[Outcome]) -> list[Line]:
    """Each outcome is paid by the first term that names its kind; by none, it stands there with nought."""
    of_term: dict[Term | None, list[Outcome]] = defaultdict(list)
    terms = agreed.by(By.OUTCOME, By.SHARE)
    for it in outcomes:
        of_term[next((term for term in terms if term.of == it.kind), None)].append(it)
    lines = []
    for term in [*terms, None]:
        if its := of_term.get(term):
            amounts = shares((_earned(term, it) for it in its), agreed.digits)
            parts = tuple(
                Part(it.key, amount, 1, day=it.day) for it, amount in zip(its, amounts, strict=True)
            )
            lines.append(Line(Of.COMMISSION, sum(amounts, NOUGHT), term, agreed, len(parts), parts))
    return lines


def _earned(term: Term | None, outcome: Outcome) -> Fraction:
    if term is None:
        return Fraction(0)
    if term.by == By.SHARE:
        return Fraction(outcome.worth) * Fraction(term.amount) / 100
    return Fraction(term.amount)


def _bonus(agreed: Agreed, held: list[Agreed], worked: list[Worked], micros: dict) -> list[Line]:
    """From so many hours on days on which any of the contracts `held` holds."""
    terms = agreed.by(By.BONUS)
    if not terms:
        return []
    total = sum(micros[it.key] for it in worked if any(each.holds_on(it.day) for each in held))
    return [
        Line(Of.BONUS, half_up(term.amount, agreed.digits), term, agreed, total // SECOND)
        for term in terms
        if total >= term.hours * HOUR * SECOND
    ]


def _top_up(agreed: Agreed, lines: list[Line], due_from: date) -> list[Line]:
    if due_from > agreed.last:
        return []
    earned = sum((line.amount for line in lines if line.of in EARNED), NOUGHT)
    days = (agreed.last - due_from).days + 1
    found = []
    for term in agreed.by(By.LEAST):
        least = _of_days(agreed, term, due_from)
        if least > earned:
            found.append(Line(Of.TOP_UP, least - earned, term, agreed, days))
            earned = least
    return found


def _of_days(agreed: Agreed, term: Term, due_from: date) -> Decimal:
    """An amount for each week, month or year, of the days for which it is due."""
    last = min(agreed.last, term.until) if term.until else agreed.last
    if due_from > last:
        return NOUGHT
    return half_up(Fraction(term.amount) * share_of(term.per, due_from, last), agreed.digits)


def _discounts(agreed: Agreed, lines: list[Line], due_from: date) -> list[Line]:
    """What is taken off what this contract comes to: as much as leaves the least, and nought, in order."""
    least = max((_of_days(agreed, term, due_from) for term in agreed.by(By.LEAST)), default=NOUGHT)
    room = max(NOUGHT, sum((line.amount for line in lines), NOUGHT) - least)
    found = []
    for term in agreed.by(By.REDUCED, By.LESS):
        base = _of_first_days(agreed, term, lines) if term.by == By.REDUCED else None
        if base is None:
            exact = _of_days(agreed, term, due_from)
        else:
            exact = half_up(Fraction(base) * Fraction(term.amount) / 100, agreed.digits)
        if exact:
            off = min(exact, room)
            room -= off
            found.append(Line(Of.DISCOUNT, -off, term, agreed, base=base, is_held=off < exact))
    return found


def _of_first_days(agreed: Agreed, term: Term, lines: list[Line]) -> Decimal:
    """What time and pieces come to on the days that a reduction is for."""
    micros: dict = defaultdict(int)
    for part in _parts(lines, *OF_TIME):
        micros[part.day] += part.micros
    most = term.hours * HOUR * SECOND - agreed.micros_before if term.hours else None
    days = first_days(micros, until=term.until, most=most)
    paid = _parts(lines, Of.TIME, Of.PIECES)
    return sum((part.amount for part in paid if part.day in days), NOUGHT)


def _parts(lines: list[Line], *kinds: Of) -> Iterator[Part]:
    return (part for line in lines if line.of in kinds for part in line.parts)
