"""When something that repeats takes place. Pure, and bounded: work is counted, never timed.

Days are reckoned on the wall clock of the event's own zone and turned into moments one by one. A wall time
that the clocks skip takes the offset before the gap; one they show twice means the first (RFC 5545 §3.3.5).
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import islice

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
TOO_FAST = ("SECONDLY", "MINUTELY", "HOURLY")
WORK = 150_000  # days looked at for all rules of one entry: thirty every day for ten years, and then some
TIMES_A_DAY = 48
DAY = timedelta(days=1)
LAST_YEAR = 9990
LAST_DAY = date(LAST_YEAR, 12, 31).toordinal()


@dataclass
class Work:
    """Days that may still be looked at, for whatever is worked out together."""

    left: int = WORK

    def done(self, days: int) -> None:
        self.left -= days
        if self.left < 0:
            raise Unfollowable("too_often")


class Unfollowable(Exception):
    """This rule is not followed. `code`: too_fast, not_a_rule or too_often."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Rule:
    """RRULE's value (RFC 5545 §3.3.10). `until` is a date, a wall time, or a moment."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    week_starts: int = 0
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    days: tuple[tuple[int, int], ...] = ()  # (which one, 0 for each; weekday)
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()


LISTS = {
    "BYMONTH": ("months", 1, 12),
    "BYWEEKNO": ("weeks", -53, 53),
    "BYYEARDAY": ("year_days", -366, 366),
    "BYMONTHDAY": ("month_days", -31, 31),
    "BYHOUR": ("hours", 0, 23),
    "BYMINUTE": ("minutes", 0, 59),
    "BYSECOND": ("seconds", 0, 60),
    "BYSETPOS": ("positions", -366, 366),
}
MAY_BE_ZERO = {"BYHOUR", "BYMINUTE", "BYSECOND"}


def read(text: str) -> Rule:
    """The rule in this text. Raises Unfollowable."""
    parts = {}
    for part in text.strip().strip(";").upper().split(";"):
        name, equals, value = part.partition("=")
        if not equals or name.strip() in parts:
            raise Unfollowable("not_a_rule")
        parts[name.strip()] = value.strip()
    freq = parts.pop("FREQ", "")
    if freq in TOO_FAST:
        raise Unfollowable("too_fast")
    if freq not in FREQUENCIES:
        raise Unfollowable("not_a_rule")
    facts: dict = {"freq": freq}
    for name, value in parts.items():
        facts |= _part(name, value)
    if "count" in facts and "until" in facts:
        del facts["count"]  # both are forbidden; programs that write both mean the day
    rule = Rule(**facts)
    if max(1, len(rule.hours)) * max(1, len(rule.minutes)) * max(1, len(rule.seconds)) > TIMES_A_DAY:
        raise Unfollowable("too_fast")
    return rule


def _part(name: str, value: str) -> dict:
    if name == "INTERVAL":
        return {"interval": _number(value, 1, 10_000)}
    if name == "COUNT":
        return {"count": _number(value, 1, 10**9)}
    if name == "UNTIL":
        return {"until": _until(value)}
    if name == "WKST":
        return {"week_starts": _weekday(value)}
    if name == "BYDAY":
        return {"days": tuple(_nth_day(each) for each in value.split(","))}
    if name in LISTS:
        field, least, most = LISTS[name]
        numbers = tuple(_number(each, least, most) for each in value.split(",")[:400])
        if 0 in numbers and name not in MAY_BE_ZERO:
            raise Unfollowable("not_a_rule")
        return {field: numbers}
    if name.startswith("X-"):
        return {}
    raise Unfollowable("not_a_rule")  # RSCALE and SKIP: another calendar than ours


def _number(text: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,9}", text.strip(), re.ASCII) or not least <= int(text) <= most:
        raise Unfollowable("not_a_rule")
    return int(text)


def _weekday(text: str) -> int:
    if text not in DAYS:
        raise Unfollowable("not_a_rule")
    return DAYS.index(text)


def _nth_day(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"([+-]?[0-9]{0,2})(MO|TU|WE|TH|FR|SA|SU)", text.strip(), re.ASCII)
    if not found or found[1] in ("+", "-"):
        raise Unfollowable("not_a_rule")
    return int(found[1] or 0), DAYS.index(found[2])


def _until(text: str) -> date | datetime:
    found = re.fullmatch(r"(\d{8})(?:T(\d{6})(Z?))?", text, re.ASCII)
    if not found:
        raise Unfollowable("not_a_rule")
    try:
        if not found[2]:
            return datetime.strptime(found[1], "%Y%m%d").date()
        moment = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")
    except ValueError as error:
        raise Unfollowable("not_a_rule") from error
    return moment.replace(tzinfo=UTC) if found[3] else moment


def moment(wall: datetime, zone: tzinfo) -> datetime:
    """The moment at which the clocks of `zone` show `wall`, in UTC."""
    return wall.replace(tzinfo=zone).astimezone(UTC)


def walls(
    rule: Rule,
    first: datetime,
    zone: tzinfo,
    after: datetime,
    before: datetime,
    *,
    work: Work | None = None,
) -> Iterator[datetime]:
    """The wall times of `rule` in [after, before), in order; `first` is the event's own, which always counts.

    `first`, `after`, `before` and what comes back are naive, on the clock of `zone`. Raises Unfollowable
    when it would take too long to find out: `work` is shared with other rules, if given.
    """
    told, work = 0, work or Work()
    if after <= first < before:
        yield first
    told += 1
    if rule.count == 1 or _is_over(rule, first, zone):
        return
    rule = _filled_in(rule, first)
    # What is counted unevenly is counted from the start; anything else is looked at from where it matters.
    skip_to = max(first, after)
    if rule.count and not _is_even(rule):
        skip_to = first
    elif rule.count:
        told += _told_before(rule, first, skip_to)
        if told >= rule.count:
            return
    for days in _periods(rule, first, skip_to):
        if not days:
            continue
        work.done(len(days))
        if datetime.combine(days[0], time.min) >= before:
            return
        for wall in _of_period(rule, first, days):
            if wall <= first:
                continue
            if _is_over(rule, wall, zone) or wall >= before:
                return
            told += 1
            if wall >= after:
                yield wall
            if rule.count and told >= rule.count:
                return


def _is_over(rule: Rule, wall: datetime, zone: tzinfo) -> bool:
    until = rule.until
    if until is None:
        return False
    if not isinstance(until, datetime):
        return wall.date() > until
    if until.tzinfo is None:
        return wall > until
    try:
        return moment(wall, zone) > until
    except OverflowError:
        return wall.replace(tzinfo=UTC) > until


def _periods(rule: Rule, first: datetime, skip_to: datetime) -> Iterator[list[date]]:
    """The days of each period that the rule looks at, from the one in which `skip_to` lies."""
    start, step = first.date(), rule.interval
    if rule.freq == "DAILY":
        return _each_day(start + timedelta(_skipped(rule, first, skip_to) * step), step)
    if rule.freq == "WEEKLY":
        return _each_week(_week_of(rule, first) + 7 * _skipped(rule, first, skip_to) * step, step)
    if rule.freq == "MONTHLY":
        month = start.year * 12 + start.month - 1
        away = skip_to.year * 12 + skip_to.month - 1 - month
        return _each_month(month + max(0, away // step - 1) * step, step)
    away = skip_to.year - start.year
    # Of a year only the months that matter, unless days are reckoned through all of it.
    months = () if rule.weeks or rule.year_days else tuple(sorted(set(rule.months)))
    return _each_year(start.year + max(0, away // step - 1) * step, step, months)


def _skipped(rule: Rule, first: datetime, skip_to: datetime) -> int:
    """How many periods of days or weeks lie wholly before `skip_to`."""
    begins = _week_of(rule, first) if rule.freq == "WEEKLY" else first.toordinal()
    length = rule.interval * (7 if rule.freq == "WEEKLY" else 1)
    return max(0, (skip_to.toordinal() - begins) // length - 1)


def _week_of(rule: Rule, first: datetime) -> int:
    """The ordinal of the day on which the first one's week begins."""
    return first.toordinal() - (first.weekday() - rule.week_starts) % 7


