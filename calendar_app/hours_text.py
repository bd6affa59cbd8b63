"""Hours of a day as people type them: "9–12:30, 13:30–17". Pure: no clock, no database, no settings."""

import re
from datetime import time
from itertools import pairwise

from django.utils.translation import gettext as _

STRETCH = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?$")


def read(text: str) -> list[tuple[time, time]]:
    """The stretches of a day, in order; none for nothing. 00:00 as an end is the day's end.

    Raises ValueError with a sentence for a person.
    """
    found = sorted(_stretch(part.strip()) for part in text.split(",") if part.strip())
    for (_opens, closes), (opens, _closes) in pairwise(found):
        if closes == time.min or opens < closes:
            raise ValueError(_("Two of these stretches overlap."))
    return found


def _stretch(text: str) -> tuple[time, time]:
    match = STRETCH.match(text)
    if not match:
        raise ValueError(_("Write hours as in 9:00–12:30, 13:30–17:00."))
    opens, closes = _time(match[1], match[2]), _time(match[3], match[4])
    if closes != time.min and closes <= opens:
        raise ValueError(_("It ends before it begins."))
    return opens, closes


def _time(hour: str, minute: str | None) -> time:
    hours, minutes = int(hour), int(minute or 0)
    if (hours, minutes) == (24, 0):
        return time.min
    if hours > 23 or minutes > 59:
        raise ValueError(_("Write hours as in 9:00–12:30, 13:30–17:00."))
    return time(hours, minutes)


def write(stretches) -> str:
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in sorted(stretches))
