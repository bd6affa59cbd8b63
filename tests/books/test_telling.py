"""What a client is told of her bills: that one is there, that it is overdue, that much of a month is used."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail as post
from django.urls import reverse

from clients.models import Client, ContactAddress, WorkItem
from secretariat import clock
from secretariat.books import billing, owing, suspending, telling
from secretariat.books.models import BillingAccount, ClientPlan, Told
from secretariat.outbox.models import Effect

from .conftest import worked


@pytest.fixture
def issued(okafor, priya, helen):
    """October's bill of 2.40, to be paid by 8 December."""
    ClientPlan.objects.create(
        client=okafor.row, name="Plan", from_on=date(2026, 10, 1), price=Decimal("1.20"), included=0
    )
    worked(okafor, priya, "2026-10-05 09:00:00", 120)
    bill = billing.draft(okafor.row, date(2026, 10, 1), at=clock.now())
    return billing.issue(bill, by=helen, at=clock.now())


def mails() -> list[dict]:
    return [each.payload for each in Effect.objects.filter(kind="books.mail").order_by("pk")]


def test_the_owner_is_told_that_a_bill_is_there(office, okafor, issued):
    [mail] = mails()
    assert mail["to"] == "owner.of.okafor.legal@clients.example"
    assert "2.40 GBP, to be paid by 8 December 2026" in mail["text"]
    assert f"/portal/bills/{issued.pk}/" in mail["text"]
    office.settle()
    assert Effect.objects.get(kind="books.mail").state == "done"


def test_each_mail_has_the_paper_with_it_and_the_mailbox_for_bills_gets_one(office, okafor, priya, helen):
    ClientPlan.objects.create(
        client=okafor.row, name="Plan", from_on=date(2026, 10, 1), price=Decimal("1.20")
    )
    account = BillingAccount(client=okafor.row, made_out_to="Okafor", mailbox="payable@okafor.example")
    account.save()
    bill = billing.draft(okafor.row, date(2026, 10, 1), at=clock.now())
    billing.issue(bill, by=helen, at=clock.now())
    office.settle()
    sent = {mail.to[0]: mail.attachments for mail in post.outbox}
    assert sent.keys() == {"owner.of.okafor.legal@clients.example", "payable@okafor.example"}
    for [(name, content, kind)] in sent.values():
        assert (name, kind) == ("B2026-00001.pdf", "application/pdf")
        assert content.startswith(b"%PDF-")


def test_where_nobody_can_be_told_it_does_not_count_as_told_and_the_firm_hears(office, okafor, priya, helen):
    ContactAddress.objects.filter(contact__client=okafor.row, kind="email").delete()
    ClientPlan.objects.create(
        client=okafor.row, name="Plan", from_on=date(2026, 10, 1), price=Decimal(1), retainer=Decimal(9)
    )
    bill = billing.draft(okafor.row, date(2026, 10, 1), at=clock.now())
    billing.issue(bill, by=helen, at=clock.now())
    office.clock_says("2026-12-09 12:00")
    assert telling.remind(at=clock.now()) == 0
    assert (mails(), Told.objects.count()) == ([], 0)
    item = WorkItem.objects.get(kind=telling.NOBODY)
    assert (item.client, "no owner there has a mailbox" in item.because) == (None, True)


def test_what_is_overdue_is_said_three_times_and_then_the_firm_decides(office, okafor, issued):
    for day, told in (("08", 0), ("09", 1), ("10", 1), ("22", 2)):
        office.clock_says(f"2026-12-{day} 12:00")
        telling.remind(at=clock.now())
        assert Told.objects.filter(about="reminder").count() == told
    office.clock_says("2027-01-05 12:00")
    assert telling.remind(at=clock.now()) == 1
    assert telling.remind(at=clock.now()) == 0
    assert WorkItem.objects.get(kind=telling.UNPAID).client is None


