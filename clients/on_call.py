"""Who is on call, and until when. Pure: no clock, no database, no settings.

A list names people in their order. They may take turns, day by day or week by week, at its change-over time;
it may hold for some hours of each day only; and for some days others may be in the place of all of them. Wall
times are those of the list's zone, everything else is UTC.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from .local_time import first_moment
from .windows import ALWAYS, Window

STAYS, DAILY, WEEKLY = "stays", "daily", "weekly"
DAY = timedelta(days=1)
LENGTH = {DAILY: 1, WEEKLY: 7}  # days of a turn
LOOKED_AHEAD = timedelta(days=62)


@dataclass(frozen=True)
class Replacement:
    """Other people on call in the place of the list's, for a while. No people: nobody is."""

    from_at: datetime
    until_at: datetime
    people: tuple[UUID, ...]
    written_at: datetime


@dataclass(frozen=True)
class Roster:
    """One on-call list. `since` is the day at whose change-over the first person’s turn began.

    `gone` are those who have left: their turns pass to the next, and nobody else’s turn moves.
    """

    series: UUID
    name: str
    zone: str
    people: tuple[UUID, ...]
    since: date
    turns: str = STAYS
    changes_over: time = time(8)
    hours: Window = ALWAYS
    replacements: tuple[Replacement, ...] = ()
    gone: frozenset[UUID] = frozenset()

    @property
    def named(self) -> frozenset[UUID]:
        """Everybody it counts on, whenever."""
        return frozenset([*self.people, *(who for each in self.replacements for who in each.people)])

    @property
    def takes_turns(self) -> bool:
        return self.turns != STAYS and len(self.people) > 1


@dataclass(frozen=True)
class OnCall:
    """Whom a list puts on call, in order, and until when that stays so; None: as far as can be seen."""

    name: str
    people: tuple[UUID, ...]
    until_at: datetime | None


def on_call(roster: Roster, at: datetime) -> OnCall:
    people = _people(roster, at)
    ends = (edge for edge in edges(roster, at, at + LOOKED_AHEAD) if _people(roster, edge) != people)
    return OnCall(roster.name, people, next(ends, None))


def together(rosters: Iterable[Roster], at: datetime) -> tuple[tuple[UUID, OnCall], ...]:
    """Everybody on call by any of these lists, once and in order, each with the list that says so."""
    found: dict[UUID, OnCall] = {}
    for roster in rosters:
        told = on_call(roster, at)
        for person in told.people:
            found.setdefault(person, told)
    return tuple(found.items())


def _people(roster: Roster, at: datetime) -> tuple[UUID, ...]:
    replacing = [each for each in roster.replacements if each.from_at <= at < each.until_at]
    if replacing:
        people = max(replacing, key=lambda each: each.written_at).people
    elif roster.hours and not roster.hours.holds_at(at, roster.zone):
        people = ()
    elif roster.takes_turns:
        first = turn(roster, at) % len(roster.people)
        people = roster.people[first:] + roster.people[:first]
    else:
        people = roster.people
    return tuple(each for each in people if each not in roster.gone)


def turn(roster: Roster, at: datetime) -> int:
    """How many turns have begun since the first one, which is 0."""
    return (_day_of(roster, at) - roster.since).days // LENGTH[roster.turns]


def _day_of(roster: Roster, at: datetime) -> date:
    """The day whose change-over came last: until then it is still the day before."""
    zone = ZoneInfo(roster.zone)
    day = at.astimezone(zone).date() + DAY
    while first_moment(day, roster.changes_over, zone) > at:
        day -= DAY
    return day


def edges(roster: Roster, after: datetime, until: datetime) -> Iterator[datetime]:
    """Every moment in between at which other people may be on call, in order."""
    moments = {each for swap in roster.replacements for each in (swap.from_at, swap.until_at)}
    zone = ZoneInfo(roster.zone)
    last = until.astimezone(zone).date()
    if roster.hours:
        first = after.astimezone(zone).date() - DAY
        moments |= {each for ends in roster.hours.stretches(first, last, roster.zone) for each in ends}
    if roster.takes_turns:
        length = LENGTH[roster.turns]
        day = roster.since + timedelta(days=(turn(roster, after) + 1) * length)
        while day <= last:
            moments.add(first_moment(day, roster.changes_over, zone))
            day += timedelta(days=length)
    return iter(sorted(each for each in moments if after < each < until))


def gaps(rosters: Iterable[Roster], after: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
    """The stretches in between in which none of these lists puts anybody on call, in order."""
    rosters = tuple(rosters)
    moments = sorted({after, *(edge for each in rosters for edge in edges(each, after, until))})
    found: list[tuple[datetime, datetime]] = []
    for begins, ends in zip(moments, [*moments[1:], until], strict=True):
        if any(_people(each, begins) for each in rosters):
            continue
        if found and found[-1][1] == begins:
            begins = found.pop()[0]
        found.append((begins, ends))
    return found
