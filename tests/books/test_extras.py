"""An expense or a bonus stands with the currency in which it is paid: that of her contract."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace as Held

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import by_contract, extras, paying
from secretariat.books.models import PayExtra
from secretariat.office.pay import By, Term

from .test_paying import prepared, under_contract

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
POUNDS = Held(currency="GBP", from_on=date(2026, 9, 1), until_on=date(2026, 10, 31))
EUROS = Held(currency="EUR", from_on=date(2026, 11, 15), until_on=date(2026, 12, 31))
YEN = Held(currency="JPY", from_on=date(2027, 1, 1), until_on=None)


@pytest.mark.parametrize(
    ("contracts", "on", "currency"),
    [
        ([], date(2026, 10, 8), ""),
        ([POUNDS, EUROS], date(2026, 10, 31), "GBP"),
        ([POUNDS, EUROS], date(2026, 11, 1), "EUR"),
        ([POUNDS, EUROS], date(2026, 8, 1), "GBP"),
        ([POUNDS, EUROS], date(2027, 3, 1), "EUR"),
        ([POUNDS, EUROS, YEN], date(2027, 3, 1), "JPY"),
    ],
)
def test_the_contract_of_its_day_says_in_which_currency_it_is_paid(contracts, on, currency):
    assert by_contract.pays_in(contracts, on) == currency


def laid_out(secretary, **facts) -> PayExtra:
    usual = {"kind": "expense", "on": date(2026, 10, 8), "amount": Decimal("19.99"), "words": "Headset"}
    return PayExtra.objects.create(secretary=secretary, asked_by=secretary.user, **usual | facts)


def test_she_and_the_firm_read_in_which_currency_it_is(office, okafor, priya, helen):
    under_contract(priya, helen)
    hers, firm = office.browser(priya), office.browser(helen)
    page = hers.get(reverse("my-pay")).content.decode()
    assert "Amount, in EUR" in page
    said = {"on": "2026-10-08", "amount": "19.99", "words": "Headset"}
    again = hers.post(reverse("my-pay-expense"), said | {"words": ""})
    assert again.status_code == 422
    assert "Amount, in EUR" in again.content.decode()
    assert hers.post(reverse("my-pay-expense"), said).status_code == 303
    assert "19.99 EUR · Headset" in hers.get(reverse("my-pay")).content.decode()
    assert "Expense, paid back, 19.99 EUR" in firm.get(reverse("pay-runs")).content.decode()


def test_what_was_paid_keeps_the_currency_it_was_paid_in(office, okafor, priya, helen):
    under_contract(priya, helen, until_on=date(2026, 10, 31))
    late = laid_out(priya, on=date(2026, 11, 2), amount=Decimal(5), words="Stamps", state="agreed")
    kept = laid_out(priya, state="agreed")
    ruth = office.supervisor("Ruth")
    run = paying.approve(prepared(helen), by=ruth, at=clock.now())
    pay = run.statements.get()
    assert pay.expenses == Decimal("19.99")
    under_contract(priya, helen, Term(By.HOUR, Decimal(15)), from_on=date(2026, 11, 1), currency="GBP")
    PayExtra.objects.filter(pk=kept.pk).update(on=date(2026, 11, 3))  # whatever day it is said to be of now
    assert {each.pk: each.money for each in extras.with_money(PayExtra.objects.all())} == {
        kept.pk: "19.99 EUR",
        late.pk: "5.00 GBP",
    }
    asked = office.browser(priya).get(reverse("my-statement", args=[pay.pk])).content.decode()
    assert "By how much, in EUR" in asked


def test_what_was_agreed_in_other_money_is_put_in_anew_before_she_is_paid(office, okafor, priya, helen):
    """A headset of a day in pounds, agreed after that month's run; since November she is paid in euro."""
    until = date(2026, 10, 31)
    under_contract(priya, helen, Term(By.FIXED, Decimal(600), per="month"), currency="GBP", until_on=until)
    ruth = office.supervisor("Ruth")
    october = paying.approve(prepared(helen), by=ruth, at=clock.now()).statements.get()
    under_contract(priya, helen, Term(By.FIXED, Decimal(620), per="month"), from_on=date(2026, 11, 1))
    headset = laid_out(priya, state="agreed", amount=Decimal(50))
    wrong = {"kind": "correction", "words": "Too little", "corrects": october, "state": "agreed"}
    laid_out(priya, on=date(2026, 11, 9), amount=Decimal(7), **wrong)
    assert "7.00 GBP · Too little" in office.browser(priya).get(reverse("my-pay")).content.decode()
    run = prepared(helen, *NOVEMBER)
    assert not run.statements.exists()
    firm, page = office.browser(helen), reverse("pay-run", args=[run.pk])
    said = (
        "Priya: 57.00 GBP of an earlier contract cannot be paid in EUR. Put in a correction of -57.00 GBP of "
        "8 October 2026, which takes it off, and the same in EUR, of a day of her contract in EUR."
    )
    assert said in firm.get(page).content.decode()
    headset.delete()
    paying.prepare(run, by=helen, at=clock.now())
    assert "a correction of -7.00 GBP of 31 October 2026" in firm.get(page).content.decode()
    about = {"secretary": priya.pk, "kind": "correction", "words": "In euro below"}
    takes_off = about | {"on": "2026-10-31", "amount": "-7"}
    assert firm.post(reverse("pay-extra-add"), takes_off).status_code == 303
    anew = about | {"kind": "expense", "on": "2026-11-20", "amount": "8.12"}
    assert firm.post(reverse("pay-extra-add"), anew).status_code == 303
    statement = paying.prepare(run, by=helen, at=clock.now()).statements.get()
    assert (statement.gross, statement.expenses) == (Decimal(620), Decimal("8.12"))


def test_without_a_contract_the_amount_stands_alone(office, okafor, priya):
    laid_out(priya)
    page = office.browser(priya).get(reverse("my-pay")).content.decode()
    assert "19.99 · Headset" in page
    assert "Amount, in" not in page
