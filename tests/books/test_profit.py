"""Profit by client and by secretary, worked by hand; and the month as a file for the accounts."""

import csv
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from messages_app.models import Letter, Posting
from secretariat import clock
from secretariat.books import billing, crediting, paying, profit
from secretariat.books.models import ClientPlan, Outcome, Payment
from secretariat.ids import uuid7
from secretariat.office.models import Firm
from secretariat.office.pay import By, Term

from .conftest import local, worked
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
    assert '"Pay","","Priya","-2.400","","-2.400","EUR"' in file


def paid(helen, ruth, first, last):
    run = paying.begin(first, last, PAID_ON, by=helen, at=clock.now())
    paying.approve(paying.prepare(run, by=helen, at=clock.now()), by=ruth, at=clock.now())


def test_a_client_costs_what_her_calls_and_meetings_were_paid(office, okafor, priya, helen):
    """Two calls at 0.50 and a meeting of 8.00 are Okafor's, a call is Brill's; 100 a month nobody's."""
    ruth, brill = office.supervisor("Ruth"), office.client("Brill Dental")
    terms = (
        Term(By.PIECE, Decimal("0.50"), of="call"),
        Term(By.OUTCOME, Decimal(8), of="meeting"),
        Term(By.FIXED, Decimal(100), per="month"),
    )
    under_contract(priya, helen, *terms)
    for client, begins in ((okafor, "09:00:00"), (okafor, "10:00:00"), (brill, "11:00:00")):
        worked(client, priya, f"2026-10-05 {begins}", 60)
    facts = {
        "secretary": priya,
        "client": okafor.row,
        "kind": "meeting",
        "words": "Court",
        "reported_by": helen,
    }
    Outcome.objects.create(on=date(2026, 10, 6), **facts)
    approved(priya, helen, MONDAYS[1])
    paid(helen, ruth, *OCTOBER)
    rows = profit.of_clients(*OCTOBER)
    assert [(row.name, row.paid) for row in rows] == [
        ("Brill Dental", Decimal("0.50")),
        ("Okafor Legal", Decimal(9)),
    ]
    [hers] = profit.of_secretaries(*OCTOBER)
    assert hers.paid == Decimal("109.50")
    [all_of_them] = profit.together(rows)
    assert (all_of_them.paid, all_of_them.left, all_of_them.margin) == (
        Decimal("9.50"),
        Decimal("-9.50"),
        None,
    )


def test_pay_is_cut_at_the_midnights_of_the_clients_zone_as_her_bill_is(office, okafor, priya, helen):
    """Half past eleven of 31 October in London is November for a client in Lagos."""
    ruth = office.supervisor("Ruth")
    lagos = office.client("Brill Dental", zone="Africa/Lagos")
    under_contract(priya, helen, Term(By.HOUR, Decimal(12)))
    for client in (okafor, lagos):
        worked(client, priya, "2026-10-31 23:30:00" if client is lagos else "2026-10-31 23:40:00", 600)
    approved(priya, helen, date(2026, 10, 26))
    paid(helen, ruth, *OCTOBER)
    november = date(2026, 11, 1), date(2026, 11, 30)
    assert [(row.name, row.paid) for row in profit.of_clients(*OCTOBER)] == [("Okafor Legal", Decimal(2))]
    assert [(row.name, row.paid) for row in profit.of_clients(*november)] == [("Brill Dental", Decimal(2))]
    both = profit.of_clients(OCTOBER[0], november[1])
    assert [row.paid for row in both] == [2, 2]


def test_three_months_stand_together_with_what_is_left_in_percent(office, okafor, priya, helen):
    """900 s at 1.20 in October are 18.00, 300 s in September 6.00; 1,200 s at 14.40 an hour cost 4.80."""
    ruth, september = office.supervisor("Ruth"), date(2026, 9, 1)
    ClientPlan.objects.create(
        client=okafor.row, name="To the second", from_on=september, price=Decimal("1.20"), currency="EUR"
    )
    under_contract(priya, helen, Term(By.HOUR, Decimal("14.40")))
    worked(okafor, priya, "2026-10-05 09:00:00", 900)
    worked(okafor, priya, "2026-09-29 09:00:00", 300)
    approved(priya, helen, *MONDAYS[:2])
    for day in (september, OCTOBER[0]):
        billing.issue(billing.draft(okafor.row, day, at=clock.now()), by=helen, at=clock.now())
    paid(helen, ruth, *OCTOBER)
    [row] = profit.of_clients(september, OCTOBER[1])
    assert (row.billed, row.paid, row.margin) == (Decimal(24), Decimal("4.80"), Decimal("80.0"))
    desk = office.browser(helen)
    page = desk.get(reverse("profit"), {"month": "2026-10", "months": "3"}).content.decode()
    for words in ("Aug 2026 – Oct 2026", "24.00 EUR", "19.20 EUR", "80.0 %", "Together"):
        assert words in page, words
    one = desk.get(reverse("profit"), {"month": "2026-10", "months": "nine"}).content.decode()
    assert "18.00 EUR" in one
    assert "24.00 EUR" not in one


@pytest.mark.parametrize(("zone", "month"), [("Europe/London", 10), ("Pacific/Auckland", 11)])
def test_the_month_that_is_over_is_the_firm_s(office, okafor, helen, zone, month):
    Firm.current()
    Firm.objects.update(zone=zone)
    office.clock_says("2026-11-30 11:30")  # the first of December in Auckland
    firm = office.browser(helen)
    assert firm.get(reverse("books-bills")).context["first"] == date(2026, month, 1)
    assert firm.get(reverse("profit")).context["first"] == date(2026, month, 1)
    assert firm.get(reverse("pay-runs")).context["run"].initial["first_on"] == date(2026, month, 1)


def test_what_was_laid_out_at_the_post_stands_against_what_is_passed_on(office, okafor, priya, helen):
    """60 s at 1.20 are 1.20, and a letter of 1.75: of 2.95 billed 1.20 are left. Given back, it is lost."""
    facts = {"client": okafor.row, "currency": "GBP", "made_by": helen}
    ClientPlan.objects.create(name="To the second", from_on=OCTOBER[0], price=Decimal("1.20"), **facts)
    worked(okafor, priya, "2026-10-05 09:00:00", 60)
    Posting.objects.create(
        client=okafor.row,
        letter=Letter.objects.create(client=okafor.row, number=1, written_by=priya.user),
        postage=Decimal("1.65"),
        paper=Decimal("0.10"),
        currency="GBP",
        posted_at=local("2026-10-05 12:00"),
        posted_by=helen,
    )
    bill = billing.draft(okafor.row, OCTOBER[0], at=clock.now())
    assert profit.of_clients(*OCTOBER) == []  # as long as it is a draft
    bill = billing.issue(bill, by=helen, at=clock.now())
    [row] = profit.of_clients(*OCTOBER)
    assert (row.billed, row.paid, row.left) == (Decimal("2.95"), Decimal("1.75"), Decimal("1.20"))
    page = office.browser(helen).get(reverse("profit"), {"month": "2026-10"}).content.decode()
    assert "what was laid out for her at the post" in page
    postage = bill.lines.get(kind="extra")
    crediting.write(bill, lines=[postage.pk], because="Sorry", by=helen, at=clock.now())
    [row] = profit.of_clients(*OCTOBER)
    assert (row.billed, row.paid, row.left) == (Decimal("1.20"), Decimal("1.75"), Decimal("-0.55"))
