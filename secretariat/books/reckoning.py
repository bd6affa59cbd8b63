"""From a month's plans, items and other facts to the lines of a bill. Pure: no clock, database, settings.

A line is what it comes to; its parts are the items it is made of. Where a plan changed within the month, each
one has lines of its own for its days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from secretariat.rounding import half_up

from .plans import Charge, Item, Plan, Unbilled, passed_on, use

NOUGHT = Decimal(0)


class Of(StrEnum):
    """What a line is for."""

    RETAINER = "retainer"
    USAGE = "usage"
    NOT_BILLED = "not_billed"
    THROUGH = "through"
    TEXTS = "texts"
    MONTHLY = "monthly"
    ANNUAL = "annual"
    SET_UP = "set_up"
    EXTRA = "extra"
    CAP = "cap"
    DISCOUNT = "discount"
    CREDIT = "credit"  # on a credit note


CAPPED = (Of.USAGE, Of.THROUGH, Of.TEXTS)  # what was laid out for her is owed in full
DISCOUNTED = (Of.RETAINER, Of.USAGE, Of.MONTHLY, Of.ANNUAL, Of.CAP)


@dataclass(frozen=True)
class Stretch:
    """The days of one plan within the month, and what happened in them."""

    plan: Plan
    first: date
    last: date
    of_days: int  # of the whole month
    items: tuple[Item, ...] = ()
    texts: int = 0
    begins: bool = False  # the client's first plan begins here: set-up is due
    anniversary: bool = False  # the annual fee is due

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def share(self) -> Fraction:
        return Fraction(self.days, self.of_days)


@dataclass(frozen=True)
class Line:
    """`quantity` are units of what the line is for: seconds, pieces or days. `detail` completes its words."""

    of: Of
    amount: Decimal
    stretch: Stretch | None = None
    quantity: int = 0
    charges: tuple[Charge, ...] = ()
    included: int = 0
    carried: int = 0
    words: str = ""
    rule: str = ""


@dataclass(frozen=True)
class Extra:
    """A cost passed on, work by proposal, or something taken off, in words of the firm's.

    `rule`: how it came to that, where it is no cost that was paid.
    """

    words: str
    amount: Decimal
    charges: tuple[Charge, ...] = ()
    rule: str = ""


@dataclass(frozen=True)
class Reckoned:
    """`left` units go into the next month."""

    lines: tuple[Line, ...]
    left: int

    @property
    def net(self) -> Decimal:
        return sum((line.amount for line in self.lines), NOUGHT)


def reckon(
    stretches: Iterable[Stretch],
    *,
    carried: int = 0,
    extras: Iterable[Extra] = (),
    cap: Decimal | None = None,
) -> Reckoned:
    """The lines of one month's bill, before tax. `cap` is the most that usage and passed-on costs may be."""
    lines: list[Line] = []
    stretches = list(stretches)
    measure = stretches[0].plan.measure if stretches else None
    for stretch in stretches:
        if stretch.plan.measure != measure:
            carried, measure = 0, stretch.plan.measure  # minutes are no calls
        used = use(stretch.plan, stretch.items, share=stretch.share, carried=carried)
        carried = used.left
        lines += _of_stretch(stretch, used)
    lines += [
        Line(
            Of.EXTRA,
            each.amount,
            quantity=len(each.charges),
            charges=each.charges,
            words=each.words,
            rule=each.rule,
        )
        for each in extras
    ]
    if cap is not None:
        above = sum((line.amount for line in lines if line.of in CAPPED), NOUGHT) - cap
        if above > 0:
            lines.append(Line(Of.CAP, -above))
    lines += _discounts(stretches, lines)
    return Reckoned(tuple(lines), carried)


def _of_stretch(stretch: Stretch, used) -> list[Line]:
    plan, lines = stretch.plan, []
    billed = tuple(each for each in used.charges if not each.because)
    if plan.retainer:
        amount = half_up(Fraction(plan.retainer) * stretch.share, plan.digits)
        lines.append(Line(Of.RETAINER, amount, stretch, stretch.days, included=used.included))
    lines.append(
        Line(Of.USAGE, used.amount, stretch, used.units, billed, included=used.included, carried=used.carried)
    )
    if free := tuple(each for each in used.charges if each.because):
        lines.append(Line(Of.NOT_BILLED, NOUGHT, stretch, len(free), free))
    if through := passed_on(plan, stretch.items):
        cost = sum((each.amount for each in through), NOUGHT)
        lines.append(Line(Of.THROUGH, cost, stretch, sum(each.units for each in through), through))
    if stretch.texts and plan.text_price:
        amount = half_up(stretch.texts * Fraction(plan.text_price), plan.digits)
        lines.append(Line(Of.TEXTS, amount, stretch, stretch.texts))
    if plan.monthly_fee:
        amount = half_up(Fraction(plan.monthly_fee) * stretch.share, plan.digits)
        lines.append(Line(Of.MONTHLY, amount, stretch, stretch.days))
    if plan.annual_fee and stretch.anniversary:
        lines.append(Line(Of.ANNUAL, plan.annual_fee, stretch, 1))
    if plan.set_up_fee and stretch.begins:
        lines.append(Line(Of.SET_UP, plan.set_up_fee, stretch, 1))
    return lines


def _discounts(stretches: list[Stretch], lines: list[Line]) -> list[Line]:
    """One for each plan that gives one. What the cap took off is nobody's to discount again."""
    found = []
    for stretch in stretches:
        percent = stretch.plan.discount_percent
        hers = (line for line in lines if line.stretch is stretch and line.of in DISCOUNTED)
        base = sum((line.amount for line in hers), NOUGHT)
        if len(stretches) == 1:
            base += sum((line.amount for line in lines if line.of == Of.CAP), NOUGHT)
        if percent and base > 0:
            amount = half_up(Fraction(base) * Fraction(percent) / 100, stretch.plan.digits)
            found.append(Line(Of.DISCOUNT, -amount, stretch))
    return found


def tax(net: Decimal, percent: Decimal, *, digits: int = 2) -> Decimal:
    """Value added tax on the whole bill, rounded once."""
    return half_up(Fraction(net) * Fraction(percent) / 100, digits)


def outcome_of(outcome: str, reason: str, *, answered: bool, mistake: bool) -> str:
    """What a plan may leave unbilled, from how a call ended and from why there was no message."""
    if mistake:
        return Unbilled.MISTAKE
    if outcome == "refused":
        return Unbilled.BLOCKED
    if "looped" in (outcome, reason):
        return Unbilled.LOOPED
    if outcome in ("abandoned", "unanswered", "failed") and not answered:
        return Unbilled.LOST
    return {
        "wrong_number": Unbilled.WRONG_NUMBER,
        "dead_air": Unbilled.SILENT,
        "automated": Unbilled.AUTOMATED,
        "test": Unbilled.TEST,
        "forwarding": Unbilled.TEST,
    }.get(reason, "")
