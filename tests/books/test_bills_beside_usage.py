"""What is on a bill beside usage: what was paid at the post, and commission."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from clients import work
from clients.models import WorkItem
from messages_app.letters import carrying
from messages_app.models import Letter, Posting
from secretariat import clock, ids
from secretariat.books import billing
from secretariat.books.models import BillLine, ClientPlan, Outcome

from .conftest import OCTOBER, drafted, issued, local


def test_what_was_paid_at_the_post_is_passed_on_once(october, helen, priya):
    letter = Letter.objects.create(client=october.row, number=1, written_by=priya.user)
    for day, postage in (
        ("2026-10-05 12:00", "1.65"),
        ("2026-10-20 12:00", "3.35"),
        ("2026-11-02 12:00", "9"),
    ):
        Posting.objects.create(
            client=october.row,
            letter=letter,
            postage=Decimal(postage),
            paper=Decimal("0.10"),
            currency="GBP",
            posted_at=local(day),
            posted_by=priya.user,
        )
    without = billing.preview(october.row, OCTOBER).made.net
    bill = issued(october, helen)
    line = bill.lines.get(kind="extra")
    assert (line.amount, line.words, line.quantity) == (Decimal("5.20"), "Postage, paper and print", "2")
    assert sorted(each.amount for each in line.items.all()) == [Decimal("1.75"), Decimal("3.45")]
    assert bill.net == without
    november = billing.draft(october.row, date(2026, 11, 1), at=clock.now())
    assert november.lines.get(kind="extra").amount == Decimal("9.10")


@pytest.fixture
def by_carrier(october, priya) -> Posting:
    paper = {"media_id": ids.uuid7(), "sha256": "0" * 64, "pages": 1}
    letter = Letter(client=october.row, number=3, written_by=priya.user, state="handed", **paper)
    letter.save()
    return Posting.objects.create(
        client=october.row,
        letter=letter,
        carrier="lob",
        carrier_id="ltr_1",
        state="handed",
        postage=Decimal("1.65"),
        paper=Decimal("0.10"),
        currency="GBP",
        posted_at=local("2026-10-20 12:00"),
        posted_by=priya.user,
    )


@pytest.mark.parametrize("state", ["handing", "unsure"])
def test_what_no_carrier_is_known_to_have_is_on_the_next_bill_after_it_is(october, helen, by_carrier, state):
    Posting.objects.update(state=state, carrier_id="")
    assert not issued(october, helen).lines.filter(kind="extra").exists()
    carrying.taken(by_carrier.pk, "ltr_1")
    november = billing.draft(october.row, date(2026, 11, 1), at=clock.now())
    assert november.lines.get(kind="extra").amount == Decimal("1.75")


def test_a_billed_letter_that_the_carrier_did_not_post_is_the_firms_to_credit(october, helen, by_carrier):
    bill = issued(october, helen)
    assert bill.lines.get(kind="extra").amount == Decimal("1.75")
    for _twice in range(2):
        carrying.heard({"event_type": {"id": "letter.failed"}, "body": {"id": "ltr_1"}}, at=clock.now())
    item = WorkItem.objects.open().get(kind="books.not_posted")
    because = f"Letter 3 on bill {bill.number} of {october.row.name} did not go by the carrier after all."
    assert (item.client, item.because) == (None, because)
    assert work.describe(item).url == reverse("books-bill", args=[bill.pk])


def test_nobody_is_told_of_bills_where_it_was_on_none(october, by_carrier):
    drafted(october)
    carrying.cancelled(by_carrier.pk)
    assert not WorkItem.objects.filter(kind="books.not_posted").exists()
    assert not drafted(october).lines.filter(kind="extra").exists()


def test_commission_is_billed_once_for_what_came_of_the_work(october, priya, helen):
    """Two meetings at 4.00; 2.5 % of orders worth 99.99 and 0.41 are 2.51, of which 2.50 and 0.01."""
    ClientPlan.objects.update(meeting_price=4, order_percent=Decimal("2.5"))
    facts = {"client": october.row, "secretary": priya, "reported_by": helen}
    for kind, day, worth in (
        ("meeting", 5, "0"),
        ("order", 6, "99.99"),
        ("meeting", 7, "0"),
        ("order", 8, "0.41"),
        ("lead", 9, "0"),  # her plan pays for none
    ):
        on = date(2026, 10, day)
        Outcome.objects.create(kind=kind, on=on, worth=Decimal(worth), words=f"Of day {day}", **facts)
    for made in (drafted, lambda client: issued(client, helen)):  # drafted anew it is the same
        lines = BillLine.objects.filter(bill=made(october), kind="extra").order_by("rank")
        told = [(line.words, line.amount, [item.amount for item in line.items.all()]) for line in lines]
        assert told == [
            ("Commission for meetings booked", Decimal(8), [Decimal(4), Decimal(4)]),
            ("Commission on orders", Decimal("2.51"), [Decimal("2.50"), Decimal("0.01")]),
        ]
        assert [line.rule for line in lines] == [
            "4.00 GBP for each meeting booked.",
            "2.5 % of what each order is worth.",
        ]
    november = billing.draft(october.row, date(2026, 11, 1), at=clock.now())
    assert not BillLine.objects.filter(bill=november, kind="extra").exists()


def test_commission_in_other_money_is_on_no_bill_and_the_firm_reads_it_on_the_draft(
    office, okafor, priya, helen
):
    """A meeting of 28 November at four pounds, which counts once November is billed; then she pays euros."""
    facts = {"client": okafor.row, "price": Decimal(1), "made_by": helen}
    november, december = date(2026, 11, 1), date(2026, 12, 1)
    until = {"until_on": date(2026, 11, 30)}
    ClientPlan.objects.create(from_on=november, currency="GBP", meeting_price=4, **until, **facts)
    ClientPlan.objects.create(from_on=december, currency="EUR", meeting_price=5, **facts)
    office.clock_says("2026-12-01 09:00")
    billing.issue(billing.draft(okafor.row, november, at=clock.now()), by=helen, at=clock.now())
    counts = {"client": okafor.row, "secretary": priya, "kind": "meeting", "reported_by": helen}
    for on, words in ((date(2026, 11, 28), "Dana Reyes"), (december, "Lily Shaw")):
        Outcome.objects.create(on=on, words=words, decided_by=helen, decided_at=clock.now(), **counts)
    draft = billing.draft(okafor.row, december, at=clock.now())
    line = draft.lines.get(kind="extra")
    assert (line.amount, line.rule) == (Decimal(5), "5.00 EUR for each meeting booked.")
    page = office.browser(helen).get(reverse("books-bill", args=[draft.pk])).content.decode()
    assert "in other money: 4.00 GBP. It is on no bill." in page
    office.clock_says("2027-01-04 09:00")
    billing.issue(draft, by=helen, at=clock.now())
    january = billing.draft(okafor.row, date(2027, 1, 1), at=clock.now())
    page = office.browser(helen).get(reverse("books-bill", args=[january.pk])).content.decode()
    assert "in other money" not in page  # it was said in its time
