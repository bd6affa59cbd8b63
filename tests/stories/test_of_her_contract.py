"""What her contract gives and what it does not: an employee's benefits, and work on trial for nothing."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from calls.models import Offer
from clients.models import Assignment
from secretariat import clock
from secretariat.books.models import PayStatement
from secretariat.office.contracts import ending
from secretariat.office.models import Contract, Shift

from . import by_keyboard as keys
from .at_desk import bar_says
from .looking import go_to, host
from .passing import comes_to, day
from .paying import approves, approves_run, confirms, has_an_account, last_monday, prepares, signed
from .test_engaging import signs_by_keyboard, signs_for_the_firm
from .test_the_money import worked

pytestmark = pytest.mark.slow  # likewise in rooms: tests/office/test_benefits.py, test_contract_limits.py
PHONE = {"width": 390, "height": 844}
TENTH = Decimal("0.1")  # of a day, for each day of a contract that gives 36.5 a year


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def helen(office):
    return office.supervisor()


def keeps(page) -> None:
    page.get_by_role("button", name="Keep the draft").click()


def offers(page) -> None:
    page.get_by_role("button", name="Offer it to Priya").click()
    expect(page.get_by_role("button", name="Take the offer back")).to_be_visible()


def days_earned(first, last) -> str:
    """By 36.5 a year, as a balance says it."""
    return f"{(((last - first).days + 1) * TENTH).normalize():f} days"


def balance(page, what: str):
    """The cells of one benefit: how it is earned, earned, taken, stands at."""
    row = page.get_by_role("table", name="Benefits").locator("tr", has=page.get_by_text(what, exact=True))
    return row.locator("td")


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_an_employees_holiday_is_earned_asked_for_granted_and_paid_and_a_contractor_has_none(
    office, okafor, helen
):
    """By mouse the firm, by keyboard she."""
    ruth, priya = office.supervisor("Ruth"), office.secretary("Priya", okafor, ready=False)
    maya = office.secretary("Maya", okafor, ready=False)
    signed(maya, helen)
    first, monday = day(-99), last_monday(priya) + timedelta(days=14)
    has_an_account(office, priya)
    other = office.enters(maya, to="/desk/pay/", viewport=PHONE)
    expect(other.locator("main")).to_contain_text("Your contract carries no benefits")

    # As a contractor's they are refused, with a sentence, and nothing that was typed is lost.
    firm = office.enters(helen, to=reverse("contract-write", args=[priya.pk]))
    firm.get_by_label("From", exact=True).fill(f"{first:%Y-%m-%d}")
    firm.get_by_label("Currency").fill("EUR")
    firm.get_by_label("Money an hour at work").fill("14.40")
    firm.get_by_label("paid holiday, days a year").fill("36.5")
    firm.get_by_label("What such a day is paid").fill("100")
    firm.get_by_label("Medical cover").fill("50")
    firm.get_by_label("Pension, percent of her pay").fill("5")
    keeps(firm)
    expect(firm.locator("main")).to_contain_text("Only an employee’s contract carries benefits.")
    for label, typed in (("Money an hour at work", "14.40"), ("paid holiday", "36.5"), ("Pension", "5")):
        expect(firm.get_by_label(label)).to_have_value(typed)
    assert not Contract.objects.filter(secretary=priya).exists()
    firm.get_by_label("Form", exact=True).select_option(label="Employee")
    keeps(firm)
    offers(firm)
    hers = office.enters(priya, to="/desk/contract/")
    for said in ("36.5 days a year", "50.00 EUR a month", "5 % of your pay"):
        expect(hers.locator("main")).to_contain_text(said)
    signs_by_keyboard(hers, "Priya Nair")
    expect(hers.locator("main")).to_contain_text("The firm signs next")
    signs_for_the_firm(firm)

    # She sees what she has earned, and asks for two days of it.
    go_to(hers, "/desk/pay/")
    expect(balance(hers, "Paid holiday")).to_contain_text(["36.5 days", "10 days", "0 days", "10 days"])
    go_to(hers, "/desk/shifts/")
    keys.presses(hers.get_by_role("link", name="Ask for days off"))
    keys.types_day(hers.get_by_label("First day"), monday)
    keys.types_day(hers.get_by_label("Last day"), monday + timedelta(days=1))
    keys.presses(hers.get_by_role("button", name="Send it to the firm"))
    expect(hers.get_by_role("region", name="Days off")).to_contain_text("Asked for")
    go_to(firm, reverse("rota-asked"))
    left = days_earned(first, monday + timedelta(days=1)).removesuffix(" days")
    expect(firm.locator("main")).to_contain_text("This asks for 2 working days.")
    expect(firm.locator("main")).to_contain_text(f"she has {left} left")
    firm.get_by_role("button", name="Approve the days").click()
    expect(firm.get_by_role("button", name="Approve the days")).to_have_count(0)
    expect(hers.get_by_role("region", name="Days off")).to_contain_text("Approved")  # by itself

    # The days have passed: the balance is the smaller, and they are on her pay, and her pension with them.
    at_ten = clock.now().replace(hour=10, minute=0, second=0, microsecond=0)
    wednesday = monday + timedelta(days=2)
    comes_to(office, monday + timedelta(days=7), "12:00")
    worked(okafor, priya, at_ten.replace(year=wednesday.year, month=wednesday.month, day=wednesday.day), 3600)
    confirms(hers, monday)
    approves(firm, "Priya")
    prepares(firm, monday, monday + timedelta(days=6))
    approves_run(office.enters(ruth, to="/firm/books/pay/"), firm)
    go_to(hers, "/desk/pay/")
    today = monday + timedelta(days=7)
    earned = days_earned(first, today)
    left = days_earned(first, today - timedelta(days=20))  # two whole days fewer
    expect(balance(hers, "Paid holiday")).to_contain_text(["36.5 days", earned, "2 days", left])
    expect(balance(hers, "Pension").last).to_have_text("10.72 EUR")  # 5 % of 214.40
    keys.presses(hers.get_by_role("table", name="Statements").get_by_role("link").first)
    row = hers.locator("tbody tr", has_text="paid holiday").first
    expect(row).to_contain_text("200.00")
    expect(hers.locator("tfoot").first).to_contain_text("214.40 EUR")
    assert PayStatement.objects.get().gross == Decimal("214.40")
    go_to(firm, reverse("supervision-of", args=[priya.pk]))
    expect(balance(firm, "Paid holiday").last).to_have_text(left)


@pytest.mark.console_may_complain  # of forms that are refused, and of a desk that is hers no more
def test_work_on_trial_is_printed_as_nought_ends_with_its_hours_and_by_its_day(office, okafor, helen):
    priya = office.secretary("Priya", okafor, ready=False)
    maya = office.secretary("Maya", okafor, line="phone", turn=Assignment.Turn.STAND_IN, ready=False)
    last = day(4)
    firm = office.enters(helen, to=reverse("contract-write", args=[priya.pk]))
    main = firm.locator("main")
    firm.get_by_label("Form", exact=True).select_option(label="Trial, unpaid")
    firm.get_by_label("From", exact=True).fill(f"{day(0):%Y-%m-%d}")
    firm.get_by_label("Of a trial: hours in all").fill("2")
    keeps(firm)
    expect(main).to_contain_text("Unpaid work has a last day and a limit of hours.")
    expect(firm.get_by_label("Of a trial: hours in all")).to_have_value("2")
    firm.get_by_label("Until", exact=True).fill(f"{last:%Y-%m-%d}")
    firm.get_by_label("Money an hour at work").fill("14.40")
    keeps(firm)
    expect(main).to_contain_text("It cannot be offered yet. Unpaid work has no rate.")
    expect(firm.get_by_role("button", name="Offer it to Priya")).to_have_count(0)
    firm.get_by_role("link", name="Change the draft").click()
    firm.get_by_label("Money an hour at work").fill("")
    keeps(firm)
    offers(firm)

    hers = office.enters(priya, to="/desk/contract/")
    words = ("0.00 GBP an hour: this work is unpaid.", "At most 2 hours in all, and none after the last day.")
    for said in words:
        expect(hers.locator("main")).to_contain_text(said)
    with hers.expect_download() as kept:
        keys.presses(hers.get_by_role("link", name="Keep the paper (PDF)"))
    paper = PdfReader(BytesIO(kept.value.path().read_bytes()))
    printed = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert all(said in printed for said in words)
    assert "what you earned" not in printed
    signs_by_keyboard(hers, "Priya Nair")
    expect(hers.locator("main")).to_contain_text("The firm signs next")
    signs_for_the_firm(firm)
    hers.close()

    # Within its hours a call comes to her; once they are done she is at home, and the next goes elsewhere.
    desk = office.at_her_desk(priya)
    caller = office.rings(okafor)
    bar_says(desk, "Okafor Legal is ringing")
    caller.hang_up()
    office.passes(2 * 3600 + 60)
    ending.stop_trials(at=clock.now())  # as the sweep does every minute of its own
    office.eventually(Shift.objects.filter(secretary=priya, ended_at__isnull=False).exists)
    office.starts_shift(maya)
    before = Offer.objects.filter(secretary=priya).count()
    caller = office.rings(okafor, caller="+447700900999")
    office.eventually(lambda: office.phone_of(maya))
    assert Offer.objects.filter(secretary=priya).count() == before
    caller.hang_up()
    go_to(desk, "/desk/shift/")
    keys.presses(desk.get_by_label("I am alone in a quiet room"), "Space")
    keys.presses(desk.get_by_role("button", name="Start shift"))
    expect(desk.locator("main")).to_contain_text("The 2 hours of unpaid work that were agreed are done.")

    # And it ends by its day: she reads it still, and the desk is shut.
    comes_to(office, last + timedelta(days=1), "12:00")
    ending.end_what_is_over(at=clock.now())  # likewise
    firm.reload()
    expect(main).to_contain_text("Off the team of Okafor Legal")
    go_to(desk, "/desk/contract/")
    expect(desk.locator("main")).to_contain_text(words[0])
    for page in (desk, firm):
        expect(page.locator("main")).to_contain_text(re.compile(rf"Its last day was \w+ {last:%-d %b}"))
    assert desk.goto(f"{host(desk)}/desk/").status == 404
    assert Contract.objects.get().closed_at
