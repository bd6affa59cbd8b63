"""What is given back of a bill: never more than was charged, by a client's question or of our own accord."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from secretariat import clock, ids
from secretariat.books import billing, owing, profit
from secretariat.books.models import Bill, BillingAccount, BillItem, ClientPlan, Issuer

from .conftest import worked

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def billed(okafor, priya, helen):
    """October's bill: so many seconds at 1.20 a minute, as the plan and the account say."""

    def bill(*seconds, cap=None, vat=0, **plan) -> Bill:
        Issuer.objects.update(vat_percent=vat)
        ClientPlan.objects.create(
            client=okafor.row, name="Plan", from_on=OCTOBER[0], price=Decimal("1.20"), **plan
        )
        BillingAccount.objects.create(client=okafor.row, made_out_to="Okafor", spend_cap=cap)
        for day, length in enumerate(seconds, start=5):
            worked(okafor, priya, f"2026-10-{day:02} 09:00:00", length)
        made = billing.draft(okafor.row, OCTOBER[0], at=clock.now())
        return billing.issue(made, by=helen, at=clock.now())

    return bill


def asked(bill, kind, okafor):
    return owing.ask(bill.lines.get(kind=kind), words="Why?", by=okafor.owner.user, at=clock.now())


def credited(question, helen) -> Bill:
    return owing.credit(question, answer="Our error", by=helen, at=clock.now())


def lines(note) -> list[tuple]:
    return [(line.words, line.amount) for line in note.lines.all()]


def test_above_the_limit_only_what_was_charged_is_held_back_and_given_back(billed, okafor, helen):
    """15,000 s are 300.00; at most 100.00 of it is charged, beside a retainer of 62.00."""
    bill = billed(15000, cap=Decimal(100), retainer=Decimal(62))
    assert bill.total == Decimal(162)
    question = asked(bill, "usage", okafor)
    owed = owing.owed(bill)
    assert (owed.held, owed.due) == (Decimal(100), Decimal(62))
    note = credited(question, helen)
    assert note.total == Decimal(-100)
    assert lines(note) == [
        ("Usage, of bill B2026-00001", Decimal(-300)),
        ("Above your limit, not billed, of bill B2026-00001", Decimal(200)),
    ]
    assert owing.owed(bill).due == Decimal(62)


def test_with_a_discount_what_was_paid_is_given_back(billed, okafor, helen):
    """100.00 of usage and 50.00 of a retainer, less 10 percent: 135.00. Of the usage 90.00 were charged."""
    bill = billed(5000, retainer=Decimal(50), discount_percent=Decimal(10))
    assert bill.total == Decimal(135)
    question = asked(bill, "usage", okafor)
    assert owing.owed(bill).due == Decimal(45)
    assert credited(question, helen).total == Decimal(-90)
    assert credited(asked(bill, "retainer", okafor), helen).total == Decimal(-45)
    assert owing.owed(bill).rest == 0


def test_a_bill_with_vat_credited_line_by_line_ends_at_nothing(billed, okafor, helen):
    """Twice 1.02, and 20 percent of 2.04 are 0.41; of each alone it would be 0.20."""
    bill = billed(51, retainer=Decimal("1.02"), vat=20)
    assert bill.total == Decimal("2.45")
    notes = [credited(asked(bill, kind, okafor), helen).total for kind in ("retainer", "usage")]
    assert notes == [Decimal("-1.23"), Decimal("-1.22")]
    owed = owing.owed(bill)
    assert (owed.rest, owed.is_settled) == (0, True)


def test_what_was_not_charged_is_neither_held_back_nor_given_back(billed, okafor, priya, helen):
    """A minute put through costs 1.00; calls alone reach the limit of 100.00: it was charged for nothing."""
    worked(okafor, priya, "2026-10-20 09:00:00", 60, kind="put_through")
    bill = billed(15000, cap=Decimal(100), through_price=Decimal(1))
    question = asked(bill, "through", okafor)
    assert (owing.owed(bill).held, owing.owed(bill).due) == (0, Decimal(100))
    with pytest.raises(billing.NotNow, match="Nothing is charged for this any more"):
        credited(question, helen)
    assert not Bill.objects.filter(kind="credit").exists()
    owing.explain(question, answer="It is beyond your limit", by=helen, at=clock.now())


def page(office, helen, bill):
    return office.browser(helen), reverse("books-give-back", args=[bill.pk])


def test_the_firm_credits_one_call_of_its_own_accord(office, billed, okafor, helen):
    """60 s and 120 s with 10 percent off: 1.20 and 2.40, of which 1.08 and 2.16 were charged."""
    bill = billed(60, 120, discount_percent=Decimal(10), vat=20)
    desk, address = page(office, helen, bill)
    first, second = BillItem.objects.filter(line__bill=bill, line__kind="usage")
    answer = desk.get(address).content.decode()
    assert str(first.pk) in answer
    assert "1.20" in answer
    assert desk.post(address, {"items": str(first.pk), "because": " "}).status_code == 422
    again = desk.post(address, {"items": str(first.pk), "because": ""}).content.decode()
    assert f'value="{first.pk}" checked' in again
    told = desk.post(address, {"items": str(first.pk), "because": "We were late"}, follow=True)
    assert "1.30 GBP are given back, by credit note C2026-00001" in told.content.decode()
    note = Bill.objects.get(kind="credit")
    assert (note.net, note.vat) == (Decimal("-1.08"), Decimal("-0.22"))
    assert list(BillItem.objects.filter(line__bill=note).values_list("amount", "credits")) == [
        (Decimal("-1.20"), first.pk)
    ]
    assert str(first.pk) not in desk.get(address).content.decode()
    hers = office.browser(okafor.owner).get(reverse("portal-bill", args=[note.pk])).content.decode()
    assert "We were late" in hers
    whole = bill.lines.get(kind="usage")
    desk.post(address, {"lines": str(whole.pk), "because": "And the rest"})
    assert owing.owed(bill).rest == 0
    assert sum(item.amount for item in BillItem.objects.filter(credits=second)) == Decimal("-2.40")


