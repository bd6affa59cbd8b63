"""A client who does not pay: announced, told in time, heard by callers, and over when it is paid."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from calls import rehearsing
from calls.models import Call
from clients.models import Contact, ContactAddress, Line, ServiceSuspension, WorkItem
from secretariat import clock
from secretariat.books import billing, owing, suspending, telling
from secretariat.books.models import ClientPlan
from secretariat.ledger.models import LedgerEntry
from secretariat.outbox.models import Effect
from tests.calls.rooms import heard

from .conftest import worked

HEAR = "You have reached Okafor Legal. We cannot connect you at the moment."
URGENT = "If it is urgent, say so in a message with your name and number: it is passed on today."
DAY = 24 * 3600


@pytest.fixture
def bill(okafor, priya, helen):
    """October's bill of 2.40, to be paid by 8 December."""
    ClientPlan.objects.create(
        client=okafor.row, name="Plan", from_on=date(2026, 10, 1), price=Decimal("1.20"), included=0
    )
    worked(okafor, priya, "2026-10-05 09:00:00", 120)
    made = billing.draft(okafor.row, date(2026, 10, 1), at=clock.now())
    return billing.issue(made, by=helen, at=clock.now())


@pytest.fixture
def reminded(office, bill):
    """Reminded of three times; it is 5 January."""
    for day in ("2026-12-09", "2026-12-22", "2027-01-05"):
        office.clock_says(f"{day} 12:00")
        telling.remind(at=clock.now())
    return bill


@pytest.fixture
def page(office, okafor, helen):
    browser = office.browser(helen)
    browser.address = reverse("books-suspension", args=[okafor.row.pk])
    return browser


def announced(page, **said):
    usual = {"from_on": "2027-01-20", "callers_hear": HEAR, "urgent_callers": URGENT}
    return page.post(page.address, usual | said)


def mails() -> list[dict]:
    return [each.payload for each in Effect.objects.filter(kind="books.suspension").order_by("pk")]


def pays(bill, helen, amount=None):
    owing.pay(
        bill, amount=amount or bill.total, on=clock.now().date(), reference="", by=helen, at=clock.now()
    )


def test_the_notice_says_when_how_much_how_to_prevent_it_and_what_callers_hear(
    office, okafor, reminded, page
):
    assert announced(page).status_code == 303
    [mail] = mails()
    assert mail["to"] == "owner.of.okafor.legal@clients.example"
    for said in ("20 January 2027", "2.40 GBP", "pay 2.40 GBP before", f"“{HEAR} {URGENT}”", "question it"):
        assert said in mail["text"], said
    office.settle()
    made = ServiceSuspension.objects.get()
    assert made.notified_at is not None
    assert "The notice left" in page.get(page.address).content.decode()
    hers = office.browser(okafor.owner).get(reverse("portal-bills")).content.decode()
    assert "From Wed 20 Jan" in hers
    assert HEAR in hers
    assert not WorkItem.objects.open().filter(kind=telling.UNPAID).exists()


def test_nothing_is_announced_before_the_last_reminder(office, okafor, bill, page):
    office.clock_says("2026-12-22 12:00")
    telling.remind(at=clock.now())
    assert "Nothing to suspend for" in page.get(page.address).content.decode()
    assert announced(page, from_on="2027-01-20").status_code == 422
    assert not ServiceSuspension.objects.exists()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"from_on": "2027-01-12"}, "at least a week before"),
        ({"callers_hear": " "}, "Say what callers hear"),
        ({"urgent_callers": ""}, "Say what somebody in need can still do"),
    ],
)
def test_what_lacks_is_said_and_what_was_typed_stays(okafor, reminded, page, said, words):
    told = announced(page, **said)
    assert told.status_code == 422
    assert words in told.content.decode()
    assert "2027-01-" in told.content.decode()
    assert not ServiceSuspension.objects.exists()
    assert not mails()


def test_where_nobody_can_be_told_nothing_is_announced(okafor, reminded, page):
    owners = Contact.objects.filter(client=okafor.row)
    ContactAddress.objects.filter(contact__in=owners, kind="email").delete()
    assert "no owner at the client has a mailbox" in announced(page).content.decode()
    assert not ServiceSuspension.objects.exists()


