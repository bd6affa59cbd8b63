"""What a plan promises, on the bill: no VAT elsewhere, units that roll over, a limit that holds."""

import re
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from calls.models import Call
from secretariat import clock
from secretariat.books import telling
from secretariat.books.models import Bill, ClientPlan, Issuer
from tests.books.conftest import worked

from . import by_keyboard as keys
from .at_desk import answers, bar_says, goes_to_where_it_is_done, writes
from .looking import go_to
from .test_the_money import last_month

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_bills.py, test_plans.py, test_limiting.py
PHONE = {"width": 390, "height": 844}
OWNER = "owner.of.okafor.legal@clients.example"


def paper_of(page) -> str:
    """The words of the bill's PDF, behind its link."""
    fetched = "async link => [...new Uint8Array(await (await fetch(link.href)).arrayBuffer())]"
    made = bytes(page.get_by_role("link", name="On paper (PDF)").evaluate(fetched))
    return " ".join("".join(each.extract_text() for each in PdfReader(BytesIO(made)).pages).split())


def at_noon(day):
    """Noon of this day."""
    return clock.now().replace(year=day.year, month=day.month, day=day.day, hour=12, minute=0, second=0)


def drafts(page, first) -> None:
    go_to(page, f"/firm/books/bills/?month={first:%Y-%m}")
    page.get_by_role("button", name="Draft this month’s bills").click()


# --- In another country ------------------------------------------------------------------------------------


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_a_client_in_another_country_accounts_for_vat_herself(office):
    """By keyboard the firm says so; she reads it on her telephone, on paper and in the mail's own PDF."""
    linde = office.client("Linde Notare", zone="Europe/Berlin", currency="EUR")
    helen, priya = office.supervisor(), office.secretary("Priya", linde, ready=False)
    Issuer.objects.update(name="Harbour Ltd", vat_percent=20, vat_number="GB123456789")
    first = last_month()
    plan = {"name": "By the second", "from_on": first, "price": Decimal("1.20"), "currency": "EUR"}
    ClientPlan.objects.create(client=linde.row, **plan)
    worked(linde, priya, f"{first.replace(day=10)} 12:00", 150)

    firm = office.enters(helen, to=f"/firm/books/plans/{linde.row.pk}/")
    keys.presses(firm.locator("section", has_text="Bills are made out to").get_by_role("link", name="Change"))
    reverse = "Reverse charge: the client accounts for VAT"
    keys.types(firm.get_by_label("address, a line each"), "Alsterufer 1\n20354 Hamburg\nGermany")
    keys.picks(firm.get_by_label("VAT", exact=True), reverse)
    keys.presses(firm.get_by_role("button", name="Keep it"))
    expect(firm.locator("main")).to_contain_text("the client’s VAT number stands on the bill")
    expect(firm.get_by_label("address, a line each")).to_have_value(re.compile("Hamburg"))  # nothing is lost
    keys.types(firm.get_by_label("VAT number"), "DE811907980")
    keys.presses(firm.get_by_role("button", name="Keep it"))
    expect(firm.locator("main")).to_contain_text(f"{reverse} · DE811907980")

    drafts(firm, first)
    firm.get_by_role("button", name="Issue 1 draft").click()
    expect(firm.locator("tr", has_text="Linde Notare")).to_contain_text("3.00 EUR")
    bill = Bill.objects.get()
    assert (bill.vat, bill.total) == (0, bill.net)

    [mail] = office.eventually(lambda: office.outside.mail("owner.of.linde.notare@clients.example"))
    assert f"Bill {bill.number} is here: 3.00 EUR" in mail["text"]
    assert len(mail["attachments"]) == 1
    portal = office.enters(linde.owner, to="/portal/bills/", viewport=PHONE)
    portal.get_by_role("link", name=re.compile(bill.number)).click()
    foot = portal.locator("tfoot")
    expect(foot).to_contain_text("Reverse charge: the customer accounts for VAT")
    expect(foot).to_contain_text("3.00 EUR")
    expect(foot).not_to_contain_text("%")
    paper = paper_of(portal)
    for said in ("Reverse charge: the customer accounts for VAT.", "DE811907980", "GB123456789", "Hamburg"):
        assert said in paper
    assert "Amount, EUR" in paper
    assert "GBP" not in paper
    assert not re.search(r"VAT \d+ %", paper)


