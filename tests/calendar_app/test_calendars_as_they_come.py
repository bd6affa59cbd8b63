"""What we make of calendars as they come: well made, odd, and hostile. Each case is a line of a table."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from calendar_app import cutting, expansion, icalendar, recurrence

TABLE = Path(__file__).resolve().parents[1] / "payloads" / "calendars" / "entries.txt"
LONDON = ZoneInfo("Europe/London")
FROM, TO = datetime(2027, 1, 1, tzinfo=UTC), datetime(2028, 7, 1, tzinfo=UTC)
MARKS = {"busy": "", "tentative": "*", "free": "~"}


def cases():
    for line in TABLE.read_text().splitlines():
        if line and not line.startswith("#"):
            name, lines, meaning = line.split(" :: ")
            yield pytest.param(lines.split(" | "), meaning, id=name)


def calendar(*lines):
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])


def entry(lines, uid="one@example.com"):
    opened, closed = ["BEGIN:VEVENT", f"UID:{uid}"], "END:VEVENT"
    inside = [each for line in lines for each in ([closed, *opened] if line == "+" else [line])]
    return [*opened, *inside, closed]


def told(happening):
    length = happening.ends - happening.starts
    is_days = happening.all_day and length % timedelta(days=1) == timedelta(0)
    lasts = f"{length.days}d" if is_days else f"{round(length.total_seconds()) // 60}"
    shown = happening.starts.isoformat(timespec="auto")[:-6].removesuffix(":00")
    return f"{shown}/{lasts}{MARKS[happening.busy]}"


def made_of(text, zone=LONDON, until=TO):
    """By UID: the times of each entry, or why there are none."""
    found = {}
    for piece in cutting.cut(text).pieces:
        try:
            events = icalendar.read(piece.raw, zone=zone)
            found[piece.uid] = expansion.expand(events, FROM, until, zone=zone).happenings
        except (icalendar.Unreadable, recurrence.Unfollowable) as fault:
            found[piece.uid] = f"unreadable {fault.code}"
    return found


@pytest.mark.parametrize(("lines", "meaning"), list(cases()))
def test_an_entry(lines, meaning):
    made = made_of(calendar(*entry(lines)))
    assert list(made) == ["one@example.com"]
    [happenings] = made.values()
    if isinstance(happenings, str):
        assert happenings == meaning
    elif meaning.startswith("n="):
        assert len(happenings) == int(meaning[2:])
    else:
        assert " ".join(told(each) for each in happenings) == meaning.replace("none", "")


def test_there_are_two_hundred_of_them():
    assert len(list(cases())) >= 200
