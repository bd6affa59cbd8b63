"""What cannot be taken off one statement, because it would be below nought, is taken off a later one."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from secretariat import clock
from secretariat.books import carrying, paying, profit
from secretariat.books.models import PayExtra
from secretariat.office.pay import Extra, Line, Of, Pay

from .conftest import worked
from .test_paying import MONDAYS, approved, prepared, under_contract

NOVEMBER = date(2026, 11, 1), date(2026, 11, 15)
LATER = date(2026, 11, 16), date(2026, 11, 30)
MONEY = st.integers(-100_000, 100_000).map(lambda cents: Decimal(cents) / 100)


@given(st.lists(st.lists(MONEY, max_size=4), max_size=6))
def test_no_statement_is_below_nought_and_together_they_are_what_was_agreed(runs):
    left, paid, agreed = [], Decimal(0), Decimal(0)
    for n, amounts in enumerate(runs):
        pay = carrying.applied(Pay(tuple(Line(Of.EXTRA, each) for each in amounts), ()), left)
        assert pay.total >= 0
        paid, agreed = paid + pay.total, agreed + sum(amounts)
        taken = {part.key for line in pay.lines for part in line.parts}
        left = [each for each in left if each.key not in taken]
        left += [
            Extra(n, "", -line.amount) for line in pay.lines if line.of == Of.CARRIED and line.amount > 0
        ]
    assert paid + sum(each.amount for each in left) == agreed


@pytest.fixture
def october(office, okafor, priya, helen):
    """An hour for 20.00, from which 50.00 are to be taken off, approved."""
    under_contract(priya, helen, currency="EUR")
    worked(okafor, priya, "2026-10-05 09:00:00", 5000)  # 20.00 at 14.40 an hour
    approved(priya, helen, MONDAYS[1])
    extra(priya, helen, "deduction", -50, date(2026, 10, 30), "A chair that was lent")
    return paying.approve(prepared(helen), by=office.supervisor("Ruth"), at=clock.now())


def extra(priya, helen, kind, amount, on, words) -> None:
    about = {"secretary": priya, "state": "agreed", "asked_by": helen, "decided_by": helen}
    PayExtra.objects.create(kind=kind, amount=Decimal(amount), on=on, words=words, **about)


def lines(statement) -> list[tuple[str, Decimal]]:
    return list(statement.lines.values_list("words", "amount"))


def test_what_is_left_stands_on_the_statement_and_on_the_next(office, october, priya, helen):
    statement = october.statements.get()
    assert lines(statement)[1:] == [
        ("A chair that was lent", Decimal(-50)),
        ("Taken over to the next statement", Decimal(30)),
    ]
    assert (statement.gross, statement.total) == (0, 0)
    page = office.browser(priya).get(reverse("my-statement", args=[statement.pk])).content.decode()
    assert "What is left is taken off another time" in page
    extra(priya, helen, "bonus", 12, date(2026, 11, 3), "Well done")
    run = paying.approve(prepared(helen, *NOVEMBER), by=office.supervisor("Rose"), at=clock.now())
    second = run.statements.get()
    assert lines(second) == [
        ("Well done", Decimal(12)),
        ("Taken over from the statement of 1 Oct 2026 – 31 Oct 2026", Decimal(-30)),
        ("Taken over to the next statement", Decimal(18)),
    ]
    page = office.browser(priya).get(reverse("my-statement", args=[second.pk])).content.decode()
    assert "An earlier statement" in page
    extra(priya, helen, "bonus", 100, date(2026, 11, 20), "Well done again")
    third = prepared(helen, *LATER).statements.get()
    assert [amount for _words, amount in lines(third)] == [100, -18]
    assert third.total == 82  # as all of it: 20 − 50 + 12 + 100


def test_it_waits_until_there_is_something_to_take_it_from(october, priya, helen):
    assert not prepared(helen, *NOVEMBER).statements.exists()
    assert [each.amount for each in carrying.left_by(priya, "EUR")] == [-30]
    assert carrying.left_by(priya, "GBP") == []


def test_a_run_that_is_taken_away_takes_nothing_off(october, priya, helen):
    extra(priya, helen, "bonus", 100, date(2026, 11, 3), "Well done")
    run = prepared(helen, *NOVEMBER)
    assert run.statements.get().total == 70
    assert carrying.left_by(priya, "EUR") == []
    again = paying.prepare(run, by=helen, at=clock.now(), anew=True)
    assert again.statements.get().total == 70
    paying.drop(again, by=helen)
    assert [each.amount for each in carrying.left_by(priya, "EUR")] == [-30]


def test_what_is_carried_over_is_counted_once_by_whoever_adds_statements_up(office, october, priya, helen):
    extra(priya, helen, "bonus", 100, date(2026, 11, 3), "Well done")
    paying.approve(prepared(helen, *NOVEMBER), by=office.supervisor("Rose"), at=clock.now())
    paid = [
        row.paid
        for first, last in ((date(2026, 10, 1), date(2026, 10, 31)), NOVEMBER)
        for row in profit.of_secretaries(first, last)
    ]
    assert sum(paid) == 70  # 20 − 50 + 100
