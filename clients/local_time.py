"""Wall-clock times turned into moments, on days that skip an hour or have one twice."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

UTC = UTC
SECOND = timedelta(seconds=1)


def first_moment(on: date, at: time, zone: ZoneInfo) -> datetime:
    """The first moment at which the clocks of `zone` show `at` on that day, in UTC.

    Where the clocks skip that time it is the moment they jump; where they show it twice, the first.
    """
    return _moment(on, at, zone, fold=0)


def last_moment(on: date, at: time, zone: ZoneInfo) -> datetime:
    """As `first_moment`, but the second of two."""
    return _moment(on, at, zone, fold=1)


def day_begins(on: date, zone: ZoneInfo) -> datetime:
    """The first moment of a local day, which in some places is not midnight."""
    return first_moment(on, time.min, zone)


def is_skipped(on: date, at: time, zone: ZoneInfo) -> bool:
    """Whether the clocks of `zone` never show `at` on that day."""
    wall = datetime.combine(on, at)
    return wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall


def is_twice(on: date, at: time, zone: ZoneInfo) -> bool:
    """Whether the clocks of `zone` show `at` twice on that day."""
    return first_moment(on, at, zone) != last_moment(on, at, zone)


def _moment(on: date, at: time, zone: ZoneInfo, *, fold: int) -> datetime:
    wall = datetime.combine(on, at.replace(tzinfo=None, fold=fold))
    if is_skipped(on, at, zone):
        return _jump(wall, zone)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _jump(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment of the jump that skips `wall`: found by halving, since zones do not tell theirs."""
    # Inside a gap, fold=1 reckons with the offset after the jump and so falls before it, fold=0 after it.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    after = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    offset = before.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle <= before:
            middle = before + SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
