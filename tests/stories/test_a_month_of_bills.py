"""A month of bills: from the plan over a credited line to the reminder, and what the month left."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from secretariat import clock
from secretariat.books import telling
from secretariat.books.models import Bill, ClientPlan

from . import by_keyboard as keys
from .looking import go_to
from .test_the_money import DAY, last_month, worked

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_bills.py, test_telling.py
PHONE = {"width": 390, "height": 844}
OWNER = "owner.of.okafor.legal@clients.example"


@pytest.fixture
def firm(office):
    office.okafor, office.brill = office.client("Okafor Legal"), office.client("Brill Dental")
    office.helen = office.supervisor()
    office.priya = office.secretary("Priya", office.okafor, office.brill, ready=False)
    return office


def told(firm, *words: str) -> dict:
    """The mail to the client's owner that says all of this."""
    return firm.eventually(
        lambda: next(
            (each for each in firm.outside.mail(OWNER) if all(said in each["text"] for said in words)), None
        )
    )


def agrees_on_a_plan(page, client: str, first) -> None:
    """By mouse."""
    go_to(page, "/firm/books/plans/")
    page.get_by_role("link", name=client).click()
    page.get_by_role("link", name="Agree on a plan").click()
    page.get_by_label("Name of the plan").fill("Morning cover")
    page.get_by_label("Holds from").fill(first.isoformat())
    page.get_by_label("last day, where it is known").fill((first - timedelta(days=1)).isoformat())
    page.get_by_label("Price of a minute, call, message or task").fill("1.20")
    page.get_by_label("Retainer a month").fill("30")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("main")).to_contain_text("It ends before it begins.")
    expect(page.get_by_label("Name of the plan")).to_have_value("Morning cover")  # nothing typed is lost
    page.get_by_label("last day, where it is known").fill("")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("main")).to_contain_text("Holds today")
    expect(page.locator(".plan-words")).to_contain_text("1.20 GBP")


def agrees_by_keyboard(page, client: str, first) -> None:
    go_to(page, "/firm/books/plans/")
    keys.presses(page.get_by_role("link", name=client))
    keys.presses(page.get_by_role("link", name="Agree on a plan"))
    keys.types(page.get_by_label("Name of the plan"), "By the call")
    keys.types_day(page.get_by_label("Holds from"), first)
    keys.picks(page.get_by_label("What is billed"), "Each call")
    keys.types(page.get_by_label("Price of a minute, call, message or task"), "2.50")
    keys.presses(page.get_by_role("button", name="Keep it"))
    expect(page.locator(".plan-words")).to_contain_text("2.50 GBP")


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_from_the_plan_to_the_credited_line_and_what_the_month_left(firm):
    first = last_month()
    at = clock.now().replace(year=first.year, month=first.month, day=10, hour=12, minute=0)
    worked(firm.okafor, firm.priya, at, 180)
    worked(firm.brill, firm.priya, at + timedelta(hours=1), 60)
    desk = firm.enters(firm.helen, to="/firm/books/plans/")
    agrees_on_a_plan(desk, "Okafor Legal", first)
    agrees_by_keyboard(desk, "Brill Dental", first)

    go_to(desk, f"/firm/books/bills/?month={first:%Y-%m}")
    desk.get_by_role("button", name="Draft this month’s bills").click()
    expect(desk.locator("tr", has_text="Okafor Legal")).to_contain_text("33.60 GBP")
    expect(desk.locator("tr", has_text="Brill Dental")).to_contain_text("2.50 GBP")
    keys.presses(desk.get_by_role("button", name="Issue all 2 drafts"))
    expect(desk.locator("tr", has_text="Okafor Legal")).to_contain_text("To be paid")
    expect(desk.locator("tr", has_text="Brill Dental")).to_contain_text("To be paid")
    numbers = Bill.objects.values_list("number", flat=True)
    assert len(set(numbers)) == 2
    number = Bill.objects.get(client=firm.okafor.row).number
    mail = told(firm, f"Bill {number} is here: 33.60 GBP")
    assert mail["subject"] == f"Bill {number}"

    # On her telephone she opens it, and asks about one line.
    portal = firm.enters(firm.okafor.owner, to="/portal/bills/", viewport=PHONE)
    portal.get_by_role("link", name=re.compile(number)).click()
    portal.get_by_role("link", name=re.compile("^Question this line")).nth(1).click()
    portal.get_by_label("What is not clear?").fill("Nobody rang on the tenth")
    portal.get_by_role("button", name="Ask about this line").click()
    expect(portal.locator("main")).to_contain_text("held back until we have answered")

    go_to(desk, "/firm/books/bills/")
    keys.presses(desk.get_by_role("link", name=re.compile("Nobody rang on the tenth")))
    asked = desk.get_by_role("region", name="A question to be answered")
    keys.types(asked.get_by_label("Answer to the client"), "A test of ours")
    keys.presses(asked.get_by_role("button", name="Credit the line"))
    expect(desk.locator("main")).to_contain_text("Credited, by a note with its own number.")
    told(firm, "takes 3.60 GBP off what you owe")
    go_to(portal, "/portal/bills/")
    expect(portal.locator("main")).to_contain_text("Credit note")
    portal.get_by_role("link", name=re.compile(rf"^{number}")).click()
    expect(portal.locator("main")).to_contain_text("30.00 GBP to be paid")

    # What is left of the month, and the month for the accounts.
    go_to(desk, f"/firm/books/profit/?month={first:%Y-%m}")
    expect(desk.locator("tr", has_text="Okafor Legal")).to_contain_text("30.00 GBP")
    expect(desk.locator("tr", has_text="Brill Dental")).to_contain_text("2.50 GBP")
    keys.presses(desk.get_by_role("link", name="Month after"))
    with desk.expect_download() as kept:
        desk.get_by_role("link", name="For the accounts (CSV)").click()
    accounts = kept.value.path().read_text(encoding="utf-8-sig")
    assert f'"Bill","{number}","Okafor Legal","33.600"' in accounts
    assert '"Okafor Legal","-3.600"' in accounts


