"""From a corrected interval, an expense and a lead to the file for the bank and to the fairness board."""

import csv
from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from secretariat import clock
from secretariat.books.models import Outcome, PayingAccount, PayStatement
from secretariat.office.pay import By, Term

from . import by_keyboard as keys
from .looking import go_to
from .paying import (
    HOUR,
    IBAN,
    approves,
    approves_run,
    confirms,
    has_an_account,
    last_monday,
    prepares,
    signed,
)
from .test_the_money import worked

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/
WEEK = timedelta(days=7)


@pytest.fixture
def firm(office):
    office.okafor = office.client("Okafor Legal")
    office.helen, office.ruth = office.supervisor(), office.supervisor("Ruth")
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    office.monday = last_monday(office.priya)
    noon = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    office.begun = noon.replace(year=office.monday.year, month=office.monday.month, day=office.monday.day)
    return office


def file_of(page, press) -> str:
    """What is downloaded once something is pressed."""
    with page.expect_download() as kept:
        press()
    return kept.value.path().read_text(encoding="utf-8-sig")


def test_a_corrected_hour_and_an_expense_are_paid_and_leave_as_files(firm):
    signed(firm.priya, firm.helen)
    has_an_account(firm, firm.priya)
    PayingAccount.objects.create(name="Lantern Ltd", iban=IBAN, bic="COBADEFFXXX")
    worked(firm.okafor, firm.priya, firm.begun, 3600)

    # An hour was recorded; it was half of it. She says why, and both stand there.
    hers = firm.enters(firm.priya, to=f"/desk/time/?week={firm.monday:%Y-%m-%d}")
    expect(hers.locator("main")).to_contain_text("1:00:00")
    keys.presses(hers.get_by_role("link", name="Correct"))
    local = (firm.begun + timedelta(minutes=30)).astimezone(ZoneInfo("Europe/London"))
    hers.get_by_label("Until").fill(f"{local:%H:%M:%S}")
    hers.get_by_label("Why").fill("The line stayed open; we had said goodbye")
    hers.get_by_role("button", name="Correct it").click()
    expect(hers.locator("main")).to_contain_text("Corrected. What it was before stands beside it.")
    expect(hers.locator("main")).to_contain_text("we had said goodbye")
    expect(hers.locator("main")).to_contain_text("30:00")
    confirms(hers, firm.monday)

    go_to(hers, "/desk/pay/")
    laid_out = hers.locator("form").filter(has=hers.get_by_role("button", name="Ask for it back"))
    keys.types_day(laid_out.get_by_label("Day"), firm.monday)
    keys.types(laid_out.get_by_label("Amount, in EUR"), "45")
    keys.types(laid_out.get_by_label("What for"), "A headset")
    keys.presses(laid_out.get_by_role("button", name="Ask for it back"))
    expect(hers.locator("main")).to_contain_text("Written down. It is paid back once the firm has agreed.")

    # The firm sees what was corrected, closes the week, and agrees to the headset.
    desk = firm.enters(firm.helen, to="/firm/books/time/")
    desk.locator(".row-link", has_text="Priya").click()
    expect(desk.locator("main")).to_contain_text("1 interval was corrected; both values stand below.")
    approves(desk, "Priya")
    go_to(desk, "/firm/books/pay/")
    agrees = desk.get_by_role("button", name="Agree : A headset", exact=True)
    keys.presses(agrees)
    expect(agrees).to_have_count(0)
    prepares(desk, firm.monday, firm.monday + WEEK - timedelta(days=1))
    second = firm.enters(firm.ruth, to="/firm/books/pay/")
    second.locator("table").get_by_role("link").first.click()
    expect(second.locator("main")).to_contain_text("A headset")  # what was entered by hand, and who agreed
    expect(second.locator("main")).to_contain_text("52.20")
    approves_run(second, desk)

    # It leaves as a table, and as a file for the bank, which is then marked as paid.
    table = file_of(second, second.get_by_role("button", name="As a table (CSV)").click)
    rows = list(csv.reader(table.splitlines()))
    assert any("52.20" in cell for row in rows for cell in row)
    assert any("Priya" in cell for row in rows for cell in row)
    expect(second.locator("main")).to_contain_text("1 payment, 52.20 EUR")
    button = second.get_by_role("button", name="For the bank (SEPA)")
    paper = file_of(second, lambda: keys.presses(button))
    assert "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09" in paper
    for said in (IBAN, "Priya Nair", '<InstdAmt Ccy="EUR">52.20</InstdAmt>'):
        assert said in paper
    second.reload()
    second.get_by_role("button", name="All of it is paid").click()
    expect(second.locator("main")).to_contain_text("1 payment is marked as paid.")

    go_to(hers, "/desk/pay/")
    keys.presses(hers.locator("table").get_by_role("link").first)
    expect(hers.locator("main .pill").first).to_have_text("Paid")
    for said in ("7.20", "A headset", "45.00", "52.20 EUR"):
        expect(hers.locator("main")).to_contain_text(said)
    assert file_of_bytes(hers, "On paper (PDF)").startswith(b"%PDF")

    # What an hour came to stands on both boards: the headset is no part of it.
    go_to(hers, "/desk/fairness/")
    expect(hers.locator("tr", has_text="What an hour of work came to")).to_contain_text("14.40 EUR")
    expect(hers.locator("tr", has_text="Worked, of the hours promised")).to_contain_text("30 min 00 s")
    go_to(desk, "/firm/books/fairness/")
    expect(desk.locator("tr", has_text="Priya")).to_contain_text("14.40 EUR")