# --- What is not used, and what goes beyond ----------------------------------------------------------------


def test_what_was_not_used_rolls_over_and_she_opens_what_went_beyond(office):
    """Ten minutes a month: four are used, then seventeen and a half, of which one and a half are owed."""
    okafor = office.client("Okafor Legal")
    helen, priya = office.supervisor(), office.secretary("Priya", okafor, ready=False)
    second = last_month()
    first = (second - timedelta(days=1)).replace(day=1)
    ClientPlan.objects.create(
        client=okafor.row,
        name="Ten minutes",
        from_on=first,
        price=0,
        included=10,
        roll_over=True,
        overage_price=Decimal("1.50"),
        retainer=Decimal(20),
    )
    worked(okafor, priya, f"{first.replace(day=5)} 12:00", 240)
    for day, seconds in ((4, 720), (9, 300), (14, 30)):
        worked(okafor, priya, f"{second.replace(day=day)} 12:00", seconds)
    firm = office.enters(helen, to="/firm/books/bills/")
    for month in (first, second):
        drafts(firm, month)
        keys.presses(firm.get_by_role("button", name="Issue 1 draft"))
        expect(firm.locator("tr", has_text="Okafor Legal")).to_contain_text("To be paid")

    portal = office.enters(okafor.owner, to="/portal/bills/", viewport=PHONE)
    expect(portal.locator("main")).to_contain_text("of 10 min 00 s included")  # nothing lasts a second month
    keys.presses(portal.get_by_role("link", name=re.compile(f"{first:%B %Y}")))
    lines = portal.locator(".bill-lines tbody")
    expect(lines).to_contain_text("Used of these: 4 min 00 s; beyond: 0 s")
    expect(lines).not_to_contain_text("Carried over")
    expect(portal.locator("tfoot")).to_contain_text("20.00 GBP")
    keys.presses(portal.get_by_role("link", name="Bills").first)
    keys.presses(portal.get_by_role("link", name=re.compile(f"{second:%B %Y}")))
    for said in (
        "17 min 30 s",
        "Carried over from the month before: 6 min 00 s.",
        "Used of these: 16 min 00 s; beyond: 1 min 30 s at 1.50 GBP a minute.",
    ):
        expect(lines).to_contain_text(said)
    expect(portal.locator("tfoot")).to_contain_text("22.25 GBP")
    keys.presses(portal.get_by_role("link", name="Open its 3 parts"))
    rows = portal.locator("details.fold tbody tr")
    told = (
        ("12 min 00 s", "12 min 00 s", "0.00"),
        ("5 min 00 s", "4 min 00 s", "1.50"),
        ("30 s", "–", "0.75"),
    )
    expect(rows).to_have_count(len(told))
    for row, (billed, free, amount) in zip(rows.all(), told, strict=True):
        expect(row).to_be_visible()
        expect(row.locator("td")).to_have_text([re.compile("talking"), billed, free, amount])
    paper = paper_of(portal)
    assert "Carried over from the month before: 6 min 00 s." in paper
    assert "22.25 GBP" in paper


# --- Her own limit -----------------------------------------------------------------------------------------


def talks(office, desk, okafor, seconds: int) -> None:
    """A call from outside that lasts so long, and a little for the dialling; answered and written down."""
    before = Call.objects.filter(state=Call.State.CLOSED).count()
    caller = office.rings(okafor)
    answers(desk)
    writes(desk, "The court has moved the hearing.")
    office.passes(seconds)
    caller.hang_up()
    bar_says(desk, "Call ended")
    desk.get_by_label("Message", exact=True).press("Control+Enter")
    expect(desk.get_by_text("Sent to Okafor Legal")).to_be_visible()
    office.eventually(lambda: Call.objects.filter(state=Call.State.CLOSED).count() > before)
    office.settle()


