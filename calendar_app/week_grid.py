"""Days of a diary laid out in quarters of an hour. Pure: no clock, no database, no settings.

A day is drawn by its wall clock, 96 quarters whatever the clocks do; each entry stands in a lane, so that no
two of one day cover each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clients.local_time import day_begins

from .entries import Entry

DAY = timedelta(days=1)
QUARTERS = 96
LANES = 6  # as many stand beside each other; more are told by the agenda


@dataclass(frozen=True)
class Placed:
    """An entry in its day: from the quarter `first` (0: the first one shown), `quarters` high, in `lane`."""

    entry: Entry
    first: int
    quarters: int
    lane: int
    continues: bool = False  # it began on a day before

    @property
    def place(self) -> str:
        """Where it stands, as classes: a page has no style of its own."""
        return f"r-{self.first} n-{self.quarters} l-{self.lane}"

    @property
    def is_short(self) -> bool:
        return self.quarters < 3

    @property
    def is_long(self) -> bool:
        """There is room to say until when."""
        return self.quarters > 5


@dataclass(frozen=True)
class Day:
    on: date
    placed: tuple[Placed, ...]
    all_day: tuple[Entry, ...]
    lanes: int
    more: int  # entries that found no lane
    is_today: bool
    now: int | None  # the quarter it is, if that is shown


@dataclass(frozen=True)
class Grid:
    """`hours` are those shown, by the reader's clock; `others` what another zone's clocks show then."""

    days: tuple[Day, ...]
    hours: tuple[int, ...]
    others: tuple[str, ...]

    @property
    def quarters(self) -> int:
        return 4 * len(self.hours)

    @property
    def clocks(self) -> list[tuple[int, str]]:
        """(hour, what the other zone's clocks show then) of each row."""
        return list(zip(self.hours, self.others or [""] * len(self.hours), strict=True))


def lay_out(
    entries: Sequence[Entry],
    days: Sequence[date],
    *,
    zone: str,
    now: datetime,
    other_zone: str = "",
    shown: tuple[int, int] = (8, 18),
) -> Grid:
    """The grid of these days on the clocks of `zone`, at least the hours `shown`."""
    here = ZoneInfo(zone)
    pieces = {on: _pieces(entries, on, here) for on in days}
    timed = [piece for found in pieces.values() for piece in found if not piece[0].all_day]
    first = min([shown[0], *(begins // 4 for _entry, begins, _ends in timed)])
    last = max([shown[1], *(-(-ends // 4) for _entry, _begins, ends in timed)])
    local = now.astimezone(here)
    grid_days = tuple(_day(on, pieces[on], first, last, local) for on in days)
    hours = tuple(range(first, last))
    return Grid(grid_days, hours, _other_hours(hours, days[0], here, other_zone))


def _pieces(entries: Sequence[Entry], on: date, here: ZoneInfo) -> list[tuple[Entry, int, int]]:
    """The entries that touch that day, each with its first quarter there and the one after its last."""
    begins, ends = day_begins(on, here), day_begins(on + DAY, here)  # once: a week has hundreds of entries
    touching = (entry for entry in entries if entry.starts < ends and entry.ends > begins)
    return [_piece(entry, begins, ends, here) for entry in touching]


def _piece(entry: Entry, begins: datetime, ends: datetime, here: ZoneInfo) -> tuple[Entry, int, int]:
    first = 0 if entry.starts <= begins else _quarter(entry.starts.astimezone(here))
    last = QUARTERS if entry.ends >= ends else _quarter(entry.ends.astimezone(here), up=True)
    return entry, first, min(QUARTERS, max(last, first + 1))


def _quarter(local: datetime, *, up: bool = False) -> int:
    minutes = local.hour * 60 + local.minute
    return -(-minutes // 15) if up else minutes // 15


def _day(on: date, pieces, first: int, last: int, local: datetime) -> Day:
    placed, ends_of_lanes, more = [], [0] * LANES, 0
    for entry, begins, ends in sorted(
        (each for each in pieces if not each[0].all_day), key=lambda each: (each[1], -each[2])
    ):
        lane = next((n for n, end in enumerate(ends_of_lanes) if end <= begins), None)
        if lane is None:
            more += 1
            continue
        ends_of_lanes[lane] = ends
        continues = entry.starts.astimezone(local.tzinfo).date() < on
        placed.append(Placed(entry, begins - first * 4, ends - begins, lane, continues))
    now = _quarter(local) - first * 4 if local.date() == on else None
    return Day(
        on=on,
        placed=tuple(placed),
        all_day=tuple(entry for entry, _begins, _ends in pieces if entry.all_day),
        lanes=max((each.lane for each in placed), default=0) + 1,
        more=more,
        is_today=local.date() == on,
        now=now if now is not None and 0 <= now < (last - first) * 4 else None,
    )


def _other_hours(hours, on: date, here: ZoneInfo, other: str) -> tuple[str, ...]:
    """What the other zone's clocks show at each of these hours of the first day; empty where they agree."""
    if not other:
        return ()
    noon = datetime.combine(on, time(12), here)
    if noon.utcoffset() == noon.astimezone(ZoneInfo(other)).utcoffset():
        return ()
    there = [datetime.combine(on, time(hour), here).astimezone(ZoneInfo(other)) for hour in hours]
    return tuple(f"{each:%H}" if each.minute == 0 else f"{each:%H:%M}" for each in there)


def days_of(view: str, on: date, *, weekend: bool = False) -> list[date]:
    """The days of one view: the day itself, or the week from its Monday, with its weekend where wanted."""
    if view == "day":
        return [on]
    monday = on - timedelta(days=on.weekday())
    return [monday + timedelta(days=n) for n in range(7 if weekend else 5)]