def file_of_bytes(page, name: str) -> bytes:
    """The paper behind a link, shown or kept as the browser is set to."""
    fetched = "async link => [...new Uint8Array(await (await fetch(link.href)).arrayBuffer())]"
    return bytes(page.get_by_role("link", name=name).evaluate(fetched))


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_lead_is_reported_counted_and_paid_and_another_is_not(firm):
    """She reports one without a mouse and one with it; the firm says of each whether it counts."""
    signed(firm.priya, firm.helen, HOUR, Term(By.OUTCOME, Decimal(8), of="lead"))
    worked(firm.okafor, firm.priya, firm.begun, 600)
    hers = firm.enters(firm.priya, to="/desk/pay/")
    keys.presses(hers.get_by_role("link", name="What my work led to"))
    keys.types(hers.get_by_label("In a few words"), "Mr Stone wants a will")
    keys.presses(hers.get_by_role("button", name="Report it"))
    expect(hers.locator("main")).to_contain_text("Choose the client, or the work it came out of.")
    keys.picks(hers.get_by_label("What came of it"), "A lead")
    keys.picks(hers.get_by_label("For which client"), "Okafor Legal")
    keys.types_day(hers.get_by_label("Day"), firm.monday)
    expect(hers.get_by_label("In a few words")).to_have_value("Mr Stone wants a will")
    keys.presses(hers.get_by_role("button", name="Report it"))
    expect(hers.locator(".row-plain", has_text="Mr Stone wants a will")).to_contain_text("Waits for the firm")
    hers.get_by_label("What came of it").select_option(label="A lead")
    hers.get_by_label("For which client").select_option(label="Okafor Legal")
    hers.get_by_label("Day").fill(firm.monday.isoformat())
    hers.get_by_label("In a few words").fill("Mr Stone’s brother")
    hers.get_by_role("button", name="Report it").click()
    expect(hers.locator(".row-plain")).to_have_count(2)
    confirms(hers, firm.monday)

    desk = firm.enters(firm.helen, to="/firm/books/pay/")
    desk.get_by_role("link", name="Commission: 2 wait").click()
    desk.get_by_role("button", name="It counts : Mr Stone wants a will").click()
    expect(desk.locator(".row-plain", has_text="Mr Stone wants a will")).to_contain_text("Counts")
    keys.types(desk.get_by_label("Where it does not count, why not"), "He was a client already")
    keys.presses(desk.get_by_role("button", name="It does not count : Mr Stone’s brother"))
    expect(desk.locator(".row-plain", has_text="Mr Stone’s brother")).to_contain_text("Does not count")
    go_to(hers, "/desk/pay/outcomes/")
    expect(hers.locator("main")).to_contain_text("He was a client already")

    approves(desk, "Priya")
    prepares(desk, firm.monday, firm.monday + WEEK - timedelta(days=1))
    approves_run(firm.enters(firm.ruth, to="/firm/books/pay/"), desk)
    go_to(hers, "/desk/pay/")
    hers.locator("table").get_by_role("link").first.click()
    line = hers.locator(".bill-lines tbody tr", has_text="lead")
    expect(line).to_contain_text("8.00")
    expect(hers.locator(".bill-lines tfoot")).to_contain_text("10.40")  # ten minutes are 2.40
    line.get_by_role("link", name="Open its 1 part").click()
    expect(hers.locator(".fold tbody tr", has_text="Mr Stone wants a will")).to_be_visible()
    assert PayStatement.objects.get().total == Decimal("10.40")
    assert Outcome.objects.filter(state="refused").count() == 1
