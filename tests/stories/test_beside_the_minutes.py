"""What a plan bills beside minutes: commission on what came of a call, and costs that are passed on."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from calls.models import Call
from clients.models import DeliveryRule, WorkRecord
from secretariat import clock
from secretariat.books import paying
from secretariat.books.models import Bill, Issuer
from secretariat.office.pay import By, Term
from tests.books.conftest import call

from . import by_keyboard as keys
from .at_desk import answers, bar_says, presses_on, writes
from .looking import go_to
from .paying import HOUR, signed
from .test_by_the_plan import at_noon, drafts, paper_of, talks
from .test_every_part_of_a_plan import agrees
from .test_put_through import panel_says, puts_through
from .test_the_money import last_month

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_outcomes.py, test_texts.py, test_plans.py
PHONE = {"width": 390, "height": 844}
DAY = timedelta(days=1)


def issued(page, client: str) -> Bill:
    """The one draft of the month, issued; the page has gone to it."""
    page.locator("tr", has_text=client).get_by_role("link").click()
    keys.presses(page.get_by_role("button", name="Issue this bill"))
    expect(page.locator("main")).to_contain_text("Issued as")
    return Bill.objects.exclude(number="").latest("first_on")


def line_of(page, words: str):
    return page.locator(".bill-lines tbody tr", has_text=words)


def opened(page, words: str):
    """What a line is made of, row by row, once it is opened."""
    keys.presses(line_of(page, words).get_by_role("link", name=re.compile("^Open its")))
    rows = page.locator("details.fold", has=page.locator("summary", has_text=words)).locator("tbody tr")
    expect(rows.first).to_be_visible()
    return rows


def test_commission_on_her_clients_bill_and_in_her_own_pay(office):
    """2.5 % of an order of 1,249.90 and 6.50 for a lead, out of a call of two minutes; 2 % of it are hers."""
    okafor, helen, ruth = office.client("Okafor Legal"), office.supervisor(), office.supervisor("Ruth")
    priya = office.secretary("Priya", okafor, ready=False)
    Issuer.objects.update(vat_percent=20)
    share = Term(By.SHARE, Decimal(2), of="order", condition="once it is paid")
    signed(priya, helen, HOUR, share, currency="GBP")
    first = last_month()
    day = first.replace(day=28)
    rang = call(okafor, f"{day} 09:13", by=priya, talk=120)
    desk = office.enters(helen, to=f"/firm/books/plans/{okafor.row.pk}/")
    shares = {"commission on each order": "2.5", "commission for each lead": "6.50"}
    agrees(desk, "With commission", first, "Time", "1.20", **shares)

    # She reports both, the order out of its call and without a mouse.
    hers = office.enters(priya, to="/desk/pay/outcomes/")
    keys.picks(hers.get_by_label("What came of it"), "An order")
    hers.get_by_label("Out of which work").select_option(value=f"calls.call:{rang.pk}")
    keys.types_day(hers.get_by_label("Day"), day)
    keys.types(hers.get_by_label("What it is worth"), "1249.90")
    keys.types(hers.get_by_label("In a few words"), "Forty lilies")
    keys.presses(hers.get_by_role("button", name="Report it"))
    expect(hers.locator(".row-plain", has_text="Forty lilies")).to_contain_text("Waits for the firm")
    hers.get_by_label("What came of it").select_option(label="A lead")
    hers.get_by_label("For which client").select_option(label="Okafor Legal")
    hers.get_by_label("Day").fill(day.isoformat())
    hers.get_by_label("In a few words").fill("Mr Stone wants a will")
    hers.get_by_role("button", name="Report it").click()
    expect(hers.locator(".row-plain")).to_have_count(2)

    go_to(desk, "/firm/books/outcomes/")
    keys.presses(desk.get_by_role("button", name="It counts : Forty lilies"))
    expect(desk.locator(".row-plain", has_text="Forty lilies")).to_contain_text("Counts")
    desk.get_by_role("button", name="It counts : Mr Stone wants a will").click()
    expect(desk.locator(".row-plain", has_text="Mr Stone wants a will")).to_contain_text("Counts")
    drafts(desk, first)
    bill = issued(desk, "Okafor Legal")
    assert (bill.net, bill.vat, bill.total) == (Decimal("40.15"), Decimal("8.03"), Decimal("48.18"))

    # The client reads each with its rule, and opens it to the call it came of.
    portal = office.enters(okafor.owner, to="/portal/bills/", viewport=PHONE)
    portal.get_by_role("link", name=re.compile(bill.number)).click()
    told = (
        ("Usage", "1.20 GBP a minute.", "2.40"),
        ("Commission on orders", "2.5 % of what each order is worth.", "31.25"),
        ("Commission for leads", "6.50 GBP for each lead.", "6.50"),
    )
    for page in (portal, desk):
        for words, rule, amount in told:
            expect(line_of(page, words)).to_contain_text(rule)
            expect(line_of(page, words).locator("td").last).to_have_text(amount)
        expect(page.locator("tfoot")).to_contain_text("48.18 GBP")
    expect(opened(portal, "Commission for leads")).to_contain_text("Mr Stone wants a will")
    order = opened(portal, "Commission on orders")
    expect(order.get_by_role("link")).to_have_text(f"{day:%a} {day.day} {day:%b}")  # and no hour of it
    for words in ("Forty lilies", "worth 1,249.90 GBP", "talking 2:00", "31.25"):
        expect(order).to_contain_text(words)
    paper = paper_of(portal)
    for words in (*(rule for _words, rule, _amount in told), "worth 1,249.90 GBP", "48.18 GBP"):
        assert words in paper, words
    keys.presses(order.get_by_role("link"))
    expect(portal.locator("h1")).to_have_text("Mrs Brill")

    # So does she, in her own pay of the month.
    run = paying.begin(first, bill.last_on, clock.now().date(), by=helen, at=clock.now())
    paying.approve(paying.prepare(run, by=helen, at=clock.now()), by=ruth, at=clock.now())
    go_to(hers, "/desk/pay/")
    keys.presses(hers.locator("table").get_by_role("link").first)
    expect(line_of(hers, "Commission: 2 %")).to_contain_text("Of 1,249.90 GBP")
    expect(hers.locator(".bill-lines tfoot")).to_contain_text("25.00 GBP")
    expect(opened(hers, "Commission: 2 %")).to_contain_text("Forty lilies")


def test_texts_and_what_was_put_through_are_passed_on_and_a_wrong_number_is_not_billed(office):
    """8.5 pence a text, half a penny a minute put through; an answered call is five minutes at least."""
    okafor = office.client("Okafor Legal", opens="00:00", closes="00:00")
    DeliveryRule.objects.create(client=okafor.row, contact=okafor.owner, channel="text")
    tunde = office.contact(okafor, "Tunde Adeyemi", by=("portal",))
    mobile, helen = office.mobile_of(tunde), office.supervisor()
    priya = office.secretary("Priya", okafor)
    first = clock.now().astimezone(okafor.row.tz).date().replace(day=1)
    firm = office.enters(helen, to=f"/firm/books/plans/{okafor.row.pk}/")
    passed_on = {"a text message, passed on": "0.085", "a minute put through, passed on": "0.005"}
    agrees(firm, "Passed on", first, "Time", "1.20", **{"least time of an answered call": "300"} | passed_on)

    # Two callers, of whose messages the client has a text each; the second is put through to Tunde.
    desk = office.at_her_desk(priya)
    talks(office, desk, okafor, 60)
    office.rings(okafor)
    answers(desk)
    writes(desk, "The Harrow Street lease. It ends in May.")
    puts_through(desk, "Put straight through")
    mobile.answers()
    panel_says(desk, "a key takes the call")
    mobile.presses("1")
    bar_says(desk, "they talk on")
    desk.get_by_label("Message", exact=True).press("Control+Enter")
    expect(desk.get_by_text("Sent to Okafor Legal")).to_be_visible()
    office.passes(550)  # 4.6 pence, and less than 5.5 however long the rest takes
    mobile.hangs_up()
    office.eventually(lambda: Call.objects.filter(state=Call.State.CLOSED).count() == 2)

    # The third has dialled the wrong number. She says so without a mouse.
    go_to(desk, "/desk/")
    office.line_is_connected(desk, priya)
    caller = office.rings(okafor, caller="+447700900456")
    answers(desk)
    presses_on(desk.get_by_role("button", name="No message", exact=True))
    keys.chooses(desk.get_by_role("group", name="Why no message?"), "Wrong number")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("main")).to_contain_text("No message: Wrong number")
    caller.hang_up()
    office.eventually(lambda: Call.objects.filter(state=Call.State.CLOSED).count() == 3)
    office.settle()
    desk.close()

    office.passes((at_noon((first + 32 * DAY).replace(day=2)) - clock.now()).total_seconds())
    drafts(firm, first)
    bill = issued(firm, "Okafor Legal")
    portal = office.enters(okafor.owner, to="/portal/bills/", viewport=PHONE)
    portal.get_by_role("link", name=re.compile(bill.number)).click()
    told = (
        ("Usage", "An answered call is at least 5 min 00 s.", "12.00"),
        ("Not billed", "Never billed: wrong number", "0.00"),
        ("Calls put through, passed on", "0.005 GBP a minute, to the second.", "0.05"),
        ("Text messages, passed on", "0.085 GBP each, however long it is.", "0.17"),
    )
    for page in (portal, firm):
        for words, rule, amount in told:
            expect(line_of(page, words)).to_contain_text(rule)
            expect(line_of(page, words).locator("td").last).to_have_text(amount)
        expect(page.locator("tfoot")).to_contain_text("12.22 GBP")
    wrong = opened(portal, "Not billed")
    expect(wrong.locator("td").nth(1)).to_have_text("wrong number")
    expect(wrong.locator("td").last).to_have_text("0.00")
    texts = opened(portal, "Text messages, passed on")
    expect(texts.locator("td:last-child")).to_have_text(["0.09", "0.08"])
    expect(texts.locator("th")).to_contain_text(["to Owner of Okafor Legal"] * 2)
    through = opened(portal, "Calls put through, passed on")
    talked = WorkRecord.objects.get(kind="put_through")
    minutes, seconds = divmod(-(-(talked.ended_at - talked.started_at) // timedelta(seconds=1)), 60)
    expect(through.locator("td").nth(1)).to_have_text(f"{minutes} min {seconds:02} s")
    expect(through).to_contain_text("Dana Reyes")
    paper = paper_of(portal)
    for words in (*(rule for _words, rule, _amount in told), "wrong number", "12.22 GBP"):
        assert words in paper, words
    keys.presses(through.get_by_role("link"))
    expect(portal.locator("h1")).to_have_text("Dana Reyes")
