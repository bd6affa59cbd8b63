"""When something may be arranged, and why not. Pure: no clock, no database, no settings.

One function, `clashes`, judges a time. What is offered (`next_good_times`) is what it finds nothing against,
and what is booked is judged by it again, so that a time that was offered can be booked as long as nothing
came between.

Hours are local wall times of the diary's zone; everything is compared as moments. Gaps are *shared*: between
two neighbours lies the larger of the gap kept after the one and the gap kept before the other, never their
sum, and the way from one place to another is made within it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from clients import wording
from clients.availability import Interval, holiday_on
from clients.local_time import day_begins, first_moment, is_skipped

from .taken import DAY, MINUTE, Awake, Book, Clash, Kind, Rules, Taken, Why, Wish, counts, pieces

__all__ = [
    "Awake",
    "Book",
    "Clash",
    "GoodTime",
    "Kind",
    "Rules",
    "Taken",
    "Why",
    "Wish",
    "clashes",
    "counts",
    "grid",
    "is_preferred",
    "moment_of",
    "next_good_times",
]
# For how long a preferred time is looked for beyond the first good one.
PREFERRED_WITHIN = timedelta(days=7)


@dataclass(frozen=True)
class GoodTime:
    starts: datetime
    ends: datetime
    preferred: bool = False


def clashes(book: Book, wish: Wish, starts: datetime) -> tuple[Clash, ...]:
    """All that stands against beginning at `starts` (aware), the gravest first. Empty: it is a good time."""
    ends = starts + wish.minutes * MINUTE
    return (
        *_too_soon_or_late(book, starts),
        *_beside_others(book, wish, starts, ends),
        *_outside_hours(book, starts, ends),
        *_too_many(book, starts),
        *_asleep(wish, starts, ends),
    )


def next_good_times(
    book: Book,
    wish: Wish,
    *,
    begins: datetime | None = None,
    until: datetime | None = None,
    at_most: int = 8,
    a_day: int | None = 3,
) -> list[GoodTime]:
    """The next times against which nothing stands: the client's preferred ones first, each kind in order.

    `a_day` of each kind and local day at most, which do not overlap; None: every beginning of the grid.
    """
    best: list[GoodTime] = []
    others: list[GoodTime] = []
    given: dict[bool, tuple[date, int, datetime]] = {}  # of each kind: the day, how many, when the last ends
    first: datetime | None = None
    for starts in _good_beginnings(book, wish, begins or book.now, until):
        first = first or starts
        if starts - first > PREFERRED_WITHIN and len(best) + len(others) >= at_most:
            break
        ends, on = starts + wish.minutes * MINUTE, starts.astimezone(book.zone).date()
        preferred = is_preferred(book, starts, ends)
        day, count, over = given.get(preferred, (None, 0, starts))
        count = count if day == on else 0
        if a_day is not None and (count >= a_day or (count and starts < over)):
            continue
        given[preferred] = on, count + 1, ends
        (best if preferred else others).append(GoodTime(starts, ends, preferred))
        if len(best) >= at_most or (not book.rules.preferred and len(others) >= at_most):
            break
    return (best + others)[:at_most]


def is_preferred(book: Book, starts: datetime, ends: datetime) -> bool:
    """Whether all of it lies in hours the client likes best."""
    on = starts.astimezone(book.zone).date()
    best = pieces(book.rules.preferred, on, book.zone, ())
    return any(begins <= starts and ends <= until for begins, until in best)


def moment_of(on: date, at: time, zone: str) -> datetime | None:
    """The moment at which the clocks of `zone` show this, the first of two; None where they skip it."""
    here = ZoneInfo(zone)
    return None if is_skipped(on, at, here) else first_moment(on, at, here)


def _good_beginnings(book: Book, wish: Wish, begins: datetime, until: datetime | None) -> Iterator[datetime]:
    """Every beginning on the grid against which nothing stands, in order."""
    earliest = max(begins, book.now)
    today = book.now.astimezone(book.zone).date()
    last = today + book.rules.days_ahead * DAY
    if until is not None:
        last = min(last, until.astimezone(book.zone).date())
    on = earliest.astimezone(book.zone).date()
    while on <= last:
        for starts in grid(on, book.zone, book.rules.grid_minutes) if book.open_on(on) else ():
            if until is not None and starts >= until:
                return
            if starts < earliest:
                continue
            against = clashes(book, wish, starts)
            if against:
                earliest = max([earliest, *(each.free_from for each in against if each.free_from)])
                continue
            yield starts
        on = max(on + DAY, earliest.astimezone(book.zone).date())


def grid(on: date, zone: ZoneInfo, minutes: int) -> Iterator[datetime]:
    """The moments of a local day at which meetings begin: every so many minutes from midnight, by the clock.

    A time that the clocks skip is left out; of one they show twice, the first is meant.
    """
    begins, ends = day_begins(on, zone), day_begins(on + DAY, zone)
    plain = ends - begins == DAY and begins.astimezone(zone).time() == time.min
    for minute in range(0, 24 * 60, minutes):
        if plain:
            yield begins + minute * MINUTE
            continue
        at = time(minute // 60, minute % 60)
        if not is_skipped(on, at, zone):
            yield first_moment(on, at, zone)


def _too_soon_or_late(book: Book, starts: datetime) -> Iterator[Clash]:
    rules = book.rules
    if starts < book.now:
        yield Clash(Why.PAST, _("That time is over."), free_from=book.now)
        return
    if starts < book.now + rules.notice * MINUTE:
        soonest = book.now + rules.notice * MINUTE
        words = _("It is sooner than the notice wanted: not before %(when)s.") % {
            "when": wording.moment(soonest, rules.zone, now=book.now)
        }
        yield Clash(Why.NOTICE, words, free_from=soonest)
    last = book.now.astimezone(book.zone).date() + rules.days_ahead * DAY
    if starts.astimezone(book.zone).date() > last:
        words = _("It is further ahead than the diary is open: until %(day)s.") % {
            "day": wording.day(last, today=book.now.astimezone(book.zone).date())
        }
        yield Clash(Why.HORIZON, words)


def _beside_others(book: Book, wish: Wish, starts: datetime, ends: datetime) -> Iterator[Clash]:
    rules = book.rules
    before = rules.gap_before if wish.gap_before is None else wish.gap_before
    after = rules.gap_after if wish.gap_after is None else wish.gap_after
    for other in book.near(starts, ends, MINUTE * max(before, after)):
        if other.starts < ends and other.ends > starts:
            yield Clash(Why.OVERLAP, _overlap_words(book, other), other, free_from=other.ends)
            continue
        if other.all_day:
            continue
        comes_first = other.ends <= starts
        gap = max(other.gap_after, before) if comes_first else max(after, other.gap_before)
        way = rules.travel if wish.place and other.place and wish.place != other.place else 0
        between = starts - other.ends if comes_first else other.starts - ends
        if between >= max(gap, way) * MINUTE:
            continue
        free_from = other.ends + max(gap, way) * MINUTE if comes_first else other.ends
        names = {"minutes": max(gap, way), "what": _named(book, other)}
        if way > gap:
            words = _("There are not the %(minutes)s minutes for the way between it and %(what)s.") % names
            yield Clash(Why.TRAVEL, words, other, free_from=free_from)
        else:
            words = _("There are not the %(minutes)s minutes kept free between it and %(what)s.") % names
            yield Clash(Why.GAP, words, other, free_from=free_from)


def _overlap_words(book: Book, other: Taken) -> str:
    names = {"what": _named(book, other)}
    if other.kind is Kind.HELD:
        return _("It is held: %(what)s.") % names
    if other.kind is Kind.BLOCK:
        return _("That time is kept free: %(what)s.") % names
    return _("There is already something: %(what)s.") % names


def _named(book: Book, other: Taken) -> str:
    """ "Court, Tue 1 Dec 10:00 to 11:30", on the diary's clocks."""
    what = other.what or _("busy")
    begins = wording.moment(other.starts, book.rules.zone, now=book.now)
    if other.all_day:
        today = book.now.astimezone(book.zone).date()
        on = other.starts.astimezone(book.zone).date()
        return _("%(what)s, all day %(day)s") % {"what": what, "day": wording.day(on, today=today)}
    ends = other.ends.astimezone(book.zone)
    same_day = ends.date() == other.starts.astimezone(book.zone).date()
    until = f"{ends:%H:%M}" if same_day else wording.moment(other.ends, book.rules.zone, now=book.now)
    return _("%(what)s, %(begins)s to %(ends)s") % {"what": what, "begins": begins, "ends": until}


