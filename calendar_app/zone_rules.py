"""A time zone described for programs that know no names: VTIMEZONE with rules. Pure.

Outlook follows RRULEs there and takes no notice of lists of dates (RDATE).
"""

from bisect import bisect
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOUR = timedelta(hours=1)


def described(name: str, year: int) -> Timezone:
    """The zone of this IANA name by the rules it has in `year`: both changes, or none."""
    zone = ZoneInfo(name)
    its = Timezone()
    its.add("TZID", name)
    for change in _changes(zone, year) or [datetime(year, 1, 1, tzinfo=UTC)]:
        before, after = (change - HOUR).astimezone(zone), change.astimezone(zone)
        part = TimezoneDaylight() if after.dst() else TimezoneStandard()
        # A change is told by the clock that it ends.
        wall = change.replace(tzinfo=None) + (before.utcoffset() or timedelta(0))
        part.add("DTSTART", wall)
        part.add("TZOFFSETFROM", before.utcoffset())
        part.add("TZOFFSETTO", after.utcoffset())
        part.add("TZNAME", after.tzname())
        if before.utcoffset() != after.utcoffset():
            part.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=wall.month, BYDAY=_nth(zone, change)))
        its.add_component(part)
    return its


@cache
def holds(name: str, first: int, last: int) -> bool:
    """Whether the rules that the zone has in the year `first` are right for every year until `last`."""
    zone = ZoneInfo(name)
    begun = _changes(zone, first)
    rules = {_rule(zone, change): _nth(zone, change) for change in begun}
    if len(rules) != len(begun):
        return False
    for year in range(first + 1, last + 1):
        changes = _changes(zone, year)
        if {_rule(zone, each) for each in changes} != set(rules) or len(changes) != len(rules):
            return False
        if any(_wall_before(zone, each).date() != _day_of(each, zone, rules) for each in changes):
            return False
    return True


def _rule(zone: ZoneInfo, change: datetime):
    """What of a change is the same every year: month, weekday, time, and from what to what."""
    wall, offset = _wall_before(zone, change), change.astimezone(zone).utcoffset()
    return wall.month, wall.weekday(), wall.time(), change.replace(tzinfo=None) - wall, offset


def _day_of(change: datetime, zone: ZoneInfo, rules) -> date:
    """The day in the year of this change on which the rule puts it."""
    wall, nth = _wall_before(zone, change), rules[_rule(zone, change)]
    first = date(wall.year, wall.month, 1)
    days = [first + timedelta(days=n) for n in range(31)]
    those = [day for day in days if day.month == wall.month and day.weekday() == wall.weekday()]
    n = int(nth[:-2])
    return those[n if n < 0 else n - 1] if n <= len(those) else date.min


def _changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """The moments of this year at which the zone's clocks change, to the minute."""
    found = []
    at = datetime(year, 1, 1, tzinfo=UTC)
    while at.year == year:
        later = at + timedelta(days=1)
        if at.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            before = at.astimezone(zone).utcoffset()
            minutes = bisect(
                range(24 * 60), False, key=lambda n, day=at, was=before: _at(day, n, zone) != was
            )
            found.append(at + timedelta(minutes=minutes))
        at = later
    return found


def _at(day: datetime, minutes: int, zone: ZoneInfo) -> timedelta | None:
    return (day + timedelta(minutes=minutes)).astimezone(zone).utcoffset()


def _nth(zone: ZoneInfo, change: datetime) -> str:
    """ "-1SU", "2SU": which weekday of its month; the last, if in other years it is the last, too."""
    on = _wall_before(zone, change).date()
    nth = (on.day - 1) // 7 + 1
    following = [_same_month(zone, change, year) for year in (on.year + 1, on.year + 2, on.year + 5)]
    days = [on, *(each for each in following if each)]
    is_last = all((each + timedelta(days=7)).month != each.month for each in days)
    return f"{-1 if is_last and nth >= 4 else nth}{DAYS[on.weekday()]}"


def _same_month(zone: ZoneInfo, change: datetime, year: int):
    month = _wall_before(zone, change).month
    walls = (_wall_before(zone, each) for each in _changes(zone, year))
    return next((wall.date() for wall in walls if wall.month == month), None)


def _wall_before(zone: ZoneInfo, change: datetime) -> datetime:
    before = (change - HOUR).astimezone(zone).utcoffset() or timedelta(0)
    return change.replace(tzinfo=None) + before
