"""The client's own pages of her diary."""

from datetime import time

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app import busy, hours_text
from calendar_app.models import Diary, Meeting

from .diaries import booked, diary_of


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 11:30")
    return office.client("Okafor Legal", zone="Africa/Lagos")


@pytest.fixture
def portal(office, okafor):
    return office.browser(okafor.owner)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_she_sees_her_meetings_on_her_own_clock(portal, okafor):
    meeting = booked(diary_of(okafor.row), "10:00", about="Dana Reyes")
    page = text(portal.get(reverse("diary-portal")))
    assert "Dana Reyes" in page
    assert "10:00–10:30" in page
    assert "Dana Reyes" in text(portal.get(reverse("diary-portal-meeting", args=[meeting.pk])))


def test_an_empty_diary_says_what_will_appear(portal):
    assert "Nothing is arranged" in text(portal.get(reverse("diary-portal")))


def test_she_moves_and_cancels(portal, okafor):
    meeting = booked(diary_of(okafor.row), "10:00")
    moved = {"version": "0", "minutes": "45", "on": "2026-11-25", "at": "15:00"}
    assert portal.get(reverse("diary-portal-move", args=[meeting.pk])).status_code == 200
    assert portal.post(reverse("diary-portal-move", args=[meeting.pk]), moved).status_code == 303
    cancelled = {"version": "1", "because": "I am in Abuja"}
    assert portal.post(reverse("diary-portal-cancel", args=[meeting.pk]), cancelled).status_code == 303
    meeting.refresh_from_db()
    assert (f"{meeting.at:%H:%M}", meeting.minutes) == ("15:00", 45)
    assert (meeting.state, meeting.cancelled_because) == ("cancelled", "I am in Abuja")


def test_time_she_keeps_free_is_taken(portal, okafor):
    kept = {"about": "School", "on": "2026-11-25", "at": "10:00", "minutes": "60", "private": "on"}
    assert portal.get(reverse("diary-portal-block")).status_code == 200
    assert portal.post(reverse("diary-portal-block"), kept).status_code == 303
    meeting = Meeting.objects.get()
    assert (meeting.manner, meeting.private, meeting.about) == ("block", True, "School")
    page = portal.post(reverse("diary-portal-block"), kept)
    assert page.status_code == 422
    assert "That time is kept free: School" in text(page)


RULES = {
    "usual_minutes": "45",
    "grid_minutes": "15",
    "gap_before_minutes": "0",
    "gap_after_minutes": "10",
    "travel_minutes": "30",
    "notice_minutes": "60",
    "days_ahead": "60",
    "daily_limit": "4",
    "all_day_is_busy": "on",
    "holds_last_hours": "24",
    "working_0": "9-12:30, 13.30–17",
    "preferred_2": "14:00-24:00",
}


def test_she_says_how_her_time_is_given_away_and_takes_it_back(portal, okafor):
    page = portal.get(reverse("diary-rules"))
    assert "Two neighbours share their gap: the larger of the two counts, not both." in text(page)
    answer = portal.post(reverse("diary-rules"), RULES)
    assert answer.status_code == 303
    diary = Diary.objects.get()
    rules = busy.rules_of(diary)
    assert [(f"{each.opens:%H:%M}", f"{each.closes:%H:%M}") for each in rules.hours] == [
        ("09:00", "12:30"),
        ("13:30", "17:00"),
    ]
    assert (rules.gap_after, rules.daily_limit, rules.tentative_is_busy) == (10, 4, False)
    assert rules.preferred[0].closes == time.min
    assert 'value="09:00–12:30, 13:30–17:00"' in text(portal.get(answer.url))
    portal.post(reverse("diary-rules-undo"), {"diary": diary.pk})
    diary.refresh_from_db()
    assert (diary.gap_after_minutes, diary.daily_limit, diary.hours.count()) == (0, None, 0)
    # Only once: a second press changes nothing.
    version = diary.version
    portal.post(reverse("diary-rules-undo"), {"diary": diary.pk})
    assert Diary.objects.get().version == version


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("nine to five", "Write hours as in 9:00–12:30, 13:30–17:00."),
        ("25-26", "Write hours as in 9:00–12:30, 13:30–17:00."),
        ("17-9", "It ends before it begins."),
        ("9-12, 11-17", "Two of these stretches overlap."),
    ],
)
def test_hours_that_cannot_be_are_named_and_kept_as_typed(portal, okafor, typed, said):
    page = portal.post(reverse("diary-rules"), RULES | {"working_1": typed})
    assert page.status_code == 422
    assert said in text(page)
    assert f'value="{typed}"' in text(page)
    assert not Diary.objects.exists()


def test_a_member_has_a_diary_of_her_own_or_none(office, okafor):
    tunde = office.contact(okafor, "Tunde")
    booked(diary_of(okafor.row), "10:00", about="Not for Tunde")
    hers = office.browser(tunde)
    assert "Not for Tunde" not in text(hers.get(reverse("diary-portal")))
    assert hers.get(reverse("diary-rules")).status_code == 404
    booked(diary_of(okafor.row, contact=tunde), "11:00", about="With Tunde")
    page = text(hers.get(reverse("diary-portal")))
    assert "With Tunde" in page
    assert "Not for Tunde" not in page
    assert hers.post(reverse("diary-rules"), RULES).status_code == 303
    assert Diary.objects.get(contact=tunde).usual_minutes == 45


@settings(deadline=None)
@given(st.lists(st.integers(0, 1439), min_size=2, max_size=8, unique=True))
def test_hours_that_are_written_are_read_again(minutes):
    moments = [time(each // 60, each % 60) for each in sorted(minutes)]
    stretches = list(zip(moments[::2], moments[1::2], strict=False))
    assert hours_text.read(hours_text.write(stretches)) == stretches
