"""What pay is reckoned from, and what comes of it, as the pure rules read and write it."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

SECOND = 1_000_000  # in microseconds
HOUR = 3600
NOUGHT = Decimal(0)


class By(StrEnum):
    """What a term pays for."""

    HOUR = "hour"  # an hour at work; of a kind of time, or of every kind that no other term names
    WAITING = "waiting"  # an hour on shift with nothing to do
    DAY_OFF = "day_off"  # each working day of paid holiday or sickness
    PIECE = "piece"  # each call, mail or task, once
    FIXED = "fixed"  # each week, month or year, whatever is done
    OUTCOME = "outcome"  # each meeting, order or lead that was reported
    SHARE = "share"  # so many percent of what such an outcome is worth
    KEPT = "kept"  # once a run, when every shift that was planned was kept
    ODD = "odd"  # each shift that was kept at odd hours, or of one sort of them
    QUALITY = "quality"  # once a run, when the results of quality are so good on average
    SPOKEN = "spoken"  # on top, an hour at work in one language
    BONUS = "bonus"  # once a run, from so many hours at work
    LEAST = "least"  # what a week or month comes to at the least
    LESS = "less"  # so much each week or month is taken off: for something lent
    REDUCED = "reduced"  # so many percent of time and pieces are taken off: while she is trained


class Of(StrEnum):
    """What a line is for: a term, or one of these."""

    TIME = "time"
    NOT_BY_TIME = "not_by_time"  # time that no term pays by the hour
    TRIAL = "trial"  # unpaid work, printed as nought
    WAITING = "waiting"
    DAYS_OFF = "days_off"
    PIECES = "pieces"
    FIXED = "fixed"
    COMMISSION = "commission"
    BONUS = "bonus"
    ODD_HOURS = "odd_hours"
    LANGUAGE = "language"
    TOP_UP = "top_up"
    DISCOUNT = "discount"  # taken off by a term of the contract
    EXTRA = "extra"  # part of the pay: a bonus by hand, a correction, something taken off
    BRIEF = "brief"  # a milestone of work by proposal, by the price that was agreed for it
    EXPENSE = "expense"  # paid back, and no pay
    CARRIED = "carried"  # what was left to be taken off, from one statement to a later one


OF_TIME = (Of.TIME, Of.NOT_BY_TIME, Of.TRIAL)
# What a least amount is measured against.
EARNED = (Of.TIME, Of.LANGUAGE, Of.WAITING, Of.DAYS_OFF, Of.PIECES, Of.FIXED, Of.COMMISSION)
EARNED += (Of.BONUS, Of.ODD_HOURS)
CALL, MAIL, TASK = "call", "mail", "task"  # pieces; the last: whatever kind of task no term names


@dataclass(frozen=True)
class Term:
    """`amount` is money for one of what `by` says; of a SHARE, or REDUCED, percent.

    `of`: which time, piece, outcome, sort of shift, language. `percent`: of quality, from how much.
    `until`: the last day on which something is taken off.
    """

    by: By
    amount: Decimal
    of: str = ""
    per: str = ""
    hours: Decimal = NOUGHT
    condition: str = ""
    until: date | None = None
    percent: int = 0
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
    """One interval as it was confirmed. `day` is that of her zone.

    `piece` is (call, mail or the kind of task, which); `language` the one it was done in, as "fr".
    """

    key: Hashable
    kind: str
    started_at: datetime
    ended_at: datetime
    day: date
    piece: tuple[str, str] | None = None
    by_proposal: bool = False  # paid by the price of its milestone, and by no term
    language: str = ""


class Kept(NamedTuple):
    """A planned shift that is over. `is_odd`: in the evening, at night, at a weekend.

    `sorts`: which of those that a contract may name apart. `was_kept`: she came, and stayed, as was planned,
    or is excused.
    """

    key: Hashable
    day: date
    is_odd: bool
    was_kept: bool
    sorts: frozenset[str] = frozenset()


class Scored(NamedTuple):
    """One result of quality, in percent."""

    key: Hashable
    day: date
    percent: int


class Waited(NamedTuple):
    """What of a shift was neither work nor break. `day` is the one of her zone on which the shift began."""

    key: Hashable
    day: date
    micros: int


class DayOff(NamedTuple):
    """A working day away that has been earned. `of`: holiday or sickness."""

    key: Hashable
    of: str
    day: date


@dataclass(frozen=True)
class Outcome:
    """Something her work led to, as it was reported: a meeting, an order, a lead."""

    key: Hashable
    kind: str
    day: date
    worth: Decimal = NOUGHT


@dataclass(frozen=True)
class Extra:
    """Something in words of the firm's or hers, with a sign. `corrects`: days whose pay it puts right."""

    key: Hashable
    words: str
    amount: Decimal
    is_expense: bool = False
    by_proposal: bool = False
    corrects: tuple[date, date] | None = None

    @property
    def of(self) -> Of:
        if self.is_expense:
            return Of.EXPENSE
        return Of.BRIEF if self.by_proposal else Of.EXTRA


class Part(NamedTuple):
    """What a line is made of: an interval, a piece, an outcome, a result of quality with its percent.

    `micros`: those that nothing else counts.
    """

    key: Hashable
    amount: Decimal
    units: int = 0  # seconds of time, percent of a result, else pieces
    micros: int = 0
    day: date | None = None


@dataclass(frozen=True)
class Line:
    """`quantity` are seconds, pieces, days, shifts or results. `base`: of what percent are taken, or the
    average of quality; `is_held`: not all of it.

    `words`: of an extra; of days off, which ones. `corrects`: as of an extra.
    """

    of: Of
    amount: Decimal
    term: Term | None = None
    agreed: Agreed | None = None
    quantity: int = 0
    parts: tuple[Part, ...] = ()
    words: str = ""
    base: Decimal | None = None
    is_held: bool = False
    corrects: tuple[date, date] | None = None


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
