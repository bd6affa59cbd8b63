"""The rules of bills: worked by hand, and held over plans and months that nobody thought of."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from secretariat.books import reckoning
from secretariat.books.metering import SECOND
from secretariat.books.plans import (
    ALWAYS,
    CHOSEN,
    OF_OUTCOMES,
    STEPS,
    Item,
    Measure,
    Plan,
    has_minimum,
    units_of,
    use,
)
from secretariat.books.reckoning import Extra, Of, Part, Stretch, less, reckon
from secretariat.rounding import half_up, shares, shares_of

NINE = datetime(2026, 10, 5, 9, tzinfo=UTC)
KINDS = (*sorted(ALWAYS), *CHOSEN)
FREE = Decimal(0)


def call(n=0, *, outcome="", answered=True, **seconds) -> Item:
    micros = {kind: round(length * SECOND) for kind, length in seconds.items()}
    return Item(
        ("calls.call", f"{n:06}"), Measure.CALL, NINE + timedelta(minutes=n), micros, outcome, answered
    )


def by_time(price="1.20", **facts) -> Plan:
    return Plan(price=Decimal(price), **facts)


@pytest.mark.parametrize(
    ("plan", "made", "units", "because"),
    [
        (by_time(), call(talk=121), 121, ""),
        (by_time(step_seconds=6), call(talk=121), 126, ""),
        (by_time(step_seconds=30), call(talk=121), 150, ""),
        (by_time(step_seconds=60), call(talk=121), 180, ""),
        (by_time(step_seconds=60), call(talk=120), 120, ""),
        (by_time(), call(talk=0.000001), 1, ""),
        (by_time(), call(talk=60, ring=9, hold=30, wrap_up=20, put_through=300), 60, ""),
        (by_time(counts=frozenset({"hold"})), call(talk=60, ring=9, hold=30, wrap_up=20), 90, ""),
        (by_time(counts=frozenset(CHOSEN)), call(talk=60, ring=9, hold=30, wrap_up=20), 119, ""),
        (by_time(minimum_seconds=60), call(talk=4), 60, ""),
        (by_time(minimum_seconds=60), call(ring=30), 0, "nothing"),
        (by_time(), call(talk=60, outcome="wrong_number"), 0, "wrong_number"),
        (by_time(not_billed=frozenset()), call(talk=60, outcome="wrong_number"), 60, ""),
        (by_time(not_billed=frozenset()), call(talk=60, outcome="mistake"), 0, "mistake"),
        (by_time(measure=Measure.CALL), call(talk=400), 1, ""),
        (by_time(measure=Measure.MESSAGE), call(talk=400), 0, "outside"),
    ],
)
def test_what_one_call_is_billed_for(plan, made, units, because):
    assert units_of(plan, made) == (units, because)


def test_two_minutes_and_a_second_are_not_two_minutes_and_a_half():
    """What clients of such firms complain of: 2:01 on a plan by the second is 121 seconds and no more."""
    [charge] = use(by_time("1.20"), [call(talk=121, ring=12, hold=40)]).charges
    assert (charge.units, charge.amount) == (121, Decimal("2.42"))


def test_what_is_carried_is_used_before_what_is_included_and_goes_no_further():
    plan = by_time("2.00", included=600, roll_over=True)
    used = use(plan, [call(1, talk=100), call(2, talk=50)], carried=120)
    assert [each.free for each in used.charges] == [100, 50]
    assert used.left == 570
    assert use(plan, [], carried=120).left == 600  # the 120 are over


def test_a_retainer_with_overage_worked_by_hand():
    """£90 a month for 10 minutes, then £1.50 a minute by 6 s: 612 s and 90 s of overage are £2.55."""
    plan = by_time("0", included=600, retainer=Decimal(90), overage_price=Decimal("1.50"), step_seconds=6)
    made = reckon([stretch(plan, call(1, talk=610), call(2, talk=85))])
    assert {line.of: line.amount for line in made.lines} == {
        Of.RETAINER: Decimal("90.00"),
        Of.USAGE: Decimal("2.55"),
    }


def texts(n) -> tuple[Item, ...]:
    at = [NINE + timedelta(minutes=each) for each in range(n)]
    return tuple(Item(("text", f"{each}"), Measure.TASK, at[each]) for each in range(n))


def stretch(plan, *items, first=1, last=31, **facts) -> Stretch:
    return Stretch(plan, date(2026, 10, first), date(2026, 10, last), 31, tuple(items), **facts)


def test_half_a_month_has_half_the_retainer_and_half_of_what_it_includes():
    plan = by_time(retainer=Decimal(62), included=3100, set_up_fee=Decimal(40))
    made = reckon([stretch(plan, call(talk=1650), first=17, begins=True)])
    assert [(line.of, line.amount) for line in made.lines] == [
        (Of.RETAINER, Decimal("30.00")),  # 15 of 31 days
        (Of.USAGE, Decimal("3.00")),  # 1500 s are included, 150 are not
        (Of.SET_UP, Decimal(40)),
    ]


def test_a_cap_is_the_most_and_says_what_it_took_off():
    plan = by_time("1.00", retainer=Decimal(50), discount_percent=Decimal(10))
    made = reckon([stretch(plan, call(talk=3600))], cap=Decimal(40), extras=[Extra("Postage", Decimal(3))])
    found = {line.of: line.amount for line in made.lines}
    assert (found[Of.USAGE], found[Of.CAP]) == (Decimal(60), Decimal(-20))
    assert found[Of.DISCOUNT] == Decimal("-9.00")  # of 50 + 60 - 20
    assert made.net == Decimal(84)


def test_what_is_late_is_discounted_by_its_own_plan_and_given_back_with_it():
    """60.00 less 10 percent of a plan that has ended, and 24.00 less 50 percent of the one that holds."""
    then = by_time("1.00", discount_percent=Decimal(10), retainer=Decimal(90), included=600, monthly_fee=FREE)
    now = by_time("2.00", discount_percent=Decimal(50))
    made = reckon([stretch(now, call(1, talk=720))], late=[stretch(then, call(talk=3600))])
    assert [(line.of, line.amount) for line in made.lines] == [
        (Of.USAGE, Decimal(24)),
        (Of.USAGE, Decimal(60)),
        (Of.DISCOUNT, Decimal(-12)),
        (Of.DISCOUNT, Decimal(-6)),
    ]
    parts = [
        Part(n, line.of, int(line.stretch.plan is then), line.amount, line.amount)
        for n, line in enumerate(made.lines)
    ]
    assert less(parts, {1: Decimal(60)}) == {1: Decimal(-60), 3: Decimal(6)}


def test_put_through_is_a_cost_passed_on_or_work_but_never_both():
    item = call(talk=60, put_through=300)
    passed = reckon([stretch(by_time(through_price=Decimal("0.10")), item)])
    assert {line.of: line.amount for line in passed.lines}[Of.THROUGH] == Decimal("0.50")
    work = by_time(through_price=Decimal("0.10"), counts=frozenset({"put_through"}))
    assert [line.of for line in reckon([stretch(work, item)]).lines] == [Of.USAGE]


@pytest.mark.parametrize(
    ("exact", "rounded"), [("2.345", "2.35"), ("2.3449", "2.34"), ("-2.345", "-2.35"), ("0.005", "0.01")]
)
def test_halves_go_away_from_nought(exact, rounded):
    assert half_up(Fraction(exact), 2) == Decimal(rounded)


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        (("no_message", "wrong_number", True, False), "wrong_number"),
        (("no_message", "dead_air", True, False), "silent"),
        (("no_message", "forwarding", True, False), "test"),
        (("abandoned", "", False, False), "lost"),
        (("refused", "", False, False), "blocked"),
        (("message", "", True, True), "mistake"),
        (("message", "", True, False), ""),
        (("no_message", "sales", True, False), ""),
    ],
)
def test_what_a_call_s_end_means_for_its_bill(facts, outcome):
    end, reason, answered, mistake = facts
    assert reckoning.outcome_of(end, reason, answered=answered, mistake=mistake) == outcome


# --- For every plan, and whatever happened ---

PRICES = some.decimals(min_value=0, max_value=9, places=4)
FEES = some.decimals(min_value=0, max_value=900, places=2)
PLANS = some.builds(
    Plan,
    price=PRICES,
    measure=some.sampled_from(Measure),
    step_seconds=some.sampled_from(STEPS),
    minimum_seconds=some.sampled_from([0, 15, 60]),
    counts=some.frozensets(some.sampled_from(CHOSEN)),
    not_billed=some.frozensets(some.sampled_from(OF_OUTCOMES)),
    included=some.integers(0, 40_000),
    roll_over=some.booleans(),
    overage_price=some.none() | PRICES,
    retainer=FEES,
    monthly_fee=FEES,
    annual_fee=FEES,
    set_up_fee=FEES,
    discount_percent=some.decimals(min_value=0, max_value=100, places=2),
    through_price=PRICES,
    text_price=PRICES,
    digits=some.sampled_from([0, 2, 3]),
)


@some.composite
def months(draw, most=60):
    """Items of a month: calls, messages and tasks, each with raw time to the microsecond."""
    found = []
    for n in range(draw(some.integers(0, most))):
        kinds = draw(some.lists(some.sampled_from(KINDS), max_size=4, unique=True))
        micros = {kind: draw(some.integers(0, 4000 * SECOND)) for kind in kinds}
        measure = draw(some.sampled_from([Measure.CALL, Measure.CALL, Measure.MESSAGE, Measure.TASK]))
        outcome = draw(some.sampled_from(["", "", *OF_OUTCOMES]))
        at = NINE + timedelta(seconds=draw(some.integers(0, 20 * 86400)))
        found.append(
            Item(
                (measure, f"{n:04}"),
                measure,
                at,
                micros,
                outcome,
                draw(some.booleans()),
                draw(some.booleans()),
            )
        )
    return found


@settings(max_examples=100, deadline=None)
@given(PLANS, months(), some.integers(0, 5000), some.integers(1, 31))
def test_nothing_is_lost_or_counted_twice_and_parts_are_the_whole_to_the_cent(plan, items, carried, days):
    share = Fraction(days, 31)
    used = use(plan, items, share=share, carried=carried)
    assert sorted(each.item.key for each in used.charges) == sorted(item.key for item in items)
    for kind in KINDS:  # every interval, to the microsecond
        raw = sum(item.micros.get(kind, 0) for item in items)
        assert sum(each.item.micros.get(kind, 0) for each in used.charges) == raw
    assert sum((each.amount for each in used.charges), FREE) == used.amount
    exact = used.charged * plan.unit_price
    assert used.amount == half_up(exact, plan.digits)
    cent = Fraction(1, 10**plan.digits)
    for each in used.charges:
        assert abs(Fraction(each.amount) - (each.units - each.free) * plan.unit_price) < cent
        assert 0 <= each.free <= each.units
        assert (each.units == 0) == bool(each.because)
        if plan.measure == Measure.TIME and each.units:
            raw = sum(length for kind, length in each.item.micros.items() if kind in plan.kinds)
            least = plan.minimum_seconds if has_minimum(each.item) else 0
            assert each.units % plan.step_seconds == 0
            assert 0 <= each.units * SECOND - max(raw, least * SECOND) < plan.step_seconds * SECOND
    assert used.free + used.left <= used.included + carried
    assert used.free == min(used.units, used.included + carried)


@settings(max_examples=50, deadline=None)
@given(PLANS, PLANS, months(30), months(6), some.integers(1, 30), some.none() | FEES, some.integers(0, 9))
def test_the_lines_of_a_month_are_its_items_whatever_plans_it_had(plan, other, items, early, last, cap, n):
    other = Plan(**{**vars(other), "digits": plan.digits})
    cut = datetime(2026, 10, last, 23, 59, 59, tzinfo=UTC)
    sent, before = texts(n), texts(2)
    parts = [
        stretch(plan, *[it for it in items if it.at <= cut], last=last, begins=True, texts=sent),
        stretch(other, *[it for it in items if it.at > cut], first=last + 1),
    ]
    early = [replace(each, key=("before", each.key[1])) for each in early]
    late = [stretch(replace(plan, text_price=Decimal("0.0745")), *early, texts=before)]
    made = reckon(parts, cap=cap, extras=[Extra("Postage", Decimal("2.10"))], late=late)
    placed = [
        each.item.key for line in made.lines if line.of in (Of.USAGE, Of.NOT_BILLED) for each in line.charges
    ]
    assert sorted(placed) == sorted(item.key for item in [*items, *early])
    for line in made.lines:
        if line.of in (Of.USAGE, Of.NOT_BILLED, Of.THROUGH, Of.TEXTS):
            assert sum((each.amount for each in line.charges), FREE) == line.amount
    passed_on = [(line.quantity, line.amount) for line in made.lines if line.of == Of.TEXTS]
    of_plan = [(n, half_up(n * Fraction(plan.text_price), plan.digits))] if n and plan.text_price else []
    assert passed_on == [*of_plan, (2, half_up(2 * Fraction(Decimal("0.0745")), plan.digits))]
    if cap is not None:
        assert (
            sum((line.amount for line in made.lines if line.of in (*reckoning.CAPPED, Of.CAP)), FREE) <= cap
        )
    assert made == reckon(parts, cap=cap, extras=[Extra("Postage", Decimal("2.10"))], late=late)


@settings(max_examples=50, deadline=None)
@given(
    some.lists(some.integers(0, 4000), max_size=20),
    some.fractions(-20, 20, max_denominator=3600),
    some.integers(0, 3),
)
def test_shares_of_pieces_at_one_price_are_those_of_their_exact_prices(counts, price, digits):
    found = shares_of(counts, price, digits)
    assert found == shares([each * price for each in counts], digits)
    assert sum(found, FREE) == half_up(sum(counts) * price, digits)


def parts_of(made) -> list[Part]:
    return [Part(n, line.of, 0, line.amount, line.amount) for n, line in enumerate(made.lines)]


def test_goodwill_takes_off_what_there_is_and_no_more():
    extras = [Extra("Sorry", Decimal(-50), at_most=True), Extra("Postage", Decimal(3))]
    made = reckon([stretch(by_time("1.00"), call(talk=1200))], extras=extras)
    assert [(line.words, line.amount) for line in made.lines if line.of == Of.EXTRA] == [
        ("Postage", Decimal(3)),
        ("Sorry", Decimal(-23)),
    ]
    assert made.net == 0
    assert reckon([], extras=extras[:1]).lines == ()


def test_what_is_given_back_takes_limit_and_discount_with_it():
    """60.00 of usage, at most 40.00 of it, and a retainer of 50.00, less 10 percent: 81.00.

    Without the usage 45.00 are left; with 30.00 of it, the limit takes nothing off, and 72.00 are.
    """
    plan = by_time("1.00", retainer=Decimal(50), discount_percent=Decimal(10))
    made = reckon([stretch(plan, call(talk=3600))], cap=Decimal(40))
    retainer, usage, cap, discount = range(4)
    assert made.net == Decimal(81)
    whole = less(parts_of(made), {usage: Decimal(60)})
    assert whole == {usage: Decimal(-60), cap: Decimal(20), discount: Decimal(4)}
    half = less(parts_of(made), {usage: Decimal(30)})
    assert half == {usage: Decimal(-30), cap: Decimal(20), discount: Decimal(1)}
    assert less(parts_of(made), {retainer: Decimal(50)}) == {retainer: Decimal(-50), discount: Decimal(5)}


@settings(max_examples=50, deadline=None)
@given(PLANS, months(20), some.none() | FEES, some.randoms())
def test_a_bill_given_back_line_by_line_comes_to_nothing_and_never_to_more(plan, items, cap, order):
    plan = Plan(**{**vars(plan), "digits": 2})
    made = reckon([stretch(plan, *items, begins=True, anniversary=True, texts=texts(3))], cap=cap)
    left = {part.key: part for part in parts_of(made)}
    owed = [key for key, part in left.items() if part.left > 0]
    order.shuffle(owed)
    for key in owed:
        changes = less(left.values(), {key: left[key].left})
        assert sum(changes.values(), FREE) <= 0
        left |= {each: replace(left[each], left=left[each].left + by) for each, by in changes.items()}
        assert sum((part.left for part in left.values()), FREE) >= 0
    assert all(part.left == 0 for part in left.values())
