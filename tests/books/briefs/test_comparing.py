"""Proposals side by side: in which order, and why."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secretariat.books.briefs.comparing import Asked, Offered, rank

ASKED = Asked(due_on=date(2026, 12, 10), budget=Decimal(200))


def offered(key, most, day, score=0, why=()):
    return Offered(key, Decimal(most), date(2026, 12, day), score, why, number=ord(key))


def test_what_fits_the_budget_and_the_day_comes_first_then_points_then_price():
    found = rank(
        ASKED,
        [
            offered("a", 250, 8, score=90),
            offered("b", 180, 9, score=40, why=("speaks French",)),
            offered("c", 150, 9, score=40),
            offered("d", 150, 12, score=99),
        ],
    )
    assert [each.offered.key for each in found] == ["c", "b", "d", "a"]
    assert [each.place for each in found] == [1, 2, 3, 4]
    best, second, late, dear = found
    assert best.speaks_for == ("within the budget", "1 day before it is needed", "costs the least")
    assert second.speaks_for == ("speaks French", "within the budget", "1 day before it is needed")
    assert late.against == ("2 days late",)
    assert dear.against == ("50.00 above the budget",)
    assert "is done first" in dear.speaks_for


def test_alone_nothing_is_cheapest_and_without_a_budget_nothing_is_within_it():
    [only] = rank(Asked(due_on=date(2026, 12, 10)), [offered("a", 999, 10)])
    assert (only.speaks_for, only.against) == (("done on the day it is needed",), ())


rows = st.lists(st.tuples(st.integers(1, 400), st.integers(1, 20), st.integers(0, 99)), max_size=6)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(rows)
def test_the_order_does_not_hang_on_how_they_came(them):
    made = [
        Offered(n, Decimal(most), date(2026, 12, day), score, (), n)
        for n, (most, day, score) in enumerate(them)
    ]
    places = [it.offered.key for it in rank(ASKED, made)]
    assert [it.offered.key for it in rank(ASKED, reversed(made))] == places
    assert sorted(places) == list(range(len(them)))