def test_the_firm_gives_back_a_sum_and_never_more_than_is_left(office, billed, helen):
    bill = billed(600, vat=20)
    desk, address = page(office, helen, bill)
    for said in ({}, {"amount": "0"}, {"amount": "1.005"}, {"amount": "12.01"}, {"lines": str(ids.uuid7())}):
        assert desk.post(address, said | {"because": "Sorry"}).status_code == 422, said
    answer = desk.post(address, {"amount": "12.01", "because": "Sorry"}).content.decode()
    assert "Before VAT 12.00 GBP is left of this bill" in answer
    assert "Sorry" in answer
    assert desk.post(address, {"amount": "2", "because": "You waited"}).status_code == 303
    note = Bill.objects.get(kind="credit")
    assert lines(note) == [("Given back of bill B2026-00001", Decimal(-2))]
    assert note.total == Decimal("-2.40")
    usage = bill.lines.get(kind="usage")
    assert desk.post(address, {"lines": str(usage.pk), "because": "All of it"}).status_code == 303
    last = Bill.objects.filter(kind="credit").order_by("number").last()
    assert lines(last)[-1] == ("Given back or taken off before", Decimal(2))
    assert owing.owed(bill).rest == 0


def test_the_client_reads_on_her_bill_what_was_taken_off_it_and_what_came(office, billed, okafor, helen):
    """Of 12.00 two are credited and three are paid: seven are left, and the page says why."""
    bill, by = billed(600), {"by": helen, "at": clock.now()}
    hers = office.browser(okafor.owner)
    address = reverse("portal-bill", args=[bill.pk])
    assert "Credit note" not in hers.get(address).content.decode()
    note = owing.give_back(bill, amount=Decimal(2), because="You waited", **by)
    owing.pay(bill, amount=Decimal(3), on=clock.now().date(), reference="", **by)
    page = hers.get(address).content.decode()
    of_note = reverse("portal-bill", args=[note.pk])
    note_and_money = ("Credit note C2026-00001", "−2.00 GBP", "Paid", "−3.00 GBP", "7.00 GBP to be paid")
    for words in (of_note, *note_and_money):
        assert words in page, words
    page = hers.get(of_note).content.decode()
    assert f'href="{address}"' in page
    assert "takes off from bill B2026-00001" in page


def test_what_the_client_asks_about_is_answered_and_not_credited_beside(office, billed, okafor, helen):
    bill = billed(600)
    question = asked(bill, "usage", okafor)
    desk, address = page(office, helen, bill)
    assert "The client asks about it" in desk.get(address).content.decode()
    with pytest.raises(billing.NotNow, match="Answer the question"):
        owing.give_back(bill, lines=[question.line_id], because="So", by=helen, at=clock.now())
    draft = billing.draft(okafor.row, date(2026, 11, 1), at=clock.now())
    _desk, of_draft = page(office, helen, draft)
    assert "Only a bill that is issued" in desk.get(of_draft, follow=True).content.decode()


def test_credit_notes_take_off_profit_of_clients_and_secretaries_and_of_the_accounts(
    office, billed, okafor, priya, helen
):
    """900 s shared by two are 18.00, and a call of 60 s is 1.20, which is given back."""
    maya = office.secretary("Maya", okafor, ready=False)
    call = ids.uuid7()
    worked(okafor, priya, "2026-10-20 09:00:00", 600, subject=call)
    worked(okafor, maya, "2026-10-20 09:10:00", 300, subject=call)
    bill = billed(60)
    item = BillItem.objects.get(line__bill=bill, units=60)
    owing.give_back(bill, items=[item.pk], because="We hung up", by=helen, at=clock.now())
    [client] = profit.of_clients(*OCTOBER)
    assert client.billed == Decimal(18)
    shares = [(row.name, row.billed) for row in profit.of_secretaries(*OCTOBER)]
    assert shares == [("Maya", Decimal(6)), ("Priya", Decimal(12))]
    file = office.browser(helen).get(reverse("accounts-file"), {"month": "2026-11"})
    assert (
        '"Credit note","C2026-00001","Okafor Legal","-1.200","0.000","-1.200","GBP"' in file.content.decode()
    )
    whole = bill.lines.get(kind="usage")
    owing.give_back(bill, lines=[whole.pk], because="All of it", by=helen, at=clock.now())
    assert [row.billed for row in profit.of_clients(*OCTOBER)] == [0]
    assert {row.billed for row in profit.of_secretaries(*OCTOBER)} == {0}