def test_from_the_day_callers_hear_what_was_announced(office, okafor, reminded, page):
    announced(page)
    office.settle()
    okafor.line.refresh_from_db()
    office.clock_says("2027-01-19 10:00")
    office.rings(okafor, caller="+447700900111")
    assert "suspended" not in Call.objects.latest("rang_at").guidance
    office.clock_says("2027-01-20 10:00")
    suspending.go_on(at=clock.now())
    leg = office.rings(okafor)
    call = Call.objects.latest("rang_at")
    assert (call.route, call.state) == ("voicemail", Call.State.VOICEMAIL)
    assert "suspended since" in call.reasons[-1]["because"]
    office.passes(20)
    assert f"{HEAR} {URGENT} {Line.objects.get(pk=okafor.line.pk).recording_notice}" in heard(leg)
    assert "Leave your message after the tone" in heard(leg)
    office.carrier.control.say(leg, "The bailiffs are here.")
    office.passes(5)
    office.carrier.control.press(leg, "#")
    office.passes(5)
    # Nothing is lost: what urgent callers say is there to be passed on.
    assert WorkItem.objects.open().filter(kind="calls.voicemail", client=okafor.row).exists()


def test_a_line_that_records_nothing_says_what_was_announced_and_no_more(office, okafor, reminded, page):
    Line.objects.filter(pk=okafor.line.pk).update(recording_notice="")
    assert "Your call is noted" in page.get(page.address).content.decode()
    announced(page, urgent_callers="If it is urgent, write to them.")
    office.settle()
    office.clock_says("2027-01-20 10:00")
    leg = office.rings(okafor)
    office.passes(20)
    assert heard(leg).strip().endswith("If it is urgent, write to them.")
    assert not leg.live
    assert not WorkItem.objects.open().filter(client=okafor.row, kind="calls.unanswered").exists()
    seen = office.browser(okafor.owner).get(reverse("portal-calls")).content.decode()
    assert "+44 7700 900123" in seen  # she sees who rang


def test_a_rehearsal_tells_it_before_the_day(office, okafor, reminded, page):
    announced(page)
    office.settle()
    for days, outcome in ((14, False), (15, True)):
        at = clock.now() + timedelta(days=days)
        line = Line.objects.select_related("client").get(pk=okafor.line.pk)
        told = rehearsing.rehearse(line, caller="+447700900123", at=at)
        assert (told.steps[0].what == "Announcement") is outcome
        assert ("The service is suspended" in told.outcome) is outcome
    assert told.steps[0].more == f"“{HEAR} {URGENT}”"
    assert rehearsing.gaps(told) == []


@pytest.mark.parametrize("before", [True, False], ids=["before the day", "when callers hear it"])
def test_payment_ends_it_at_once(office, okafor, reminded, helen, page, before):
    announced(page)
    office.settle()
    if not before:
        office.clock_says("2027-01-21 10:00")
        assert suspending.go_on(at=clock.now()) == 1
        assert suspending.go_on(at=clock.now()) == 0
        assert WorkItem.objects.open().filter(kind=suspending.BEGUN, client=None).count() == 1
    pays(reminded, helen, Decimal("1.00"))
    assert suspending.current(okafor.row)
    pays(reminded, helen, Decimal("1.40"))
    made = ServiceSuspension.objects.get()
    assert (made.ended, made.ended_by) == ("paid", helen)
    office.clock_says("2027-01-21 11:00")
    office.rings(okafor)
    assert "suspended" not in Call.objects.latest("rang_at").guidance
    assert ("answered again" in mails()[-1]["subject"]) is not before
    assert not WorkItem.objects.open().filter(kind=suspending.BEGUN).exists()
    assert LedgerEntry.objects.filter(verb="books.suspension.paid").count() == 1


def test_a_question_about_what_is_unpaid_ends_it(office, okafor, reminded, page):
    announced(page)
    asked = reverse("portal-bill-ask", args=[reminded.lines.first().pk])
    assert office.browser(okafor.owner).post(asked, {"words": "Who rang?"}).status_code == 303
    assert ServiceSuspension.objects.get().ended == "asked"
    assert "What is left of it is questioned" in page.get(page.address).content.decode()
    assert "not due until we have answered" in mails()[-1]["text"]


