"""What the diary does by telephone: rings a meeting at its time, reminds a guest, who says she comes."""

from datetime import time, timedelta

import pytest
from playwright.sync_api import expect

from calendar_app import booking
from calendar_app.models import Diary, Meeting
from calendar_app.planning import Coming, Plan
from secretariat import clock

from .in_life import Mobile
from .passing import comes, comes_to, day

pytestmark = pytest.mark.slow
DANA = "+447700900301"


@pytest.fixture
def okafor(office):
    return office.client("Okafor Legal", opens="00:00", closes="00:00")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def dana(office):
    return Mobile(office, DANA)


def answers_and_presses_1(office, telephone):
    office.eventually(lambda: telephone.rings)
    telephone.answers()
    telephone.presses("1")


def test_both_are_rung_at_the_time_and_talk(office, okafor, priya, dana):
    desk = office.enters(priya, to=f"/desk/diary/book/?client={okafor.row.pk}")
    desk.get_by_label("Who", exact=True).fill("Dana Reyes")
    with desk.expect_response("**/book/?*"):  # a telephone meeting needs no way: other times suit
        desk.get_by_label("How", exact=True).select_option("telephone")
    with desk.expect_response("**/book/?*"):
        desk.get_by_label("By telephone: ring both sides at the time").check()
    desk.get_by_text("Address, link and notes").click()
    desk.get_by_label("Their telephone").fill(DANA)
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("we ring the client, then the guest")).to_be_visible()
    meeting = Meeting.objects.get()
    portal = office.enters(okafor.owner, to=f"/portal/diary/meetings/{meeting.pk}/")
    expect(portal.get_by_text("we ring you, then your guest")).to_be_visible()

    comes(office, meeting.starts_at - timedelta(seconds=60))
    hers = office.mobile_of(okafor.owner)
    answers_and_presses_1(office, hers)
    answers_and_presses_1(office, dana)
    done = desk.get_by_role("region", name="What was done")
    expect(done).to_contain_text("Dana Reyes is on the line")
    assert (hers.talks, dana.talks) == (True, True)
    dana.hangs_up()
    expect(done).to_contain_text("They talked for")
    office.eventually(lambda: not hers.talks)


def test_a_guest_is_rung_beforehand_and_says_that_she_comes(office, okafor, priya, dana):
    portal = office.enters(okafor.owner, to="/portal/diary/around/")
    portal.get_by_role("group", name="Shortly before, by").get_by_label("Call").check()
    portal.get_by_role("button", name="Save").click()
    expect(portal.get_by_text("Saved. It holds")).to_be_visible()
    on = day(2)
    plan = Plan("The lease", on, time(15), 30, guests=(Coming("Dana Reyes", number=DANA),))
    meeting = booking.book(Diary.objects.get(), plan, by=priya.user, at=clock.now())
    desk = office.enters(priya, to=f"/desk/diary/meetings/{meeting.pk}/")
    reminders = desk.get_by_role("region", name="Reminders")
    expect(reminders).to_contain_text("Call to Dana Reyes: Planned")

    comes_to(office, on, "13:00")
    answers_and_presses_1(office, dana)
    expect(reminders).to_contain_text("Call to Dana Reyes: Confirmed")
    assert "To confirm, press 1." in " ".join(dana.heard())
    office.eventually(lambda: not dana.talks)
    expect(desk.get_by_role("region", name="What was done")).to_contain_text("was rung and confirmed")
