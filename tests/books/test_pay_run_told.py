"""What the second person of a pay run reads before she says that it stands."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import pay_files, pay_run_told, paying
from secretariat.books.models import PayExtra
from secretariat.office.models import Post

from .test_paying import prepared, under_contract

NOVEMBER = date(2026, 11, 1), date(2026, 11, 15)


@pytest.fixture
def ruth(office):
    return office.supervisor("Ruth")


def extra(secretary, kind, amount, words, on, *, asked_by, decided_by) -> None:
    about = {"secretary": secretary, "kind": kind, "on": on, "words": words, "state": "agreed"}
    PayExtra.objects.create(amount=Decimal(amount), asked_by=asked_by, decided_by=decided_by, **about)


def test_its_sums_what_is_in_it_by_hand_and_the_difference_to_the_run_before(office, priya, helen, ruth):
    under_contract(priya, helen)
    about = {"asked_by": priya.user, "decided_by": helen}
    extra(priya, "bonus", "100", "Well done", date(2026, 10, 20), **about)
    before = paying.approve(prepared(helen), by=ruth, at=clock.now())
    assert [each.difference for each in pay_run_told.sums(before)] == [""]  # there is nothing before it
    extra(priya, "expense", "19.99", "A headset", date(2026, 11, 2), **about)
    extra(priya, "bonus", "50", "For the fair", date(2026, 11, 3), asked_by=helen, decided_by=helen)
    run = prepared(helen, *NOVEMBER)
    [sums] = pay_run_told.sums(run)
    assert (sums.statements, sums.gross, sums.expenses, sums.total, sums.difference) == (
        *(1, "50.00 EUR", "19.99 EUR", "69.99 EUR"),
        "−30.01 EUR",
    )
    page = office.browser(ruth).get(reverse("pay-run", args=[run.pk])).content.decode()
    for words in ("For the fair", "A headset", "Expense, paid back", "Helen", "69.99 EUR", "−30.01 EUR"):
        assert words in page, words
    assert reverse("pay-run", args=[before.pk]) in page


def test_what_only_the_run_before_paid_is_missed(office, priya, helen, ruth):
    under_contract(priya, helen)
    extra(priya, "bonus", "100", "x", date(2026, 10, 20), asked_by=helen, decided_by=helen)
    paying.approve(prepared(helen), by=ruth, at=clock.now())
    rosa = office.secretary("Rosa", ready=False)
    under_contract(rosa, helen, currency="GBP")
    extra(rosa, "bonus", "7", "x", date(2026, 11, 3), asked_by=helen, decided_by=helen)
    found = {each.currency: each.difference for each in pay_run_told.sums(prepared(helen, *NOVEMBER))}
    assert found == {"GBP": "+7.00 GBP", "EUR": "−100.00 EUR"}


def test_a_bookkeeper_does_not_read_what_it_was_for(office, priya, helen, ruth):
    under_contract(priya, helen)
    extra(priya, "bonus", "100", "For Mr Stone", date(2026, 10, 20), asked_by=helen, decided_by=helen)
    run = prepared(helen)
    keeper = office.user("books@example.com", "Beth")
    Post.objects.create(user=keeper, post=Post.Kind.BOOKKEEPER)
    page = office.browser(keeper).get(reverse("pay-run", args=[run.pk])).content.decode()
    assert "100.00 EUR" in page
    assert "For Mr Stone" not in page


def test_a_currency_with_three_places_loses_none(office, okafor, priya, helen, ruth):
    under_contract(priya, helen, currency="KWD")
    extra(priya, "bonus", "10", "x", date(2026, 10, 20), asked_by=helen, decided_by=helen)
    run = prepared(helen)
    run.statements.update(gross=Decimal("10.125"), total=Decimal("10.125"))
    run = paying.approve(run, by=ruth, at=clock.now())
    assert list(csv.reader(io.StringIO(pay_files.table(run))))[1][4:7] == ["10.125", "0.000", "10.125"]
    page = office.browser(helen).get(reverse("pay-run", args=[run.pk])).content.decode()
    assert "10.125 KWD" in page
    assert "10.125 KWD" in office.browser(priya).get(reverse("my-pay")).content.decode()
    profit = office.browser(helen).get(f"{reverse('profit')}?month=2026-10").content.decode()
    assert "10.125 KWD" in profit
