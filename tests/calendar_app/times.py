"""Moments, hours and diaries, told in the clock of the place they are in."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from calendar_app.free_time import Book, Rules, Taken, Wish, clashes, next_good_times
from clients.availability import Interval

LONDON, LAGOS, NEW_YORK, KATHMANDU = "Europe/London", "Africa/Lagos", "America/New_York", "Asia/Kathmandu"


def at(local, zone=LONDON):
    """ "2026-11-24 10:30" of that zone, as a moment."""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def every_day(*stretches, days=range(7)):
    """ "09:00-17:00" on these weekdays."""
    found = []
    for day in days:
        for stretch in stretches:
            opens, closes = stretch.split("-")
            found.append(Interval(day, time.fromisoformat(opens), time.fromisoformat(closes)))
    return tuple(found)


def taken(begins, ends, zone=LONDON, **facts):
    return Taken(at(begins, zone), at(ends, zone), **({"what": "Court"} | facts))


NINE_TO_FIVE = every_day("09:00-17:00")
NOW = "2026-11-24 08:00"  # a Tuesday
RULES = Rules(zone=LONDON, hours=NINE_TO_FIVE)
HALF_AN_HOUR = Wish(30)


def against(starts, *entries, rules=RULES, wish=HALF_AN_HOUR, now=NOW):
    return clashes(Book(rules, entries, at(now, rules.zone)), wish, at(starts, rules.zone))


def offered(*entries, rules=RULES, wish=HALF_AN_HOUR, now=NOW, **how):
    """The good times, on the diary's clocks."""
    book = Book(rules, entries, at(now, rules.zone))
    found = next_good_times(book, wish, **({"a_day": None} | how))
    return [f"{each.starts.astimezone(ZoneInfo(rules.zone)):%a %H:%M}" for each in found]
