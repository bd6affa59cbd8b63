"""When a meeting is, in words to somebody who may be on other clocks. Pure."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats


@dataclass(frozen=True)
class When:
    """`day` and `hours` on the reader's clocks, named `place`; and on the meeting's, where they differ."""

    day: str
    hours: str
    place: str
    there: str = ""

    def __str__(self):
        return f"{self.day}, {self.hours} ({self.place})"


def told(starts: datetime, ends: datetime, zone: str, meeting_zone: str) -> When:
    """ "Tuesday 24 November 2026, 13:00–13:30 (London)" and "14:00–14:30 (Lagos)". In the active language."""
    mine = _hours(starts, ends, zone)
    there = ""
    if starts.astimezone(ZoneInfo(zone)).utcoffset() != starts.astimezone(ZoneInfo(meeting_zone)).utcoffset():
        day = _day(starts, meeting_zone)
        other_day = "" if day == _day(starts, zone) else f"{day}, "
        there = f"{other_day}{_hours(starts, ends, meeting_zone)} ({place(meeting_zone)})"
    return When(_day(starts, zone), mine, place(zone), there)


def place(zone: str) -> str:
    """What people call a zone: "Africa/Lagos" is Lagos."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def _day(at: datetime, zone: str) -> str:
    return formats.date_format(at.astimezone(ZoneInfo(zone)).date(), "l j F Y")


def _hours(starts: datetime, ends: datetime, zone: str) -> str:
    begins, over = starts.astimezone(ZoneInfo(zone)), ends.astimezone(ZoneInfo(zone))
    after = "" if begins.date() == over.date() else formats.date_format(over.date(), "D j M") + " "
    return f"{begins:%H:%M}–{after}{over:%H:%M}"
