"""May she be planned for this shift? Pure: no clock, no database, no settings.

A shift is a stretch between two moments. What is counted are real hours, so that a night on which the clocks
change has seven or nine of them; days, weeks and months are those of the zone she lives in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secretariat.office.profiles import requirements
from secretariat.office.profiles.requirements import NOTHING_HELD, Held, Need

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
NOTHING = timedelta()


class ClocksSkip(ValueError):
    """On that day the clocks go forward past these times, so that nothing lies between them."""


@dataclass(frozen=True, order=True)
class Stretch:
    """From `begins` until `ends`, both aware; what touches does not overlap."""

    begins: datetime
    ends: datetime

    def __post_init__(self):
        # Two times of one zone are reckoned by the wall clock, and a night of seven hours would have eight.
        object.__setattr__(self, "begins", self.begins.astimezone(UTC))
        object.__setattr__(self, "ends", self.ends.astimezone(UTC))

    @property
    def length(self) -> timedelta:
        return self.ends - self.begins

    def meets(self, other: "Stretch") -> bool:
        return self.begins < other.ends and other.begins < self.ends

    def within(self, other: "Stretch") -> timedelta:
        """How much of it lies in the other."""
        return max(NOTHING, min(self.ends, other.ends) - max(self.begins, other.begins))


@dataclass(frozen=True)
class Agreed:
    """A contract as far as it binds her shifts: its days, and of unpaid work how much there is in all."""

    first: date
    last: date | None = None
    in_all: timedelta | None = None

    def holds(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True)
class Limits:
    """What a secretary's shifts are held to. None: no such limit. Days are of her zone, the last included.

    `rest` is due within every 24 hours from when she begins work, `weekly_rest` within every week; `barred`
    says why she may not be planned at all, and is empty where she may. From `agreed_from` on nobody works on
    a day that no contract of `agreed` holds on.
    """

    rest: timedelta = timedelta(hours=11)
    weekly_rest: timedelta = timedelta(hours=24)
    longest: timedelta | None = timedelta(hours=12)
    week_most: timedelta | None = None
    week_least: timedelta | None = None
    month_most: timedelta | None = None
    month_least: timedelta | None = None
    first_on: date | None = None
    last_on: date | None = None
    barred: str = ""
    agreed_from: date | None = None
    agreed: tuple[Agreed, ...] = ()


@dataclass(frozen=True)
class Away:
    """A time she is not there: `asked` for and not answered yet, or settled. `words`: "on holiday"."""

    when: Stretch
    words: str
    asked: bool = False


@dataclass(frozen=True)
class Facts:
    """What is known of one secretary around a shift: other shifts, wishes, days off, and what is required."""

    zone: str
    limits: Limits = Limits()
    others: tuple[Stretch, ...] = ()
    cannot: tuple[Stretch, ...] = ()
    rather_not: tuple[Stretch, ...] = ()
    away: tuple[Away, ...] = ()
    needs: tuple[Need, ...] = ()
    held: Held = NOTHING_HELD
    skills: frozenset[UUID] = frozenset()
    training: tuple[str, ...] = ()  # what is still open before her first shift, by name


class Grade(IntEnum):
    """How much a finding weighs."""

    NOTED = 1  # said, and nothing more
    REASONED = 2  # refused, unless somebody gives a reason
    NEVER = 3


@dataclass(frozen=True)
class Finding:
    """One thing that speaks against a shift. `rule` names it for the record, `words` for people."""

    rule: str
    grade: Grade
    words: str


# --- Times on the wall ---


def stretch(on: date, begins: time, ends: time, zone: str) -> Stretch:
    """From `begins` on that day until `ends`, by the clocks of `zone`; an end not after it is the next day's.

    A time that the clocks skip is as much later as they jump. Of one they show twice the first begins a shift
    and the second ends one. Raises ClocksSkip where nothing lies between.
    """
    last = on + DAY if ends <= begins else on
    found = Stretch(_moment(on, begins, zone, fold=0), _moment(last, ends, zone, fold=1))
    if found.begins >= found.ends:
        raise ClocksSkip
    return found


def moved(shift: Stretch, days: int, zone: str) -> Stretch:
    """The same shift by the clock on the wall, so many days later."""
    begins, ends = (each.astimezone(ZoneInfo(zone)) for each in (shift.begins, shift.ends))
    later = timedelta(days=days)
    found = Stretch(
        _moment(begins.date() + later, begins.time(), zone, fold=0),
        _moment(ends.date() + later, ends.time(), zone, fold=1),
    )
    if found.begins >= found.ends:
        raise ClocksSkip
    return found


def begins_on(shift: Stretch, zone: str) -> date:
    """The day to which a shift belongs: that on which it begins."""
    return shift.begins.astimezone(ZoneInfo(zone)).date()


def days(first: date, last: date, zone: str) -> Stretch:
    """Whole days, from the beginning of the first to the end of the last."""
    return Stretch(_moment(first, time.min, zone, fold=0), _moment(last + DAY, time.min, zone, fold=0))


def monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def week_of(on: date, zone: str) -> Stretch:
    return days(monday_of(on), monday_of(on) + 6 * DAY, zone)


def month_of(on: date, zone: str) -> Stretch:
    first = on.replace(day=1)
    after = (first + 31 * DAY).replace(day=1)
    return days(first, after - DAY, zone)


def _moment(on: date, at: time, zone: str, *, fold: int) -> datetime:
    local = datetime.combine(on, at.replace(tzinfo=None, fold=fold), ZoneInfo(zone))
    again = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    if again.replace(tzinfo=None, fold=0) != local.replace(tzinfo=None, fold=0):
        # Skipped: reckoned with the offset before the jump, so it falls after it.
        local = local.replace(fold=0)
    return local.astimezone(UTC)


# --- Judging ---


def judge(shift: Stretch, facts: Facts) -> list[Finding]:
    """Everything that speaks against giving her this shift beside those she has, the gravest first."""
    found = [*_never(shift, facts), *_by_rules(shift, facts), *_by_her_word(shift, facts)]
    return sorted(found, key=lambda each: -each.grade)


def _never(shift: Stretch, facts: Facts) -> Iterator[Finding]:
    limits, first, last = facts.limits, begins_on(shift, facts.zone), _last_day(shift, facts.zone)
    if limits.barred:
        yield Finding("barred", Grade.NEVER, limits.barred)
    if limits.first_on and first < limits.first_on:
        words = _("She is engaged from %(day)s on.") % {"day": _day(limits.first_on)}
        yield Finding("engaged", Grade.NEVER, words)
    if limits.last_on and last > limits.last_on:
        words = _("Her engagement ends on %(day)s.") % {"day": _day(limits.last_on)}
        yield Finding("engaged", Grade.NEVER, words)
    for lacking in requirements.lacks(facts.needs, facts.held, last):
        yield Finding("lacks", Grade.NEVER, lacking)
    yield from _by_contract(shift, facts, first, last)
    for other in facts.others:
        if other.meets(shift):
            words = _("She has another shift then: %(when)s.") % {"when": said(other, facts.zone)}
            yield Finding("overlap", Grade.NEVER, words)
    for each in facts.away:
        if each.when.meets(shift):
            if each.asked:
                words = _("She has asked to be away then (%(why)s). That is not answered yet.")
                yield Finding("asked_away", Grade.NOTED, words % {"why": each.words})
            else:
                words = _("She is away then: %(why)s.") % {"why": each.words}
                yield Finding("away", Grade.NEVER, words)


def _by_contract(shift: Stretch, facts: Facts, first: date, last: date) -> Iterator[Finding]:
    limits = facts.limits
    for day in sorted({first, last}):
        asked = limits.agreed_from is not None and limits.agreed_from <= day
        if asked and not any(each.holds(day) for each in limits.agreed):
            words = _("She has no signed contract for %(day)s.") % {"day": _day(day)}
            yield Finding("contract", Grade.NEVER, words)
            break
    trials = [each for each in limits.agreed if each.in_all is not None and each.holds(first)]
    for each in trials:
        sum_ = planned([*facts.others, shift], days(each.first, each.last or last, facts.zone))
        if sum_ > each.in_all:
            words = _("That makes %(hours)s of unpaid work; %(most)s in all are agreed.")
            yield Finding("trial", Grade.NEVER, words % {"hours": hours(sum_), "most": hours(each.in_all)})


def _by_rules(shift: Stretch, facts: Facts) -> Iterator[Finding]:
    limits, worked = facts.limits, [*facts.others, shift]
    if limits.longest and shift.length > limits.longest:
        words = _("The shift has %(hours)s; %(most)s is the longest.")
        named = {"hours": hours(shift.length), "most": hours(limits.longest)}
        yield Finding("length", Grade.REASONED, words % named)
    if tight := short_rest(worked, limits.rest, about=shift):
        yield Finding("rest", Grade.REASONED, _rest_words(*tight, limits.rest, facts.zone))
    for on in _weeks_touched(shift, facts.zone):
        week = week_of(on, facts.zone)
        if longest_rest(worked, week) < limits.weekly_rest:
            words = _("The week of %(day)s leaves her no %(due)s in one piece.")
            named = {"day": _day(on), "due": hours(limits.weekly_rest)}
            yield Finding("weekly_rest", Grade.REASONED, words % named)
        sum_ = planned(worked, week)
        if limits.week_most is not None and sum_ > limits.week_most:
            words = _("That makes %(hours)s in the week of %(day)s; her most is %(most)s.")
            named = {"hours": hours(sum_), "day": _day(on), "most": hours(limits.week_most)}
            yield Finding("week", Grade.REASONED, words % named)
    for on in _months_touched(shift, facts.zone):
        sum_ = planned(worked, month_of(on, facts.zone))
        if limits.month_most is not None and sum_ > limits.month_most:
            words = _("That makes %(hours)s in %(month)s; her most is %(most)s.")
            named = {"hours": hours(sum_), "month": dateformat.format(on, "F Y")}
            yield Finding("month", Grade.REASONED, words % {**named, "most": hours(limits.month_most)})


def _by_her_word(shift: Stretch, facts: Facts) -> Iterator[Finding]:
    if any(each.meets(shift) for each in facts.cannot):
        yield Finding("cannot", Grade.REASONED, _("She has said that she cannot work then."))
    if any(each.meets(shift) for each in facts.rather_not):
        yield Finding("rather_not", Grade.NOTED, _("She would rather not work then."))


def planned(shifts: Iterable[Stretch], period: Stretch) -> timedelta:
    """How much of these lies in the period."""
    return sum((each.within(period) for each in shifts), NOTHING)


def short_rest(
    shifts: Iterable[Stretch], rest: timedelta, *, about: Stretch
) -> tuple[Stretch, Stretch | None] | None:
    """The working day that is too long because of `about`, and the gap in it that is no rest, if it has one.

    Shifts with less than `rest` between them make one working day, which may be split, but must be over so
    early that the rest still fits into the 24 hours that begin with it.
    """
    for day in _working_days(shifts, rest):
        whole = Stretch(day[0].begins, max(each.ends for each in day))
        if about not in day or whole.length <= DAY - rest:
            continue
        pairs = [(one, other) for one, other in pairwise(day) if one.ends < other.begins]
        beside = [pair for pair in pairs if about in pair] or pairs
        gaps = [Stretch(one.ends, other.begins) for one, other in beside]
        return whole, max(gaps, key=lambda gap: gap.length, default=None)
    return None


def _working_days(shifts: Iterable[Stretch], rest: timedelta) -> Iterator[list[Stretch]]:
    current: list[Stretch] = []
    for each in sorted(shifts):
        if current and each.begins - max(one.ends for one in current) >= rest:
            yield current
            current = []
        current.append(each)
    if current:
        yield current


def _rest_words(day: Stretch, gap: Stretch | None, rest: timedelta, zone: str) -> str:
    if gap is None or gap.length < timedelta(hours=1):
        words = _(
            "With it she works from %(from)s until %(until)s: %(due)s of rest do not fit into that day."
        )
        about, length = day, day.length
    else:
        words = _("Between %(from)s and %(until)s she rests only %(hours)s; %(due)s are due.")
        about, length = gap, gap.length
    return words % {
        "from": _clock(about.begins, zone),
        "until": _clock(about.ends, zone),
        "hours": hours(length),
        "due": hours(rest),
    }


def longest_rest(shifts: Iterable[Stretch], period: Stretch) -> timedelta:
    """The longest time in one piece within the period in which she does not work."""
    longest, free_since = NOTHING, period.begins
    for each in sorted(shifts):
        if each.ends <= period.begins or each.begins >= period.ends:
            continue
        longest = max(longest, each.begins - free_since)
        free_since = max(free_since, each.ends)
    return max(longest, period.ends - free_since)


def _last_day(shift: Stretch, zone: str) -> date:
    return (shift.ends - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()


def _weeks_touched(shift: Stretch, zone: str) -> list[date]:
    return sorted({monday_of(begins_on(shift, zone)), monday_of(_last_day(shift, zone))})


def _months_touched(shift: Stretch, zone: str) -> list[date]:
    return sorted({begins_on(shift, zone).replace(day=1), _last_day(shift, zone).replace(day=1)})


# --- Words ---


def said(shift: Stretch, zone: str) -> str:
    """ "Tue 24 Nov 09:00–17:00", on the clocks of `zone`."""
    begins, ends = (each.astimezone(ZoneInfo(zone)) for each in (shift.begins, shift.ends))
    return _("%(day)s %(from)s–%(until)s") % {
        "day": _day(begins.date()),
        "from": f"{begins:%H:%M}",
        "until": f"{ends:%H:%M}",
    }


def hours(length: timedelta) -> str:
    """ "8 hours", "7 h 30 min"."""
    whole, rest = divmod(int(length.total_seconds()) // 60, 60)
    if rest:
        return _("%(hours)d h %(minutes)02d min") % {"hours": whole, "minutes": rest}
    return ngettext("%(n)d hour", "%(n)d hours", whole) % {"n": whole}


def _clock(at: datetime, zone: str) -> str:
    return dateformat.format(at.astimezone(ZoneInfo(zone)), "D H:i")


def _day(on: date) -> str:
    return dateformat.format(on, "D j M")