@pytest.mark.parametrize(
    ("zone", "at", "told"),
    [
        ("Europe/London", "2026-12-08 11:30", 0),
        ("Pacific/Auckland", "2026-12-08 11:30", 1),
        ("Europe/London", "2026-12-09 02:00", 1),
        ("America/Los_Angeles", "2026-12-09 02:00", 0),
    ],
)
def test_a_bill_is_overdue_from_the_next_day_on_where_the_client_is(office, okafor, issued, zone, at, told):
    Client.objects.filter(pk=okafor.row.pk).update(zone=zone)
    office.clock_says(at)
    assert telling.remind(at=clock.now()) == told


def test_what_is_held_back_or_paid_is_not_reminded_of(office, okafor, issued, helen):
    asked = owing.ask(issued.lines.first(), words="Who?", by=okafor.owner.user, at=clock.now())
    office.clock_says("2026-12-12 12:00")
    assert telling.remind(at=clock.now()) == 0
    owing.explain(asked, answer="Mrs Brill", by=helen, at=clock.now())
    assert telling.remind(at=clock.now()) == 0  # she has just been answered
    office.clock_says("2026-12-20 12:00")
    assert telling.remind(at=clock.now()) == 1
    # Paid before the mail left: it does not leave.
    owing.pay(issued, amount=issued.total, on=clock.now().date(), reference="", by=helen, at=clock.now())
    office.settle()
    assert (
        Effect.objects.filter(kind="books.mail", payload__subject__icontains="reminder").get().state != "done"
    )


def test_what_is_settled_is_not_read_again_every_hour(office, issued, helen, monkeypatch):
    read, of = [], owing.owed_of
    monkeypatch.setattr(owing, "owed_of", lambda bills: of(read.append(list(bills)) or read[-1]))

    def looked_at() -> list:
        read.clear()
        telling.remind(at=clock.now())
        return read[0]

    def paid(amount) -> None:
        on = clock.now().date()
        owing.pay(issued, amount=Decimal(amount), on=on, reference="", by=helen, at=clock.now())

    office.clock_says("2026-12-09 12:00")
    paid("1.00")
    assert looked_at() == [issued]
    paid("1.40")
    assert looked_at() == []
    paid("-0.40")  # it came back
    assert looked_at() == [issued]
    given = {"amount": Decimal("0.40"), "because": "We were late", "by": helen, "at": clock.now()}
    owing.give_back(issued, **given)
    assert looked_at() == []


def test_who_asked_is_told_the_answer_and_has_a_week_from_then_on(office, okafor, issued, helen):
    asked = owing.ask(issued.lines.first(), words="Who?", by=okafor.owner.user, at=clock.now())
    office.clock_says("2026-12-30 12:00")
    office.browser(helen).post(reverse("books-explain", args=[asked.pk]), {"answer": "Mrs Brill rang twice"})
    mail = Effect.objects.get(kind="books.answer").payload
    assert mail["to"] == "owner.of.okafor.legal@clients.example"
    for said in ("“Who?”", "“Mrs Brill rang twice”", "2.40 GBP", "to be paid by 6 January 2027"):
        assert said in mail["text"], said
    assert f"/portal/bills/{issued.pk}/" in mail["text"]
    office.settle()
    assert Effect.objects.get(kind="books.answer").state == "done"
    page = office.browser(okafor.owner).get(reverse("portal-bill", args=[issued.pk])).content.decode()
    assert "2.40 GBP to be paid by Wed 6 Jan" in page
    assert (
        "Overdue" not in office.browser(helen).get(reverse("books-bill", args=[issued.pk])).content.decode()
    )
    for day, told in (("06", 0), ("07", 1), ("19", 1), ("20", 2)):
        office.clock_says(f"2027-01-{day} 12:00")
        telling.remind(at=clock.now())
        assert Told.objects.filter(about="reminder").count() == told, day
    assert "was to be paid by 6 January 2027" in mails()[-1]["text"]


