"""When a guest is reminded, on the guest's own clocks. Pure: no clock, no database, no settings.

A day before means the calendar day before, at a wall time of the guest's zone, whatever the clocks do in
between; so many minutes before means real minutes. Nobody's telephone rings or buzzes in their night: what
falls into it comes in the evening before.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from clients.local_time import first_moment

NIGHT_FROM, NIGHT_UNTIL = time(20), time(8)
IN_THE_EVENING = time(19, 30)  # when what would fall into the night comes instead
DAY = timedelta(days=1)


def a_day_before(starts: datetime, *, days: int, at: time, zone: str) -> datetime:
    """`days` calendar days before the local day on which it `starts` (aware), at wall time `at`; in UTC.

    Where the clocks skip that time it is the moment they jump; where they show it twice, the first.
    """
    here = ZoneInfo(zone)
    return first_moment(starts.astimezone(here).date() - days * DAY, at, here)


def shortly_before(starts: datetime, *, minutes: int) -> datetime:
    """So many real minutes before."""
    return starts - timedelta(minutes=minutes)


def in_the_night(at: datetime, zone: str) -> bool:
    """Whether `at` (aware) lies in the local night, 20:00 to 08:00."""
    wall = at.astimezone(ZoneInfo(zone)).time()
    return wall >= NIGHT_FROM or wall < NIGHT_UNTIL


def before_the_night(at: datetime, zone: str) -> datetime:
    """`at` itself by day; else half past seven of the evening on which that night began."""
    here = ZoneInfo(zone)
    wall = at.astimezone(here)
    if not in_the_night(at, zone):
        return at
    began_on = wall.date() if wall.time() >= NIGHT_FROM else wall.date() - DAY
    return first_moment(began_on, IN_THE_EVENING, here)


def after_the_night(at: datetime, zone: str) -> datetime:
    """`at` itself by day; else eight in the morning after that night."""
    here = ZoneInfo(zone)
    wall = at.astimezone(here)
    if not in_the_night(at, zone):
        return at
    ends_on = wall.date() if wall.time() < NIGHT_UNTIL else wall.date() + DAY
    return first_moment(ends_on, NIGHT_UNTIL, here)


def due(moment: datetime, *, starts: datetime, zone: str, wakes: bool, known_at: datetime) -> datetime | None:
    """When it goes out, or None where it does not: `known_at` is when the time became known to the guest.

    `wakes`: it makes a telephone ring or buzz. What would be due before the guest is told of the meeting at
    all, or after it began, does not go out: being told is enough.
    """
    goes = before_the_night(moment, zone) if wakes else moment
    return goes if known_at < goes < starts else None
