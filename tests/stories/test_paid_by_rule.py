"""What a contract pays besides hours: odd shifts, a bonus, days of sickness. To the cent, by hand."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from secretariat import clock
from secretariat.books.models import PayStatement
from secretariat.office.models import Contract, PlannedShift, Shift
from secretariat.office.pay import By, Term

from . import by_keyboard as keys
from .at_desk import answers, bar_says, writes
from .joining import goes_home
from .looking import go_to
from .passing import LONDON, comes_to, day
from .paying import (
    HOUR,
    approves,
    approves_run,
    confirms,
    has_an_account,
    last_monday,
    prepares,
    signed,
)
from .test_of_her_contract import balance
from .test_the_money import worked

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_incentives.py, test_shifts_and_days.py
PHONE = {"width": 390, "height": 844}
HALF = Decimal("0.5")  # of a day, for each day of a contract that gives 182.5 a year


@pytest.fixture
def firm(office):
    office.okafor = office.client("Okafor Legal")
    office.helen, office.ruth = office.supervisor(), office.supervisor("Ruth")
    office.priya = office.secretary("Priya", office.okafor, ready=False)
    office.monday = last_monday(office.priya) + timedelta(days=14)  # of the next week
    return office


def at(on, clocks: str) -> datetime:
    return datetime.combine(on, time.fromisoformat(clocks), LONDON)


def planned(secretary, begins: datetime, ends: datetime) -> None:
    span = {"starts_at": begins, "ends_at": ends, "zone": "Europe/London"}
    PlannedShift.objects.create(secretary=secretary, state="published", published_at=clock.now(), **span)


def row_of(page, words: str):
    """The line of a statement."""
    return page.locator(".bill-lines tbody tr", has_text=words)


def parts_of(page, words: str):
    """What a line is made of, opened by the link on it."""
    keys.presses(row_of(page, words).get_by_role("link", name=re.compile("^Open its")))
    fold = page.locator("details.fold", has=page.locator("summary", has_text=words))
    expect(fold.locator("tbody tr").first).to_be_visible()
    return fold.locator("tbody tr")


def sum_of(parts) -> Decimal:
    return sum((Decimal(each) for each in parts.locator("td:last-child").all_inner_texts()), Decimal(0))


def test_a_night_a_saturday_and_a_bonus_are_paid_beside_her_hours(firm):
    """In quarters: 1:55 at night is 2:00, a call of 8 minutes 0:15, and 2¼ × 14.40 is 32.40. With 9.00 for
    the night, 12.50 for the Saturday, and 50.00 from two hours at work, which the call makes up: 103.90.
    """
    priya, wednesday, saturday = firm.priya, firm.monday + timedelta(2), firm.monday + timedelta(5)
    odd = Term(By.ODD, Decimal(9), "night"), Term(By.ODD, Decimal("12.50"), "weekend")
    bonus = Term(By.BONUS, Decimal(50), hours=Decimal(2))
    signed(priya, firm.helen, HOUR, *odd, bonus, step_seconds=Contract.Step.QUARTER)
    has_an_account(firm, priya)
    planned(priya, at(wednesday, "20:00"), at(wednesday, "23:00"))
    planned(priya, at(saturday, "10:00"), at(saturday, "10:15"))
    night = {"started_at": at(wednesday, "19:58"), "ended_at": at(wednesday, "23:01")}
    Shift.objects.create(secretary=priya, line="browser", **night)
    worked(firm.okafor, priya, at(wednesday, "21:00"), 6900)

    # On Saturday she takes a call, and sees it run under her time.
    comes_to(firm, saturday, "10:00")
    hers = firm.at_her_desk(priya)
    beside = hers.context.new_page()
    beside.goto(hers.url.replace("/desk/", "/desk/time/"))
    expect(beside.locator("main")).to_contain_text("1:55:00 at work")
    caller = firm.rings(firm.okafor)
    answers(hers)
    expect(beside.locator("#her-week")).to_contain_text("Going on")  # by itself
    writes(hers, "The court has moved the hearing.")
    firm.passes(480)
    caller.hang_up()
    bar_says(hers, "Call ended")
    hers.get_by_label("Message", exact=True).press("Control+Enter")
    expect(hers.get_by_text("Sent to Okafor Legal")).to_be_visible()
    expect(beside.locator("#her-week")).not_to_contain_text("Going on")
    expect(beside.locator("main")).to_contain_text(re.compile(r"2:0\d:\d\d at work"))
    comes_to(firm, saturday, "10:15")
    beside.close()
    goes_home(hers)

    # The week is over: confirmed, approved, and paid by two people.
    comes_to(firm, firm.monday + timedelta(7), "12:00")
    confirms(hers, firm.monday)
    office = firm.enters(firm.helen, to="/firm/books/time/")
    approves(office, "Priya")
    prepares(office, firm.monday, firm.monday + timedelta(6))
    second = firm.enters(firm.ruth, to="/firm/books/pay/")
    approves_run(second, office)
    expect(second.locator("main")).to_contain_text("103.90 EUR")

    # Each line of her statement has its rule, and opens to what it was.
    go_to(hers, "/desk/pay/")
    hers.get_by_role("table", name="Statements").get_by_role("link").click()
    told = (
        ("14.40 EUR an hour", "a quarter begun counts", "32.40"),
        ("between 22 and 6", "", "9.00"),
        ("Saturday", "", "12.50"),
        ("Bonus: 50.00 EUR", "from 2 hours at work", "50.00"),
    )
    for words, rule, amount in told:
        expect(row_of(hers, words)).to_contain_text(rule)
        expect(row_of(hers, words).locator("td").last).to_have_text(amount)
    expect(hers.locator(".bill-lines tfoot")).to_contain_text("103.90 EUR")
    assert PayStatement.objects.get().total == Decimal("103.90")
    times = parts_of(hers, "14.40 EUR an hour")
    expect(times.first).to_contain_text(f"{wednesday:%a} {wednesday.day} {wednesday:%b} 21:00:00")
    expect(times.first).to_contain_text("28.80")
    assert sum_of(times) == Decimal("32.40")
    expect(parts_of(hers, "between 22 and 6")).to_contain_text(["20:00"])
    expect(parts_of(hers, "Saturday")).to_contain_text(["10:00"])


def test_days_of_sickness_are_paid_to_an_employee_and_not_to_a_contractor(firm):
    """Monday and Tuesday at 90.00 each, and an hour at 14.40: 194.40. A contractor has the hour alone."""
    priya, monday, first = firm.priya, firm.monday, day(-60)
    maya = firm.secretary("Maya", firm.okafor, ready=False)
    gives = [{"of": "sickness", "each": "182.5", "from": ""}]
    a_day = Term(By.DAY_OFF, Decimal(90))
    signed(priya, firm.helen, HOUR, a_day, kind="employee", benefits=gives, from_on=first)
    signed(maya, firm.helen)
    for who in (priya, maya):
        has_an_account(firm, who)

    ill = [monday, monday + timedelta(1)]

    def stands_at(page, on) -> None:
        """Sickness is earned, and taken, anew from each January."""
        taken = sum(each < on and each.year == on.year for each in ill)
        earned = ((on - max(first, on.replace(month=1, day=1))).days + 1) * HALF
        cells = ["182.5 days", *(f"{each.normalize():f} days" for each in (earned, Decimal(taken)))]
        left = f"{(earned - taken).normalize():f} days"
        expect(balance(page, "Paid sickness")).to_contain_text([*cells, left])

    # On Monday morning both ring in, and the firm enters it.
    comes_to(firm, monday, "08:00")
    hers = firm.enters(priya, to="/desk/pay/", viewport=PHONE)
    stands_at(hers, monday)
    desk = firm.enters(firm.helen, to=reverse("rota-away"))
    for name in ("Priya", "Maya"):
        go_to(desk, reverse("rota-away"))
        keys.picks(desk.get_by_label("Who", exact=True), name)
        keys.types_day(desk.get_by_label("First day"), ill[0])
        keys.types_day(desk.get_by_label("Last day"), ill[1])
        keys.presses(desk.get_by_role("button", name="Enter it"))
        expect(desk.locator("main")).to_contain_text(f"Entered. {name} is told.")
    firm.eventually(lambda: [each for each in firm.outside.mail(priya.user.email) if "ill" in each["text"]])
    go_to(hers, "/desk/shifts/")
    expect(hers.get_by_role("region", name="Days off")).to_contain_text("Sickness")

    # On Thursday each works an hour; the week after two people pay it.
    comes_to(firm, monday + timedelta(7), "12:00")
    for who, clocks in ((priya, "10:00"), (maya, "14:00")):
        worked(firm.okafor, who, at(monday + timedelta(3), clocks), 3600)
    theirs = firm.enters(maya, to="/desk/time/", viewport=PHONE)
    for page in (hers, theirs):
        confirms(page, monday)
    for name in ("Priya", "Maya"):
        approves(desk, name)
    prepares(desk, monday, monday + timedelta(6))
    second = firm.enters(firm.ruth, to="/firm/books/pay/")
    approves_run(second, desk)
    expect(second.locator("tr", has_text="Priya")).to_contain_text("194.40 EUR")
    expect(second.locator("tr", has_text="Maya")).to_contain_text("14.40 EUR")

    go_to(hers, "/desk/pay/")
    stands_at(hers, monday + timedelta(7))
    go_to(desk, reverse("supervision-of", args=[priya.pk]))
    stands_at(desk, monday + timedelta(7))
    hers.get_by_role("table", name="Statements").get_by_role("link").click()
    line = row_of(hers, "Paid sickness")
    expect(line).to_contain_text("90.00 EUR for each day of paid holiday or sickness")
    expect(line.locator("td")).to_have_text(["2 days", "180.00"])
    days = parts_of(hers, "Paid sickness")
    expect(days).to_contain_text([re.compile("Mon.*90.00"), re.compile("Tue.*90.00")])
    expect(hers.locator(".bill-lines tfoot")).to_contain_text("194.40 EUR")

    # The contractor's has the hour alone, and her pages say why.
    go_to(theirs, "/desk/pay/")
    expect(theirs.locator("main")).to_contain_text("Your contract carries no benefits")
    expect(theirs.get_by_role("table", name="Benefits")).to_have_count(0)
    theirs.get_by_role("table", name="Statements").get_by_role("link").click()
    expect(theirs.locator(".bill-lines tbody tr")).to_have_count(1)
    expect(theirs.locator(".bill-lines tfoot")).to_contain_text("14.40 EUR")
    go_to(theirs, "/desk/contract/")
    expect(theirs.locator("main")).to_contain_text("Holiday and sickness are not paid")
    sums = PayStatement.objects.order_by("total").values_list("secretary__spoken_name", "total")
    assert list(sums) == [("Maya", Decimal("14.40")), ("Priya", Decimal("194.40"))]
