"""What the firm sees of a secretary she sees of herself: her share of the work, and what is said of it."""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from calls.models import Call
from clients.models import WorkItem
from secretariat import clock
from secretariat.books import hours, paying
from secretariat.books.models import Remark
from secretariat.books.supervision import reminding
from secretariat.office.models import Break, PlannedShift, Shift
from secretariat.office.pay import By, Term
from secretariat.office.pay_counting import Per
from tests.books.conftest import worked

from . import by_keyboard as keys
from .at_desk import bar_says
from .looking import go_to
from .passing import LONDON, day
from .paying import HOUR, signed
from .test_of_her_work import remarks
from .test_the_money import DAY, last_month
from .test_to_their_end import takes_a_message

pytestmark = pytest.mark.slow  # likewise in rooms: tests/books/test_fairness.py, test_supervision.py
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def firm(office):
    office.okafor = office.client("Okafor Legal", opens="00:00", closes="00:00")
    office.helen, office.ruth = office.supervisor(), office.supervisor("Ruth")
    office.priya = office.secretary("Priya", office.okafor)
    return office


# --- Her share of the work ---------------------------------------------------------------------------------


def on_shift(secretary, begins: datetime, length: timedelta) -> Shift:
    """A shift that was, on one line."""
    return Shift.objects.create(
        secretary=secretary, line="browser", started_at=begins, ended_at=begins + length
    )


def paid_for_two_hours(firm) -> None:
    """By a statement of some months ago: two hours at 14.40, made up to 120.00."""
    first = (last_month() - timedelta(days=1)).replace(day=1)
    last = last_month() - timedelta(days=1)
    least = Term(By.LEAST, Decimal(120), per=Per.MONTH)
    from_on = first - timedelta(days=31)
    signed(firm.priya, firm.helen, HOUR, least, min_hours_week=Decimal(20), from_on=from_on)
    worked(firm.okafor, firm.priya, f"{first.replace(day=10)} 12:00", 7200)
    monday = first.replace(day=10) - timedelta(days=first.replace(day=10).weekday())
    at = clock.now()
    week = hours.confirm(firm.priya, monday, seen=hours.of(firm.priya, monday, at=at).seen, at=at)
    hours.approve(week, by=firm.helen, at=at)
    run = paying.prepare(paying.begin(first, last, at.date(), by=firm.helen, at=at), by=firm.helen, at=at)
    paying.approve(run, by=firm.ruth, at=at)


def words_of(cell) -> str:
    return " ".join(cell.inner_text().replace(",", " ").split())


def test_her_share_after_a_shift_is_what_the_firm_sees_of_her_and_the_middle_names_nobody(firm):
    """She by keyboard, with a break; the firm by mouse."""
    paid_for_two_hours(firm)
    saturday = day(0) - timedelta(days=(day(0).weekday() - 5) % 7 + 7)
    at_ten = datetime.combine(saturday, time(10), LONDON)
    others = [firm.secretary(name, firm.okafor, ready=False) for name in ("Maya", "Tess")]
    for secretary, minutes in ((firm.priya, 60), (others[0], 30), (others[1], 120)):
        on_shift(secretary, at_ten, timedelta(hours=3))
        worked(firm.okafor, secretary, f"{saturday} 10:15", minutes * 60)
    PlannedShift.objects.create(
        secretary=firm.priya,
        starts_at=at_ten,
        ends_at=at_ten + timedelta(hours=3),
        zone="Europe/London",
        state="published",
        published_at=clock.now(),
    )

    hers = firm.at_her_desk(firm.priya)
    firm.passes(1800)
    keys.presses(hers.get_by_role("button", name="Break", exact=False))
    keys.presses(hers.get_by_role("button", name="Short break, 15 minutes"))
    bar_says(hers, "No calls are offered to you.")
    firm.passes(900)
    keys.presses(hers.get_by_role("button", name="Ready again"))
    bar_says(hers, "Ready for calls")
    firm.passes(900)
    go_to(hers, "/desk/shift/")
    keys.presses(hers.get_by_role("button", name="End shift"))
    expect(hers.get_by_role("button", name="Start shift")).to_be_visible()
    assert Break.objects.get().ended_at

    keys.presses(hers.get_by_role("link", name="My share"))
    rows = hers.locator("main tbody tr")
    expect(rows).to_have_count(6)
    mine = [words_of(row.locator("td").first) for row in rows.all()]
    assert re.fullmatch(r"2 h \d\d min \d\d %", mine[0])
    assert re.fullmatch(r"1 h 00 min of 80 h 79 h 00 min short", mine[1])
    assert mine[2] == "1 of 1 100 %"
    assert re.fullmatch(r"\d\.\d 1 break 15 min \d\d s", mine[3])
    assert mine[4:] == ["14.40 EUR", "60.00 EUR with what was made up to the least agreed"]
    middle = words_of(rows.first.locator("td").last)
    assert re.fullmatch(r"\d\d %", middle)
    for name in ("Maya", "Tess"):
        expect(hers.locator("main")).not_to_contain_text(name)

    page = firm.enters(firm.helen, to="/firm/books/fairness/")
    seen = [words_of(cell) for cell in page.locator("tr", has_text="Priya").locator("td").all()]
    assert seen[:3] == mine[:3]
    assert mine[3].endswith(seen[3])
    assert seen[4] == " ".join(mine[4:])
    expect(page.locator("main")).to_contain_text(f"Half wait more than {middle} of their time on shift")
    keys.presses(hers.get_by_role("button", name="Menu of Priya"))
    keys.presses(hers.get_by_role("link", name="My work, as it is seen"))
    look = hers.locator("section", has_text="Who has looked").locator("li").first
    expect(look).to_contain_text("Helen")
    expect(look).to_contain_text("your share of the work")


