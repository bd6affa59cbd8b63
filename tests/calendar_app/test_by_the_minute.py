"""What is free, held against somebody who counts minutes one by one, over zones and days of changing clocks.

She knows nothing of intervals, joins and jumps: each minute is open or not and in somebody's way or not.
"""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_app.free_time import Kind, clashes, counts, grid, next_good_times

from .test_good_times import diaries

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SPAN = 3 * 1440  # minutes, from the midnight in UTC before now


class ByTheMinute:
    def __init__(self, book, wish):
        self.book, self.wish, self.rules = book, wish, book.rules
        self.begins = book.now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        self.moments = [self.begins + n * MINUTE for n in range(-1440, SPAN + 1440)]
        self.zone = ZoneInfo(self.rules.zone)
        self.walls = [each.astimezone(self.zone).replace(tzinfo=None) for each in self.moments]
        self.open = self._open()
        self.counted = [each for each in book.taken if counts(each, self.rules)]

    def _open(self):
        """A stretch lasts from the first minute at or after its beginning to the last before its end."""
        found = [not self.rules.hours] * len(self.moments)
        shut = {each.first for each in self.rules.holidays}
        by_day = {}
        for at, wall in enumerate(self.walls):
            by_day.setdefault(wall.date(), []).append(at)
        for on, minutes in by_day.items():
            for hours in self.rules.hours:
                if hours.weekday != on.weekday():
                    continue
                begun = [at for at in minutes if self.walls[at].time() >= hours.opens]
                closes = hours.closes
                ends = [
                    at for at in minutes if not closes.hour + closes.minute or self.walls[at].time() < closes
                ]
                if begun and ends:
                    for at in range(begun[0], ends[-1] + 1):
                        found[at] = True
            if on in shut:
                for at in minutes:
                    found[at] = False
        return found

    def is_good(self, starts):
        at = round((starts - self.moments[0]) / MINUTE)
        minutes = range(at, at + self.wish.minutes)
        return (
            all(self.open[each] for each in minutes)
            and starts >= self.book.now + self.rules.notice * MINUTE
            and self._within_the_limits(starts)
            and not any(self._in_the_way(other, starts) for other in self.counted)
            and all(self._awake(guest, minutes) for guest in self.wish.guests)
        )

    def _within_the_limits(self, starts):
        today = self.book.now.astimezone(self.zone).date()
        on = starts.astimezone(self.zone).date()
        arranged = [
            each
            for each in self.counted
            if each.kind in (Kind.MEETING, Kind.HELD) and each.starts.astimezone(self.zone).date() == on
        ]
        full = self.rules.daily_limit is not None and len(arranged) >= self.rules.daily_limit
        return on <= today + self.rules.days_ahead * DAY and not full

    def _in_the_way(self, other, starts):
        """Whether it reaches into the time kept free around another."""
        before, after = other.gap_before, other.gap_after
        before, after = max(before, self.rules.gap_after), max(after, self.rules.gap_before)
        if self.wish.place and other.place and self.wish.place != other.place:
            before, after = max(before, self.rules.travel), max(after, self.rules.travel)
        if other.all_day:
            before = after = 0
        ends = starts + self.wish.minutes * MINUTE
        return starts < other.ends + after * MINUTE and ends > other.starts - before * MINUTE

    def _awake(self, guest, minutes):
        walls = [self.moments[each].astimezone(ZoneInfo(guest.zone)) for each in minutes]
        return {each.date() for each in walls} == {walls[0].date()} and all(
            guest.wakes <= each.time() < guest.sleeps for each in walls
        )


@settings(max_examples=40, deadline=None)
@given(diaries(), st.integers(0, 22))
def test_a_time_is_good_if_and_only_if_each_of_its_minutes_is(diary, offset):
    book, wish = diary
    by_the_minute = ByTheMinute(book, wish)
    for minute in range(offset, SPAN, 23):  # and so at each minute of an hour
        starts = by_the_minute.begins + minute * MINUTE
        if starts >= book.now:
            assert (not clashes(book, wish, starts)) is by_the_minute.is_good(starts), starts


@settings(max_examples=40, deadline=None)
@given(diaries())
def test_what_is_offered_is_what_she_who_counts_minutes_finds(diary):
    book, wish = diary
    by_the_minute = ByTheMinute(book, wish)
    until = by_the_minute.begins + (SPAN - 120) * MINUTE
    offered = next_good_times(book, wish, until=until, at_most=10_000, a_day=None)
    today = book.now.astimezone(book.zone).date()
    begins = [
        starts
        for ahead in range(5)
        for starts in grid(today + ahead * DAY, book.zone, book.rules.grid_minutes)
        if book.now <= starts < until
    ]
    assert sorted(each.starts for each in offered) == [each for each in begins if by_the_minute.is_good(each)]
