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

from . import wording
from .local_time import day_begins, first_moment, last_moment

# Whatever repeats weekly shows itself within this; the rest is for long runs of holidays.
DAYS_AHEAD = 35
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Interval:
    """One stretch of a weekday (Monday is 0), local wall time. `closes` at 00:00 means the day's end."""

    weekday: int
    opens: time
    closes: time


# A client who has told us no hours counts as open at every one of them.
EVERY_HOUR = tuple(Interval(weekday, time.min, time.min) for weekday in range(7))


@dataclass(frozen=True)
class Hours:
    """What one line's answer to "is anybody there?" follows from. `answers`: always, when_closed, listed."""

    zone: str
    open: tuple[Interval, ...] = ()
    answered: tuple[Interval, ...] = ()
    answers: str = "always"
    holidays: tuple[tuple[date, str], ...] = ()


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
    holiday: str | None = None  # today's name, where today is one; it may be empty


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


def availability(hours: Hours, *, at: datetime) -> Availability:
    """What holds at `at` (aware), with the reasons in the reader's language and the client's clock."""
    holiday = dict(hours.holidays).get(at.astimezone(ZoneInfo(hours.zone)).date())
    is_open = _open(hours, at, holiday)
    return Availability(open=is_open, answered=_answered(hours, at, is_open), holiday=holiday)


def where(statuses: Iterable[Whereabouts], *, at: datetime) -> dict[UUID, Whereabouts]:
    """Where each person is at `at`: of several that overlap, the one she set last."""
    found: dict[UUID, Whereabouts] = {}
    for status in sorted(statuses, key=lambda status: status.set_at):
        if status.from_at <= at < status.until_at:
            found[status.contact_id] = status
    return found


def _open(hours: Hours, at: datetime, holiday: str | None) -> Fact:
    intervals = hours.open or EVERY_HOUR
    holds, until = _at(at, _spans(intervals, hours, at, but_for_holidays=True))
    if holiday:
        because = _("holiday: %(name)s") % {"name": holiday}
    elif holiday is not None:
        because = _("holiday")
    elif not hours.open:
        because = _("no opening hours are set, so every hour counts as open")
    elif holds:
        because = _("inside the client’s opening hours")
    elif until:
        because = _("outside the client’s opening hours, which resume %(when)s") % _when(until, hours, at)
    else:
        because = _("outside the client’s opening hours")
    return Fact(holds, because, until)


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
            return True, ends if ends - at < (DAYS_AHEAD - 1) * DAY else None
    return False, None


def _spans(
    intervals: Iterable[Interval], hours: Hours, at: datetime, *, but_for_holidays: bool = False
) -> Iterator[tuple[datetime, datetime]]:
    """The spans of these intervals from the day before `at` on: in UTC, in order, joined where they touch."""
    zone = ZoneInfo(hours.zone)
    closed = {on for on, name in hours.holidays} if but_for_holidays else set()
    current: tuple[datetime, datetime] | None = None
    for begins, ends in _pieces(tuple(intervals), zone, at.astimezone(zone).date() - DAY, closed):
        if current and begins <= current[1]:
            current = current[0], max(current[1], ends)
            continue
        if current:
            yield current
        current = begins, ends
    if current:
        yield current


def _pieces(
    intervals: tuple[Interval, ...], zone: ZoneInfo, first: date, closed: set[date]
) -> Iterator[tuple[datetime, datetime]]:
    """Each interval of each day as moments. One that the clocks skip altogether is left out."""
    for ahead in range(DAYS_AHEAD + 1):
        on = first + ahead * DAY
        if on in closed:
            continue
        for interval in sorted(
            (each for each in intervals if each.weekday == on.weekday()), key=lambda each: each.opens
        ):
            begins = first_moment(on, interval.opens, zone)
            if interval.closes == time.min:
                ends = day_begins(on + DAY, zone)
            else:
                ends = last_moment(on, interval.closes, zone)
            if begins < ends:
                yield begins, ends


def overlaps(intervals: Iterable[Interval]) -> list[tuple[Interval, Interval]]:
    """Pairs of intervals that overlap within one weekday."""
    ordered = sorted(intervals, key=lambda each: (each.weekday, each.opens))
    return [
        (one, other)
        for one, other in pairwise(ordered)
        if one.weekday == other.weekday and (one.closes == time.min or other.opens < one.closes)
    ]
