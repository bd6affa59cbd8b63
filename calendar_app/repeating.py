"""From what is chosen, "every other Tuesday until Easter", to dates, to an RRULE, and to words. Pure.

The dates are reckoned here by plain counting and by `recurrence` from the rule; tests hold the two together.
A series is always bounded, and its rule says until when by a moment, so that it means the same wherever one
begins to read it.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from clients import wording

from . import recurrence

DAILY, WEEKLY, FORTNIGHTLY = "daily", "weekly", "fortnightly"
MONTHLY_ON_DATE, MONTHLY_ON_WEEKDAY = "monthly_on_date", "monthly_on_weekday"
MOST = 100  # dates of one series
DAY = timedelta(days=1)
AHEAD = timedelta(days=3 * 366)  # nobody arranges further


class Unbounded(ValueError):
    """More than `MOST` dates, or none at all."""


@dataclass(frozen=True)
class Choice:
    """How it repeats, from `first` on, at the wall time `at`; until a date, that one included, or so often.

    `days` are weekdays, Monday 0, for what repeats by weeks; empty: that of `first`.
    """

    every: str
    first: date
    at: time
    until: date | None = None
    count: int | None = None
    days: tuple[int, ...] = ()


def dates(choice: Choice) -> list[date]:
    """Every date of it, in order. Raises Unbounded."""
    if choice.count is None and choice.until is None:
        raise Unbounded
    last = min(choice.until or date.max, choice.first + AHEAD)
    found = []
    for on in islice(_endless(choice), choice.count or MOST + 1):
        if on > last:
            break
        found.append(on)
    if not found or len(found) > MOST or (choice.count and not choice.until and len(found) < choice.count):
        raise Unbounded
    return found


def _endless(choice: Choice) -> Iterator[date]:
    on = choice.first
    if choice.every == DAILY:
        while True:
            yield on
            on += DAY
    elif choice.every in (WEEKLY, FORTNIGHTLY):
        days = sorted(set(choice.days)) or [on.weekday()]
        step = 7 if choice.every == WEEKLY else 14
        # Weeks are counted from the one in which it begins, which is not always that of the day typed.
        begins = next(on + n * DAY for n in range(7) if (on + n * DAY).weekday() in days)
        monday = begins - begins.weekday() * DAY
        while True:
            yield from (each for day in days if (each := monday + day * DAY) >= begins)
            monday += step * DAY
    else:
        month = on.year * 12 + on.month - 1
        nth = _nth(on)
        while True:
            each = _in_month(choice.every, month // 12, month % 12 + 1, on, nth)
            if each:
                yield each
            month += 1


def _nth(on: date) -> int:
    """Which weekday of its month; the fifth is the last."""
    nth = (on.day - 1) // 7 + 1
    return -1 if nth == 5 else nth


def _in_month(every: str, year: int, month: int, first: date, nth: int) -> date | None:
    length = monthrange(year, month)[1]
    if every == MONTHLY_ON_DATE:
        return date(year, month, first.day) if first.day <= length else None
    if nth > 0:
        away = (first.weekday() - date(year, month, 1).weekday()) % 7
        return date(year, month, 1 + away + 7 * (nth - 1))
    end = date(year, month, length)
    return end - (end.weekday() - first.weekday()) % 7 * DAY


def rule(choice: Choice, zone: str) -> str:
    """The RRULE's value. Raises Unbounded."""
    found = dates(choice)
    if choice.every == DAILY:
        parts = ["FREQ=DAILY"]
    elif choice.every in (WEEKLY, FORTNIGHTLY):
        days = sorted(set(choice.days)) or [choice.first.weekday()]
        parts = ["FREQ=WEEKLY"]
        parts += ["INTERVAL=2"] if choice.every == FORTNIGHTLY else []
        parts += ["BYDAY=" + ",".join(recurrence.DAYS[day] for day in days)]
    else:
        parts = ["FREQ=MONTHLY", _by_day(choice.every, choice.first)]
    return until(";".join(parts), meant(found[-1], choice.at, zone))


def _by_day(every: str, on: date) -> str:
    """How a rule of months says that it means the day that this one is of its month."""
    if every == MONTHLY_ON_DATE:
        return f"BYMONTHDAY={on.day}"
    return f"BYDAY={_nth(on)}{recurrence.DAYS[on.weekday()]}"


def meant(on: date, at: time, zone: str) -> datetime:
    """The moment the rule means by that wall time, also where the clocks skip it."""
    return recurrence.moment(datetime.combine(on, at.replace(tzinfo=None)), ZoneInfo(zone))