def test_only_the_part_that_was_asked_about_is_due_later(office, okafor, priya, helen):
    """9.00 a month and 2.40 of usage, which is questioned."""
    ClientPlan.objects.create(
        client=okafor.row, name="Plan", from_on=date(2026, 10, 1), price=Decimal("1.20"), retainer=Decimal(9)
    )
    worked(okafor, priya, "2026-10-05 09:00:00", 120)
    bill = billing.draft(okafor.row, date(2026, 10, 1), at=clock.now())
    bill = billing.issue(bill, by=helen, at=clock.now())
    asked = owing.ask(bill.lines.get(kind="usage"), words="Who?", by=okafor.owner.user, at=clock.now())
    office.clock_says("2026-12-07 12:00")
    owing.explain(asked, answer="Mrs Brill", by=helen, at=clock.now())
    told = Effect.objects.get(kind="books.answer").payload["text"]
    assert "2.40 GBP of the bill is to be paid by 14 December 2026" in told
    page = office.browser(okafor.owner).get(reverse("portal-bill", args=[bill.pk])).content.decode()
    assert "11.40 GBP to be paid by Tue 8 Dec · 2.40 GBP of it by Mon 14 Dec" in page
    office.clock_says("2026-12-09 12:00")
    telling.remind(at=clock.now())
    assert "9.00 GBP of bill B2026-00001 was to be paid by 8 December 2026" in mails()[-1]["text"]
    found = owing.owed(bill)
    due = [found.by(date(2026, 12, day)).due for day in (14, 15)]
    assert (due, found.due) == ([Decimal(9), Decimal("11.40")], Decimal("11.40"))


def test_a_bill_that_is_due_late_is_reminded_of_as_often_as_any_other(office, okafor, issued, helen):
    """Paid in time, and the payment is returned when the last reminder would have been over."""
    owing.pay(issued, amount=issued.total, on=clock.now().date(), reference="", by=helen, at=clock.now())
    office.clock_says("2027-01-20 12:00")
    owing.pay(issued, amount=-issued.total, on=clock.now().date(), reference="", by=helen, at=clock.now())
    for day, told in (("01-20", 1), ("01-21", 1), ("02-01", 1), ("02-02", 2), ("02-15", 2), ("02-16", 3)):
        assert not WorkItem.objects.filter(kind=telling.UNPAID).exists()
        assert suspending.unpaid(okafor.row, clock.now().date()) is None
        office.clock_says(f"2027-{day} 12:00")
        telling.remind(at=clock.now())
        office.settle()
        degrees = Told.objects.filter(about="reminder").order_by("degree").values_list("degree", flat=True)
        assert list(degrees) == list(range(1, told + 1)), day
    assert WorkItem.objects.filter(kind=telling.UNPAID).exists()
    assert suspending.unpaid(okafor.row, clock.now().date()).amount == issued.total


def test_a_reminder_that_did_not_leave_is_none(office, okafor, issued, helen):
    office.clock_says("2026-12-09 12:00")
    telling.remind(at=clock.now())
    owing.pay(issued, amount=issued.total, on=clock.now().date(), reference="", by=helen, at=clock.now())
    office.settle()
    assert not Told.objects.filter(about="reminder").exists()
    owing.pay(issued, amount=-issued.total, on=clock.now().date(), reference="", by=helen, at=clock.now())
    assert telling.remind(at=clock.now()) == 1
    office.settle()
    assert Told.objects.get(about="reminder").degree == 1


def test_three_quarters_and_all_of_a_month_are_said_once_each(office, okafor, priya):
    ClientPlan.objects.create(
        client=okafor.row, name="Ten", from_on=date(2026, 11, 1), price=Decimal(1), included=10
    )
    for seconds, told in ((400, []), (60, [75]), (10, [75]), (200, [75, 100])):
        worked(okafor, priya, "2026-11-24 10:00:00", seconds)
        telling.tell_usage(at=clock.now())
        assert sorted(Told.objects.values_list("degree", flat=True)) == told
    assert len(mails()) == 2
    assert WorkItem.objects.filter(kind=telling.USED, client=None).count() == 1