# --- What is said of it ------------------------------------------------------------------------------------


def says(page, kind: str, words: str, percent: str = "") -> None:
    """Somebody of the firm, by keyboard."""
    said = remarks(page)
    keys.picks(said.get_by_label("Kind"), kind)
    keys.types(said.get_by_label("Words"), words)
    if percent:
        keys.types(said.get_by_label("Of quality: percent"), percent)
    keys.presses(said.get_by_role("button", name="Write it down"))
    expect(page.locator("main")).to_contain_text("Written down. She is told")


def test_a_call_is_scored_and_spoken_of_and_she_reads_it_beside_the_call(firm):
    """Her page hears of each by itself; the mail says that there is something, and no word of it."""
    desk = firm.at_her_desk(firm.priya)
    takes_a_message(firm, desk, firm.okafor)
    firm.eventually(Call.objects.filter(state=Call.State.CLOSED).exists)
    go_to(desk, "/desk/supervision/")
    page = firm.enters(firm.helen, to=f"/firm/supervision/{firm.priya.pk}/")
    remarks(page).get_by_label("Call of hers").select_option(index=1)
    says(page, "Quality", "Calm to the end; the number was not read back", "84")
    mine = desk.locator("#my-work-seen")
    expect(mine).to_contain_text("Quality, 84 %")
    expect(mine).to_contain_text("the number was not read back")
    expect(mine).to_contain_text("Quality 84 % 1 result in 90 days")
    says(page, "Coaching", "Read every number back, in pairs")
    expect(mine).to_contain_text("Read every number back, in pairs")
    says(page, "Quality", "Ten calls heard", "95")
    for read in (mine, page.locator("main")):
        expect(read).to_contain_text("Quality 90 % on average of 2 results in 90 days")
    firm.settle()
    mails = firm.outside.mail(firm.priya.user.email)
    assert [each["subject"] for each in mails].count("Secretariat: Something is said of your work") == 3
    for each in mails:
        assert "number" not in each["text"]
        assert "84" not in each["text"]

    # Both open the call from there, and she reads that the firm did.
    page.locator(".row-plain", has_text="Quality, 84 %").get_by_role("link", name="the call").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("for Okafor Legal")
    keys.presses(mine.locator(".row-plain", has_text="Quality, 84 %").get_by_role("link", name="the call"))
    expect(desk.get_by_role("heading", level=1)).to_contain_text("for Okafor Legal")
    go_to(desk, "/desk/supervision/")
    looks = desk.locator("section", has_text="Who has looked")
    for what in ("the record of a call of yours", "your days, and what is asked and said of your work"):
        expect(looks.locator("li", has_text=what).first).to_contain_text("Helen")


def test_a_training_that_nobody_took_is_overdue_on_both_pages_until_it_is_done(firm):
    hers = firm.enters(firm.priya, to="/desk/supervision/", viewport=PHONE)
    page = firm.enters(firm.helen, to=f"/firm/supervision/{firm.priya.pk}/")
    said = remarks(page)
    said.get_by_label("Of training: due by").fill(day(1).isoformat())
    says(page, "Training due", "Data protection, a morning")
    reminding.of_training(at=clock.now())  # as the sweep does every hour of its own
    firm.settle()
    mails = firm.outside.mail(firm.priya.user.email)
    assert "Secretariat: A training is due" in [each["subject"] for each in mails]
    assert not any("Data protection" in each["text"] for each in mails)
    go_to(hers, "/desk/work/")
    expect(hers.locator("main")).to_contain_text(f"A training of yours is due by {day(1):%d.%m.%Y}")

    hers.close()
    firm.passes(2 * DAY)
    reminding.of_training(at=clock.now())
    go_to(page, "/desk/work/")
    expect(page.locator("main")).to_contain_text("A training of Priya is overdue since")
    go_to(page, "/firm/supervision/")
    row = page.locator("tr", has_text="Priya")
    expect(row).to_contain_text("training is overdue")
    hers = firm.enters(firm.priya, to="/desk/supervision/", viewport=PHONE)
    due = hers.locator(".row-plain", has_text="Data protection")
    expect(due).to_contain_text("overdue")
    looked = hers.locator("section", has_text="Who has looked").locator("li", has_text="your days").first
    name, what = looked.locator(".row-title"), looked.locator(".row-text")
    expect(name).to_have_text("Helen")
    assert name.bounding_box()["height"] < what.bounding_box()["height"]  # a line of its own, on a telephone
    row.get_by_role("rowheader").get_by_role("link", name="Priya").click()
    is_done = page.get_by_role("button", name="Done : Data protection")
    keys.presses(is_done)
    expect(is_done).to_have_count(0)
    expect(due).to_contain_text("done")  # without a reload
    expect(due).not_to_contain_text("overdue")
    assert not WorkItem.objects.open().filter(subject_id=Remark.objects.get().pk).exists()
    go_to(page, "/firm/supervision/")
    expect(page.locator("tr", has_text="Priya")).not_to_contain_text("overdue")
