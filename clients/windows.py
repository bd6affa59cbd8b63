"""Days of the week and hours that come back every week, on the clocks of one zone. Pure.

"Tuesdays and Thursdays, 14:00–16:00". Hours that end before they begin go over midnight and belong to the
day on which they begin.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .local_time import day_begins, first_moment, last_moment

DAY = timedelta(days=1)
A_WEEK_ON = 8  # days ahead within which whatever comes back every week has come back


@dataclass(frozen=True)
class Window:
    """No `weekdays` (Monday is 0): every day. No hours: the whole day. Neither: all the time."""

    weekdays: frozenset[int] = frozenset()
    begins: time | None = None
    ends: time | None = None  # 00:00 is the day's end

    def __bool__(self) -> bool:
        return bool(self.weekdays) or self.begins is not None or self.ends is not None

    @property
    def lasts(self) -> timedelta:
        """How long it lasts at a time, on the wall clock."""
        begins, ends = self.begins or time.min, self.ends or time.min
        length = datetime.combine(date.min + DAY, ends) - datetime.combine(date.min + DAY, begins)
        return length if length > timedelta() else length + DAY

    @property
    def crosses_midnight(self) -> bool:
        begins, ends = self.begins or time.min, self.ends or time.min
        return ends != time.min and ends <= begins

    def holds_at(self, at: datetime, zone: str) -> bool:
        today = at.astimezone(ZoneInfo(zone)).date()
        return any(begins <= at < ends for begins, ends in self.stretches(today - DAY, today, zone))

    def stretches(self, first: date, last: date, zone: str) -> Iterator[tuple[datetime, datetime]]:
        """Each time it holds that begins on a day from `first` to `last`, in UTC, joined where they touch."""
        current: tuple[datetime, datetime] | None = None
        for begins, ends in self._pieces(first, last, ZoneInfo(zone)):
            if current and begins <= current[1]:
                current = current[0], max(current[1], ends)
                continue
            if current:
                yield current
            current = begins, ends
        if current:
            yield current

    def _pieces(self, first: date, last: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        for ahead in range((last - first).days + 1):
            on = first + ahead * DAY
            if self.weekdays and on.weekday() not in self.weekdays:
                continue
            begins = first_moment(on, self.begins or time.min, zone)
            if (self.ends or time.min) == time.min:
                ends = day_begins(on + DAY, zone)
            else:
                ends = last_moment(on + DAY if self.crosses_midnight else on, self.ends, zone)
            if begins < ends:
                yield begins, ends

    def around(self, at: datetime, zone: str) -> Iterator[tuple[datetime, datetime]]:
        """The stretches from the one that may hold at `at` to more than a week later."""
        today = at.astimezone(ZoneInfo(zone)).date()
        return self.stretches(today - DAY, today + A_WEEK_ON * DAY, zone)


ALWAYS = Window()
