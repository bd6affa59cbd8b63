"""When the agenda of an evening is sent, and which days it covers. Pure: no clock, no database."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clients.local_time import first_moment

DAY = timedelta(days=1)
LATE = timedelta(hours=3)  # after an outage so long it still goes out


def evening_due(at: datetime, *, zone: str, hour: time, evenings: Collection[int]) -> date | None:
    """The local day whose agenda is due at `at` (aware), or None. `evenings` are weekdays from Monday, 0."""
    here = ZoneInfo(zone)
    today = at.astimezone(here).date()
    for day in (today, today - DAY):  # a late one may go out after midnight
        begins = first_moment(day, hour, here)
        if day.weekday() in evenings and begins <= at < begins + LATE:
            return day
    return None


def covered(evening: date, evenings: Collection[int]) -> tuple[date, date]:
    """First and last day that the agenda of this evening tells of: up to the day after none was sent on."""
    last = evening + DAY
    while evenings and last.weekday() not in evenings:
        last += DAY
    return evening + DAY, last
