"""What is owed and what is paid, on the pages of the people it concerns, by mouse and by keyboard."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from calls.models import Call
from clients.models import ServiceSuspension, WorkRecord
from secretariat import clock
from secretariat.books import billing, hours, owing, paying, suspending, telling
from secretariat.books.models import BillingAccount, ClientPlan, HoursQuestion, PayStatement
from secretariat.office.contracts import agreeing
from secretariat.office.models import Contract
from secretariat.office.pay import By, Term

from . import by_keyboard as keys
from .looking import go_to
from .paying import has_her_account

pytestmark = pytest.mark.slow
DAY = 24 * 3600
IBAN = "DE89370400440532013000"


def worked(client, secretary, at, seconds) -> None:
    WorkRecord.objects.create(
        client=client.row,
        secretary=secretary,
        kind="talk",
        subject_kind="calls.call",
        subject_id=client.row.pk,
        started_at=at,
        ended_at=at + timedelta(seconds=seconds),
    )


def last_month() -> date:
    return (clock.now().date().replace(day=1) - timedelta(days=1)).replace(day=1)


def billed(client, secretary, helen, *, retainer=0):
    """Last month's bill of three minutes at 1.20, to be paid on the day it is issued."""
    first = last_month()
    ClientPlan.objects.create(
        client=client.row, name="Plan", from_on=first, price=Decimal("1.20"), retainer=Decimal(retainer)
    )
    BillingAccount.objects.create(client=client.row, made_out_to=client.row.name, days_to_pay=0)
    at = clock.now().replace(year=first.year, month=first.month, day=10, hour=10)
    worked(client, secretary, at, 180)
    return billing.issue(billing.draft(client.row, first, at=clock.now()), by=helen, at=clock.now())


def test_unpaid_to_the_last_reminder_announced_heard_by_callers_and_over_with_the_payment(office):
    okafor = office.client("Okafor Legal", answers="always")
    helen, priya = office.supervisor(), office.secretary("Priya", okafor, ready=False)
    bill = billed(okafor, priya, helen)
    for days in telling.REMINDERS:
        office.passes((bill.due_on + timedelta(days=days) - clock.now().date()).days * DAY)
        telling.remind(at=clock.now())  # as the sweep does every hour of its own
    office.settle()

    firm = office.enters(helen, to=f"/firm/books/bills/{bill.pk}/")
    firm.get_by_role("link", name="Suspend the service, with notice").click()
    announced_on = clock.now().date() + timedelta(days=14)
    expect(firm.get_by_label("From the beginning of")).to_have_value(announced_on.isoformat())
    keys.presses(firm.get_by_role("button", name="Announce it to Okafor Legal"))
    expect(firm.locator("main")).to_contain_text("Announced. The client is written to now.")
    made = ServiceSuspension.objects.get()
    mail = office.eventually(lambda: office.outside.mail("owner.of.okafor.legal@clients.example"))[0]
    assert made.spoken in mail["text"]
    assert "3.60 GBP" in mail["text"]
    office.eventually(ServiceSuspension.objects.filter(notified_at__isnull=False).exists)

    portal = office.enters(okafor.owner, to="/portal/bills/")
    expect(portal.locator("main")).to_contain_text(made.callers_hear)
    expect(portal.locator("main")).to_contain_text("and it does not happen")

    office.passes((made.from_at - clock.now()).total_seconds() + 60)
    suspending.go_on(at=clock.now())  # as the sweep does every minute of its own
    maya = office.secretary("Maya", okafor, line="phone")
    caller = office.rings(okafor)
    office.eventually(lambda: made.callers_hear in " ".join(caller.heard()))
    assert office.phone_of(maya) is None
    caller.hang_up()
    go_to(portal, "/portal/bills/")
    expect(portal.locator("main")).to_contain_text("Your calls are not answered")
    go_to(portal, "/portal/calls/")
    expect(portal.locator("main")).to_contain_text("+44 7700 900123")

    # The money comes; without a mouse it is noted, and the next caller reaches her secretary.
    go_to(firm, f"/firm/books/bills/{bill.pk}/")
    keys.types(firm.get_by_label("Amount", exact=True), "3.60")
    keys.presses(firm.get_by_role("button", name="Note a payment"))
    expect(firm.locator("main")).to_contain_text("The payment is noted.")
    assert ServiceSuspension.objects.get().ended == "paid"
    office.rings(okafor, caller="+447700900999")
    office.eventually(Call.objects.filter(caller_number="+447700900999", route="offer").exists)
    office.eventually(lambda: office.phone_of(maya))
    go_to(portal, "/portal/bills/")
    expect(portal.locator("main")).not_to_contain_text("Your calls are not answered")


