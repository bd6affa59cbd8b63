"""What takes time in a diary, and by which rules the rest is given away. Pure: no clock and no database."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from clients.availability import EVERY_HOUR, Holiday, Interval, holiday_on, left_by
from clients.local_time import day_begins, first_moment, last_moment
from secretariat.spans import joined

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


class Kind(StrEnum):
    """What takes time."""

    MEETING = "meeting"
    HELD = "held"
    BLOCK = "block"
    ELSEWHERE = "elsewhere"  # in a calendar of the client's own


ARRANGED = (Kind.MEETING, Kind.HELD)  # what the daily limit counts


@dataclass(frozen=True)
class Taken:
    """Time that is taken. `what` names it, and is empty where the reader may not know.

    `busy` is busy, tentative or free, as the calendar it stands in has it. `place` is compared with other
    places, letter by letter; empty, it asks for no way to be made.
    """

    starts: datetime
    ends: datetime
    what: str = ""
    kind: Kind = Kind.MEETING
    gap_before: int = 0  # minutes
    gap_after: int = 0
    place: str = ""
    busy: str = "busy"
    all_day: bool = False
    id: UUID | None = None


@dataclass(frozen=True)
class Rules:
    """How the time of one diary may be given away. Lengths in minutes of real time."""

    zone: str
    hours: tuple[Interval, ...] = ()  # none: every hour
    preferred: tuple[Interval, ...] = ()
    holidays: tuple[Holiday, ...] = ()
    grid_minutes: int = 15
    gap_before: int = 0
    gap_after: int = 0
    travel: int = 0
    notice: int = 0
    days_ahead: int = 90
    daily_limit: int | None = None
    all_day_is_busy: bool = True
    tentative_is_busy: bool = True


@dataclass(frozen=True)
class Awake:
    """When somebody who is to come may be asked to, on the clocks of her own zone."""

    zone: str
    wakes: time = time(8)
    sleeps: time = time(20)


@dataclass(frozen=True)
class Wish:
    """What is to be arranged. Gaps are the diary's unless it has its own."""

    minutes: int
    place: str = ""
    gap_before: int | None = None
    gap_after: int | None = None
    guests: tuple[Awake, ...] = ()


class Why(StrEnum):
    PAST = "past"
    OVERLAP = "overlap"
    GAP = "gap"
    TRAVEL = "travel"
    HOLIDAY = "holiday"
    HOURS = "hours"
    NOTICE = "notice"
    HORIZON = "horizon"
    LIMIT = "limit"
    ASLEEP = "asleep"


@dataclass(frozen=True)
class Clash:
    """One thing that stands against a time, in words, and what it clashes with, if that is a thing.

    `free_from`: before that moment it stands against every later beginning too.
    """

    why: Why
    words: str
    other: Taken | None = None
    free_from: datetime | None = None

    @property
    def is_final(self) -> bool:
        """Whether no reason of anybody's helps."""
        return self.why is Why.PAST

    @property
    def key(self) -> str:
        """The same as long as it is the same thing that stands against it."""
        return f"{self.why}:{(self.other.id or self.other.starts.isoformat()) if self.other else ''}"


@dataclass
class Book:
    """One diary as it stands at `now`: its rules, and all that takes time. Made once, asked often."""

    rules: Rules
    taken: Iterable[Taken]
    now: datetime
    _open: dict[date, list[tuple[datetime, datetime]]] = field(default_factory=dict, repr=False)

    def __post_init__(self):
        self.zone = ZoneInfo(self.rules.zone)
        counted = sorted(
            (each for each in self.taken if counts(each, self.rules)), key=lambda each: each.starts
        )
        self.taken = tuple(counted)
        self._short = [each for each in counted if each.ends - each.starts <= DAY]
        self._starts = [each.starts for each in self._short]
        self._long = [each for each in counted if each.ends - each.starts > DAY]
        self._widest = MINUTE * max(
            [0, self.rules.travel, *(max(each.gap_before, each.gap_after) for each in counted)]
        )
        self._arranged: dict[date, int] = {}
        for each in counted:
            if each.kind in ARRANGED:
                on = each.starts.astimezone(self.zone).date()
                self._arranged[on] = self._arranged.get(on, 0) + 1

    def near(self, starts: datetime, ends: datetime, widened: timedelta) -> Iterator[Taken]:
        """All that is taken between these moments, and as far around them as any gap reaches."""
        around = max(widened, self._widest)
        begins, until = starts - around, ends + around
        first = bisect_left(self._starts, begins - DAY)
        for each in self._short[first : bisect_left(self._starts, until)]:
            if each.ends > begins:
                yield each
        for each in self._long:
            if each.starts < until and each.ends > begins:
                yield each

    def arranged_on(self, on: date) -> int:
        """How many meetings are arranged for that local day."""
        return self._arranged.get(on, 0)

    def open_on(self, on: date) -> list[tuple[datetime, datetime]]:
        """The stretches of a local day in which meetings may lie."""
        if on not in self._open:
            self._open[on] = list(pieces(self.rules.hours or EVERY_HOUR, on, self.zone, self.rules.holidays))
        return self._open[on]

    def open_around(self, moment: datetime) -> list[tuple[datetime, datetime]]:
        """The stretches from the local day before to two days after, joined where they touch."""
        on = moment.astimezone(self.zone).date()
        found: list[tuple[datetime, datetime]] = []
        for ahead in range(-1, 3):
            for begins, ends in self.open_on(on + ahead * DAY):
                if found and begins <= found[-1][1]:
                    found[-1] = found[-1][0], max(found[-1][1], ends)
                else:
                    found.append((begins, ends))
        return found


def counts(taken: Taken, rules: Rules) -> bool:
    """Whether an entry takes time at all, by what its calendar and the client say of it."""
    if taken.busy == "free" or (taken.busy == "tentative" and not rules.tentative_is_busy):
        return False
    return rules.all_day_is_busy or not taken.all_day


def pieces(
    intervals: Iterable[Interval], on: date, zone: ZoneInfo, holidays: tuple[Holiday, ...]
) -> Iterator[tuple[datetime, datetime]]:
    """The intervals of one local day as moments, in order, joined where they touch."""
    return joined(_pieces(intervals, on, zone, holidays))


def _pieces(
    intervals: Iterable[Interval], on: date, zone: ZoneInfo, holidays: tuple[Holiday, ...]
) -> Iterator[tuple[datetime, datetime]]:
    holiday = holiday_on(on, holidays)
    for interval in sorted((each for each in intervals if each.weekday == on.weekday()), key=_opens):
        left = left_by(holiday, interval)
        if left is None:
            continue
        begins = first_moment(on, left.opens, zone)
        ends = day_begins(on + DAY, zone) if left.closes == time.min else last_moment(on, left.closes, zone)
        if begins < ends:  # else the clocks skip all of it
            yield begins, ends


def _opens(interval: Interval) -> time:
    return interval.opens
