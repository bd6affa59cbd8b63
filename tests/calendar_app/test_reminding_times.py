"""When guests are reminded, on their own clocks, whatever those do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_app import reminding_times
from clients.local_time import is_skipped, is_twice

ZONES = [
    *("Europe/London", "Africa/Lagos", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"),
    *("America/Santiago", "Pacific/Apia", "Africa/Casablanca"),
]
HOUR = timedelta(hours=1)


def moment(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("starts", "zone", "days", "at", "goes"),
    [
        ("2026-11-27 13:00", "Europe/London", 1, "17:00", "2026-11-26 17:00"),
        # An evening in Lagos may be another day in Auckland: hers counts.
        ("2026-11-27 01:00", "Pacific/Auckland", 1, "17:00", "2026-11-26 17:00"),
        ("2026-11-27 13:00", "Europe/London", 3, "09:30", "2026-11-24 09:30"),
        # The clocks go forward on the 28th of March 2027 at one: the wall time stays.
        ("2027-03-28 10:00", "Europe/London", 1, "17:00", "2027-03-27 17:00"),
        ("2027-03-29 10:00", "Europe/London", 1, "01:30", "2027-03-28 02:00"),  # skipped: when they jump
        # And back on the 31st of October 2027 at two: the first of the two half past ones.
        ("2027-11-01 10:00", "Europe/London", 1, "01:30", "2027-10-31 01:30"),
    ],
)
def test_a_day_before_is_a_day_of_theirs(starts, zone, days, at, goes):
    found = reminding_times.a_day_before(
        moment(starts, zone), days=days, at=time.fromisoformat(at), zone=zone
    )
    assert found == moment(goes, zone).astimezone(UTC)


def test_of_two_half_past_ones_the_first_counts():
    found = reminding_times.a_day_before(
        moment("2027-11-01 10:00", "Europe/London"), days=1, at=time(1, 30), zone="Europe/London"
    )
    assert found == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "asleep", "evening", "morning"),
    [
        ("2026-11-27 19:59", False, "2026-11-27 19:59", "2026-11-27 19:59"),
        ("2026-11-27 20:00", True, "2026-11-27 19:30", "2026-11-28 08:00"),
        ("2026-11-28 00:00", True, "2026-11-27 19:30", "2026-11-28 08:00"),
        ("2026-11-28 07:59", True, "2026-11-27 19:30", "2026-11-28 08:00"),
        ("2026-11-28 08:00", False, "2026-11-28 08:00", "2026-11-28 08:00"),
        ("2027-03-28 00:30", True, "2027-03-27 19:30", "2027-03-28 08:00"),  # that night is an hour short
    ],
)
def test_nobody_is_woken(at, asleep, evening, morning):
    zone = "Europe/London"
    told = moment(at, zone)
    assert reminding_times.in_the_night(told, zone) is asleep
    assert reminding_times.before_the_night(told, zone) == moment(evening, zone)
    assert reminding_times.after_the_night(told, zone) == moment(morning, zone)


@pytest.mark.parametrize(
    ("due", "known", "wakes", "goes"),
    [
        ("2026-11-26 17:00", "2026-11-24 10:00", True, "2026-11-26 17:00"),
        ("2026-11-26 17:00", "2026-11-26 17:00", True, None),  # just arranged: being told is enough
        ("2026-11-27 06:30", "2026-11-24 10:00", True, "2026-11-26 19:30"),
        ("2026-11-27 06:30", "2026-11-24 10:00", False, "2026-11-27 06:30"),  # a mail wakes nobody
        ("2026-11-27 06:30", "2026-11-26 21:00", True, None),
        ("2026-11-27 08:30", "2026-11-24 10:00", True, None),  # it begins just then
    ],
)
def test_what_goes_out(due, known, wakes, goes):
    zone = "Europe/London"
    found = reminding_times.due(
        moment(due, zone),
        starts=moment("2026-11-27 08:30", zone),
        zone=zone,
        wakes=wakes,
        known_at=moment(known, zone),
    )
    assert found == (goes and moment(goes, zone))


zones = st.sampled_from(ZONES)
BEGINNING, MINUTES = datetime(2026, 1, 1, tzinfo=UTC), 4 * 365 * 24 * 60
starts = st.integers(0, MINUTES).map(lambda minutes: BEGINNING + timedelta(minutes=minutes))
times = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(minutes // 60, minutes % 60))


@given(starts, zones, st.integers(1, 14), times)
def test_a_day_before_shows_the_time_asked_for_wherever_there_is_one(starts, zone, days, at):
    here = ZoneInfo(zone)
    found = reminding_times.a_day_before(starts, days=days, at=at, zone=zone)
    day: date = starts.astimezone(here).date() - timedelta(days=days)
    assert found < starts
    wall = found.astimezone(here).replace(tzinfo=None)
    if is_skipped(day, at, here):
        assert wall > datetime.combine(day, at)
    else:
        assert wall == datetime.combine(day, at)
    if is_twice(day, at, here):
        assert found == datetime.combine(day, at).replace(tzinfo=here, fold=0).astimezone(UTC)


@given(starts, zones, st.integers(10, 24 * 60), st.integers(0, 20 * 24 * 60))
def test_what_wakes_comes_by_day_and_between_being_told_and_the_meeting(starts, zone, minutes, before):
    known_at = starts - timedelta(minutes=before)
    found = reminding_times.due(
        reminding_times.shortly_before(starts, minutes=minutes),
        starts=starts,
        zone=zone,
        wakes=True,
        known_at=known_at,
    )
    if found is not None:
        assert not reminding_times.in_the_night(found, zone)
        assert known_at < found < starts
        assert found <= starts - timedelta(minutes=minutes)
    morning = reminding_times.after_the_night(starts, zone)
    assert not reminding_times.in_the_night(morning, zone)
    assert starts <= morning < starts + 14 * HOUR
