"""What a milestone comes to, and what is given back. Pure: no clock, no database, no settings.

One rule for every end: what is due is a sum from its price, what was worked and what it brought; the charge
is what is due less what was charged before, so that what was paid too much comes back to the cent. Each sum
is rounded once, halves away from nought, and what she has and what the firm keeps are together that sum.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from secretariat.rounding import half_up

HOUR = 3600
MICROS = 1_000_000  # in a second
NOUGHT = Decimal(0)


class Pays(StrEnum):
    """What a price is for."""

    FIXED = "fixed"
    HOURLY = "hourly"
    SHARE = "share"  # percent of what it brings
    EACH = "each"  # an amount for each result


class How(StrEnum):
    """How a milestone ended."""

    ACCEPTED = "accepted"  # by the client, or unanswered by its day
    SETTLED = "settled"  # a dispute: the firm says which part of it is due
    BY_CLIENT = "by_client"  # the client ends the work before it is handed in
    BY_SECRETARY = "by_secretary"  # she gives it back
    BY_FIRM = "by_firm"  # the firm ends it, and says which part of what was begun counts


@dataclass(frozen=True)
class Price:
    """`most` is the price of a fixed milestone, else its cap. `rate`: money an hour or a result, or percent.

    `hours` are those it was said to take; `digits` the decimal places of the currency.
    """

    pays: Pays
    most: Decimal
    rate: Decimal = NOUGHT
    hours: Decimal = NOUGHT
    digits: int = 2

    @property
    def cap_micros(self) -> int | None:
        """The time that the cap pays for, in microseconds; None where time is not what is paid."""
        if self.pays != Pays.HOURLY:
            return None
        exact = Fraction(self.most) / Fraction(self.rate) * HOUR * MICROS
        return exact.numerator // exact.denominator


@dataclass(frozen=True)
class Done:
    """What there is of it: `micros` worked, and what it brought (worth in money, or how many)."""

    micros: int = 0
    result: Decimal = NOUGHT


@dataclass(frozen=True)
class Share:
    """A sum of the client's money. With a minus it is given back."""

    amount: Decimal
    hers: Decimal
    firms: Decimal

    def __sub__(self, other: "Share") -> "Share":
        return Share(self.amount - other.amount, self.hers - other.hers, self.firms - other.firms)

    @property
    def is_nothing(self) -> bool:
        return not (self.amount or self.hers or self.firms)


NOTHING = Share(NOUGHT, NOUGHT, NOUGHT)


def earned(price: Price, done: Done) -> Decimal:
    """What the whole of it comes to, never above the price or the cap."""
    return half_up(_earned(price, done), price.digits)


def _earned(price: Price, done: Done) -> Fraction:
    most, rate = Fraction(price.most), Fraction(price.rate)
    match price.pays:
        case Pays.FIXED:
            return most
        case Pays.HOURLY:
            return min(most, rate * done.micros / (HOUR * MICROS))
        case Pays.SHARE:
            return min(most, rate * Fraction(done.result) / 100)
        case Pays.EACH:
            return min(most, rate * Fraction(done.result))


def due(price: Price, done: Done, how: How, *, percent: Decimal = Decimal(100)) -> Decimal:
    """What is owed in all for it, after it ended this way. `percent`: what the firm says stands of it."""
    match how:
        case How.ACCEPTED:
            return earned(price, done)
        case How.SETTLED | How.BY_FIRM:
            return half_up(_earned(price, done) * Fraction(percent) / 100, price.digits)
        case How.BY_CLIENT if price.pays == Pays.FIXED:
            return half_up(_earned(price, done) * _worked_share(price, done), price.digits)
        case How.BY_CLIENT:
            return earned(price, done)
        case How.BY_SECRETARY:
            return NOUGHT


def begun(price: Price, done: Done) -> Decimal:
    """Of what is not done yet, the percent that was worked. Where time or results are paid, all of them."""
    if price.pays != Pays.FIXED:
        return Decimal(100)
    return half_up(_worked_share(price, done) * 100, 2)


def _worked_share(price: Price, done: Done) -> Fraction:
    """Of the time it was said to take, so much was worked; never more than all of it."""
    said = Fraction(price.hours) * HOUR * MICROS
    return min(Fraction(1), Fraction(done.micros) / said) if said else Fraction(0)


def shared(amount: Decimal, firm_percent: Decimal, digits: int) -> Share:
    """What she has of it, and what the firm keeps."""
    firms = half_up(Fraction(amount) * Fraction(firm_percent) / 100, digits)
    return Share(amount, amount - firms, firms)


def in_advance(price: Price) -> Share:
    """A fixed price before the work: the firm holds all of it until it is earned."""
    return Share(price.most, NOUGHT, price.most) if price.pays == Pays.FIXED else NOTHING


def settled(
    price: Price,
    done: Done,
    how: How,
    *,
    firm_percent: Decimal,
    before: Share = NOTHING,
    percent: Decimal = Decimal(100),
    firm_bears: bool = False,
) -> Share:
    """What is still to be charged, or with a minus given back, after what was charged `before`.

    `firm_bears`: she has her part, and the firm pays it instead of the client.
    """
    whole = shared(due(price, done, how, percent=percent), firm_percent, price.digits)
    return (Share(NOUGHT, whole.hers, -whole.hers) if firm_bears else whole) - before
