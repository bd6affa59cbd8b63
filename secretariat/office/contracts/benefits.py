"""What an employee's contract gives besides pay, and how it stands. Pure: no clock, no database, no settings.

Days are earned day by day, as part of a year; money as part of a month; a pension is a percentage of her pay.
Sickness begins anew each year, and what is not taken of a holiday stays hers. Of days away those from Monday
to Friday count; who falls ill on a holiday is ill, and has those days of it back. A balance is rounded once,
when it is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from secretariat.office.pay_counting import Per, share_of
from secretariat.rounding import half_up

SATURDAY = 5


class Of(StrEnum):
    """Benefits that are earned by a rule. Others are words."""

    HOLIDAY = "holiday"  # days a year
    SICKNESS = "sickness"  # days a year
    MEDICAL = "medical"  # money a month
    PENSION = "pension"  # percent of her pay


IN_DAYS = (Of.HOLIDAY, Of.SICKNESS)


@dataclass(frozen=True)
class Given:
    """One benefit of one version of a contract: so much of it, for days from `first` on, `last` included."""

    of: Of
    each: Decimal
    first: date
    last: date | None = None


@dataclass(frozen=True)
class Away:
    """Days on which she was away for this reason, both included."""

    of: Of
    first: date
    last: date


@dataclass(frozen=True)
class Paid:
    """Her pay for days that end on this one."""

    last: date
    gross: Decimal


@dataclass(frozen=True)
class Balance:
    """`each` is what the newest version gives, `since` the first day of any; days, or money."""

    of: Of
    each: Decimal
    since: date
    earned: Decimal
    used: Decimal

    @property
    def left(self) -> Decimal:
        return self.earned - self.used

    @property
    def is_in_days(self) -> bool:
        return self.of in IN_DAYS


def balances(
    given: Iterable[Given], away: Iterable[Away], paid: Iterable[Paid], *, on: date, digits: int = 2
) -> list[Balance]:
    """How each benefit that has begun by this day stands at its end."""
    begun = sorted((each for each in given if each.first <= on), key=lambda each: each.first)
    away, paid = list(away), list(paid)
    found = []
    for of in Of:
        if mine := [each for each in begun if each.of == of]:
            since = mine[0].first
            from_on = max(since, on.replace(month=1, day=1)) if of == Of.SICKNESS else since
            earned = sum((_earned(each, from_on, on, paid) for each in mine), Fraction(0))
            used = sum(from_on <= day <= on for day in days_of(of, away))
            places = 1 if of in IN_DAYS else digits
            found.append(Balance(of, mine[-1].each, since, half_up(earned, places), Decimal(used)))
    return found


def _earned(given: Given, from_on: date, on: date, paid: list[Paid]) -> Fraction:
    first, last = max(given.first, from_on), min(given.last or on, on)
    if first > last:
        return Fraction(0)
    if given.of == Of.PENSION:
        pay = sum((each.gross for each in paid if first <= each.last <= last), Decimal(0))
        return Fraction(pay) * Fraction(given.each) / 100
    per = Per.YEAR if given.of in IN_DAYS else Per.MONTH
    return Fraction(given.each) * share_of(per, first, last)


def days_of(of: Of, away: Iterable[Away]) -> set[date]:
    """Which days were of this kind, from Monday to Friday. A day of both kinds is one of sickness."""
    away = list(away)
    found = {day for each in away if each.of == of for day in _weekdays(each.first, each.last)}
    if of == Of.HOLIDAY:
        found -= days_of(Of.SICKNESS, away)
    return found


def working_days(first: date, last: date) -> int:
    """Those from Monday to Friday, both ends included."""
    return len(_weekdays(first, last))


def _weekdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < SATURDAY]