def test_three_quarters_and_all_of_her_own_limit_are_said_and_no_more_is_billed(office, okafor, priya):
    """At 1.20 a minute and at most 10.00 a month: 374 s are 7.48, 376 s 7.52, 600 s would be 12.00."""
    ClientPlan.objects.create(
        client=okafor.row, name="Plan", from_on=date(2026, 11, 1), price=Decimal("1.20"), included=0
    )
    BillingAccount.objects.create(client=okafor.row, made_out_to="Okafor", spend_cap=Decimal(10))
    for seconds, told in ((374, []), (2, [75]), (224, [75, 100])):
        worked(okafor, priya, "2026-11-24 10:00:00", seconds)
        telling.tell_usage(at=clock.now())
        assert sorted(Told.objects.values_list("degree", flat=True)) == told
    assert billing.preview(okafor.row, date(2026, 11, 24)).made.net == Decimal(10)


def test_a_limit_that_is_raised_has_alerts_of_its_own(office, okafor, priya):
    """At 1.20 a minute 600 s are 12.00: more than 10.00, and less than three quarters of 20.00."""
    ClientPlan.objects.create(
        client=okafor.row, name="Plan", from_on=date(2026, 11, 1), price=Decimal("1.20"), included=0
    )
    BillingAccount.objects.create(client=okafor.row, made_out_to="Okafor", spend_cap=Decimal(10))
    worked(okafor, priya, "2026-11-24 10:00:00", 600)
    told = []
    for cap, seconds in ((10, 1), (20, 1), (20, 160), (20, 1), (16, 1)):
        BillingAccount.objects.update(spend_cap=cap)
        worked(okafor, priya, "2026-11-24 11:00:00", seconds)
        telling.tell_usage(at=clock.now())
        told.append(sorted(Told.objects.values_list("cap", "degree")))
    ten, twenty, sixteen = (10, 100), (20, 75), (16, 75)
    assert told == [[ten], [ten], [ten, twenty], [ten, twenty], [ten, sixteen, twenty]]


def test_the_limit_is_told_of_though_all_that_is_included_was_told_of_before(office, okafor, priya):
    """Ten minutes included, then 1.20 a minute and at most 10.00: 600 s, and 376 s and 600 s beyond them."""
    ClientPlan.objects.create(
        client=okafor.row, name="Ten", from_on=date(2026, 11, 1), price=Decimal("1.20"), included=10
    )
    BillingAccount.objects.create(client=okafor.row, made_out_to="Okafor", spend_cap=Decimal(10))
    for seconds, about, degrees in (
        (460, "usage", [75]),
        (140, "usage", [75, 100]),
        (374, "limit", []),
        (2, "limit", [75]),
        (1, "limit", [75]),
        (300, "limit", [75, 100]),
        (60, "limit", [75, 100]),
    ):
        worked(okafor, priya, "2026-11-24 10:00:00", seconds)
        telling.tell_usage(at=clock.now())
        told = Told.objects.filter(about=about, month=date(2026, 11, 1)).values_list("degree", flat=True)
        assert sorted(told) == degrees, seconds
    said = [(mail["subject"], mail["text"].split("\n\n")[0]) for mail in mails()]
    assert said == [
        (
            "75 percent of what is included this month is used",
            "Used so far: 7 min 40 s. Included until 30 November 2026: 10 min 00 s.",
        ),
        (
            "100 percent of what is included this month is used",
            "Used so far: 10 min 00 s. Included until 30 November 2026: 10 min 00 s. "
            "What goes beyond it is billed as agreed.",
        ),
        (
            "75 percent of your limit for this month is used",
            "Usage and costs passed on so far: 7.52 GBP. Your limit until 30 November 2026: 10.00 GBP.",
        ),
        (
            "100 percent of your limit for this month is used",
            "Usage and costs passed on so far: 10.00 GBP. Your limit until 30 November 2026: 10.00 GBP. "
            "Nothing beyond it is billed.",
        ),
    ]
    used = WorkItem.objects.get(kind=telling.USED, client=None)
    assert "used all of this month’s 10 min 00 s" in used.because
    near = WorkItem.objects.get(kind=telling.NEAR_LIMIT, client=None)
    # At three quarters it is opened; all of it presses, and says so.
    assert "100 percent of this month’s limit, 10.00 GBP" in near.because
    assert near.urgency == WorkItem.Urgency.TODAY
