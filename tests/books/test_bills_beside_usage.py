"""What is on a bill beside usage: what was paid at the post, and commission."""

from datetime import date
from decimal import Decimal

from messages_app.models import Letter, Posting
from secretariat import clock
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
