"""Times as they are read out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app.spoken import time_of_day, two_times


@pytest.mark.parametrize(
    ("local", "theirs", "yours", "said"),
    [
        (
            "2026-12-01 14:30",
            "Europe/London",
            "Africa/Lagos",
            "Tuesday the first of December at half past two, your time half past three",
        ),
        (
            "2026-12-02 09:00",
            "Europe/London",
            "Europe/London",
            "Wednesday the second of December at nine o’clock",
        ),
        (
            "2026-12-03 12:00",
            "Europe/London",
            "Europe/Dublin",
            "Thursday the third of December at noon",
        ),
        (
            "2026-12-03 17:00",
            "America/Los_Angeles",
            "Asia/Tokyo",
            "Thursday the third of December at five o’clock, your time Friday at ten o’clock",
        ),
        (
            # The week in which only one of the two has changed its clocks.
            "2027-03-15 14:00",
            "Europe/London",
            "America/New_York",
            "Monday the fifteenth of March at two o’clock, your time ten o’clock",
        ),
        (
            "2026-11-30 10:45",
            "Europe/London",
            "Asia/Kathmandu",
            "Monday the thirtieth of November at a quarter to eleven, your time half past four",
        ),
    ],
)
def test_a_time_read_out_for_both(local, theirs, yours, said):
    at = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(theirs))
    assert two_times(at, theirs, yours) == said


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("00:00", "midnight"),
        ("00:30", "half past twelve at night"),
        ("06:15", "a quarter past six in the morning"),
        ("08:40", "twenty to nine"),
        ("11:55", "five to twelve"),
        ("12:30", "half past twelve"),
        ("13:05", "five past one"),
        ("15:35", "twenty-five to four"),
        ("16:17", "16:17"),
        ("19:45", "a quarter to eight in the evening"),
        ("22:10", "ten past ten at night"),
    ],
)
def test_a_time_of_day(clock, said):
    assert time_of_day(datetime.fromisoformat(f"2026-12-01 {clock}")) == said


@settings(deadline=None)
@given(st.datetimes(), st.datetimes())
def test_no_two_times_of_a_day_sound_alike(one, other):
    other = other.replace(year=one.year, month=one.month, day=one.day)
    same = (one.hour, one.minute) == (other.hour, other.minute)
    assert (time_of_day(one) == time_of_day(other)) is same
