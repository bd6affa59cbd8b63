"""Is the client open, and do we answer now? Pure: no clock, no database, no settings.

Hours are local wall times of the client's zone, several intervals a day. They are turned into moments
before anything is compared, so that the days on which the clocks change need no rule of their own.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from secretariat.spans import joined

from . import wording
from .local_time import day_begins, first_moment, last_moment

# Whatever repeats weekly shows itself within this; the rest is for long runs of holidays.
DAYS_AHEAD = 35
# An end beyond this may be that of the looking alone: `at` lies within the second day of it, and a zone that
# moves across the date line leaves a day out.
DAYS_SURE = DAYS_AHEAD - 2
DAY = timedelta(days=1)
DIFFERENT = ("closed", "half")  # what a client may say of a holiday that changes her hours


@dataclass(frozen=True)
class Interval:
    """One stretch of a weekday (Monday is 0), local wall time. `closes` at 00:00 means the day's end."""

    weekday: int
    opens: time
    closes: time


# A client who has told us no hours counts as open at every one of them.
EVERY_HOUR = tuple(Interval(weekday, time.min, time.min) for weekday in range(7))


@dataclass(frozen=True)
class Holiday:
    """Days, `first` to `last`, on which the usual hours may not hold. What the client `says` of them:

    closed all day; half, open within the usual hours from `opens` and until `closes` (either may be left
    out); open as usual; or asked, when she has not said yet and the usual hours hold.
    """

    first: date
    last: date
    name: str = ""
    says: str = "closed"
    opens: time | None = None
    closes: time | None = None
    is_public: bool = False  # from the calendar of her country, not of her own
    is_for_line: bool = False  # for this line alone

    @property
    def precedence(self) -> tuple:
        """The smallest wins: an answer, then what is for the line, then the fewest days, then her own."""
        return self.says == "asked", not self.is_for_line, self.last - self.first, self.is_public


@dataclass(frozen=True)
class Hours:
    """What one line's answer to "is anybody there?" follows from. `answers`: always, when_closed, listed."""

    zone: str
    open: tuple[Interval, ...] = ()
    answered: tuple[Interval, ...] = ()
    answers: str = "always"
    holidays: tuple[Holiday, ...] = ()


@dataclass(frozen=True)
class Fact:
    """Whether something holds, why, and when that changes next (None: not within five weeks)."""

    holds: bool
    because: str
    until: datetime | None = None


@dataclass(frozen=True)
class Availability:
    open: Fact  # the client herself
    answered: Fact  # by us, on this line
    holiday: str | None = None  # today's name, where the hours are not the usual ones; it may be empty
    asked: str = ""  # today's name, where the client has not said whether she is open


@dataclass(frozen=True)
class Whereabouts:
    """Where one person at the client says she is. `until_at` is when it ends by itself."""

    contact_id: UUID
    name: str
    kind: str
    words: str
    from_at: datetime
    until_at: datetime
    set_at: datetime
    note: str = ""
    set_by: str = ""
    stand_in_id: UUID | None = None  # who takes what is for her meanwhile
    stand_in: str = ""
    by_diary: bool = False  # what stands in her diary, not what she said


def availability(hours: Hours, *, at: datetime) -> Availability:
    """What holds at `at` (aware), with the reasons in the reader's language and the client's clock."""
    holiday = holiday_on(at.astimezone(ZoneInfo(hours.zone)).date(), hours.holidays)
    is_open = _open(hours, at, holiday)
    name = holiday.name if holiday and holiday.says in DIFFERENT else None
    asked = holiday.name if holiday and holiday.says == "asked" else ""
    return Availability(open=is_open, answered=_answered(hours, at, is_open), holiday=name, asked=asked)


