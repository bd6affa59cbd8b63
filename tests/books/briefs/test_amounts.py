"""What a milestone comes to when it ends, in a table; and that no cent is lost on the way."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secretariat.books.briefs.amounts import (
    HOUR,
    MICROS,
    NOTHING,
    Done,
    How,
    Pays,
    Price,
    begun,
    due,
    in_advance,
    settled,
    shared,
)


def hours(n: float) -> int:
    return round(n * HOUR * MICROS)


FIXED = Price(Pays.FIXED, Decimal(100), hours=Decimal(4))
HOURLY = Price(Pays.HOURLY, Decimal(90), rate=Decimal(30), hours=Decimal(3))
SHARE = Price(Pays.SHARE, Decimal(50), rate=Decimal("2.5"), hours=Decimal(3))
EACH = Price(Pays.EACH, Decimal(40), rate=Decimal(8), hours=Decimal(3))


@pytest.mark.parametrize(
    ("price", "done", "how", "owed"),
    [
        (FIXED, Done(), How.ACCEPTED, "100"),  # however long it took
        (FIXED, Done(hours(9)), How.ACCEPTED, "100"),
        (FIXED, Done(), How.BY_CLIENT, "0"),  # not begun: all comes back
        (FIXED, Done(hours(1)), How.BY_CLIENT, "25"),  # a quarter of its four hours
        (FIXED, Done(hours(5)), How.BY_CLIENT, "100"),  # never more than the price
        (FIXED, Done(hours(3)), How.BY_SECRETARY, "0"),
        (FIXED, Done(hours(3)), How.BY_FIRM, "100"),  # unless the firm lets less of it count
        (HOURLY, Done(hours(2)), How.ACCEPTED, "60"),
        (HOURLY, Done(hours(2) + 1), How.ACCEPTED, "60.00"),
        (HOURLY, Done(hours(4)), How.ACCEPTED, "90"),  # the cap
        (HOURLY, Done(hours(1)), How.BY_CLIENT, "30"),
        (HOURLY, Done(hours(1)), How.BY_SECRETARY, "0"),
        (SHARE, Done(result=Decimal(1000)), How.ACCEPTED, "25"),
        (SHARE, Done(result=Decimal(9000)), How.ACCEPTED, "50"),
        (EACH, Done(result=Decimal(3)), How.ACCEPTED, "24"),
        (EACH, Done(result=Decimal(6)), How.ACCEPTED, "40"),
        (EACH, Done(), How.BY_CLIENT, "0"),
    ],
)
def test_what_is_owed(price, done, how, owed):
    assert due(price, done, how) == Decimal(owed)


@pytest.mark.parametrize(("percent", "owed"), [("0", "0"), ("50", "50"), ("33.33", "33.33"), ("100", "100")])
def test_of_a_dispute_stands_what_the_firm_says(percent, owed):
    assert due(FIXED, Done(), How.SETTLED, percent=Decimal(percent)) == Decimal(owed)


def test_an_advance_that_is_not_earned_comes_back():
    """100.00 were paid; an hour of four was worked: 75.00 come back, and of 25.00 the firm keeps 5.00."""
    before = in_advance(FIXED)
    made = settled(FIXED, Done(hours(1)), How.BY_CLIENT, firm_percent=Decimal(20), before=before)
    assert (made.amount, made.hers, made.firms) == (Decimal(-75), Decimal(20), Decimal(-95))


@pytest.mark.parametrize(
    ("price", "done", "percent"),
    [
        (FIXED, Done(), "0"),
        (FIXED, Done(hours(1)), "25"),
        (FIXED, Done(hours(9)), "100"),
        (HOURLY, Done(hours(1)), "100"),
        (EACH, Done(), "100"),
    ],
)
def test_of_what_is_begun_counts_what_was_worked(price, done, percent):
    assert begun(price, done) == Decimal(percent)


def test_what_the_firm_bears_is_hers_and_costs_the_client_nothing():
    """100.00 were paid; a quarter of it counts, and the firm pays her 20.00 of it: 100.00 come back."""
    facts = {"firm_percent": Decimal(20), "percent": Decimal(25), "firm_bears": True}
    made = settled(FIXED, Done(hours(1)), How.BY_FIRM, before=in_advance(FIXED), **facts)
    assert (made.amount, made.hers, made.firms) == (Decimal(-100), Decimal(20), Decimal(-120))


def test_the_cap_is_time_as_well():
    assert HOURLY.cap_micros == hours(3)
    assert FIXED.cap_micros is None
    assert Price(Pays.HOURLY, Decimal(10), rate=Decimal(7)).cap_micros == 10 * HOUR * MICROS // 7


# On a busy computer the first draw takes its second whatever is drawn.
unhurried = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
PAYS, HOW = list(Pays), list(How)
number = st.integers(1, 10**7)


def price_of(pays: int, digits: int, most: int, rate: int, hours: int) -> Price:
    """A price of so many of the smallest coin."""
    return Price(PAYS[pays], Decimal(most).scaleb(-digits), cents(rate), cents(hours), digits)


def cents(n: int) -> Decimal:
    return Decimal(n).scaleb(-2)


prices = st.tuples(st.integers(0, 3), st.sampled_from([0, 2, 3]), number, number, number).map(
    lambda it: price_of(*it)
)
dones = st.tuples(st.integers(0, 10**12), number).map(lambda it: Done(it[0], cents(it[1])))
hows = st.sampled_from(HOW)
percents = st.integers(0, 10000).map(cents)


@unhurried
@given(prices, dones, hows, percents, percents, st.booleans())
def test_no_cent_is_lost_whatever_happens(price, done, how, firm_percent, percent, advance):
    before = in_advance(price) if advance else NOTHING
    last = settled(price, done, how, firm_percent=firm_percent, before=before, percent=percent)
    owed = due(price, done, how, percent=percent)
    assert last.amount == last.hers + last.firms
    assert before.amount + last.amount == owed
    assert 0 <= owed <= price.most
    assert before.hers + last.hers == shared(owed, firm_percent, price.digits).hers
    assert 0 <= before.hers + last.hers <= owed
    assert -owed.as_tuple().exponent <= price.digits


@unhurried
@given(prices, dones, dones)
def test_more_work_never_costs_less(price, less, more):
    both = Done(less.micros + more.micros, less.result + more.result)
    for how in How:
        assert due(price, less, how) <= due(price, both, how)
