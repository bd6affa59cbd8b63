"""What a client's plan makes of the work done for her. Pure: no clock, no database, no settings.

Nothing is lost and nothing counts twice: every item that is given comes back, with the units it is billed for
or with why it is not. Lengths are whole microseconds until the plan's own step rounds them, once an item;
money is exact until a line is written, and each item's share of the line is whole cents that add up to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from secretariat.rounding import half_up, shares_of

from .metering import SECOND, counted

# Worked for the client, whatever the plan.
ALWAYS = frozenset({"talk", "asking", "check_in", "mail", "letter", "dictation", "post", "request", "other"})
CHOSEN = (  # counts where the plan says so
    *("ring", "hold", "wrap_up", "put_through"),
    *("reading", "diary", "desk"),
)
STEPS = (1, 6, 30, 60)  # seconds


class Measure(StrEnum):
    """What one unit is."""

    TIME = "time"  # a second
    CALL = "call"
    MESSAGE = "message"
    TASK = "task"


class Unbilled(StrEnum):
    """Why an item costs nothing. All but the last two are for a plan to choose."""

    WRONG_NUMBER = "wrong_number"
    SILENT = "silent"
    AUTOMATED = "automated"
    BLOCKED = "blocked"
    TEST = "test"
    LOOPED = "looped"
    LOST = "lost"  # before anybody answered
    MISTAKE = "mistake"  # ours
    OUTSIDE = "outside"  # the plan bills something else
    NOTHING = "nothing"  # no second of it counts


OF_OUTCOMES = tuple(Unbilled)[:8]


@dataclass(frozen=True)
class Plan:
    """`price` and `overage_price` are for a minute of time, or for each call, message or task.

    `included` are units (seconds, or pieces) of one whole month; what is not used goes into the next month
    and no further where `roll_over`. Money is in `currency`, which has `digits` decimal places.
    """

    price: Decimal
    currency: str = "GBP"
    measure: Measure = Measure.TIME
    step_seconds: int = 1
    minimum_seconds: int = 0
    counts: frozenset[str] = frozenset()
    not_billed: frozenset[str] = frozenset(OF_OUTCOMES)
    included: int = 0
    roll_over: bool = False
    overage_price: Decimal | None = None
    retainer: Decimal = Decimal(0)
    monthly_fee: Decimal = Decimal(0)
    annual_fee: Decimal = Decimal(0)
    set_up_fee: Decimal = Decimal(0)
    discount_percent: Decimal = Decimal(0)
    through_price: Decimal = Decimal(0)  # a minute put through, where that does not count as work
    text_price: Decimal = Decimal(0)
    meeting_price: Decimal = Decimal(0)  # commission: for each meeting booked, each lead, percent of an order
    lead_price: Decimal = Decimal(0)
    order_percent: Decimal = Decimal(0)
    digits: int = 2

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of time that count."""
        return ALWAYS | self.counts

    @property
    def beyond(self) -> Decimal:
        """The price of what is not included."""
        return self.price if self.overage_price is None else self.overage_price

    def commission(self, kind: str, worth: Decimal) -> Fraction:
        """What the client owes for something that came of the work: a meeting, a lead, an order."""
        if kind == "order":
            return Fraction(worth) * Fraction(self.order_percent) / 100
        return Fraction({"meeting": self.meeting_price, "lead": self.lead_price}.get(kind, 0))

    @property
    def unit_price(self) -> Fraction:
        return Fraction(self.beyond) / (60 if self.measure == Measure.TIME else 1)


@dataclass(frozen=True)
class Item:
    """One call, message or task with its raw time, in microseconds of each kind. `outcome`: see Unbilled."""

    key: tuple[str, str]
    measure: Measure
    at: datetime
    micros: Mapping[str, int] = field(default_factory=dict)
    outcome: str = ""
    answered: bool = True
    again: bool = False  # part of it is on an earlier bill


@dataclass(frozen=True)
class Charge:
    """What an item comes to. `free` of its `units` are included; `because` says why there are none."""

    item: Item
    units: int
    free: int
    amount: Decimal
    because: str = ""


@dataclass(frozen=True)
class Usage:
    """Every item given, in order of time. `left` are the included units of this month that were not used."""

    charges: tuple[Charge, ...]
    amount: Decimal
    included: int
    carried: int
    left: int

    @property
    def units(self) -> int:
        return sum(each.units for each in self.charges)

    @property
    def free(self) -> int:
        return sum(each.free for each in self.charges)

    @property
    def charged(self) -> int:
        return self.units - self.free


def units_of(plan: Plan, item: Item) -> tuple[int, str]:
    """How many units an item is billed for, and if none, why."""
    if item.outcome in plan.not_billed or item.outcome == Unbilled.MISTAKE:
        return 0, item.outcome
    if plan.measure != Measure.TIME:
        if item.measure != plan.measure:
            return 0, Unbilled.OUTSIDE
        return (0, Unbilled.NOTHING) if item.again else (1, "")
    micros = counted(item.micros, plan.kinds)
    if not micros:
        return 0, Unbilled.NOTHING if item.measure != Measure.MESSAGE else Unbilled.OUTSIDE
    least = plan.minimum_seconds * SECOND if has_minimum(item) else 0
    step = plan.step_seconds * SECOND
    return -(-max(micros, least) // step) * plan.step_seconds, ""


def has_minimum(item: Item) -> bool:
    """An answered call has a plan's least time, once, however often it is taken up again."""
    return item.measure == Measure.CALL and item.answered and not item.again


def use(plan: Plan, items: Iterable[Item], *, share: Fraction = Fraction(1), carried: int = 0) -> Usage:
    """Bill the items. `share` of the month is what the plan holds for; `carried` units are left of the last.

    What is carried is used up first, since it does not last, then what is included, then each unit costs.
    """
    ordered = sorted(items, key=lambda item: (item.at, item.key))
    included = int(half_up(plan.included * share, 0))
    old, new = carried, included
    judged: list[tuple[Item, int, int, str]] = []
    for item in ordered:
        units, because = units_of(plan, item)
        from_old = min(old, units)
        from_new = min(new, units - from_old)
        old, new = old - from_old, new - from_new
        judged.append((item, units, from_old + from_new, because))
    amounts = shares_of((units - free for _i, units, free, _b in judged), plan.unit_price, plan.digits)
    charges = tuple(
        Charge(item, units, free, amount, because)
        for (item, units, free, because), amount in zip(judged, amounts, strict=True)
    )
    return Usage(charges, sum(amounts, Decimal(0)), included, carried, new if plan.roll_over else 0)


def passed_on(plan: Plan, items: Iterable[Item]) -> tuple[Charge, ...]:
    """What put-through time costs, to the second, where it is not billed as work. In order of time."""
    if not plan.through_price or "put_through" in plan.counts:
        return ()
    through = [item for item in items if item.micros.get("put_through") and item.outcome != Unbilled.MISTAKE]
    through.sort(key=lambda item: (item.at, item.key))
    seconds = [-(-item.micros["put_through"] // SECOND) for item in through]
    amounts = shares_of(seconds, Fraction(plan.through_price) / 60, plan.digits)
    return tuple(
        Charge(item, units, 0, amount) for item, units, amount in zip(through, seconds, amounts, strict=True)
    )
