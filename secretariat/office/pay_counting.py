"""How much of somebody's time counts, and how much of a week, month or year some days are. Pure."""

from bisect import bisect_right
from calendar import isleap, monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from secretariat.spans import joined

MICROSECOND, DAY = timedelta(microseconds=1), timedelta(days=1)


class Per(StrEnum):
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


def in_order(worked: Iterable) -> list:
    """By when they began, then by when they ended; the rest makes no difference, and is always the same."""
    return sorted(worked, key=lambda it: (it.started_at, it.ended_at, it.key))


def counted_once(worked: Iterable, paid: Iterable[tuple[datetime, datetime]] = ()) -> dict:
    """{key: microseconds} of intervals in order: what runs at once counts once, for whichever began first.

    `paid` are stretches of earlier runs; what lies within them was paid there.
    """
    before = list(joined(sorted(paid)))
    starts = [since for since, _until in before]
    found, reached = {}, None
    for each in worked:
        since = each.started_at if reached is None else max(each.started_at, reached)
        found[each.key] = _outside(since, each.ended_at, before, starts)
        reached = each.ended_at if reached is None else max(reached, each.ended_at)
    return found


def _outside(since: datetime, until: datetime, before: Sequence, starts: Sequence) -> int:
    """Microseconds between the two that lie in none of `before`."""
    if until <= since:
        return 0
    total = (until - since) // MICROSECOND
    if not before:
        return total
    place = max(0, bisect_right(starts, since) - 1)
    while place < len(before) and before[place][0] < until:
        inside = min(until, before[place][1]) - max(since, before[place][0])
        total -= max(0, inside // MICROSECOND)
        place += 1
    return total


def first_days(
    micros: Mapping[date, int], *, until: date | None = None, most: Decimal | None = None
) -> set[date]:
    """Days of these until a last one, and until so many microseconds are reached: that day is the last."""
    found: set[date] = set()
    total = 0
    for day in sorted(micros):
        if (until and day > until) or (most is not None and total >= most):
            break
        found.add(day)
        total += micros[day]
    return found


def share_of(per: str, first: date, last: date) -> Fraction:
    """How many weeks, months or years these days are, both included: a part by its days."""
    if per == Per.WEEK:
        return Fraction((last - first).days + 1, 7)
    total, day = Fraction(0), first
    while day <= last:
        if per == Per.MONTH:
            of_days = monthrange(day.year, day.month)[1]
            ends = day.replace(day=of_days)
        else:
            of_days = 366 if isleap(day.year) else 365
            ends = date(day.year, 12, 31)
        ends = min(ends, last)
        total += Fraction((ends - day).days + 1, of_days)
        day = ends + DAY
    return total