def test_a_line_is_questioned_held_back_explained_and_another_credited(office):
    okafor = office.client("Okafor Legal")
    helen, priya = office.supervisor(), office.secretary("Priya", okafor, ready=False)
    bill = billed(okafor, priya, helen, retainer=30)
    portal = office.enters(okafor.owner, to=f"/portal/bills/{bill.pk}/")
    lines = portal.get_by_role("link", name="Question this line")
    expect(lines).to_have_count(2)

    lines.first.click()
    portal.get_by_label("What is not clear?").fill("What is this for?")
    portal.get_by_role("button", name="Ask about this line").click()
    expect(portal.locator("main")).to_contain_text("held back until we have answered")
    # The other one without a mouse.
    keys.presses(portal.get_by_role("link", name="Question this line"))
    keys.types(portal.get_by_label("What is not clear?"), "Nobody rang on the tenth")
    keys.presses(portal.get_by_role("button", name="Ask about this line"))
    expect(portal.locator("main")).to_contain_text("0.00 GBP to be paid")

    firm = office.enters(helen, to="/firm/books/bills/")
    firm.get_by_role("link", name=re.compile("What is this for")).click()
    first = firm.get_by_role("region", name="A question to be answered").first
    first.get_by_label("Answer to the client").fill("The month as agreed")
    first.get_by_role("button", name="Explain; the line stands").click()
    expect(firm.locator("main")).to_contain_text("Explained. She is told, and has a week to pay the line.")
    second = firm.get_by_role("region", name="A question to be answered")
    keys.types(second.get_by_label("Answer to the client"), "You are right, a test of ours")
    keys.presses(second.get_by_role("button", name="Credit the line"))
    expect(firm.locator("main")).to_contain_text("Credited, by a note with its own number.")

    go_to(portal, f"/portal/bills/{bill.pk}/")
    expect(portal.locator("main")).to_contain_text("The month as agreed")
    expect(portal.locator("main")).to_contain_text("a test of ours")
    expect(portal.locator("main")).to_contain_text("30.00 GBP to be paid")
    assert owing.owed(bill).due == Decimal(30)


def under_contract(secretary, helen) -> None:
    words = dict.fromkeys(
        ("role", "duties", "rights", "obligations", "confidentiality", "breach"), "As agreed"
    )
    at = clock.now()
    draft = Contract(secretary=secretary, from_on=at.date() - timedelta(days=60), currency="EUR", **words)
    terms = [Term(By.HOUR, Decimal("14.40"))]
    offered = agreeing.offer(agreeing.write(draft, terms, by=helen), by=helen, at=at)
    signing = {"name": "As typed", "sha256": offered.sha256, "at": at}
    agreeing.accept(offered, by=secretary.user, **signing)
    agreeing.countersign(offered, by=helen, **signing)


