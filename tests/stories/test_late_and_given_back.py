"""A month of which a plan holds in part, work that comes after its bill, and what the firm gives back."""

import re
from calendar import monthrange
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from playwright.sync_api import expect

from secretariat import clock
from secretariat.books import billing
from secretariat.books.models import Bill, ClientPlan, Issuer
from tests.books.conftest import call

from . import by_keyboard as keys
from .looking import go_to
from .paying import approves, confirms
from .test_beside_the_minutes import DAY, PHONE, issued, line_of, opened
from .test_by_the_plan import at_noon, drafts, paper_of
from .test_every_part_of_a_plan import agrees
from .test_the_money import last_month

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_bills.py, test_crediting.py
OWNER = "owner.of.okafor.legal@clients.example"


@pytest.fixture
def firm(office):
    office.okafor, office.helen = office.client("Okafor Legal"), office.supervisor()
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    office.first = last_month()
    office.second = clock.now().date().replace(day=1)
    return office


def is_the_month_after(firm) -> None:
    """This month is over, too, and can be billed."""
    after = (firm.second + 32 * DAY).replace(day=2)
    firm.passes((at_noon(after) - clock.now()).total_seconds())


def opens_bill(page, bill: Bill) -> None:
    go_to(page, "/portal/bills/")
    page.get_by_role("link", name=re.compile(rf"^{bill.number}")).click()
    expect(page.locator("h1")).to_contain_text(bill.number)


def test_part_of_a_month_costs_its_days_and_what_comes_late_is_on_the_next_bill(firm):
    """From the eleventh on, 100.00 a month and 1.20 a minute. Half an hour is written down afterwards."""
    begins, late = firm.first.replace(day=11), firm.first.replace(day=20)
    of_days = monthrange(begins.year, begins.month)[1]
    retainer = (Decimal(100) * (of_days - 10) / of_days).quantize(Decimal("0.01"), ROUND_HALF_UP)
    call(firm.okafor, f"{firm.first.replace(day=15)} 12:00", by=firm.priya, talk=300)
    desk = firm.enters(firm.helen, to=f"/firm/books/plans/{firm.okafor.row.pk}/")
    agrees(desk, "From the eleventh", begins, "Time", "1.20", **{"Retainer a month": "100"})
    drafts(desk, firm.first)
    before = issued(desk, "Okafor Legal")
    assert before.total == retainer + 6
    portal = firm.enters(firm.okafor.owner, viewport=PHONE)
    opens_bill(portal, before)
    days = f"{of_days - 10} of {of_days} days"
    for page in (portal, desk):
        cells = line_of(page, "Retainer").locator("td")
        expect(cells).to_have_text([days, f"{retainer:.2f}"])
        expect(line_of(page, "Retainer")).to_contain_text("100.00 GBP for a whole month.")
        expect(page.locator(".plan-words")).to_contain_text("Part of a month costs, and includes, its share")
        expect(page.locator("tfoot")).to_contain_text(f"{retainer + 6:.2f} GBP")
    paper = paper_of(portal)
    for words in (days, "100.00 GBP for a whole month.", f"{retainer:.2f}"):
        assert words in paper, words

    # The bill is out. She writes down what nothing had recorded, without a mouse; the firm closes her week.
    hers = firm.enters(firm.priya, to="/desk/time/add/")
    keys.picks(hers.get_by_label("Client", exact=True), "Okafor Legal")
    keys.types_day(hers.get_by_label("Day"), late)
    hers.get_by_label("From", exact=True).fill("12:00:00")
    hers.get_by_label("Until", exact=True).fill("12:30:00")
    keys.types(hers.get_by_label("What you did, and why it was not recorded"), "The line was down")
    keys.presses(hers.get_by_role("button", name="Write it down"))
    expect(hers.locator("main")).to_contain_text("Written down.")
    confirms(hers, late - timedelta(days=late.weekday()))
    approves(desk, "Priya")
    is_the_month_after(firm)
    drafts(desk, firm.second)
    after = issued(desk, "Okafor Legal")
    before.refresh_from_db()
    assert (before.total, after.total) == (retainer + 6, Decimal("136.00"))

    # The client sees of which day it is, on the page and on paper.
    opens_bill(portal, after)
    day = f"{late:%a} {late.day} {late:%b}"
    for page in (portal, desk):
        expect(line_of(page, "Retainer").locator("td")).to_have_text(["–", "100.00"])
        expect(line_of(page, "Usage").locator("td")).to_have_text(["30 min 00 s", "36.00"])
        rows = opened(page, "Usage")
        expect(rows.locator("th")).to_contain_text([day])
        expect(rows).to_contain_text("12:00:00")
        expect(rows).to_contain_text("other work 30:00")
    assert f"{day} 12:00:00" in paper_of(portal)


