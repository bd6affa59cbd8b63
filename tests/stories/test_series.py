"""A series by keyboard: arranged, moved, cancelled; and a meeting dragged, which moves nothing by itself."""

from contextlib import suppress
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import TimeoutError, expect

from calendar_app import booking
from calendar_app.models import Diary, Meeting
from calendar_app.planning import Plan
from secretariat import clock

WEEK = timedelta(weeks=1)


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal")


@pytest.fixture
def monday():
    """The Monday after next, on the client's clocks."""
    today = clock.now().astimezone(ZoneInfo("Europe/London")).date()
    return today + timedelta(days=14 - today.weekday())


@pytest.fixture
def diary(okafor, monday):
    """Court and the bank stand on two Mondays at ten."""
    made = Diary.objects.create(client=okafor.row, days_ahead=200)
    for about, on in (("Court", monday), ("Bank", monday + WEEK)):
        booking.book(made, Plan(about, on, time(10), 60), by=None, at=clock.now())
    return made


def standing():
    found = Meeting.objects.filter(about="The lease", state="confirmed").order_by("starts_at")
    return [(each.on, f"{each.at:%H:%M}") for each in found]


@pytest.mark.slow  # likewise in rooms: tests/calendar_app/
def test_a_series_by_keyboard_and_a_meeting_dragged(office, okafor, diary, monday):
    page = office.enters(office.secretary("Priya", okafor), to=f"/desk/diary/?on={monday}")
    keys = page.keyboard
    expect(page.locator(".diary-grid")).to_be_visible()
    keys.press("s")
    expect(page.get_by_role("heading", name="For whom is the series?")).to_be_visible()
    keys.press("j")
    keys.press("Enter")
    page.get_by_label("About what").fill("The lease")
    page.get_by_label("First day").fill(monday.isoformat())
    page.get_by_label("Time", exact=True).fill("10:00")
    page.get_by_label("Or how many times").fill("4")
    keys.press("Control+Enter")
    # Two of the four clash: one is left out, one stands in the afternoon.
    expect(page.get_by_text("To be decided")).to_have_count(2)
    dates = page.locator(".date")
    expect(dates.nth(0)).to_contain_text("Court")
    dates.nth(0).get_by_label("Leave it out").focus()
    keys.press("Space")
    dates.nth(1).get_by_label("At another time").focus()
    keys.press("Space")
    dates.nth(1).get_by_label("Another time", exact=True).fill("15:00")
    keys.press("Control+Enter")
    expect(page.get_by_text("3 dates are arranged.")).to_be_visible()
    there = [(monday + WEEK, "15:00"), (monday + 2 * WEEK, "10:00"), (monday + 3 * WEEK, "10:00")]
    assert standing() == there
    _is_dragged(page, monday + 2 * WEEK)
    assert standing() == there
    keys.press("Control+Enter")
    expect(page.get_by_text("Moved.")).to_be_visible()
    assert standing()[1] == (monday + 2 * WEEK + timedelta(days=1), "14:00")
    # All that are to come are cancelled, with one reason.
    page.get_by_role("link", name="Every Monday").focus()
    keys.press("Enter")
    page.get_by_role("link", name="Cancel all").focus()
    keys.press("Enter")
    expect(page.get_by_label("All that are to come")).to_be_checked()
    page.get_by_label("Why").focus()
    keys.type("She has sold it")
    keys.press("Enter")
    expect(page.get_by_text("Cancelled.", exact=True)).to_be_visible()
    assert standing() == []


def _is_dragged(page, on):
    """From its Monday to two o'clock on the Tuesday: the form is filled in, and that is all."""
    page.goto(page.url.partition("/desk/")[0] + f"/desk/diary/?view=week&on={on}")
    entry = page.locator("a[data-move]", has_text="The lease")
    tuesday = page.locator(f'.diary-slots[data-day="{on + timedelta(days=1)}"]')
    expect(tuesday).to_be_visible()  # its style sheet is there, and it has a place
    box = tuesday.bounding_box()
    quarter = box["height"] / int(tuesday.get_attribute("data-quarters"))
    row = (14 - int(tuesday.get_attribute("data-from"))) * 4
    taken_at = {"x": 12, "y": 4}
    chosen = page.locator(".offer", has_text="Chosen")
    for _ in range(3):  # what a busy browser has lost on the way is pulled again
        entry.drag_to(
            tuesday, source_position=taken_at, target_position={"x": 20, "y": (row + 0.5) * quarter}
        )
        with suppress(TimeoutError):
            chosen.wait_for(timeout=15_000)
            break
    expect(chosen).to_contain_text("14:00")
    expect(chosen.get_by_role("radio")).to_be_checked()
