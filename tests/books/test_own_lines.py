"""A line of the firm's own, once: an agreed fee or goodwill, on the next bill; and who bills at all."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock
from secretariat.books import billing, own_lines
from secretariat.books.models import Bill, ClientPlan, Issuer, OneOff
from secretariat.office.models import Post

from .conftest import worked

OCTOBER, NOVEMBER, DECEMBER = (date(2026, month, 1) for month in (10, 11, 12))


@pytest.fixture
def served(okafor, priya):
    """2.40 in October, 3.00 in November."""
    ClientPlan.objects.create(client=okafor.row, name="Plan", from_on=OCTOBER, price=Decimal("1.20"))
    worked(okafor, priya, "2026-10-05 09:00:00", 120)
    worked(okafor, priya, "2026-11-05 09:00:00", 150)
    return okafor


def issued(client, month, helen) -> Bill:
    return billing.issue(billing.draft(client.row, month, at=clock.now()), by=helen, at=clock.now())


def test_an_agreed_fee_is_on_the_draft_that_is_there_and_on_no_other(office, served, helen):
    draft = billing.draft(served.row, OCTOBER, at=clock.now())
    desk, page = office.browser(helen), reverse("books-plan", args=[served.row.pk])
    assert page in desk.get(reverse("books-bill", args=[draft.pk])).content.decode()
    address = reverse("books-own-line", args=[served.row.pk])
    fee = {"kind": "fee", "words": "A form typed on Sunday", "amount": "15.00"}
    refused = desk.post(address, fee | {"amount": "-1"})
    assert refused.status_code == 422
    assert "A form typed on Sunday" in refused.content.decode()
    assert desk.post(address, fee).status_code == 303
    october = Bill.objects.get()
    line = october.lines.get(kind="extra")
    assert (line.words, line.rule, line.amount) == ("A form typed on Sunday", "As agreed.", Decimal(15))
    assert october.net == Decimal("17.40")
    assert billing.draft(served.row, NOVEMBER, at=clock.now()).net == Decimal("3.00")
    billing.issue(october, by=helen, at=clock.now())
    assert own_lines.waiting(served.row) == []
    with pytest.raises(billing.NotNow, match="only be credited"):
        own_lines.take_back(OneOff.objects.get(), by=helen)


def test_it_is_taken_back_before_it_is_issued(office, served, helen):
    own_lines.add(served.row, words="A mistake", amount=Decimal(9), by=helen)
    billing.draft(served.row, OCTOBER, at=clock.now())
    desk = office.browser(helen)
    assert "A mistake" in desk.get(reverse("books-plan", args=[served.row.pk])).content.decode()
    row = OneOff.objects.get()
    assert desk.post(reverse("books-own-line-drop", args=[row.pk])).status_code == 303
    assert Bill.objects.get().net == Decimal("2.40")
    assert not OneOff.objects.exists()


def test_goodwill_takes_off_no_more_than_a_bill_comes_to_and_goes_on_with_the_next(office, served, helen):
    own_lines.add(served.row, words="For the line that was down", amount=Decimal(-5), by=helen)
    october = issued(served, OCTOBER, helen)
    assert (october.net, october.lines.get(kind="extra").amount) == (0, Decimal("-2.40"))
    office.clock_says("2027-01-04 10:00")
    november = issued(served, NOVEMBER, helen)
    assert (november.net, november.lines.get(kind="extra").amount) == (Decimal("0.40"), Decimal("-2.60"))
    assert own_lines.waiting(served.row) == []
    assert not issued(served, DECEMBER, helen).lines.filter(kind="extra").exists()


def test_no_bill_is_issued_before_somebody_has_said_who_bills(office, served, helen):
    Issuer.objects.all().delete()
    bill = billing.draft(served.row, OCTOBER, at=clock.now())
    desk = office.browser(helen)
    for address, said in (
        (reverse("books-bill-issue", args=[bill.pk]), {}),
        (reverse("books-issue-all"), {"month": "2026-10"}),
    ):
        answer = desk.post(address, said, follow=True).content.decode()
        assert "Nobody has said yet who bills" in answer
        assert reverse("books-issuer") in answer
    assert not Bill.objects.issued().exists()
    form = {"name": "Harbour Secretaries", "address": "4 Harbour Row", "vat_percent": "20"}
    page = reverse("books-issuer")
    assert "An administrator writes down here" in desk.get(page).content.decode()
    assert desk.post(page, form).status_code == 404
    boss = office.user("boss@example.com", "Boss")
    Post.objects.create(user=boss, post=Post.Kind.ADMIN)
    admin = office.browser(boss)
    assert admin.post(page, form | {"address": ""}).status_code == 422
    assert admin.post(page, form).status_code == 303
    assert "4 Harbour Row" in desk.get(page).content.decode()
    with pytest.raises(billing.NotNow, match="Draft it anew"):
        billing.issue(bill, by=helen, at=clock.now())
    bill = issued(served, OCTOBER, helen)
    assert (bill.net, bill.vat) == (Decimal("2.40"), Decimal("0.48"))
    assert bill.parties["from"]["address"] == ["4 Harbour Row"]