def _is_even(rule: Rule) -> bool:
    """Whether every period but the first has equally many."""
    if rule.months or rule.year_days or rule.month_days or rule.positions:
        return False
    return rule.freq == "WEEKLY" or (rule.freq == "DAILY" and not rule.days)


def _told_before(rule: Rule, first: datetime, skip_to: datetime) -> int:
    """How many times after the first lie in the periods that are skipped."""
    skipped = _skipped(rule, first, skip_to)
    if not skipped:
        return 0
    of_first = _of_period(rule, first, next(_periods(rule, first, first)))
    length = 7 if rule.freq == "WEEKLY" else 1
    of_each = len(_of_period(rule, first, [date(2001, 1, day + 1) for day in range(length)]))
    return sum(1 for wall in of_first if wall > first) + (skipped - 1) * of_each


def _each_day(day: date, step: int) -> Iterator[list[date]]:
    while day.year <= LAST_YEAR:
        yield [day]
        day += timedelta(step)


def _each_week(week: int, step: int) -> Iterator[list[date]]:
    while week < LAST_DAY:
        yield [date.fromordinal(week + n) for n in range(7) if week + n > 0]
        week += 7 * step


def _each_month(month: int, step: int) -> Iterator[list[date]]:
    while month // 12 <= LAST_YEAR:
        year, number = month // 12, month % 12 + 1
        yield [date(year, number, day + 1) for day in range(monthrange(year, number)[1])]
        month += step


