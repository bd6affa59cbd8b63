"""The moments at which the entries of one UID take place: rules, dates put in and left out, exceptions. Pure.

An exception names the instance it stands for by the moment at which that was to be, in whatever zone it
says so. One that holds from there on moves all that follow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from . import recurrence
from .icalendar import Event

MOST = 2_000  # times of one entry in one look ahead; every day of eighteen months is 550
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FAR = datetime(9990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Happening:
    """One time. `starts` and `ends` are moments; a whole day lasts from midnight to midnight."""

    starts: datetime
    ends: datetime
    all_day: bool
    busy: str
    summary: str
    where: str
    private: bool
    instance: datetime  # when the rule meant it to be


@dataclass(frozen=True)
class Expanded:
    """`goes_on`: it may take place after the end of the look ahead too."""

    happenings: list[Happening]
    goes_on: bool


def expand(events: Sequence[Event], begins: datetime, ends: datetime, *, zone: tzinfo) -> Expanded:
    """What takes place in [begins, ends), both aware. `zone`: whose midnights bound whole days.

    Raises recurrence.Unfollowable.
    """
    masters, exceptions = _parted(events)
    found: list[Happening | None] = []
    goes_on = False
    if not masters:
        found = [_happening(each, each.starts, each.zone, zone) for each in exceptions]
    work = recurrence.Work()
    for master in masters:
        of_master = _OfMaster(master, exceptions, zone)
        found += of_master.happenings(begins, ends, work)
        goes_on = goes_on or of_master.goes_on(ends)
    within = [each for each in found if each is not None and each.starts < ends and each.ends > begins]
    if not masters or any(each.rule is None for each in masters):
        goes_on = goes_on or any(each is not None and each.starts >= ends for each in found)
    if len(within) > MOST:
        raise recurrence.Unfollowable("too_often")
    return Expanded(sorted(set(within), key=lambda each: (each.starts, each.ends)), goes_on)


def _parted(events: Sequence[Event]) -> tuple[list[Event], list[Event]]:
    """Those that stand by themselves, and exceptions. Of two states of one, the newer."""
    masters = [event for event in events if event.instance is None]
    if masters:
        newest = max(event.sequence for event in masters)
        kept: dict[tuple, Event] = {}
        for event in sorted(
            (each for each in masters if each.sequence == newest), key=lambda each: each.stamp
        ):
            # Programs that give everything one UID mean several entries: none is lost.
            kept[(str(event.starts), str(event.zone))] = event
        masters = list(kept.values())
    exceptions: dict[str, Event] = {}
    for event in sorted(events, key=lambda each: (each.sequence, each.stamp)):
        if event.instance is not None:
            exceptions[f"{event.instance}{event.and_after}"] = event
    return masters, list(exceptions.values())


class _OfMaster:
    def __init__(self, master: Event, exceptions: Sequence[Event], zone: tzinfo):
        self.master = master
        self.zone = zone
        self.by_moment: dict[datetime, Event] = {}
        self.by_day: dict[date, Event] = {}
        self.from_then_on: list[tuple[datetime, Event]] = []
        for event in exceptions:
            key = event.instance
            if event.and_after:
                self.from_then_on.append((self._moment(key), event))
            elif isinstance(key, datetime):
                self.by_moment[key] = event
            elif key is not None:
                self.by_day[key] = event
        self.from_then_on.sort(key=lambda pair: pair[0])

    def _moment(self, key) -> datetime:
        if isinstance(key, datetime):
            return key
        return recurrence.moment(datetime.combine(key, time.min), self.master.zone)

    def goes_on(self, ends: datetime) -> bool:
        rule = self.master.rule
        if rule is None:
            return False
        until = rule.until
        if until is None:
            return True
        last = until if isinstance(until, datetime) else datetime.combine(until, time.max)
        return (last if last.tzinfo else last.replace(tzinfo=UTC)) >= ends - DAY

    def happenings(
        self, begins: datetime, ends: datetime, work: recurrence.Work
    ) -> Iterable[Happening | None]:
        for wall, its_zone in self._walls(begins, ends, work):
            moment = _moment_or_none(wall, its_zone)
            if moment is None:
                continue
            if moment in self.by_moment or wall.date() in self.by_day:
                continue  # told by its exception, below
            if moment in self.master.left_out or wall.date() in self.master.days_left_out:
                continue
            if self.master.all_day and self._left_out_at_midnight(wall.date()):
                continue
            yield self._following(wall, its_zone, moment)
        for event in (
            *self.by_moment.values(),
            *self.by_day.values(),
            *(each for _, each in self.from_then_on),
        ):
            yield _happening(event, event.starts, event.zone, self.zone)

    def _left_out_at_midnight(self, day: date) -> bool:
        """A whole day may be left out, or changed, by the moment of its midnight, in its zone or in UTC."""
        midnights = {
            recurrence.moment(datetime.combine(day, time.min), each) for each in (self.master.zone, UTC)
        }
        return bool(midnights & self.master.left_out) or any(each in self.by_moment for each in midnights)

    def _walls(
        self, begins: datetime, ends: datetime, work: recurrence.Work
    ) -> list[tuple[datetime, tzinfo]]:
        """When the rule and the dates put in mean it to be, in a window wide enough for what moved."""
        master = self.master
        first = (
            master.starts
            if isinstance(master.starts, datetime)
            else datetime.combine(master.starts, time.min)
        )
        reach = timedelta(days=master.days + 2) + master.length
        moved = max(
            (abs(_shift(each, key, self.zone)) for key, each in self.from_then_on), default=timedelta(0)
        )
        after, before = _naive(begins, reach + moved, -1), _naive(ends, timedelta(days=2) + moved, 1)
        walls: list[tuple[datetime, tzinfo]]
        if master.rule is None:
            walls = [(first, master.zone)]
        else:
            found = recurrence.walls(master.rule, first, master.zone, after, before, work=work)
            walls = [(wall, master.zone) for wall in recurrence.at_most(found, MOST)]
        for when, its_zone in dict.fromkeys(master.put_in):  # told twice, it takes place once
            wall = when if isinstance(when, datetime) else datetime.combine(when, first.time())
            if after <= wall < before:
                walls.append((wall, its_zone))
        return walls

    def _following(self, wall: datetime, its_zone: tzinfo, moment: datetime) -> Happening | None:
        """As the last exception that holds from then on has it, if there is one."""
        event = self.master
        for key, each in self.from_then_on:
            if key == moment:
                return None  # the exception itself tells it
            if key < moment:
                event = each
        if event is self.master:
            start = wall.date() if event.all_day else wall
            return _happening(event, start, its_zone, self.zone, instance=moment)
        key = next(key for key, each in self.from_then_on if each is event)
        moved_by = _shift(event, key, self.zone)
        start = wall + moved_by
        shifted = start.date() if event.all_day else start
        return _happening(event, shifted, its_zone, self.zone, instance=moment)


def _shift(event: Event, key: datetime, zone: tzinfo) -> timedelta:
    """By how much on the wall clock an exception lies away from the instance it stands for."""
    starts = event.starts if isinstance(event.starts, datetime) else datetime.combine(event.starts, time.min)
    return starts - key.astimezone(event.zone).replace(tzinfo=None)


def _naive(moment: datetime, by: timedelta, sign: int) -> datetime:
    try:
        return (moment + sign * by).replace(tzinfo=None)
    except OverflowError:
        return datetime.min if sign < 0 else datetime.max


def _moment_or_none(wall: datetime, zone: tzinfo) -> datetime | None:
    try:
        return recurrence.moment(wall, zone)
    except OverflowError:
        return None


def _happening(event: Event, start, its_zone: tzinfo, zone: tzinfo, *, instance=None) -> Happening | None:
    """None if it is called off, or lies outside the years there are."""
    if event.cancelled:
        return None
    try:
        if event.all_day:
            begins = recurrence.moment(datetime.combine(start, time.min), zone)
            ends = recurrence.moment(datetime.combine(start + timedelta(days=event.days), time.min), zone)
        else:
            begins = recurrence.moment(start, its_zone)
            after_days = (
                recurrence.moment(start + timedelta(days=event.days), its_zone) if event.days else begins
            )
            ends = min(after_days + event.length, FAR)
    except OverflowError:
        if event.all_day or not isinstance(start, datetime) or start.year < 9000:
            return _endless(event, start, its_zone, zone, instance)
        return None
    busy = event.busy
    if ends <= begins:  # a reminder: it is shown, and takes no time
        ends, busy = begins + MINUTE, "free"
    return Happening(
        begins,
        ends,
        event.all_day,
        busy,
        event.summary,
        event.where,
        event.private,
        instance or _key(event, begins),
    )


def _endless(event: Event, start, its_zone: tzinfo, zone: tzinfo, instance) -> Happening | None:
    """What ends after the years there are lasts as long as we can say; what begins before them is over."""
    year = start.year
    if year < 2 or year > 9000:
        return None
    wall = start if isinstance(start, datetime) else datetime.combine(start, time.min)
    begins = recurrence.moment(wall, zone if event.all_day else its_zone)
    return Happening(
        begins, FAR, event.all_day, event.busy, event.summary, event.where, event.private, instance or begins
    )


def _key(event: Event, begins: datetime) -> datetime:
    return event.instance if isinstance(event.instance, datetime) else begins
