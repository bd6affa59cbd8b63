"""Benefits of an employee, worked by hand; docs/pay.md has the same rows."""

from datetime import date
from decimal import Decimal

from secretariat.office.contracts.benefits import Away, Given, Of, Paid, balances

YEAR = date(2026, 1, 1)


def told(given, away=(), paid=(), *, on):
    found = balances(given, away, paid, on=on)
    return [(each.of, each.earned, each.used, each.left) for each in found]


def test_days_are_earned_day_by_day_and_those_away_count_from_monday_to_friday():
    """28 days a year: 31 + 28 + 31 of 365 days are 6.9; Thursday to Tuesday are 4."""
    given = [Given(Of.HOLIDAY, Decimal(28), YEAR)]
    away = [Away(Of.HOLIDAY, date(2026, 3, 5), date(2026, 3, 10)), Away(Of.SICKNESS, YEAR, YEAR)]
    expected = [(Of.HOLIDAY, Decimal("6.9"), 4, Decimal("2.9"))]
    assert told(given, away, on=date(2026, 3, 31)) == expected


def test_who_falls_ill_on_a_holiday_has_those_days_of_it_back():
    """Away from Thursday to the Tuesday after, and ill from Friday to Monday: 6.9, less 2."""
    given = [Given(Of.HOLIDAY, Decimal(28), YEAR), Given(Of.SICKNESS, Decimal(28), YEAR)]
    away = [
        Away(Of.HOLIDAY, date(2026, 3, 5), date(2026, 3, 10)),
        Away(Of.SICKNESS, date(2026, 3, 6), date(2026, 3, 9)),
    ]
    expected = [(of, Decimal("6.9"), 2, Decimal("4.9")) for of in (Of.HOLIDAY, Of.SICKNESS)]
    assert told(given, away, on=date(2026, 3, 31)) == expected


def test_a_holiday_not_taken_stays_and_sickness_begins_anew():
    given = [Given(Of.HOLIDAY, Decimal(28), YEAR), Given(Of.SICKNESS, Decimal(10), YEAR)]
    away = [Away(Of.SICKNESS, date(2026, 5, 4), date(2026, 5, 6))]
    assert told(given, away, on=date(2026, 12, 31)) == [
        (Of.HOLIDAY, Decimal("28.0"), 0, Decimal("28.0")),
        (Of.SICKNESS, Decimal("10.0"), 3, Decimal("7.0")),
    ]
    assert told(given, away, on=date(2027, 12, 31)) == [
        (Of.HOLIDAY, Decimal("56.0"), 0, Decimal("56.0")),
        (Of.SICKNESS, Decimal("10.0"), 0, Decimal("10.0")),
    ]


def test_each_version_gives_what_it_says_for_its_own_days():
    """50 a month until 15 June, then 80: 50 × 5.5 + 80 × 0.5 = 315.00. 5 % of 1,200, then 6 % of 1,000."""
    middle = date(2026, 6, 15)
    given = [
        Given(Of.MEDICAL, Decimal(50), YEAR, middle),
        Given(Of.MEDICAL, Decimal(80), date(2026, 6, 16)),
        Given(Of.PENSION, Decimal(5), YEAR, middle),
        Given(Of.PENSION, Decimal(6), date(2026, 6, 16)),
        Given(Of.HOLIDAY, Decimal(28), date(2026, 8, 1)),  # not begun yet
    ]
    paid = [Paid(date(2026, 5, 31), Decimal(1200)), Paid(date(2026, 6, 30), Decimal(1000))]
    assert told(given, (), paid, on=date(2026, 6, 30)) == [
        (Of.MEDICAL, Decimal("315.00"), 0, Decimal("315.00")),
        (Of.PENSION, Decimal("120.00"), 0, Decimal("120.00")),
    ]
