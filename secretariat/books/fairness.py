"""How evenly the good and the bad of the work fall. Pure: no clock, no database, no settings.

Seconds and money go in raw; what cannot be said, as an hour's earnings of somebody unpaid yet, is None.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secretariat.office.pay_facts import Of

HOUR = 3600
FEWEST = 3  # of whom a middle may be told without telling of one of them
CENT = Decimal("0.01")
# What is paid whatever is done in the hours that are paid; all other lines are earned in them.
BESIDES: dict[str, str | Promise] = {
    Of.FIXED: _("fixed pay"),
    Of.TOP_UP: _("what was made up to the least agreed"),
    Of.WAITING: _("pay for waiting"),
    Of.DAYS_OFF: _("paid days off"),
    Of.EXTRA: _("what was agreed beside the contract"),
    Of.CARRIED: _("what was carried over"),
    Of.DISCOUNT: _("what was taken off"),
}


@dataclass(frozen=True)
class Share:
    """One secretary's part of some weeks.

    `on_shift`, `worked`, `on_breaks` are seconds; what ran at the same time counts once. `least` are the
    hours her contract promises for these weeks, None where it promises none. `shifts` of which `unpopular`
    are at night or at a weekend. `earned` is what her newest statement pays for what was done in
    `earned_seconds` of work; `besides`, by the kind of line, what it pays or takes off whatever was done.
    """

    key: UUID
    name: str
    on_shift: float = 0
    worked: float = 0
    on_breaks: float = 0
    breaks: int = 0
    least: Decimal | None = None
    shifts: int = 0
    unpopular: int = 0
    earned: Decimal | None = None
    besides: tuple[tuple[str, Decimal], ...] = ()
    earned_seconds: float = 0
    currency: str = ""

    @property
    def waited(self) -> float:
        """Seconds at her desk without work and without a break."""
        return max(0.0, self.on_shift - self.worked - self.on_breaks)

    @property
    def waiting_percent(self) -> int | None:
        return _percent(self.waited, self.on_shift)

    @property
    def unpopular_percent(self) -> int | None:
        return _percent(self.unpopular, self.shifts)

    @property
    def short_of_least(self) -> float | None:
        """Seconds of work that are still missing to what is promised; None where nothing is."""
        if self.least is None:
            return None
        return max(0.0, float(self.least) * HOUR - self.worked)

    @property
    def break_minutes_a_shift_hour(self) -> float | None:
        return round(self.on_breaks / 60 / (self.on_shift / HOUR), 1) if self.on_shift else None

    @property
    def an_hour(self) -> Decimal | None:
        """What an hour's work earned, to the cent; None, too, where all she is paid is paid besides."""
        if self.earned is None or (self.besides and not self.earned):
            return None
        return self._by_the_hour(self.earned)

    @property
    def an_hour_in_all(self) -> Decimal | None:
        """The same with what is paid besides; None where nothing is."""
        if self.earned is None or not self.besides:
            return None
        return self._by_the_hour(self.earned + sum(amount for _kind, amount in self.besides))

    @property
    def paid_besides(self) -> str:
        """What else there is in it, in words."""
        return ", ".join(str(BESIDES[kind]) for kind, _amount in self.besides)

    def _by_the_hour(self, amount: Decimal) -> Decimal | None:
        if not self.earned_seconds:
            return None
        return (amount * HOUR / Decimal(self.earned_seconds)).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Middle:
    """What half of them have more of, and half less. None where nobody has any."""

    waiting_percent: int | None
    unpopular_percent: int | None
    break_minutes_a_shift_hour: float | None


def middle(shares: Iterable[Share]) -> Middle:
    rows = list(shares)
    return Middle(*(_median(getattr(row, name) for row in rows) for name in Middle.__annotations__))


def _percent(part: float, whole: float) -> int | None:
    return round(100 * part / whole) if whole else None


def _median(values: Iterable):
    known = [each for each in values if each is not None]
    return median(known) if known else None
