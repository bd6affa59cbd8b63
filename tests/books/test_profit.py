"""Profit by client and by secretary, worked by hand; and the month as a file for the accounts."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import billing, paying, profit
from secretariat.books.models import ClientPlan, Payment
from secretariat.ids import uuid7
from secretariat.office.models import Firm
from secretariat.office.pay import By, Term

from .conftest import worked
from .test_paying import MONDAYS, OCTOBER, PAID_ON, approved, under_contract


def test_what_a_month_brought_and_what_it_cost(office, okafor, priya, helen):
    """900 s at 1.20 a minute are 18.00, of which 600 s are Priya's and 300 Maya's; at 14.40 an hour 3.60."""
    ruth, maya = office.supervisor("Ruth"), office.secretary("Maya", okafor, ready=False)
    ClientPlan.objects.create(
        client=okafor.row, name="To the second", from_on=OCTOBER[0], price=Decimal("1.20"), currency="EUR"
    )
    call = uuid7()
    for each, begins, seconds in ((priya, "09:00:00", 600), (maya, "09:10:00", 300)):
        under_contract(each, helen, Term(By.HOUR, Decimal("14.40")))
        worked(okafor, each, f"2026-10-05 {begins}", seconds, subject=call)
        approved(each, helen, MONDAYS[1])
    assert profit.of_clients(*OCTOBER) == profit.of_secretaries(*OCTOBER) == []
    bill = billing.issue(billing.draft(okafor.row, OCTOBER[0], at=clock.now()), by=helen, at=clock.now())
    run = paying.begin(*OCTOBER, PAID_ON, by=helen, at=clock.now())
    paying.approve(paying.prepare(run, by=helen, at=clock.now()), by=ruth, at=clock.now())
    [client] = profit.of_clients(*OCTOBER)
    assert (client.billed, client.paid, client.left) == (Decimal(18), Decimal("3.60"), Decimal("14.40"))
    rows = profit.of_secretaries(*OCTOBER)
    assert [(row.name, row.billed, row.paid) for row in rows] == [
        ("Maya", Decimal(6), Decimal("1.20")),
        ("Priya", Decimal(12), Decimal("2.40")),
    ]
    desk = office.browser(helen)
    page = desk.get(reverse("profit"), {"month": "2026-10"}).content.decode()
    for words in ("Okafor Legal", "18.00 EUR", "14.40 EUR", "Maya"):
        assert words in page, words
    Payment.objects.create(
        bill=bill, client=okafor.row, amount=Decimal(18), paid_on=date(2026, 11, 24), noted_by=helen
    )
    file = desk.get(reverse("accounts-file"), {"month": "2026-11"}).content.decode("utf-8-sig")
    rows = [row[1:] for row in csv.reader(file.splitlines())]
    assert ["Bill", bill.number, "Okafor Legal", "18.000", "0.000", "18.000", "EUR"] in rows
    assert ["Payment", bill.number, "Okafor Legal", "", "", "18", "EUR"] in [
        [*row[:5], row[5].removesuffix(".000"), *row[6:]] for row in rows
    ]
    file = desk.get(reverse("accounts-file"), {"month": "2026-12"}).content.decode("utf-8-sig")
    assert "Pay,,Priya,-2.400,,-2.400,EUR" in file


@pytest.mark.parametrize(("zone", "month"), [("Europe/London", 10), ("Pacific/Auckland", 11)])
def test_the_month_that_is_over_is_the_firm_s(office, okafor, helen, zone, month):
    Firm.current()
    Firm.objects.update(zone=zone)
    office.clock_says("2026-11-30 11:30")  # the first of December in Auckland
    firm = office.browser(helen)
    assert firm.get(reverse("books-bills")).context["first"] == date(2026, month, 1)
    assert firm.get(reverse("profit")).context["first"] == date(2026, month, 1)
    assert firm.get(reverse("pay-runs")).context["run"].initial["first_on"] == date(2026, month, 1)
