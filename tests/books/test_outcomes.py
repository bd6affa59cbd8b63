"""What work led to: reported, counted by the firm, paid and billed once, taken back while it still can be."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from calendar_app import booking
from calls.models import Call
from clients.models import WorkItem
from secretariat import clock
from secretariat.books import billing, paper, pay_statement, paying
from secretariat.books.models import ClientPlan, Outcome
from secretariat.office.models import Firm, Post
from secretariat.office.pay import By, Term
from tests.calendar_app.diaries import booked, diary_of, plan

from .conftest import worked
from .test_paying import prepared, under_contract

NOVEMBER = date(2026, 11, 1), date(2026, 11, 30)
FRIDAY = date(2026, 11, 27)


@pytest.fixture
def diary(okafor):
    return diary_of(okafor.row)


@pytest.fixture
def ruth(office):
    return office.supervisor("Ruth")


@pytest.fixture
def by_commission(priya, helen):
    """Eight euros a meeting, and two in a hundred of an order."""
    return under_contract(
        priya,
        helen,
        Term(By.HOUR, Decimal(10)),
        Term(By.OUTCOME, Decimal(8), "meeting"),
        Term(By.SHARE, Decimal(2), "order", condition="once it is paid"),
    )


def arranged(diary, priya, **facts):
    return booked(diary, on=FRIDAY, by=priya.user, when=clock.now(), **facts)


def called_off(meeting, helen):
    facts = {"because": "Ill", "by": helen, "at": clock.now()}
    booking.cancel(meeting, version=meeting.version, **facts)


def told(page):
    return page.content.decode()


def test_a_meeting_she_arranges_is_reported_counted_and_paid(
    office, diary, priya, helen, ruth, by_commission
):
    meeting = arranged(diary, priya, about="Dana Reyes")
    row = Outcome.objects.get()
    assert (row.state, row.kind, row.subject_id) == ("reported", "meeting", meeting.pk)
    hers, firm = office.browser(priya), office.browser(helen)
    assert "Dana Reyes, on 27 November 2026" in told(hers.get(reverse("my-outcomes")))
    assert not prepared(helen, *NOVEMBER).statements.exists()  # nobody has said yet that it counts
    assert "Commission: 1 waits" in told(firm.get(reverse("pay-runs")))
    assert firm.post(reverse("outcome-count", args=[row.pk])).status_code == 303
    run = paying.prepare(paying.PayRun.objects.get(), by=helen, at=clock.now(), anew=True)
    assert paying.approve(run, by=ruth, at=clock.now()).statements.get().gross == Decimal(8)
    late = firm.post(reverse("outcome-back", args=[row.pk]), {"because": "A slip"}, follow=True)
    assert "It was paid with the run until 30 November 2026" in told(late)
    row.refresh_from_db()
    assert row.state == "counts"


def test_only_where_somebody_pays_for_it_and_once(diary, okafor, priya, helen):
    first = arranged(diary, priya, about="Dana Reyes")
    assert not Outcome.objects.exists()
    ClientPlan.objects.create(
        client=okafor.row, from_on=date(2026, 11, 1), price=1, currency="GBP", meeting_price=4, made_by=helen
    )
    booked(diary, "14:00", on=FRIDAY, by=helen, when=clock.now())  # no secretary arranged it
    assert not Outcome.objects.exists()
    second = booking.hold(
        diary, plan("15:00", FRIDAY), until=datetime(2026, 11, 25, tzinfo=UTC), by=priya.user, at=clock.now()
    )
    assert not Outcome.objects.exists()  # nobody has agreed to that time yet
    booking.confirm(second, version=second.version, by=priya.user, at=clock.now())
    assert Outcome.objects.get().subject_id == second.pk
    assert first.pk != second.pk


def test_one_that_is_called_off_after_it_counted_is_looked_at_again(
    office, diary, priya, helen, by_commission
):
    meeting = arranged(diary, priya)
    row, firm = Outcome.objects.get(), office.browser(helen)
    firm.post(reverse("outcome-count", args=[row.pk]))
    called_off(meeting, helen)
    again = WorkItem.objects.open().filter(kind="books.outcome_gone")
    assert again.count() == 1
    assert "the meeting was called off" in told(firm.get(reverse("outcomes")))
    refused = firm.post(reverse("outcome-back", args=[row.pk]), {"because": ""}, follow=True)
    assert "Say why; she reads it." in told(refused)
    firm.post(reverse("outcome-back", args=[row.pk]), {"because": "It was not held"})
    row.refresh_from_db()
    assert (row.state, again.exists()) == ("taken_back", False)
    assert "It was not held" in told(office.browser(priya).get(reverse("my-outcomes")))
    assert not prepared(helen, *NOVEMBER).statements.exists()


def test_an_order_is_reported_out_of_its_call_with_what_it_is_worth(
    office, okafor, priya, helen, ruth, by_commission
):
    call = Call.objects.create(
        client=okafor.row,
        line=okafor.line,
        carrier_id="CA1",
        caller_name="Lily Shaw",
        secretary=priya,
        state=Call.State.CLOSED,
        outcome=Call.Outcome.NO_MESSAGE,
        answered_at=clock.now(),
        closed_at=clock.now(),
    )
    hers = office.browser(priya)
    page = told(hers.get(reverse("my-outcomes")))
    assert "Lily Shaw · Okafor Legal" in page
    said = {"kind": "order", "work": f"calls.call:{call.pk}", "on": "2026-11-24", "words": "Forty lilies"}
    refused = hers.post(reverse("my-outcome-report"), said)
    assert refused.status_code == 422
    assert "Say what the order is worth." in told(refused)
    assert "Forty lilies" in told(refused)  # what was typed is still there
    assert hers.post(reverse("my-outcome-report"), said | {"worth": "250"}).status_code == 303
    twice = hers.post(reverse("my-outcome-report"), said | {"worth": "250"})
    assert (twice.status_code, "This was reported already." in told(twice)) == (422, True)
    row = Outcome.objects.get()
    assert (row.client, row.subject_id, row.state) == (okafor.row, call.pk, "reported")
    office.browser(helen).post(reverse("outcome-count", args=[row.pk]))
    run = paying.approve(prepared(helen, *NOVEMBER), by=ruth, at=clock.now())
    assert run.statements.get().gross == Decimal(5)


def test_she_takes_back_what_nobody_has_decided_and_nobody_decides_about_her_own(
    office, okafor, priya, helen
):
    said = {"kind": "lead", "client": str(okafor.row.pk), "on": "2026-11-24", "words": "Asked for a price"}
    hers = office.browser(priya)
    hers.post(reverse("my-outcome-report"), said)
    row = Outcome.objects.get()
    assert hers.post(reverse("my-outcome-withdraw", args=[row.pk])).status_code == 303
    row.refresh_from_db()
    assert row.state == "taken_back"
    hers.post(reverse("my-outcome-report"), said)
    row = Outcome.objects.get(state="reported")
    refused = office.browser(helen).post(reverse("outcome-refuse", args=[row.pk]), follow=True)
    assert "Say why; she reads it." in told(refused)
    office.browser(helen).post(reverse("outcome-refuse", args=[row.pk]), {"because": "She rang before"})
    assert "She rang before" in told(hers.get(reverse("my-outcomes")))
    assert hers.post(reverse("my-outcome-withdraw", args=[row.pk])).status_code == 404
    future = hers.post(reverse("my-outcome-report"), said | {"on": "2026-11-25"})
    assert "This is still to come." in told(future)
    nowhere = hers.post(reverse("my-outcome-report"), said | {"client": ""})
    assert "Choose the client, or the work it came out of." in told(nowhere)


def test_a_lead_out_of_a_mail_is_paid_by_its_worth_and_opens_to_its_seconds(
    office, okafor, priya, helen, ruth
):
    """Two in a hundred of 250.00 are 5.00; behind it stand the 121 seconds in which she wrote the mail."""
    under_contract(
        priya,
        helen,
        Term(By.HOUR, Decimal(10)),
        Term(By.SHARE, Decimal(2), "lead", condition="once he has signed"),
    )
    mail = worked(okafor, priya, "2026-11-23 10:00:00", 121, kind="mail")
    mail.subject_kind = "messages_app.outgoingmail"
    mail.save(update_fields=["subject_kind"])
    hers, firm = office.browser(priya), office.browser(helen)
    assert "Mon 23 Nov, 10:00 · Writing mail · Okafor Legal" in told(hers.get(reverse("my-outcomes")))
    said = {"kind": "lead", "on": "2026-11-24", "words": "Mr Stone wants a will"}
    another = hers.post(reverse("my-outcome-report"), said | {"work": f"calls.call:{mail.subject_id}"})
    assert "That is no work of yours any more." in told(another)
    out_of = {"work": f"messages_app.outgoingmail:{mail.subject_id}"}
    assert hers.post(reverse("my-outcome-report"), said | out_of).status_code == 303
    row = Outcome.objects.get()
    assert (row.client, row.subject_id) == (okafor.row, mail.subject_id)
    assert "writing mail <b>2:01</b>" in told(firm.get(reverse("outcomes")))
    refused = firm.post(reverse("outcome-count", args=[row.pk]), follow=True)
    assert "Say how much that is." in told(refused)
    firm.post(reverse("outcome-count", args=[row.pk]), {"worth": "250"})
    run = paying.approve(prepared(helen, *NOVEMBER), by=ruth, at=clock.now())
    statement = run.statements.get()
    assert statement.gross == Decimal(5)
    parts = [
        part
        for row in pay_statement.told(priya.user, statement)["rows"]
        if row.amount == "5.00"
        for part in row.parts
    ]
    assert [(part.what, part.seconds) for part in parts] == [("Mr Stone wants a will, worth 250.00", 121)]
    assert statement.lines.get(kind="commission").rule == "Of 250.00 EUR that these are worth together."


def test_commission_on_a_bill_says_what_it_was_and_opens_its_call(office, okafor, priya, helen):
    """The firm and the client read it; a bookkeeper reads neither what it was nor whose call."""
    ClientPlan.objects.create(
        client=okafor.row, from_on=date(2026, 11, 1), price=1, currency="GBP", meeting_price=4, made_by=helen
    )
    call = Call.objects.create(
        client=okafor.row,
        line=okafor.line,
        carrier_id="CA2",
        caller_name="Lily Shaw",
        secretary=priya,
        state=Call.State.CLOSED,
        outcome=Call.Outcome.NO_MESSAGE,
        answered_at=clock.now(),
        closed_at=clock.now(),
    )
    worked(okafor, priya, "2026-11-23 10:00:00", 61, subject=call.pk)
    Outcome.objects.create(
        secretary=priya,
        client=okafor.row,
        kind="meeting",
        on=date(2026, 11, 23),
        words="Lily Shaw, on Friday",
        subject_kind="calls.call",
        subject_id=call.pk,
        reported_by=helen,
    )
    bill = billing.draft(okafor.row, NOVEMBER[0], at=clock.now())
    page = told(office.browser(helen).get(reverse("books-bill", args=[bill.pk])))
    commission = page[page.index("Commission for meetings booked") :]
    for words in ("Lily Shaw, on Friday", "talking <b>1:01</b>", reverse("calls-record", args=[call.pk])):
        assert words in commission, words
    bea = office.user("bea@example.com", "Bea")
    Post.objects.create(user=bea, post=Post.Kind.BOOKKEEPER)
    hers = told(office.browser(bea).get(reverse("books-bill", args=[bill.pk])))
    assert "Commission for meetings booked" in hers
    assert "Lily Shaw" not in hers


def test_what_a_share_was_reckoned_of_stands_beside_it_on_page_and_paper(office, okafor, priya, helen):
    """2.5 % of 99.99 and, once the plan has changed, 4 % of 50.00: 2.50 and 2.00.

    The paper that is mailed says what an order is worth, and not what it was.
    """
    facts = {"client": okafor.row, "price": 1, "currency": "GBP", "made_by": helen}
    for from_on, until_on, percent in ((1, date(2026, 11, 14), "2.5"), (15, None, "4")):
        begins = date(2026, 11, from_on)
        ClientPlan.objects.create(from_on=begins, until_on=until_on, order_percent=Decimal(percent), **facts)
    for day, worth in ((10, "99.99"), (20, "50")):
        Outcome.objects.create(
            secretary=priya,
            client=okafor.row,
            kind="order",
            on=date(2026, 11, day),
            worth=Decimal(worth),
            words="Forty lilies",
            reported_by=helen,
        )
    bill = billing.draft(okafor.row, NOVEMBER[0], at=clock.now())
    rule = "2.5 % of what each order is worth. From 15 November 2026: 4 % of what each order is worth."
    page = told(office.browser(helen).get(reverse("books-bill", args=[bill.pk])))
    for words in (rule, "worth 99.99 GBP", "worth 50.00 GBP", "Forty lilies"):
        assert words in page, words
    mailed = paper.words(bill, None, firm=Firm.current())
    assert rule in [line["rule"] for line in mailed["lines"]]
    [orders] = [each["rows"] for each in mailed["items"] if each["words"] == "Commission on orders"]
    assert [(row[1], row[-1]) for row in orders] == [("worth 99.99 GBP", "2.50"), ("worth 50.00 GBP", "2.00")]
    assert "Forty lilies" not in str(mailed)


def test_commission_on_a_bill_names_a_day_and_no_time_that_nobody_has_said(office, okafor, priya, helen):
    """What came of work is of a day: on page, paper and the page on which it is credited."""
    with_plan(okafor, helen, lead_price=4)
    an_order(okafor, priya, helen, kind="lead", state=Outcome.State.COUNTS)
    office.clock_says("2026-12-02 10:00")
    draft = billing.draft(okafor.row, NOVEMBER[0], at=clock.now())
    bill = billing.issue(draft, by=helen, at=clock.now())
    desk = office.browser(helen)
    for name in ("books-bill", "books-give-back"):
        page = told(desk.get(reverse(name, args=[bill.pk])))
        assert "Tue 24 Nov" in page
        assert "12:00:00" not in page
    [leads] = [each["rows"] for each in paper.words(bill, None, firm=Firm.current())["items"]]
    assert [row[0] for row in leads] == ["Tue 24 Nov"]


def an_order(okafor, priya, helen, **facts) -> Outcome:
    facts = {"kind": "order", "on": date(2026, 11, 24), "words": "Forty lilies"} | facts
    facts = {"state": Outcome.State.REPORTED, "reported_by": priya.user} | facts
    return Outcome.objects.create(client=okafor.row, secretary=priya, **facts)


def with_plan(okafor, helen, **facts) -> ClientPlan:
    return ClientPlan.objects.create(
        client=okafor.row, from_on=NOVEMBER[0], price=1, made_by=helen, **{"currency": "GBP"} | facts
    )


def test_a_share_is_not_taken_of_what_is_worth_it_in_other_money(office, okafor, priya, helen, by_commission):
    """Two in a hundred of 200.00 pounds are no four euros."""
    agreed, row = with_plan(okafor, helen), an_order(okafor, priya, helen, worth=Decimal(200))
    firm = office.browser(helen)
    refused = told(firm.post(reverse("outcome-count", args=[row.pk]), {"worth": "200"}, follow=True))
    assert "which is in GBP, and she is paid in EUR" in refused
    said = {"secretary": priya.pk, "client": okafor.row.pk, "kind": "order", "worth": "200", "words": "Roses"}
    by_hand = firm.post(reverse("outcome-add"), said | {"on": "2026-11-24"})
    assert (by_hand.status_code, "which is in GBP, and she is paid in EUR" in told(by_hand)) == (422, True)
    assert not Outcome.objects.counting().exists()
    meeting = an_order(okafor, priya, helen, kind="meeting")  # eight euros, whatever the client pays
    firm.post(reverse("outcome-count", args=[meeting.pk]))
    ClientPlan.objects.filter(pk=agreed.pk).update(currency="EUR")
    firm.post(reverse("outcome-count", args=[row.pk]), {"worth": "200"})
    assert set(Outcome.objects.counting()) == {meeting, row}


def test_an_order_of_which_the_client_owes_a_share_says_what_it_is_worth(office, okafor, priya, helen):
    """Without it nothing would be billed, and nobody would know."""
    with_plan(okafor, helen, order_percent=5)
    row, firm = an_order(okafor, priya, helen), office.browser(helen)
    refused = told(firm.post(reverse("outcome-count", args=[row.pk]), follow=True))
    assert "The client owes a share of what it is worth." in refused
    said = {"secretary": priya.pk, "client": okafor.row.pk, "kind": "order", "words": "Roses"}
    by_hand = firm.post(reverse("outcome-add"), said | {"worth": "0", "on": "2026-11-24"})
    assert "The client owes a share of what it is worth." in told(by_hand)
    assert firm.post(reverse("outcome-add"), said | {"worth": "40", "on": "2026-11-24"}).status_code == 303
    lead = an_order(okafor, priya, helen, kind="lead")  # of which nobody owes a share
    firm.post(reverse("outcome-count", args=[lead.pk]))
    assert {each.words for each in Outcome.objects.counting()} == {"Roses", lead.words}