def test_her_week_confirmed_approved_and_paid_into_the_account_she_confirmed(office):
    okafor = office.client("Okafor Legal")
    helen, ruth = office.supervisor(), office.supervisor("Ruth")
    priya = office.secretary("Priya", okafor, ready=False)
    under_contract(priya, helen)
    monday = hours.this_monday(priya, clock.now()) - timedelta(days=7)
    begun = clock.now().replace(year=monday.year, month=monday.month, day=monday.day, hour=10, minute=0)
    worked(okafor, priya, begun, 3600)

    # Her account, and the code by another way.
    hers = office.enters(priya)
    has_her_account(office, hers, "priya@example.com", "Priya Nair")

    go_to(hers, f"/desk/time/?week={monday:%Y-%m-%d}")
    keys.presses(hers.get_by_role("button", name="Confirm this week"))
    expect(hers.get_by_text("Your week is confirmed")).to_be_visible()
    firm = office.enters(helen, to=f"/firm/books/time/of/{priya.pk}/?week={monday:%Y-%m-%d}")
    firm.get_by_role("button", name="Approve and close the week").click()
    expect(firm.locator("main")).to_contain_text("Approved. The week is closed.")

    go_to(firm, "/firm/books/pay/")
    run = firm.locator("form").filter(has=firm.get_by_role("button", name="Prepare it"))
    days = (monday, monday + timedelta(days=6), clock.now().date())
    for field, on in zip(run.locator("input[type=date]").all(), days, strict=True):
        field.fill(on.isoformat())
    run.get_by_role("button", name="Prepare it").click()
    for page in (firm, office.enters(ruth, to=re.sub(r"http://[^/]+", "", firm.url))):
        expect(page.locator("main")).to_contain_text(f"…{IBAN[-4:]}")
    expect(firm.locator("main")).to_contain_text("You prepared it. Another person approves it.")
    keys.presses(page.get_by_role("button", name="Approve this run"))
    expect(page.locator("main")).to_contain_text("approved by Ruth")

    go_to(hers, "/desk/pay/")
    keys.presses(hers.locator("table").get_by_role("link").first)
    keys.presses(hers.locator("details.fold summary").first)
    expect(hers.locator("details.fold tbody").first).to_contain_text("Talking")
    expect(hers.locator("main")).to_contain_text("14.40")
    assert PayStatement.objects.get().parts.count() == 1

    # Another account afterwards: both people of the next run see that it is another one.
    worked(okafor, priya, begun + timedelta(hours=2), 600)
    other = "FR1420041010050500013M02606"
    go_to(hers, "/desk/pay/details/")
    keys.types(hers.get_by_label("Holder of the account"), "Priya Nair")
    keys.types(hers.get_by_label("IBAN"), other)
    keys.presses(hers.get_by_role("button", name="Keep it, and send the code"))
    [mail] = office.eventually(
        lambda: [each for each in office.outside.mail("priya@example.com") if other[-4:] in each["text"]]
    )
    hers.get_by_label("Code from the mail").fill(re.search(r"\b\d{6}\b", mail["text"])[0])
    hers.get_by_role("button", name="Confirm the account").click()
    expect(hers.locator("main")).to_contain_text(f"ends in {other[-4:]}")
    office.passes(7 * DAY)
    this_monday = monday + timedelta(days=7)
    worked(okafor, priya, begun + timedelta(days=7), 3600)
    seen = hours.of(priya, this_monday, at=clock.now()).seen
    week = hours.confirm(priya, this_monday, seen=seen, at=clock.now())
    hours.approve(week, by=helen, at=clock.now())
    next_run = paying.begin(
        this_monday, this_monday + timedelta(days=6), clock.now().date(), by=helen, at=clock.now()
    )
    paying.prepare(next_run, by=helen, at=clock.now())
    for reader in (firm, page):
        go_to(reader, f"/firm/books/pay/{next_run.pk}/")
        expect(reader.locator("main")).to_contain_text("another account than last time")


def test_a_supervisor_asks_in_writing_and_each_of_her_looks_stands_at_the_desk(office):
    okafor = office.client("Okafor Legal")
    helen, priya = office.supervisor(), office.secretary("Priya", okafor, ready=False)
    hers = office.enters(priya, to="/desk/supervision/")
    expect(hers.locator("main")).to_contain_text("Nobody has looked yet.")

    firm = office.enters(helen, to="/firm/supervision/")
    firm.get_by_role("rowheader").get_by_role("link", name="Priya").click()
    firm.get_by_label("What you want to know").fill("Nothing is recorded from two to three. What was it?")
    firm.get_by_role("button", name="Ask her").click()
    expect(firm.locator("main")).to_contain_text("Asked. She is told, and answers on her own page.")
    expect(firm.locator("main")).to_contain_text("Not answered yet")

    go_to(hers, "/desk/supervision/")
    expect(hers.locator("main")).to_contain_text("Nothing is recorded from two to three")
    looks = hers.locator("section").filter(has=hers.get_by_role("heading", name="Who has looked"))
    expect(looks).to_contain_text("Helen")
    keys.types(hers.get_by_label("Your answer"), "The line was down; I rang you")
    keys.presses(hers.get_by_role("button", name="Answer"))
    expect(hers.locator("main")).to_contain_text("The line was down; I rang you")
    assert HoursQuestion.objects.get().answered_at is not None

    # Without a mouse: another question, answered by mouse.
    go_to(firm, f"/firm/supervision/{priya.pk}/")
    expect(firm.locator("main")).to_contain_text("The line was down; I rang you")
    keys.types(firm.get_by_label("What you want to know"), "For how long?")
    keys.presses(firm.get_by_role("button", name="Ask her"))
    expect(firm.locator("main")).to_contain_text("For how long?")
    go_to(hers, "/desk/supervision/")
    hers.get_by_label("Your answer").fill("Forty minutes")
    hers.get_by_role("button", name="Answer").click()
    expect(hers.locator("main")).to_contain_text("Forty minutes")
    # Every page on which her figures stand is a look of its own kind.
    go_to(firm, "/firm/books/fairness/")
    go_to(firm, "/firm/books/time/")
    go_to(hers, "/desk/supervision/")
    expect(looks.locator("li").first).to_contain_text("Helen")
