"""Which shifts most would rather not have. Pure."""

from datetime import datetime
from zoneinfo import ZoneInfo

EARLY, LATE = 7, 20  # local hours between which a shift is like any other
SATURDAY = 5


def is_odd(begins: datetime, ends: datetime, zone: str) -> bool:
    """Whether a shift lies at a weekend, or before or after the usual hours, by her own clocks."""
    since, until = begins.astimezone(ZoneInfo(zone)), ends.astimezone(ZoneInfo(zone))
    if since.weekday() >= SATURDAY or since.date() != until.date():
        return True
    return since.hour < EARLY or (until.hour, until.minute) > (LATE, 0)