def test_a_bill_is_reminded_of_until_it_is_paid(firm):
    first = last_month()
    ClientPlan.objects.create(client=firm.okafor.row, name="Month", from_on=first, retainer=30, price=0)
    desk = firm.enters(firm.helen, to=f"/firm/books/bills/?month={first:%Y-%m}")
    desk.get_by_role("button", name="Draft this month’s bills").click()
    desk.get_by_role("button", name="Issue 1 draft").click()
    expect(desk.locator("tr", has_text="Okafor Legal")).to_contain_text("To be paid")
    bill = Bill.objects.get()

    def days_after(days: int) -> int:
        """Noon, so many days after it was to be paid. How many are told then."""
        noon = clock.now().replace(hour=12, minute=0)
        firm.passes((noon - clock.now()).total_seconds())
        firm.passes((bill.due_on + timedelta(days=days) - noon.date()).days * DAY)
        return telling.remind(at=clock.now())  # as the sweep does every hour of its own

    days_after(2)
    mail = told(firm, "30.00 GBP of bill", "has not come yet")
    assert mail["subject"] == f"Bill {bill.number}: a reminder"
    portal = firm.enters(firm.okafor.owner, to="/portal/bills/", viewport=PHONE)
    expect(portal.locator("main")).to_contain_text("Overdue")
    go_to(desk, f"/firm/books/bills/{bill.pk}/")
    keys.types(desk.get_by_label("Amount", exact=True), "30")
    keys.presses(desk.get_by_role("button", name="Note a payment"))
    expect(desk.locator("main")).to_contain_text("The payment is noted.")
    portal.reload()
    expect(portal.locator("main")).to_contain_text("Settled")
    said = len(firm.outside.mail(OWNER))
    assert days_after(15) == 0
    firm.settle()
    assert len(firm.outside.mail(OWNER)) == said


def test_the_client_is_told_when_three_quarters_and_when_all_is_used(firm):
    month = clock.now().astimezone(firm.okafor.row.tz).date().replace(day=1)
    ClientPlan.objects.create(
        client=firm.okafor.row, name="Ten minutes", from_on=month, price="1.20", included=10, retainer=20
    )
    worked(firm.okafor, firm.priya, clock.now(), 480)
    telling.tell_usage(at=clock.now())  # as the sweep does every quarter of an hour
    mail = told(firm, "Used so far")
    assert mail["subject"] == "75 percent of what is included this month is used"
    portal = firm.enters(firm.okafor.owner, to="/portal/bills/", viewport=PHONE)
    expect(portal.locator("main")).to_contain_text("80 %")
    worked(firm.okafor, firm.priya, clock.now() + timedelta(minutes=10), 240)
    telling.tell_usage(at=clock.now())
    firm.eventually(
        lambda: any(
            each["subject"] == "100 percent of what is included this month is used"
            for each in firm.outside.mail(OWNER)
        )
    )
    portal.reload()
    expect(portal.locator("main")).to_contain_text("2.40 GBP")  # two minutes beyond

    # She sets herself a limit, on her telephone and without a mouse.
    keys.presses(portal.locator("summary", has_text="Set yourself a limit"))
    keys.types(portal.get_by_label("Your own limit a month, before VAT"), "25")
    keys.presses(portal.get_by_role("button", name="Keep this limit"))
    expect(portal.locator("main")).to_contain_text("of your limit of 25.00")
    desk = firm.enters(firm.helen, to="/desk/work/")
    expect(desk.locator("main")).to_contain_text("has used all of this month’s 10 min")