@pytest.mark.console_may_complain  # of the form that is refused: 422
def test_what_is_given_back_unasked_and_what_of_it_can_be_withdrawn(firm):
    """Of 48.00 and VAT a call of 12.00 is credited, and 5.00 by a slip, which the next bill puts right."""
    Issuer.objects.update(vat_percent=20)
    plan = {"name": "Plan", "from_on": firm.first, "price": Decimal("1.20"), "retainer": Decimal(30)}
    ClientPlan.objects.create(client=firm.okafor.row, **plan)
    for day, seconds in ((10, 300), (15, 600)):
        call(firm.okafor, f"{firm.first.replace(day=day)} 12:00", by=firm.priya, talk=seconds)
    draft = billing.draft(firm.okafor.row, firm.first, at=clock.now())
    bill = billing.issue(draft, by=firm.helen, at=clock.now())
    assert bill.total == Decimal("57.60")

    # One call by keyboard, then a sum by mouse. Where nothing is ticked, nothing is lost of what is typed.
    desk = firm.enters(firm.helen, to=f"/firm/books/bills/{bill.pk}/")
    keys.presses(desk.get_by_role("link", name="Credit something of it"))
    keys.types(desk.get_by_label("Why"), "The wrong greeting")
    keys.presses(desk.get_by_role("button", name="Issue the credit note"))
    expect(desk.locator("main")).to_contain_text("Tick a line or a part of one, or say a sum.")
    expect(desk.get_by_label("Why")).to_have_value("The wrong greeting")
    keys.presses(desk.locator("summary", has_text="Some parts of it: Usage"))
    rang = desk.get_by_role("checkbox", name=re.compile(r"Mrs Brill · 10 min 00 s · 12\.00"))
    keys.presses(rang, "Space")
    keys.presses(desk.get_by_role("button", name="Issue the credit note"))
    expect(desk.locator("main")).to_contain_text("14.40 GBP are given back, by credit note")
    expect(desk.locator("main")).to_contain_text("Due now: 43.20 GBP")
    desk.get_by_role("link", name="Credit something of it").click()
    desk.get_by_label("A sum, before VAT").fill("5")
    desk.get_by_label("Why").fill("You waited")
    desk.get_by_role("button", name="Issue the credit note").click()
    expect(desk.locator("main")).to_contain_text("6.00 GBP are given back, by credit note")
    expect(desk.locator("main")).to_contain_text("Due now: 37.20 GBP")
    of_call, of_sum = Bill.objects.filter(kind="credit").order_by("number")

    # The client has a mail of each, sees what each is for, and what remains.
    for note, amount in ((of_call, "14.40"), (of_sum, "6.00")):
        firm.eventually(
            lambda note=note, amount=amount: any(
                note.number in each["text"] and f"takes {amount} GBP off what you owe" in each["text"]
                for each in firm.outside.mail(OWNER)
            )
        )
    portal = firm.enters(firm.okafor.owner, to="/portal/bills/", viewport=PHONE)
    row = portal.get_by_role("link", name=re.compile(rf"^{bill.number}"))
    expect(row).to_contain_text("37.20 to be paid")
    keys.presses(row)
    expect(portal.locator("main")).to_contain_text("37.20 GBP to be paid")
    notes = [portal.get_by_role("link", name=f"Credit note {each.number}") for each in (of_call, of_sum)]
    expect(notes[1]).to_contain_text("−6.00 GBP")
    expect(notes[0]).to_contain_text("−14.40 GBP")
    keys.presses(notes[0])
    expect(line_of(portal, f"Usage, of bill {bill.number}")).to_contain_text("The wrong greeting")
    expect(portal.locator("tfoot td")).to_have_text(["", "−12.00", "", "−2.40", "", "−14.40 GBP"])
    expect(opened(portal, "Usage, of bill")).to_contain_text("Mrs Brill")
    paper = paper_of(portal)
    for words in (f"Credit note {of_call.number}", bill.number, "The wrong greeting", "−14.40 GBP"):
        assert words in paper, words
    keys.presses(portal.get_by_role("link", name=f"takes off from bill {bill.number}"))
    notes[1].click()
    expect(line_of(portal, f"Given back of bill {bill.number}")).to_contain_text("You waited")
    expect(portal.locator("tfoot")).to_contain_text("−6.00 GBP")

    # The second was for somebody else. A note that is issued stays; the next bill takes it back, and says so.
    go_to(desk, f"/firm/books/bills/{of_sum.pk}/")
    expect(desk.get_by_role("link", name="Credit something of it")).to_have_count(0)
    slip = f"Credit note {of_sum.number} was made by mistake"
    go_to(desk, f"/firm/books/plans/{firm.okafor.row.pk}/")
    keys.picks(desk.get_by_label("What it is"), "An agreed fee")
    keys.types(desk.get_by_label("What for, as it stands on the bill"), slip)
    keys.types(desk.get_by_label("Amount before VAT"), "5")
    keys.presses(desk.get_by_role("button", name="Put it on the next bill"))
    expect(desk.locator("#own-lines li")).to_contain_text(slip)

    # Goodwill that stands on a draft alone is taken back without a trace.
    desk.get_by_label("What it is").select_option(label="Goodwill: taken off")
    desk.get_by_label("What for, as it stands on the bill").fill("For the line that was down")
    desk.get_by_label("Amount before VAT").fill("3")
    desk.get_by_role("button", name="Put it on the next bill").click()
    expect(desk.locator("#own-lines li")).to_have_count(2)
    drafts(desk, firm.second)
    expect(desk.locator("tr", has_text="Okafor Legal")).to_contain_text("38.40 GBP")  # of 32.00
    go_to(desk, f"/firm/books/plans/{firm.okafor.row.pk}/")
    keys.presses(desk.get_by_role("button", name="Take it back : For the line that was down"))
    expect(desk.locator("main")).to_contain_text("Taken back. It is on no bill to come.")
    is_the_month_after(firm)
    go_to(desk, f"/firm/books/bills/?month={firm.second:%Y-%m}")
    after = issued(desk, "Okafor Legal")
    assert (after.net, after.vat, after.total) == (Decimal("35.00"), Decimal("7.00"), Decimal("42.00"))

    go_to(portal, "/portal/bills/")
    for number, due in ((bill.number, "37.20"), (after.number, "42.00")):
        row = portal.get_by_role("link", name=re.compile(f"^{number}"))
        expect(row).to_contain_text(f"{due} to be paid")
    opens_bill(portal, after)
    for page in (portal, desk):
        expect(line_of(page, slip)).to_contain_text("As agreed.")
        expect(line_of(page, slip).locator("td").last).to_have_text("5.00")
        expect(page.locator("main")).not_to_contain_text("For the line that was down")