def is_skipped(on: date, at: time, zone: str) -> bool:
    """Whether the clocks of the zone never show that wall time on that day."""
    wall = datetime.combine(on, at.replace(tzinfo=None))
    return meant(on, at, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) != wall


def until(text: str, last: datetime) -> str:
    """The rule, ending with this moment instead. One that counts stays as it is."""
    parts = [part for part in text.split(";") if not part.startswith("UNTIL=")]
    if not any(part.startswith("COUNT=") for part in parts):
        parts.append(f"UNTIL={last.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    return ";".join(parts)


def goes_to(text: str, on: date, meant: date, by_days: int) -> date | None:
    """Where a date of the rule goes, if that of the day `meant` goes so many days later (negative: earlier).

    What repeats by days or weeks goes as many days. Of what repeats by months each goes to the day of its
    month that the one has gone to: from the second Tuesday to the third Wednesday. None where there is none.
    """
    told = recurrence.read(text)
    if not by_days or told.freq != "MONTHLY":
        return on + by_days * DAY
    to = meant + by_days * DAY
    month = _month(on) + _month(to) - _month(meant)
    return _in_month(_every(told), month // 12, month % 12 + 1, to, _nth(to))


def _month(on: date) -> int:
    return on.year * 12 + on.month - 1


def _every(told: recurrence.Rule) -> str:
    return MONTHLY_ON_WEEKDAY if told.days else MONTHLY_ON_DATE


def moved(text: str, by_days: int, last: datetime, *, meant: date) -> str:
    """The rule by which its dates go on, once that of the day `meant` has gone so many days later, and the
    others with it (`goes_to`); ending with `last`."""
    told = recurrence.read(text)
    if not by_days or told.freq == "DAILY":
        return until(text, last)
    if told.freq == "MONTHLY":
        to = meant + by_days * DAY
        parts = [part for part in text.split(";") if not part.startswith(("BYDAY=", "BYMONTHDAY="))]
        return until(";".join([*parts, _by_day(_every(told), to)]), last)
    days = sorted((day + by_days) % 7 for _nth, day in told.days)
    parts = [part for part in text.split(";") if not part.startswith(("BYDAY=", "WKST="))]
    parts += ["BYDAY=" + ",".join(recurrence.DAYS[day] for day in days)]
    if told.interval > 1:  # what was one week stays one, though it begins with another day
        parts += ["WKST=" + recurrence.DAYS[(told.week_starts + by_days) % 7]]
    return until(";".join(parts), last)


def between(text: str, zone: str, first: datetime, last: datetime) -> list[datetime]:
    """The moments the rule means, from `first`, which is one of them, to `last`. Moments in UTC."""
    here = ZoneInfo(zone)
    begins = first.astimezone(here).replace(tzinfo=None)
    ends = last.astimezone(here).replace(tzinfo=None) + DAY
    told = recurrence.read(text)
    if told.count is None:
        told = replace(told, until=last.astimezone(UTC))
    walls = recurrence.walls(told, begins, here, begins, ends)
    return [recurrence.moment(wall, here) for wall in recurrence.at_most(walls, 2 * MOST)]


def in_words(text: str, zone: str, first: datetime) -> str:
    """ "Every other Tuesday and Friday, until 15 December 2026". In the active language."""
    try:
        told = recurrence.read(text)
    except recurrence.Unfollowable:
        return text
    here = ZoneInfo(zone)
    begins = first.astimezone(here).date()
    words = _how(told, begins)
    if told.count:
        return _("%(how)s, %(count)s times") % {"how": words, "count": told.count}
    last = told.until.astimezone(here).date() if isinstance(told.until, datetime) else told.until
    if last is None:
        return words
    return _("%(how)s, until %(day)s") % {"how": words, "day": formats.date_format(last, "j F Y")}


def _how(told: recurrence.Rule, begins: date) -> str:
    if told.freq == "DAILY":
        return _("Every day")
    if told.freq == "WEEKLY":
        days = [day for _nth, day in told.days] or [begins.weekday()]
        names = {"days": _listed([wording.weekday(day) for day in sorted(days)])}
        return _("Every other %(days)s") % names if told.interval == 2 else _("Every %(days)s") % names
    if told.days:
        nth, day = told.days[0]
        words = {
            1: _("Every first %(day)s of a month"),
            2: _("Every second %(day)s of a month"),
            3: _("Every third %(day)s of a month"),
            4: _("Every fourth %(day)s of a month"),
        }.get(nth, _("Every last %(day)s of a month"))
        return words % {"day": wording.weekday(day)}
    number = told.month_days[0] if told.month_days else begins.day
    return _("Every month on day %(number)s") % {"number": number}


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(most)s and %(last)s") % {"most": _(", ").join(names[:-1]), "last": names[-1]}
