"""Money rounded once, and shared out in whole cents; how many places it is written with. Pure."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

DIGITS = {"JPY": 0, "KRW": 0, "VND": 0, "CLP": 0, "ISK": 0, "KWD": 3, "BHD": 3, "TND": 3, "OMR": 3, "JOD": 3}


def digits_of(currency: str) -> int:
    """How many places after the point an amount of this currency has."""
    return DIGITS.get(currency, 2)


def places(amount: Decimal, least: int) -> int:
    """How many places after the point it is written with: all that say something, and at least so many."""
    return max(least, -int(amount.normalize().as_tuple().exponent))


def half_up(value: Fraction | Decimal, digits: int) -> Decimal:
    """Rounded to so many places, halves away from nought."""
    exact = Fraction(value)
    return _money(_rounded(exact.numerator * 10**digits, exact.denominator), digits)


def shares(exact: Iterable[Fraction], digits: int) -> list[Decimal]:
    """Whole cents for each, which together are the rounded sum: each is less than a cent from its own."""
    found, total, before = [], Fraction(0), 0
    for each in exact:
        total += each
        upto = _rounded(total.numerator * 10**digits, total.denominator)
        found.append(_money(upto - before, digits))
        before = upto
    return found


def shares_of(counts: Iterable[int], price: Fraction, digits: int) -> list[Decimal]:
    """The same, for so many pieces each at one price: whole numbers all the way, as there may be millions."""
    found, total, before = [], 0, 0
    top, bottom = price.numerator * 10**digits, price.denominator
    for each in counts:
        total += each
        upto = _rounded(total * top, bottom)
        found.append(_money(upto - before, digits))
        before = upto
    return found


def _rounded(top: int, bottom: int) -> int:
    whole = (2 * abs(top) + bottom) // (2 * bottom)
    return whole if top >= 0 else -whole


def _money(cents: int, digits: int) -> Decimal:
    return Decimal(cents).scaleb(-digits)
