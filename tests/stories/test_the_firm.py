"""The firm's own two chains, each from its first page to its last cent."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from calls.models import Call
from clients.models import WorkItem
from secretariat import clock
from secretariat.books import billing, hours
from secretariat.books.models import ClientPlan, PayingAccount, PayStatement
from secretariat.books.supervision import first_calls
from secretariat.office.models import Secretary, SecurityRule

from . import by_keyboard as keys
from . import joining
from .at_desk import answers, bar_says, writes
from .looking import go_to
from .paying import IBAN, approves, approves_run, confirms, has_her_account, prepares
from .test_to_the_bank import file_of
from .test_to_their_end import takes_a_message

pytestmark = pytest.mark.slow
DAY = 24 * 3600
RULE = "My screen locks after five minutes."


def test_from_a_rung_call_to_its_seconds_on_the_bill(office):
    okafor = office.client("Okafor Legal")
    helen, priya = office.supervisor(), office.secretary("Priya", okafor)
    month = clock.now().astimezone(okafor.row.tz).date().replace(day=1)
    ClientPlan.objects.create(
        client=okafor.row, name="To the second", from_on=month, price=Decimal("60"), counts=["wrap_up"]
    )
    takes_a_message(office, office.at_her_desk(priya), okafor)
    office.eventually(Call.objects.filter(state=Call.State.CLOSED).exists)
    office.settle()
    desk = office.enters(helen, to=f"/firm/books/bills/?month={month:%Y-%m}")
    desk.get_by_role("button", name="Draft this month’s bills").click()
    desk.get_by_role("link", name="Draft Okafor Legal").click()
    desk.get_by_role("link", name="Open its 1 part").first.click()
    item = desk.locator("details.fold tbody tr").first
    expect(item).to_be_visible()
    expect(item).to_contain_text("talking")
    bill = billing.preview(okafor.row, month).made
    units = item.locator("td").nth(1).inner_text()
    assert units.strip()
    expect(desk.locator("tfoot")).to_contain_text(f"{bill.net:,.2f}")  # a second is a pound: its own price
    item.get_by_role("link").click()
    expect(desk.locator("main")).to_contain_text("Okafor Legal")


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_from_an_application_to_the_first_pay(office):
    """Without a mouse she joins, signs, confirms and reads; with one mostly the firm, and two for the run."""
    okafor, helen, ruth = office.client("Okafor Legal"), office.supervisor(), office.supervisor("Ruth")
    SecurityRule.objects.create(words=RULE)
    PayingAccount.objects.create(name="Lantern Ltd", iban=IBAN, bic="COBADEFFXXX")
    firm = office.enters(helen)
    joining.publishes(firm)
    page = office.browsers.context().new_page()
    came = joining.applies(office, page)
    joining.invites(firm)
    joining.joins(office, page)
    joining.is_bound(firm, page)
    joining.may_take_first_calls(firm, came, "Ruth")

    # Her first call lasts ten minutes. It is gone through with her, and she works here.
    joining.begins_her_shift(page, RULE)
    office.line_is_connected(page, Secretary.objects.get())
    talks_for(office, page, okafor, 600)
    office.eventually(Call.objects.filter(state=Call.State.CLOSED).exists)
    office.eventually(WorkItem.objects.filter(kind=first_calls.KIND).exists)  # seconds after she took it
    second = office.enters(ruth, to=reverse("applicant", args=[came.pk]))
    joining.works_here(second, came)
    joining.goes_home(page)
    has_her_account(office, page, joining.MAIL, "Nora Quist")

    # The week is over: she confirms it, one of the firm approves it, and two have a part in the run.
    monday = hours.this_monday(Secretary.objects.get(), clock.now())
    office.passes(8 * DAY)
    hers = joining.signs_in(office)
    confirms(hers, monday)
    firm = office.enters(helen)
    approves(firm, "Nora")
    prepares(firm, monday, monday + timedelta(days=6))
    second = office.enters(ruth)
    approves_run(second, firm)
    button = second.get_by_role("button", name="For the bank (SEPA)")
    paper = file_of(second, lambda: keys.presses(button))
    second.reload()
    second.get_by_role("button", name="All of it is paid").click()
    expect(second.locator("main")).to_contain_text("1 payment is marked as paid.")

    # Her statement opens to the seconds of that call, and the file carries its sum to her account.
    go_to(hers, "/desk/pay/")
    keys.presses(hers.get_by_role("table", name="Statements").get_by_role("link").first)
    expect(hers.locator("main .pill").first).to_have_text("Paid")
    keys.presses(hers.locator("details.fold summary").first)
    talked = hers.locator("details.fold tbody tr", has_text="Talking")
    expect(talked.locator("td").nth(1)).to_have_text(re.compile(r"^10:\d\d$"))
    statement = PayStatement.objects.get()
    assert statement.total >= Decimal("2.40")  # ten minutes of fourteen forty an hour
    expect(hers.locator("tfoot").first).to_contain_text(f"{statement.total:.2f} EUR")
    assert f'<InstdAmt Ccy="EUR">{statement.total:.2f}</InstdAmt>' in paper
    assert "Nora Quist" in paper
    assert hers.locator("details.fold tbody tr").count() == statement.parts.count()
    talked.get_by_role("rowheader").get_by_role("link").click()
    expect(hers.locator("main")).to_contain_text("Okafor Legal")


def talks_for(office, desk, client, seconds: int) -> None:
    """A call that lasts so long, and the message of it."""
    caller = office.rings(client)
    answers(desk)
    office.passes(seconds)
    writes(desk, "The court has moved the hearing.")
    caller.hang_up()
    bar_says(desk, "Call ended")
    desk.get_by_label("Message", exact=True).press("Control+Enter")
    expect(desk.get_by_text(f"Sent to {client.row.name}")).to_be_visible()
