"""The plans of the trade over 10⁵ items each, reckoned to a bill with VAT: to the cent what they exactly are.

What each line has to be is worked out here anew, in whole numbers and fractions, from the plan alone.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import floor

import pytest

from secretariat.books import costs
from secretariat.books.metering import SECOND
from secretariat.books.models import ClientPlan
from secretariat.books.plans import ALWAYS, CHOSEN, OF_OUTCOMES, Item, Measure, Plan
from secretariat.books.reckoning import CAPPED, Extra, Line, Of, Reckoned, Stretch, reckon, tax
from secretariat.rounding import digits_of

MANY = int(os.environ.get("ITEMS_OF_A_PLAN", "100000"))  # of each plan, where it is done slowly
FEW = 2_000
FIRST, CUT, LAST, DAYS = date(2026, 10, 1), date(2026, 10, 17), date(2026, 10, 31), 31
BEGINS, SPAN = datetime(2026, 10, 1, tzinfo=UTC), 31 * 86_400
KINDS = (*sorted(ALWAYS), *CHOSEN)
MEASURES = (Measure.CALL, Measure.MESSAGE, Measure.TASK)
NOUGHT = Decimal(0)
VAT = Decimal("19.6")


@dataclass(frozen=True)
class Month:
    """What is billed in it: by which plans, each until the day before the next begins, and what besides."""

    plans: tuple[Plan, ...]
    cap: Decimal | None = None
    carried: int = 0
    percent: Decimal | None = None  # of each item as an order, for commission
    late: Plan | None = None  # under which texts of an earlier month are billed


def plan(price="1.1337", **facts) -> Plan:
    money = ("overage_price", "retainer", "monthly_fee", "annual_fee", "set_up_fee", "discount_percent")
    money += ("through_price", "text_price")
    facts |= {name: Decimal(facts[name]) for name in money if name in facts}
    currency = facts.get("currency", "GBP")
    return Plan(price=Decimal(price), digits=digits_of(currency), **facts)


MONTHS = {
    "by the second": Month((plan(),)),
    "by six seconds, each at least fifteen": Month((plan(step_seconds=6, minimum_seconds=15),)),
    "by half minutes, with all that may count": Month((plan(step_seconds=30, counts=frozenset(CHOSEN)),)),
    "by the minute, with whatever outcome": Month((plan(step_seconds=60, not_billed=frozenset()),)),
    "each call": Month((plan("1.85", measure=Measure.CALL, included=1000),)),
    "each message": Month((plan("0.995", measure=Measure.MESSAGE),)),
    "each task": Month((plan("12.3333", measure=Measure.TASK, discount_percent="2.5"),)),
    "a retainer that rolls over": Month(
        (plan("0", included=9000, roll_over=True, retainer="333.33", overage_price="1.5049"),), carried=4321
    ),
    "fees, a discount and a limit": Month(
        (plan(monthly_fee="19.99", annual_fee="99.5", set_up_fee="40", discount_percent="12.5"),),
        cap=Decimal("500.01"),
    ),
    "passed on, up to a limit": Month(
        (plan(through_price="0.0899", text_price="0.0745"),),
        cap=Decimal("777.77"),
        late=plan(text_price="0.085"),
    ),
    "another from the seventeenth on": Month(
        (
            plan(included=3100, roll_over=True, retainer="62.05", monthly_fee="10", discount_percent="10"),
            plan("0.8765", included=5000, retainer="71.11", step_seconds=6, text_price="0.1"),
        ),
        carried=77,
    ),
    "calls, and from the seventeenth on time": Month(
        (
            plan("2.15", measure=Measure.CALL, included=300, roll_over=True),
            plan(included=600, roll_over=True),
        ),
        carried=5,
    ),
    "commission": Month((plan(),), percent=Decimal("2.5")),
    "yen": Month((plan("11.3", currency="JPY", retainer="9999", through_price="7.77", text_price="8"),)),
    "dinars": Month(
        (plan("0.3337", currency="KWD", discount_percent="7.25", through_price="0.0123"),),
        percent=Decimal("1.25"),
    ),
}


@cache
def items(count: int) -> tuple[Item, ...]:
    """By a rule that anybody can repeat: all kinds of time, outcomes and measures, over the whole month."""
    return tuple(
        Item(
            (MEASURES[n % 3], f"{n:06}"),
            MEASURES[n % 3],
            BEGINS + timedelta(seconds=n * 7919 % SPAN),
            {KINDS[n % len(KINDS)]: n * 7919 % (900 * SECOND), "talk": n * 104729 % (600 * SECOND)}
            | ({"put_through": n * 65537 % (400 * SECOND)} if n % 5 == 0 else {}),
            ("", "", "", *OF_OUTCOMES)[n * 31 % 11],
            n % 7 != 0,
            n % 13 == 0,
        )
        for n in range(count)
    )


def texts(count: int) -> tuple[Item, ...]:
    return tuple(Item(("text", f"{n:06}"), Measure.TASK, BEGINS + timedelta(seconds=n)) for n in range(count))


def stretches(month: Month, its: tuple[Item, ...]) -> list[Stretch]:
    facts = {"of_days": DAYS, "begins": True, "anniversary": True}
    if len(month.plans) == 1:
        [only] = month.plans
        return [Stretch(only, FIRST, LAST, items=its, texts=texts(len(its) // 10), **facts)]
    one, other = month.plans
    return [
        Stretch(one, FIRST, CUT - timedelta(1), items=tuple(it for it in its if it.at.date() < CUT), **facts),
        Stretch(other, CUT, LAST, items=tuple(it for it in its if it.at.date() >= CUT), **facts),
    ]


def commission(month: Month, its: tuple[Item, ...]) -> list[Extra]:
    """Each item as an order, worth as many cents as it took milliseconds of talking."""
    if month.percent is None:
        return []
    [only] = month.plans
    agreed = ClientPlan(
        price=1, currency=only.currency, order_percent=month.percent, from_on=FIRST, made_at=BEGINS
    )
    exact = agreed.rules.commission
    owed = [(it, exact("order", worth(it)), agreed) for it in its]
    return [costs.commission("order", owed)]


def worth(item: Item) -> Decimal:
    return Decimal(item.micros["talk"] // 1000).scaleb(-2)


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", MONTHS)
def test_a_bill_is_its_lines_and_each_line_its_parts_to_the_cent(name, count):
    month, its = MONTHS[name], items(count)
    hers = stretches(month, its)
    late = [Stretch(month.late, FIRST, FIRST, 1, texts=texts(7))] if month.late else []
    extras = commission(month, its)
    made = reckon(hers, carried=month.carried, cap=month.cap, extras=extras, late=late)
    digits = month.plans[0].digits

    placed = Counter(
        charge.item.key
        for line in made.lines
        if line.of in (Of.USAGE, Of.NOT_BILLED)
        for charge in line.charges
    )
    assert placed == Counter(it.key for it in its)  # every item, once
    for line in made.lines:
        if line.charges:
            assert sum((charge.amount for charge in line.charges), NOUGHT) == line.amount, line.of
        assert line.amount == in_money(Fraction(line.amount), digits)  # no part of a cent
    assert all(_is_less_than_a_cent_off(line, digits) for line in made.lines if line.of == Of.USAGE)

    assert [(line.of, line.amount) for line in made.lines] == list(_exactly(month, hers, late, its, made))
    assert made.net == sum((line.amount for line in made.lines), NOUGHT)
    assert tax(made.net, VAT, digits=digits) == in_money(Fraction(made.net) * Fraction(VAT) / 100, digits)


def in_money(exact: Fraction, digits: int) -> Decimal:
    """Halves away from nought."""
    cents = floor(abs(exact) * 10**digits + Fraction(1, 2))
    return Decimal(cents if exact >= 0 else -cents).scaleb(-digits)


def _is_less_than_a_cent_off(line: Line, digits: int) -> bool:
    """Each item, from its own exact price, in whole numbers: there are many."""
    price = a_unit(line.stretch.plan)
    top, bottom = price.numerator * 10**digits, price.denominator
    return all(
        abs(int(each.amount.scaleb(digits)) * bottom - (each.units - each.free) * top) < bottom
        for each in line.charges
    )


def a_unit(its: Plan) -> Fraction:
    price = its.price if its.overage_price is None else its.overage_price
    return Fraction(price) / (60 if its.measure == Measure.TIME else 1)


def units(its: Plan, item: Item) -> int:
    """How many of them an item is, from what the plan says alone."""
    if item.outcome in its.not_billed or item.outcome == "mistake":
        return 0
    if its.measure != Measure.TIME:
        return int(item.measure == its.measure and not item.again)
    micros = sum(long for kind, long in item.micros.items() if kind in ALWAYS or kind in its.counts)
    if micros and item.measure == Measure.CALL and item.answered and not item.again:
        micros = max(micros, its.minimum_seconds * SECOND)
    steps, rest = divmod(micros, its.step_seconds * SECOND)
    return (steps + (rest > 0)) * its.step_seconds


def _exactly(
    month: Month, hers: list[Stretch], late: list[Stretch], its: tuple[Item, ...], made: Reckoned
) -> Iterator[tuple[Of, Decimal]]:
    """Every line of the month in its order, as whoever has the plans and the items works it out."""
    digits, carried, found, bases = month.plans[0].digits, month.carried, [], []
    for place, one in enumerate(hers):
        rules, share = one.plan, Fraction((one.last - one.first).days + 1, DAYS)
        if place and hers[place - 1].plan.measure != rules.measure:
            carried = 0
        of_it, of_days = [], []
        if rules.retainer:
            of_days.append((Of.RETAINER, in_money(Fraction(rules.retainer) * share, digits)))
        counted = [units(rules, item) for item in one.items]
        included = floor(rules.included * share + Fraction(1, 2))
        beyond = max(0, sum(counted) - carried - included)
        of_days.append((Of.USAGE, in_money(beyond * a_unit(rules), digits)))
        carried = max(0, included - max(0, sum(counted) - carried)) if rules.roll_over else 0
        if not all(counted):
            of_it.append((Of.NOT_BILLED, NOUGHT))
        if rules.through_price:
            seconds = sum(
                -(-item.micros.get("put_through", 0) // SECOND)
                for item in one.items
                if item.outcome != "mistake"
            )
            of_it.append((Of.THROUGH, in_money(seconds * Fraction(rules.through_price) / 60, digits)))
        if rules.text_price and one.texts:
            of_it.append((Of.TEXTS, in_money(len(one.texts) * Fraction(rules.text_price), digits)))
        fees = []
        if rules.monthly_fee:
            fees.append((Of.MONTHLY, in_money(Fraction(rules.monthly_fee) * share, digits)))
        if rules.annual_fee:
            fees.append((Of.ANNUAL, rules.annual_fee))
        bases.append((rules, sum((amount for _of, amount in (*of_days, *fees)), NOUGHT)))
        fees += [(Of.SET_UP, rules.set_up_fee)] if rules.set_up_fee else []
        found += [*of_days, *of_it, *fees]
    assert made.left == carried
    for each in late:
        found.append((Of.TEXTS, in_money(len(each.texts) * Fraction(each.plan.text_price), digits)))
    if month.percent is not None:
        owed = sum((worth(it) for it in its), NOUGHT)
        found.append((Of.EXTRA, in_money(Fraction(owed) * Fraction(month.percent) / 100, digits)))
    above = NOUGHT
    if month.cap is not None:
        above = max(NOUGHT, sum((amount for of, amount in found if of in CAPPED), NOUGHT) - month.cap)
        assert above  # else the limit of this month says nothing
        found.append((Of.CAP, -above))
    for rules, base in bases:
        if rules.discount_percent:
            off = Fraction(base - above) * Fraction(rules.discount_percent) / 100
            found.append((Of.DISCOUNT, -in_money(off, digits)))
    yield from found
