"""Which shifts most would rather not have. Pure."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

EARLY, LATE = 7, 20  # local hours between which a shift is like any other
NIGHT_FROM, NIGHT_UNTIL = 22, 6
SATURDAY = 5
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)


class Sort(StrEnum):
    """What a contract may name apart."""

    NIGHT = "night"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"  # a public one


def is_odd(begins: datetime, ends: datetime, zone: str) -> bool:
    """Whether a shift lies at a weekend, or before or after the usual hours, by her own clocks."""
    since, until = begins.astimezone(ZoneInfo(zone)), ends.astimezone(ZoneInfo(zone))
    if since.weekday() >= SATURDAY or since.date() != until.date():
        return True
    return since.hour < EARLY or (until.hour, until.minute) > (LATE, 0)


def sorts(begins: datetime, ends: datetime, zone: str, holidays: Collection[date] = ()) -> frozenset[str]:
    """Of which sorts a shift is, by her own clocks: where any part of it lies there."""
    since = begins.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    until = ends.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    days = [since.date()]
    while days[-1] < (until - MOMENT).date():
        days.append(days[-1] + DAY)
    found = set()
    if any(_touches_night(since, until, day) for day in (since.date() - DAY, *days)):
        found.add(Sort.NIGHT)
    if any(day.weekday() >= SATURDAY for day in days):
        found.add(Sort.WEEKEND)
    if any(day in holidays for day in days):
        found.add(Sort.HOLIDAY)
    return frozenset(found)


def _touches_night(since: datetime, until: datetime, day: date) -> bool:
    """The night that begins on this day."""
    begins, ends = datetime.combine(day, time(NIGHT_FROM)), datetime.combine(day + DAY, time(NIGHT_UNTIL))
    return since < ends and until > begins