def told_of_limit(office, percent: int) -> dict:
    telling.tell_usage(at=clock.now())  # as the sweep does every quarter of an hour
    about = f"{percent} percent of your limit for this month is used"
    return office.eventually(
        lambda: next((each for each in office.outside.mail(OWNER) if each["subject"] == about), None)
    )


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_calls_use_up_her_limit_and_go_on_and_nothing_beyond_it_is_billed(office):
    """Thirty pounds, by her own word: ten minutes of calls. To raise it is for her and the firm together."""
    okafor = office.client("Okafor Legal", opens="00:00", closes="00:00")
    helen, priya = office.supervisor(), office.secretary("Priya", okafor)
    month = clock.now().astimezone(okafor.row.tz).date().replace(day=1)
    ClientPlan.objects.create(
        client=okafor.row, name="By the second", from_on=month, price=3, retainer=Decimal(20)
    )
    desk = office.at_her_desk(priya)
    portal = office.enters(okafor.owner, to="/portal/bills/", viewport=PHONE)
    keys.presses(portal.locator("summary", has_text="Set yourself a limit"))
    keys.types(portal.get_by_label("Your own limit a month, before VAT"), "30")
    keys.presses(portal.get_by_role("button", name="Keep this limit"))
    expect(portal.locator("main")).to_contain_text("of your limit of 30.00 (0 %)")

    talks(office, desk, okafor, 480)
    mail = told_of_limit(office, 75)
    assert "Your limit until" in mail["text"]
    assert "Nothing beyond it is billed" not in mail["text"]
    portal.reload()
    expect(portal.locator("main")).to_contain_text(re.compile(r"of your limit of 30\.00 \([789]\d %\)"))
    talks(office, desk, okafor, 180)
    mail = told_of_limit(office, 100)
    assert "so far: 30.00 GBP. Your limit until" in mail["text"]
    assert "Nothing beyond it is billed." in mail["text"]
    portal.reload()
    expect(portal.locator("main")).to_contain_text("Nothing beyond your limit is billed.")

    # Whoever rings then is answered as before, and the firm knows that it has something to talk about.
    talks(office, desk, okafor, 60)
    assert Call.objects.filter(secretary=priya).count() == 3
    desk.close()
    firm = office.enters(helen, to="/desk/work/")
    said = "Okafor Legal has used 100 percent of this month’s limit, 30.00 GBP"
    expect(firm.locator("main")).to_contain_text(said)
    after = (month + timedelta(days=32)).replace(day=2)
    office.passes((at_noon(after) - clock.now()).total_seconds())
    drafts(firm, month)
    firm.get_by_role("button", name="Issue 1 draft").click()
    expect(firm.locator("tr", has_text="Okafor Legal")).to_contain_text("50.00 GBP")
    go_to(portal, "/portal/bills/")
    portal.get_by_role("link", name=re.compile("50.00 GBP")).click()
    beyond = portal.locator(".bill-lines tr", has_text="Above your limit, not billed")
    expect(beyond).to_contain_text("Your limit a month for usage and costs passed on is 30.00.")
    expect(beyond.locator("td").last).to_have_text(re.compile("^−"))

    # She wants more: what she types stays, and she reads whom to ask. The firm writes it down.
    go_to(portal, "/portal/bills/")
    keys.presses(portal.locator("summary", has_text="Lower your limit"))
    keys.types(portal.get_by_label("Your own limit a month, before VAT"), "60")
    keys.presses(portal.get_by_role("button", name="Keep this limit"))
    expect(portal.locator("main")).to_contain_text("Your limit is 30.00. Here it can be lowered; to raise it")
    expect(portal.get_by_label("Your own limit a month, before VAT")).to_have_value("60")
    go_to(firm, "/desk/work/")
    goes_to_where_it_is_done(firm, said)
    firm.locator("section", has_text="Bills are made out to").get_by_role("link", name="Change").click()
    firm.get_by_label("most a month for usage and costs passed on").fill("60")
    firm.get_by_role("button", name="Keep it").click()
    expect(firm.locator("main")).to_contain_text("at most 60.00 a month for usage and costs passed on")
    go_to(portal, "/portal/bills/")
    expect(portal.locator("main")).to_contain_text("of your limit of 60.00 (0 %)")