def _each_year(year: int, step: int, months: tuple[int, ...]) -> Iterator[list[date]]:
    while year <= LAST_YEAR:
        yield [
            date(year, month, day + 1)
            for month in months or range(1, 13)
            for day in range(monthrange(year, month)[1])
        ]
        year += step


def _of_period(rule: Rule, first: datetime, days: list[date]) -> list[datetime]:
    fitting = [day for day in days if _fits(rule, day)]
    hours = sorted(set(rule.hours)) or [first.hour]
    minutes = sorted(set(rule.minutes)) or [first.minute]
    seconds = sorted({min(second, 59) for second in rule.seconds}) or [first.second]
    found = [
        datetime.combine(day, time(hour, minute, second))
        for day in fitting
        for hour in hours
        for minute in minutes
        for second in seconds
    ]
    if not rule.positions:
        return found
    chosen = {p - 1 if p > 0 else len(found) + p for p in rule.positions}
    return [found[at] for at in sorted(chosen) if 0 <= at < len(found)]


def _fits(rule: Rule, day: date) -> bool:
    if rule.months and day.month not in rule.months:
        return False
    if rule.weeks and rule.freq == "YEARLY" and not _in_weeks(rule, day):
        return False
    if rule.year_days:
        length = 366 if monthrange(day.year, 2)[1] == 29 else 365
        of_year = day.timetuple().tm_yday
        if of_year not in rule.year_days and of_year - length - 1 not in rule.year_days:
            return False
    if rule.month_days:
        length = monthrange(day.year, day.month)[1]
        if day.day not in rule.month_days and day.day - length - 1 not in rule.month_days:
            return False
    return not rule.days or any(_is_nth(rule, day, nth, weekday) for nth, weekday in rule.days)


def _filled_in(rule: Rule, first: datetime) -> Rule:
    """The rule with the day it leaves out, which the first one gives."""
    months, month_days, days = rule.months, rule.month_days, rule.days
    if not (rule.weeks or rule.year_days or month_days or days):
        if rule.freq == "WEEKLY":
            days = ((0, first.weekday()),)
        elif rule.freq != "DAILY":
            month_days = (first.day,)
            if rule.freq == "YEARLY" and not months:
                months = (first.month,)
    elif rule.weeks and rule.freq == "YEARLY" and not (rule.year_days or month_days or days):
        days = ((0, first.weekday()),)
    return replace(rule, months=months, month_days=month_days, days=days)


def _is_nth(rule: Rule, day: date, nth: int, weekday: int) -> bool:
    if day.weekday() != weekday:
        return False
    if not nth or rule.freq in ("DAILY", "WEEKLY") or (rule.weeks and rule.freq == "YEARLY"):
        return True
    if rule.freq == "MONTHLY" or rule.months:
        at, length = day.day, monthrange(day.year, day.month)[1]
    else:
        at, length = day.timetuple().tm_yday, 366 if monthrange(day.year, 2)[1] == 29 else 365
    return (at - 1) // 7 + 1 == nth if nth > 0 else (length - at) // 7 + 1 == -nth


def _in_weeks(rule: Rule, day: date) -> bool:
    number, most = _week(day, rule.week_starts)
    return number in rule.weeks or number - most - 1 in rule.weeks


def _week(day: date, starts: int) -> tuple[int, int]:
    """The number of the day's week and of its year's last. Week 1 is the first with four days in the year."""
    for year in (day.year + 1, day.year, day.year - 1):
        one = _week_one(year, starts)
        if day >= one:
            return (day - one).days // 7 + 1, (_week_one(year + 1, starts) - one).days // 7
    return 1, 52


def _week_one(year: int, starts: int) -> date:
    fourth = date(max(year, 1), 1, 4)
    back = (fourth.weekday() - starts) % 7
    return fourth - timedelta(min(back, fourth.toordinal() - 1))


def at_most(found: Iterator[datetime], number: int) -> list[datetime]:
    """So many of them. Raises Unfollowable if there are more."""
    listed = list(islice(found, number + 1))
    if len(listed) > number:
        raise Unfollowable("too_often")
    return listed
