"""Messages on bills: each with its corrections is one, counted once, and of the client to whom it belongs."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from clients import work
from clients.models import WorkItem
from messages_app import correcting, moving
from messages_app.models import Message
from secretariat import clock
from secretariat.books import billing
from secretariat.books.models import BillItem, ClientPlan, Waiver

from .conftest import local

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def plan(client) -> None:
    ClientPlan.objects.create(
        client=client.row, name="By message", from_on=NOVEMBER, price=Decimal(2), measure="message"
    )


@pytest.fixture
def desk(office, okafor, priya):
    """Okafor Legal pays two pounds a message."""
    plan(okafor)
    return priya.user


def taken(client, by, text) -> Message:
    return Message.objects.create(client=client.row, taken_by=by, taken_at=local(text), text="Ring back")


def corrected(message, by, at: datetime) -> Message:
    return correcting.correct(message, by=by, at=at, note="The number", text="Ring the office")


def drafted(client, first):
    return billing.draft(client.row, first, at=clock.now())


def issued(client, first, by):
    return billing.issue(drafted(client, first), by=by, at=clock.now())


def units(bill) -> int:
    return sum(BillItem.objects.filter(line__bill=bill).values_list("units", flat=True))


def test_a_message_billed_in_november_and_corrected_in_december_is_not_billed_again(
    office, okafor, desk, helen
):
    message = taken(okafor, desk, "2026-11-30 17:00:00")
    office.clock_says("2026-12-02 09:00")
    assert issued(okafor, NOVEMBER, helen).net == Decimal(2)
    again = corrected(message, desk, local("2026-12-02 10:00:00"))
    corrected(again, desk, local("2026-12-03 10:00:00"))
    office.clock_says("2027-01-04 09:00")
    assert issued(okafor, DECEMBER, helen).net == 0


def test_one_corrected_before_its_bill_counts_in_the_month_in_which_it_was_taken(office, okafor, desk, helen):
    message = taken(okafor, desk, "2026-11-30 17:00:00")
    corrected(message, desk, local("2026-12-02 08:00:00"))
    office.clock_says("2026-12-02 09:00")
    bill = issued(okafor, NOVEMBER, helen)
    item = BillItem.objects.get(line__bill=bill, units=1)
    assert (item.subject_id, item.at) == (message.pk, message.taken_at)
    office.clock_says("2027-01-04 09:00")
    assert units(issued(okafor, DECEMBER, helen)) == 0


def test_a_waiver_stays_with_a_message_that_is_corrected(office, okafor, desk, helen):
    message = taken(okafor, desk, "2026-11-20 17:00:00")
    about = {"subject_kind": "messages_app.message", "subject_id": message.pk, "client": okafor.row}
    Waiver.objects.create(**about, because="Ours", made_by=helen)
    corrected(message, desk, local("2026-11-21 17:00:00"))
    bill = drafted(okafor, NOVEMBER)
    assert (bill.net, BillItem.objects.get(line__bill=bill).because) == (0, "mistake")


def test_what_was_billed_under_a_corrections_name_is_not_billed_under_its_own(office, okafor, desk, helen):
    """As bills once did that went by the newest of a message and its corrections."""
    message = taken(okafor, desk, "2026-11-30 17:00:00")
    newest = corrected(message, desk, local("2026-11-30 18:00:00"))
    office.clock_says("2026-12-02 09:00")
    bill = drafted(okafor, NOVEMBER)
    BillItem.objects.filter(line__bill=bill).update(subject_id=newest.pk)
    with pytest.raises(billing.NotNow, match="Draft it anew"):
        billing.issue(bill, by=helen, at=clock.now())
    office.clock_says("2027-01-04 09:00")
    Message.objects.filter(pk=message.pk).update(taken_at=local("2026-12-01 00:30:00"))
    type(bill).objects.filter(pk=bill.pk).update(
        state="issued", number="B1", issued_on=DECEMBER, due_on=DECEMBER
    )
    assert units(drafted(okafor, DECEMBER)) == 0


TWO_MONTHS = (  # the day each is taken, from the first of November, and those on which it is corrected
    (0, []),
    (0, [0]),
    (29, [30, 31]),
    (29, [29, 60, 61]),
    (29, [29, 29, 30]),
    (30, [30]),
    (30, [59, 60]),
    (60, [60, 61, 62]),
)


def test_no_message_is_billed_twice_and_none_is_forgotten(office, okafor, desk, helen):
    begun, roots = local("2026-11-01 12:00:00"), []
    for day, later in TWO_MONTHS:
        message, at = None, begun + timedelta(days=day)
        for taken_at in (at, *(begun + timedelta(days=each) for each in later)):
            facts = {"corrects": message, "taken_by": desk, "taken_at": taken_at}
            message = Message.objects.create(client=okafor.row, **facts)
            roots += [message] if taken_at == at and message.corrects is None else []
    office.clock_says("2027-01-04 09:00")
    bills = [issued(okafor, first, helen) for first in (NOVEMBER, DECEMBER)]
    assert [units(bill) for bill in bills] == [5, 3]
    billed = BillItem.objects.filter(line__bill__in=bills, units=1).values_list("subject_id", flat=True)
    assert sorted(billed) == sorted(each.pk for each in roots)


def test_a_draft_whose_message_has_gone_to_another_client_is_not_issued(office, okafor, desk, helen):
    message = taken(okafor, desk, "2026-11-20 17:00:00")
    drafted(okafor, NOVEMBER)
    bakery = office.client("Lopes Bakery")
    plan(bakery)
    office.clock_says("2026-12-02 09:00")
    bill = drafted(okafor, NOVEMBER)
    moving.move(message, to=bakery.row, contact=None, what="Two windows", by=helen, at=clock.now())
    with pytest.raises(billing.NotNow, match="Draft it anew"):
        billing.issue(bill, by=helen, at=clock.now())
    assert issued(okafor, NOVEMBER, helen).net == 0


def test_a_message_that_moves_after_its_bill_is_the_firms_to_credit(office, okafor, desk, helen):
    message = taken(okafor, desk, "2026-11-20 17:00:00")
    newest = corrected(message, desk, local("2026-11-20 18:00:00"))
    bakery = office.client("Lopes Bakery")
    plan(bakery)
    office.clock_says("2026-12-02 09:00")
    bill = issued(okafor, NOVEMBER, helen)
    assert units(issued(bakery, NOVEMBER, helen)) == 0
    moving.move(newest, to=bakery.row, contact=None, what="Two windows", by=helen, at=clock.now())

    item = WorkItem.objects.open().get(kind="books.moved")
    assert item.because == "A message on bill B2026-00001 of Okafor Legal went to the wrong client."
    assert (item.client, work.describe(item).url) == (None, reverse("books-bill", args=[bill.pk]))
    told = "A message on this bill turned out to be for another client"
    browser = office.browser(helen)
    page = browser.get(work.describe(item).url).content.decode()
    assert told in page
    assert "2.00" in page
    theirs = office.browser(okafor.owner).get(reverse("portal-bill", args=[bill.pk])).content.decode()
    assert told not in theirs

    charged = BillItem.objects.get(line__bill=bill, units=1)
    browser.post(
        reverse("books-give-back", args=[bill.pk]), {"items": str(charged.pk), "because": "Not hers"}
    )
    assert bill.credit_notes.get().net == Decimal(-2)
    assert told not in browser.get(work.describe(item).url).content.decode()

    office.clock_says("2027-01-04 09:00")
    assert issued(bakery, DECEMBER, helen).net == Decimal(2)
    assert issued(okafor, DECEMBER, helen).net == 0


def test_a_message_that_moves_before_any_bill_tells_the_firm_nothing_of_bills(office, okafor, desk, helen):
    message = taken(okafor, desk, "2026-11-20 17:00:00")
    bakery = office.client("Lopes Bakery")
    moving.move(message, to=bakery.row, contact=None, what="Two windows", by=helen, at=clock.now())
    assert not WorkItem.objects.filter(kind="books.moved").exists()