@pytest.mark.parametrize("really", ["asked", "paid"])
def test_what_a_question_ended_is_told_apart_from_what_was_paid_in_older_rows_too(
    office, okafor, reminded, helen, page, really
):
    announced(page)
    office.clock_says("2027-01-12 10:00")
    if really == "asked":
        owing.ask(reminded.lines.first(), words="Who rang?", by=okafor.owner.user, at=clock.now())
    else:
        pays(reminded, helen)
    ServiceSuspension.objects.update(ended="paid")  # as it was written for either
    migration = import_module("secretariat.books.migrations.0022_what_a_question_ended")
    migration.say_so(apps, None)
    assert ServiceSuspension.objects.get().ended == really


def test_the_firm_takes_it_back_and_says_why(office, okafor, reminded, page):
    announced(page)
    made = ServiceSuspension.objects.get()
    back = reverse("books-suspension-back", args=[made.pk])
    assert "Say why; it is kept." in page.post(back, {"because": ""}).content.decode()
    assert page.post(back, {"because": "Mrs Okafor rang: the bank is slow"}).status_code == 303
    assert "the bank is slow" in page.get(page.address).content.decode()
    assert "go on being answered" in mails()[-1]["subject"]
    page.post(back, {"because": "Again"})
    assert ServiceSuspension.objects.get().because == "Mrs Okafor rang: the bank is slow"
    # What had not left yet does not leave any more.
    office.settle()
    states = {each.payload["what"]: each.state for each in Effect.objects.filter(kind="books.suspension")}
    assert states == {"notice": "cancelled", "ended": "done"}
    # Another one can be announced, and is told anew.
    assert announced(page).status_code == 303
    assert [each["what"] for each in mails()].count("notice") == 2


def test_who_was_not_told_in_time_is_not_suspended(office, okafor, reminded, page):
    announced(page)
    Effect.objects.filter(kind="books.suspension").update(state="dead")  # the mailbox does not exist
    office.clock_says("2027-01-20 10:00")
    office.rings(okafor)
    assert "suspended" not in Call.objects.get().guidance
    suspending.go_on(at=clock.now())
    assert ServiceSuspension.objects.get().ended == "untold"
    [item] = WorkItem.objects.open().filter(kind=suspending.UNTOLD)
    assert "did not leave in time" in item.because
    assert len(mails()) == 1


def test_a_notice_that_left_too_late_suspends_nobody(office, okafor, reminded, page):
    announced(page, from_on="2027-01-13")
    office.clock_says("2027-01-09 10:00")
    office.settle()
    assert ServiceSuspension.objects.get().notified_at is None


def test_the_database_holds_that_there_is_notice(okafor, reminded, page):
    announced(page)
    with pytest.raises(IntegrityError, match="no_suspension_without_notice"), transaction.atomic():
        ServiceSuspension.objects.update(notified_at=clock.now() + timedelta(days=14))


def test_the_day_is_the_client_s_own(office, okafor, reminded, page):
    """Midnight in Tokyo is three in the afternoon of the day before in London."""
    type(okafor.row).objects.filter(pk=okafor.row.pk).update(zone="Asia/Tokyo")
    announced(page)
    assert ServiceSuspension.objects.get().from_at.isoformat() == "2027-01-19T15:00:00+00:00"
    for who, address in ((okafor.owner, reverse("portal-bills")), (None, page.address)):
        shown = (office.browser(who) if who else page).get(address).content.decode()
        assert "Wed 20 Jan" in shown
    assert "on 20 January 2027" in mails()[0]["text"]


def test_nobody_but_the_firm_announces_it(office, okafor, priya, reminded, page):
    for who in (priya, okafor.owner):
        assert announced(_at(office.browser(who), page)).status_code == 404
    assert not ServiceSuspension.objects.exists()


def _at(browser, page):
    browser.address = page.address
    return browser


def test_her_portal_stays_open_and_all_who_look_are_told(office, okafor, reminded, helen, page):
    announced(page)
    office.settle()
    office.clock_says("2027-01-20 10:00")
    suspending.go_on(at=clock.now())
    hers = office.browser(okafor.owner)
    assert "Your calls are not answered" in hers.get(reverse("portal-bills")).content.decode()
    for name in ("portal-bill", "portal-bill-pdf"):
        assert hers.get(reverse(name, args=[reminded.pk])).status_code == 200
    for name in ("messages-portal", "portal-calls"):
        assert hers.get(reverse(name)).status_code == 200
    assert "Your calls are not answered since" in hers.get(reverse("portal")).content.decode()
    card = office.browser(helen).get(reverse("client-now", args=[okafor.row.pk])).content.decode()
    assert "suspended since" in card
