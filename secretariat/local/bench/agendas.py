"""Calendars for a measurement, and what is busy in them: reckoned here, apart from everything measured.

Written down twice, as iCalendar and as moments, by plain arithmetic on wall times. Standard library only.
"""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = "Europe/London"
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
OPENS, CLOSES = time(9), time(17)
ALWAYS_FREE = (3, time(14), time(15, 30))  # Thursdays: else of twenty calendars nothing is ever free
Span = tuple[datetime, datetime]
DEFINED = (  # for programs that know no names
    *("BEGIN:VTIMEZONE", f"TZID:{ZONE}", "BEGIN:DAYLIGHT", "DTSTART:19810329T010000"),
    *("RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "END:DAYLIGHT"),
    *("BEGIN:STANDARD", "DTSTART:19961027T020000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
    *("TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)


@dataclass(frozen=True)
class Item:
    uid: str
    lines: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//bench//bench//EN", *DEFINED)
        whole = (*head, "BEGIN:VEVENT", f"UID:{self.uid}", "DTSTAMP:20260101T000000Z", *self.lines)
        return "\r\n".join([*whole, "END:VEVENT", "END:VCALENDAR", ""])


def agenda(seed: int, *, events: int, series: int, today: date, days: int = 365) -> list[Item]:
    """So many single events within `days` around today, and weekly series that began within them."""
    lots = random.Random(seed)
    found = []
    for number in range(events):
        on = today + lots.randrange(-days, days) * DAY
        at, minutes = _time_of(lots, on.weekday())
        lines = (*_when(on, at, minutes), f"SUMMARY:Event {number}")
        found.append(Item(f"e{seed}-{number}@bench.example", lines, (_span(on, at, minutes),)))
    for number in range(series):
        first = today - lots.randrange(7, days) * DAY
        at, minutes = _time_of(lots, first.weekday())
        lines = (*_when(first, at, minutes), "RRULE:FREQ=WEEKLY", f"SUMMARY:Series {number}")
        spans = tuple(_span(first + 7 * n * DAY, at, minutes) for n in range((days + 600) // 7))
        found.append(Item(f"s{seed}-{number}@bench.example", lines, spans))
    return found


def _time_of(lots: random.Random, weekday: int) -> tuple[time, int]:
    free_on, free_from, free_until = ALWAYS_FREE
    while True:
        minute, minutes = 15 * lots.randrange(36, 67), lots.choice([15, 30, 30, 45, 60])
        begins, ends = (
            time(minute // 60, minute % 60),
            time((minute + minutes) // 60, (minute + minutes) % 60),
        )
        if weekday != free_on or ends <= free_from or begins >= free_until:
            return begins, minutes


def _when(on: date, at: time, minutes: int) -> tuple[str, str]:
    starts = datetime.combine(on, at)
    ends = starts + minutes * MINUTE
    return f"DTSTART;TZID={ZONE}:{starts:%Y%m%dT%H%M%S}", f"DTEND;TZID={ZONE}:{ends:%Y%m%dT%H%M%S}"


def _span(on: date, at: time, minutes: int) -> Span:
    starts = datetime.combine(on, at, ZoneInfo(ZONE)).astimezone(UTC)
    return starts, starts + minutes * MINUTE


def joined(spans, begins: datetime, until: datetime) -> list[Span]:
    """What is busy between these moments, in order, joined where it touches."""
    found: list[Span] = []
    for starts, ends in sorted(spans):
        starts, ends = max(starts, begins), min(ends, until)
        if starts >= ends:
            continue
        if found and starts <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], ends)
        else:
            found.append((starts, ends))
    return found


def minutes_apart(one: list[Span], other: list[Span]) -> int:
    """In how many minutes these two say different things."""
    return len(_minutes(one) ^ _minutes(other))


def _minutes(spans: list[Span]) -> set[int]:
    return {
        minute
        for starts, ends in spans
        for minute in range(int(starts.timestamp()) // 60, int(ends.timestamp()) // 60)
    }


def next_free(busy: list[Span], now: datetime, *, minutes: int, days: int, at_most: int, a_day: int):
    """The next times that touch nothing, a quarter of an hour's grid, so many a day, one after the other."""
    here, taken, found = ZoneInfo(ZONE), _minutes(busy), []
    today = now.astimezone(here).date()
    for ahead in range(days + 1):
        on, last, count = today + ahead * DAY, now, 0
        for quarter in range(36, 68):
            starts, ends = _span(on, time(quarter // 4, quarter % 4 * 15), minutes)
            too_late = ends.astimezone(here).time() > CLOSES
            if starts < last or count == a_day or too_late or on.weekday() > 4 or starts >= now + days * DAY:
                continue
            first = int(starts.timestamp()) // 60
            if not taken & set(range(first, first + minutes)):
                found.append(starts)
                last, count = ends, count + 1
    return found[:at_most]


def next_change(after: date) -> date:
    """The next day on which the clocks of ZONE change."""
    here, on = ZoneInfo(ZONE), after
    while (
        datetime.combine(on, time(12), here).utcoffset()
        == datetime.combine(on - DAY, time(12), here).utcoffset()
    ):
        on += DAY
    return on
