"""From a month's plans, items and other facts to the lines of a bill. Pure: no clock, database, settings.

A line is what it comes to; its parts are the items it is made of. Where a plan changed within the month, each
one has lines of its own for its days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from secretariat.rounding import half_up, shares_of

from .plans import Charge, Item, Plan, Unbilled, Usage, passed_on, use

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
    texts: tuple[Item, ...] = ()  # that were passed on, each at one price
    begins: bool = False  # the plan begins here: its set-up is due
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

    `rule`: how it came to that, where it is no cost that was paid. `at_most`: so much of its one charge is
    taken off as there is a bill to take it off; the rest waits.
    """

    words: str
    amount: Decimal
    charges: tuple[Charge, ...] = ()
    rule: str = ""
    at_most: bool = False


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
    late: Iterable[Stretch] = (),
    cap: Decimal | None = None,
) -> Reckoned:
    """The lines of one month's bill, before tax. `cap` is the most that usage and passed-on costs may be.

    `late`: of days before it under plans that have ended; what was worked and passed on in them is owed, and
    no more: what they included is over.
    """
    lines: list[Line] = []
    stretches = list(stretches)
    measure = stretches[0].plan.measure if stretches else None
    for stretch in stretches:
        if stretch.plan.measure != measure:
            carried, measure = 0, stretch.plan.measure  # minutes are no calls
        used = use(stretch.plan, stretch.items, share=stretch.share, carried=carried)
        carried = used.left
        lines += _of_stretch(stretch, used)
    late = list(late)
    for each in late:
        lines += _of_late(each)
    extras = list(extras)
    lines += [_of_extra(each) for each in extras if not each.at_most]
    if cap is not None:
        above = sum((line.amount for line in lines if line.of in CAPPED), NOUGHT) - cap
        if above > 0:
            lines.append(Line(Of.CAP, -above))
    lines += _discounts([*stretches, *late], lines)
    for each in extras:
        off = min(-each.amount, sum((line.amount for line in lines), NOUGHT)) if each.at_most else NOUGHT
        if off > 0:
            charges = tuple(replace(charge, amount=-off) for charge in each.charges)
            lines.append(_of_extra(replace(each, amount=-off, charges=charges)))
    return Reckoned(tuple(lines), carried)


def _of_extra(extra: Extra) -> Line:
    return Line(
        Of.EXTRA,
        extra.amount,
        quantity=len(extra.charges),
        charges=extra.charges,
        words=extra.words,
        rule=extra.rule,
    )


def _of_stretch(stretch: Stretch, used: Usage) -> list[Line]:
    plan, lines = stretch.plan, []
    if plan.retainer:
        amount = half_up(Fraction(plan.retainer) * stretch.share, plan.digits)
        lines.append(Line(Of.RETAINER, amount, stretch, stretch.days, included=used.included))
    lines += _of_items(stretch, used)
    if plan.monthly_fee:
        amount = half_up(Fraction(plan.monthly_fee) * stretch.share, plan.digits)
        lines.append(Line(Of.MONTHLY, amount, stretch, stretch.days))
    if plan.annual_fee and stretch.anniversary:
        lines.append(Line(Of.ANNUAL, plan.annual_fee, stretch, 1))
    if plan.set_up_fee and stretch.begins:
        lines.append(Line(Of.SET_UP, plan.set_up_fee, stretch, 1))
    return lines


def _of_late(stretch: Stretch) -> list[Line]:
    used = use(stretch.plan, stretch.items, share=Fraction(0))
    return [line for line in _of_items(stretch, used) if line.charges]


def _of_items(stretch: Stretch, used: Usage) -> list[Line]:
    """What was worked, billed or not, and what was passed on."""
    billed = tuple(each for each in used.charges if not each.because)
    included = {"included": used.included, "carried": used.carried}
    lines = [Line(Of.USAGE, used.amount, stretch, used.units, billed, **included)]
    if free := tuple(each for each in used.charges if each.because):
        lines.append(Line(Of.NOT_BILLED, NOUGHT, stretch, len(free), free))
    if through := passed_on(stretch.plan, stretch.items):
        cost = sum((each.amount for each in through), NOUGHT)
        lines.append(Line(Of.THROUGH, cost, stretch, sum(each.units for each in through), through))
    if stretch.texts and stretch.plan.text_price:
        lines.append(_of_texts(stretch))
    return lines


def _of_texts(stretch: Stretch) -> Line:
    """Each with its share, in order of time."""
    plan, its = stretch.plan, sorted(stretch.texts, key=lambda item: (item.at, item.key))
    amounts = shares_of([1] * len(its), Fraction(plan.text_price), plan.digits)
    charges = tuple(Charge(item, 1, 0, amount) for item, amount in zip(its, amounts, strict=True))
    return Line(Of.TEXTS, sum(amounts, NOUGHT), stretch, len(its), charges)


def _discounts(stretches: list[Stretch], lines: list[Line]) -> list[Line]:
    """One for each plan that gives one. What the cap took off is nobody's to discount again."""
    found, alone = [], sum(line.of == Of.USAGE for line in lines) == 1
    for stretch in stretches:
        percent = stretch.plan.discount_percent
        hers = (line for line in lines if line.stretch is stretch and line.of in DISCOUNTED)
        base = sum((line.amount for line in hers), NOUGHT)
        if alone:
            base += sum((line.amount for line in lines if line.of == Of.CAP), NOUGHT)
        if percent and base > 0:
            amount = half_up(Fraction(base) * Fraction(percent) / 100, stretch.plan.digits)
            found.append(Line(Of.DISCOUNT, -amount, stretch))
    return found


@dataclass(frozen=True)
class Part:
    """A line of a bill as it was issued, and what is `left` of it. `stretch`: which of the plans it is of."""

    key: Any
    of: str
    stretch: int | None
    was: Decimal
    left: Decimal


def less(parts: Iterable[Part], off: Mapping[Any, Decimal], *, digits: int = 2) -> dict[Any, Decimal]:
    """What becomes of the lines of a bill where so much of some is given back, each change with its sign.

    What went beyond the limit, and the discount, are no more than they would be without it.
    """
    parts = list(parts)
    left = {each.key: each.left - off.get(each.key, NOUGHT) for each in parts}
    alone = sum(each.of == Of.USAGE for each in parts) == 1  # each plan of the month has a line for its usage
    for cap in (each for each in parts if each.of == Of.CAP):
        capped = [each for each in parts if each.of in CAPPED]
        limit = sum((each.was for each in capped), cap.was)
        left[cap.key] = min(NOUGHT, limit - sum((left[each.key] for each in capped), NOUGHT))
    for discount in (each for each in parts if each.of == Of.DISCOUNT):
        base = [
            each
            for each in parts
            if each.of in DISCOUNTED and (alone if each.of == Of.CAP else each.stretch == discount.stretch)
        ]
        was = sum((each.was for each in base), NOUGHT)
        now = sum((left[each.key] for each in base), NOUGHT)
        if was:
            left[discount.key] = half_up(Fraction(discount.was) * Fraction(now) / Fraction(was), digits)
    return {each.key: left[each.key] - each.left for each in parts if left[each.key] != each.left}


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