def _outside_hours(book: Book, starts: datetime, ends: datetime) -> Iterator[Clash]:
    spans = book.open_around(starts)
    if any(begins <= starts and ends <= until for begins, until in spans):
        return
    within = next((until for begins, until in spans if begins <= starts < until), None)
    following = within or next((begins for begins, _until in spans if begins > starts), None)
    # Nothing opens as far as was looked: the days up to there are known to be shut.
    free_from = following or day_begins(starts.astimezone(book.zone).date() + 3 * DAY, book.zone)
    for moment in (starts, ends - MINUTE):
        holiday = holiday_on(moment.astimezone(book.zone).date(), book.rules.holidays)
        if holiday and holiday.says in ("closed", "half"):
            name = holiday.name or _("a closure")
            words = _("It falls on %(name)s.") % {"name": name}
            yield Clash(Why.HOLIDAY, words, free_from=free_from)
            return
    day = starts.astimezone(book.zone)
    hours = _(", ").join(
        f"{begins.astimezone(book.zone):%H:%M}–{until.astimezone(book.zone):%H:%M}"
        for begins, until in book.open_on(day.date())
    )
    if hours:
        words = _("It is outside the hours for meetings: %(day)s %(hours)s.") % {
            "day": wording.weekday(day.weekday()),
            "hours": hours,
        }
    else:
        words = _("There are no meetings on a %(day)s.") % {"day": wording.weekday(day.weekday())}
    yield Clash(Why.HOURS, words, free_from=free_from)


def _too_many(book: Book, starts: datetime) -> Iterator[Clash]:
    limit = book.rules.daily_limit
    on = starts.astimezone(book.zone).date()
    if limit is not None and book.arranged_on(on) >= limit:
        words = _("The day is full: %(limit)s meetings at most.") % {"limit": limit}
        yield Clash(Why.LIMIT, words, free_from=day_begins(on + DAY, book.zone))


def _asleep(wish: Wish, starts: datetime, ends: datetime) -> Iterator[Clash]:
    for guest in wish.guests:
        here = ZoneInfo(guest.zone)
        on = starts.astimezone(here).date()
        hours = (Interval(on.weekday(), guest.wakes, guest.sleeps),)
        if any(begins <= starts and ends <= until for begins, until in pieces(hours, on, here, ())):
            continue
        yield Clash(
            Why.ASLEEP,
            _("It would be %(time)s in %(place)s, early or late for whoever is to come.")
            % {"time": f"{starts.astimezone(here):%H:%M}", "place": wording.place(guest.zone)},
        )