def promised(hours: Hours, begins: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
    """When somebody is to answer between two moments, at most a month apart: in the hours listed, when the
    client is closed, or, where we always answer, in her opening hours.
    """
    if hours.answers == "listed":
        spans = _spans(hours.answered, hours, begins)
    else:
        spans = _spans(hours.open or EVERY_HOUR, hours, begins, but_for_holidays=True)
    within = [(max(since, begins), min(until, ends)) for since, until in spans if until > begins]
    within = [(since, until) for since, until in within if since < until]
    if hours.answers != "when_closed":
        return within
    edges = [begins, *(edge for span in within for edge in span), ends]
    return [(since, until) for since, until in zip(edges[::2], edges[1::2], strict=True) if since < until]


def holiday_on(on: date, holidays: Iterable[Holiday]) -> Holiday | None:
    """What that day is: of several, the one that decides; one asked about only if there is no other."""
    theirs = (each for each in holidays if each.first <= on <= each.last)
    return min(theirs, key=lambda each: each.precedence, default=None)


def where(statuses: Iterable[Whereabouts], *, at: datetime) -> dict[UUID, Whereabouts]:
    """Where each person is at `at`: of several that overlap, the one she set last."""
    found: dict[UUID, Whereabouts] = {}
    for status in sorted(statuses, key=lambda status: status.set_at):
        if status.from_at <= at < status.until_at:
            found[status.contact_id] = status
    return found


def _open(hours: Hours, at: datetime, holiday: Holiday | None) -> Fact:
    if not hours.open and not hours.holidays:  # what most lines come to; the spans would say the same
        return Fact(True, _("no opening hours are set, so every hour counts as open"))
    intervals = hours.open or EVERY_HOUR
    holds, until = _at(at, _spans(intervals, hours, at, but_for_holidays=True))
    if holiday and holiday.says in DIFFERENT:
        because = _on_holiday(holiday, holds)
    elif not hours.open:
        because = _("no opening hours are set, so every hour counts as open")
    elif holds and holiday and holiday.says == "asked":
        because = _(
            "inside the client’s opening hours; whether it is open on %(name)s the client has not said"
        ) % {"name": holiday.name}
    elif holds:
        because = _("inside the client’s opening hours")
    elif until:
        because = _("outside the client’s opening hours, which resume %(when)s") % _when(until, hours, at)
    else:
        because = _("outside the client’s opening hours")
    return Fact(holds, because, until)


def _on_holiday(holiday: Holiday, holds: bool) -> str:
    named = {"name": holiday.name}
    if holiday.says == "closed":
        return _("holiday: %(name)s") % named if holiday.name else _("holiday")
    if holds:
        return _("inside the hours of a half day: %(name)s") % named if holiday.name else _("half day")
    return _("outside the hours of a half day: %(name)s") % named if holiday.name else _("half day")


def _answered(hours: Hours, at: datetime, is_open: Fact) -> Fact:
    if hours.answers == "always":
        return Fact(True, _("we always answer this line"))
    if hours.answers == "when_closed":
        return _answered_when_closed(hours, at, is_open)
    holds, until = _at(at, _spans(hours.answered, hours, at))
    if holds:
        because = _("inside the hours we answer")
    elif until:
        because = _("outside the hours we answer, which resume %(when)s") % _when(until, hours, at)
    else:
        because = _("outside the hours we answer")
    return Fact(holds, because, until)


def _answered_when_closed(hours: Hours, at: datetime, is_open: Fact) -> Fact:
    if not is_open.holds:
        because = _("the client is closed, and then we answer")
    elif is_open.until:
        because = _("the client is open and answers this line herself until %(when)s") % _when(
            is_open.until, hours, at
        )
    else:
        because = _("the client is open and answers this line herself")
    return Fact(not is_open.holds, because, is_open.until)


def _when(until: datetime, hours: Hours, at: datetime) -> dict[str, str]:
    return {"when": wording.moment(until, hours.zone, now=at)}


def _at(at: datetime, spans: Iterator[tuple[datetime, datetime]]) -> tuple[bool, datetime | None]:
    """Whether `at` lies in one of these spans (in order), and where that ends or the next begins."""
    for begins, ends in spans:
        if at < begins:
            return False, begins
        if at < ends:
            return True, ends if ends - at < DAYS_SURE * DAY else None
    return False, None


def _spans(
    intervals: Iterable[Interval], hours: Hours, at: datetime, *, but_for_holidays: bool = False
) -> Iterator[tuple[datetime, datetime]]:
    """The spans of these intervals from the day before `at` on: in UTC, in order, joined where they touch."""
    zone = ZoneInfo(hours.zone)
    holidays = hours.holidays if but_for_holidays else ()
    return joined(_pieces(tuple(intervals), zone, at.astimezone(zone).date() - DAY, holidays))


def _pieces(
    intervals: tuple[Interval, ...], zone: ZoneInfo, first: date, holidays: tuple[Holiday, ...]
) -> Iterator[tuple[datetime, datetime]]:
    """Each interval of each day as moments. One that the clocks skip altogether is left out."""
    for ahead in range(DAYS_AHEAD + 1):
        on = first + ahead * DAY
        holiday = holiday_on(on, holidays)
        for interval in sorted(
            (each for each in intervals if each.weekday == on.weekday()), key=lambda each: each.opens
        ):
            left = left_by(holiday, interval)
            if left is None:
                continue
            begins = first_moment(on, left.opens, zone)
            if left.closes == time.min:
                ends = day_begins(on + DAY, zone)
            else:
                ends = last_moment(on, left.closes, zone)
            if begins < ends:
                yield begins, ends


def left_by(holiday: Holiday | None, interval: Interval) -> Interval | None:
    """What a holiday leaves of an interval of its day: a half day shortens it, and never makes it longer."""
    if holiday is None or holiday.says not in DIFFERENT:
        return interval
    if holiday.says == "closed":
        return None
    opens = max(interval.opens, holiday.opens or time.min)
    ends = [each for each in (interval.closes, holiday.closes or time.min) if each != time.min]
    closes = min(ends, default=time.min)  # 00:00 is the day's end
    return Interval(interval.weekday, opens, closes) if closes == time.min or opens < closes else None


def overlaps(intervals: Iterable[Interval]) -> list[tuple[Interval, Interval]]:
    """Pairs of intervals that overlap within one weekday."""
    ordered = sorted(intervals, key=lambda each: (each.weekday, each.opens))
    return [
        (one, other)
        for one, other in pairwise(ordered)
        if one.weekday == other.weekday and (one.closes == time.min or other.opens < one.closes)
    ]
