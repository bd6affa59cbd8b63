"""One month by every part of a plan: pieces, messages, minutes, fees, discount, goodwill, our mistake."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from calls.models import Call
from clients.models import WorkRecord
from messages_app.models import Message
from secretariat import clock, ids
from secretariat.books.models import Bill, Waiver

from . import by_keyboard as keys
from .looking import go_to
from .test_by_the_plan import at_noon, drafts, paper_of, talks

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_plans.py, test_own_lines.py
PHONE = {"width": 390, "height": 844}


USED = {"By the piece": Decimal("8.00"), "By the message": Decimal("4.50"), "By the minute": Decimal("6.00")}


@pytest.fixture
def firm(office):
    """Two letters are typed on a day of one plan, three messages taken on a day of another; calls come today.

    On the first days of a month the plan of the minute comes first, else last.
    """
    today = clock.now().date()
    office.first = today.replace(day=1)
    days = (10, 15, 1) if today.day < 3 else (1, 2, 3)
    office.since = {name: today.replace(day=day) for name, day in zip(USED, days, strict=True)}
    office.okafor = office.client("Okafor Legal", opens="00:00", closes="00:00")
    office.helen, office.priya = office.supervisor(), office.secretary("Priya", office.okafor)
    for minutes in (0, 30):
        at = at_noon(office.since["By the piece"]) + timedelta(minutes=minutes)
        WorkRecord.objects.create(
            client=office.okafor.row,
            secretary=office.priya,
            kind="letter",
            subject_kind="letters.letter",
            subject_id=ids.uuid7(),
            started_at=at,
            ended_at=at + timedelta(seconds=607),
        )
    for hour in range(3):
        at = at_noon(office.since["By the message"]) + timedelta(hours=hour)
        by = {"client": office.okafor.row, "taken_by": office.priya.user}
        Message.objects.create(taken_at=at, text="Ring back", **by)
    return office


def agrees(page, name: str, since, measure: str, price: str, **more: str) -> None:
    """From a day on, without a mouse. What is not said stays as it was."""
    keys.presses(page.get_by_role("link", name=re.compile("Agree on a plan|Change from a day on")))
    for label, words in {"Name of the plan": name, "Price of a minute": price, **more}.items():
        page.get_by_label(label).fill("")
        keys.types(page.get_by_label(label), words)
    keys.types_day(page.get_by_label("Holds from"), since)
    page.get_by_label("What is billed").select_option(label=measure)
    page.get_by_label("Time is billed").select_option(label="In steps of 6 seconds")
    keys.presses(page.get_by_role("button", name="Keep it"))
    expect(page.locator("main")).to_contain_text("The plan is kept.")
    expect(page.locator("main")).to_contain_text(name)


def sums_of(fold) -> tuple[list[str], Decimal]:
    """What each part of an opened line comes to, and together."""
    said = fold.locator("tbody td:nth-child(5)").all_inner_texts()
    return said, sum((Decimal(each.replace("−", "-")) for each in said), Decimal(0))


def test_every_part_of_her_plan_stands_on_her_bill_to_the_cent(firm):
    first = firm.first
    office = firm.enters(firm.helen, to=f"/firm/books/plans/{firm.okafor.row.pk}/")
    fees = {"fee a year": "120", "set-up fee, once": "50", "discount, percent": "10"}
    said = {
        "By the piece": {"measure": "Each task", "price": "4"},
        "By the message": {"measure": "Each message", "price": "1.50"},
        "By the minute": {"measure": "Time", "price": "1.20", "least time of an answered call": "300"},
    }
    in_turn = sorted(USED, key=firm.since.get)
    for name in in_turn:  # what is paid only once is not copied into the next one
        agrees(office, name, firm.since[name], **said[name], **(fees if name == in_turn[0] else {}))

    # Two callers today. With the second we got it wrong.
    desk = firm.at_her_desk(firm.priya)
    talks(firm, desk, firm.okafor, 120)
    talks(firm, desk, firm.okafor, 120)
    desk.close()
    wrong = Call.objects.order_by("pk").last()
    after = (first + timedelta(days=32)).replace(day=2)
    firm.passes((at_noon(after) - clock.now()).total_seconds())

    office = firm.enters(firm.helen)
    drafts(office, first)
    office.locator("tr", has_text="Okafor Legal").get_by_role("link").click()
    keys.presses(office.get_by_role("link", name="Add a fee, or goodwill"))
    office.get_by_label("What it is").select_option(label="Goodwill: taken off")
    keys.types(office.get_by_label("What for, as it stands on the bill"), "For the letter that came late")
    keys.types(office.get_by_label("Amount before VAT"), "5")
    keys.presses(office.get_by_role("button", name="Put it on the next bill"))
    expect(office.locator("#own-lines li")).to_contain_text("For the letter that came late")
    go_to(office, f"/firm/books/bills/?month={first:%Y-%m}")  # the draft has it at once
    office.locator("tr", has_text="Okafor Legal").get_by_role("link").click()
    expect(office.locator("h1")).to_contain_text("Draft for")
    ours = office.locator("details.fold", has=office.locator("summary", has_text="Usage, By the minute"))
    ours.locator("summary").first.click()
    ours = ours.locator("tbody tr").last
    ours.locator("summary").click()
    ours.get_by_label("What went wrong").fill("The wrong greeting")
    ours.get_by_role("button", name="Do not bill it").click()
    expect(office.locator("main")).to_contain_text("Not billed any more.")
    assert Waiver.objects.get().subject_id == wrong.pk
    office.get_by_role("button", name="Issue this bill").click()
    expect(office.locator("main")).to_contain_text("169.65 GBP")
    bill = Bill.objects.get()
    assert (bill.state, bill.total) == ("issued", Decimal("169.65"))

    portal = firm.enters(firm.okafor.owner, to="/portal/bills/", viewport=PHONE)
    portal.get_by_role("link", name=re.compile(bill.number)).click()
    begun = in_turn[0]
    off = {name: (used + (120 if name == begun else 0)) / 10 for name, used in USED.items()}
    told = (
        ("Usage, By the piece", "2 tasks", "8.00"),
        ("Usage, By the message", "3 messages", "4.50"),
        ("Usage, By the minute", "5 min 00 s", "6.00"),
        (f"Yearly fee, {begun}", "–", "120.00"),
        (f"Set-up fee, {begun}", "–", "50.00"),
        ("For the letter that came late", "", "−5.00"),
        *((f"Discount, {name}", "–", f"−{amount:.2f}") for name, amount in off.items()),
    )
    lines = portal.locator(".bill-lines tbody tr")
    for words, much, amount in told:
        line = lines.filter(has_text=words)
        expect(line.locator("td").last).to_have_text(amount)
        expect(line.locator("td").first).to_contain_text(much)
    assert sum(Decimal(each[2].replace("−", "-")) for each in told) == bill.total
    expect(portal.locator("tfoot")).to_contain_text("169.65 GBP")

    # Each line opens to what it is made of, and these are the line.
    opened = (
        ("Usage, By the piece", ["4.00", "4.00"], "writing letters"),
        ("Usage, By the message", ["1.50", "1.50", "1.50"], "–"),
        ("Usage, By the minute", ["6.00"], "talking"),
    )
    for words, parts, kind in opened:
        keys.presses(lines.filter(has_text=words).get_by_role("link", name=re.compile("^Open its")))
        fold = portal.locator("details.fold", has=portal.locator("summary", has_text=words))
        expect(fold.locator("tbody tr").first).to_be_visible()
        expect(fold.locator("tbody")).to_contain_text(kind)
        assert sums_of(fold) == (parts, sum(map(Decimal, parts)))
    fold = portal.locator("details.fold", has=portal.locator("summary", has_text="Not billed"))
    fold.locator("summary").click()
    mistake = fold.locator("tbody tr", has_text="our mistake")
    expect(mistake).to_have_count(1)
    expect(mistake).to_contain_text("talking")
    expect(mistake.locator("td").last).to_have_text("0.00")

    paper = paper_of(portal)
    for said in (
        *("4.00 GBP a task", "1.50 GBP a message", "1.20 GBP a minute"),
        "Each call is billed in steps of 6 seconds; a step begun counts.",
        "An answered call is at least 5 min 00 s.",
        "Yearly fee: 120.00 GBP, in the month of its anniversary.",
        "Set-up fee, once: 50.00 GBP.",
        "10 % off retainer, usage, and monthly and yearly fees.",
        *("For the letter that came late", "our mistake", "169.65 GBP"),
    ):
        assert said in paper, said
