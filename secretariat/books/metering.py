"""From raw intervals to seconds of each kind. Pure: no clock, no database, no settings.

Lengths are whole microseconds, as moments are kept, so that nothing is rounded before a rule says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

SECOND = 1_000_000  # in microseconds
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Interval:
    """One stretch of one kind of work, as it counts. `was` is (from, until) before it was corrected."""

    record_id: UUID | None  # None: still going on
    kind: str
    started_at: datetime
    ended_at: datetime
    client_id: UUID | None = None
    subject: tuple[str, UUID] | None = None
    was: tuple[datetime, datetime] | None = None
    because: str = ""

    @property
    def micros(self) -> int:
        return length(self.started_at, self.ended_at)

    @property
    def seconds(self) -> float:
        return self.micros / SECOND

    @property
    def is_struck_out(self) -> bool:
        """Corrected to nothing."""
        return self.was is not None and not self.micros


def length(since: datetime, until: datetime) -> int:
    """Whole microseconds between two moments."""
    return (until - since) // MICROSECOND


def by_kind(intervals: Iterable[Interval]) -> dict[str, int]:
    """Microseconds of each kind, none left out."""
    found: dict[str, int] = defaultdict(int)
    for each in intervals:
        found[each.kind] += each.micros
    return dict(found)


def by_day(intervals: Iterable[Interval], zone: ZoneInfo) -> dict[date, list[Interval]]:
    """Each interval under the local day on which it began, in order of time."""
    found: dict[date, list[Interval]] = defaultdict(list)
    for each in sorted(intervals, key=lambda it: (it.started_at, it.ended_at)):
        found[each.started_at.astimezone(zone).date()].append(each)
    return dict(sorted(found.items()))


def at_work(intervals: Iterable[Interval]) -> int:
    """Microseconds during which any of them ran: what overlaps, as a second call on hold, counts once."""
    total, reached = 0, None
    for each in sorted(intervals, key=lambda it: it.started_at):
        since = each.started_at if reached is None else max(each.started_at, reached)
        if each.ended_at > since:
            total += length(since, each.ended_at)
            reached = each.ended_at
    return total


def counted(micros: Mapping[str, int], kinds: Iterable[str]) -> int:
    """Microseconds of those kinds alone."""
    wanted = set(kinds)
    return sum(value for kind, value in micros.items() if kind in wanted)
