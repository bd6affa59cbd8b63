"""How much of what is included, and of the client's own limit, this month has used so far."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clients.models import Client

from . import billing, rules
from .reckoning import CAPPED, NOUGHT, Of

ALERTS = (75, 100)  # percent


@dataclass(frozen=True)
class SoFar:
    """`units` of `included` are used; `spent` of `cap`. Whole percents, rounded down; None: no such limit."""

    first: date
    last: date
    units: str
    included: str
    percent: int | None
    spent: Decimal
    cap: Decimal | None
    cap_percent: int | None
    currency: str


def reached(percent: int | None) -> int:
    """The highest degree of an alert that so much of one limit has reached; 0 for none."""
    return max((degree for degree in ALERTS if (percent or 0) >= degree), default=0)


def so_far(client: Client, day: date) -> SoFar | None:
    """The month of this day, as it would be billed now. None: no plan holds in it."""
    found = billing.preview(client, day)
    if not found.month.stretches:
        return None
    lines = found.made.lines
    now = {id(each) for each in found.month.stretches}
    usage = [line for line in lines if line.of == Of.USAGE and id(line.stretch) in now]
    plan = usage[-1].stretch.plan
    units = sum(line.quantity for line in usage if line.stretch.plan.measure == plan.measure)
    included = sum(line.included for line in usage) + found.carried
    spent = sum((line.amount for line in lines if line.of in CAPPED), NOUGHT)
    return SoFar(
        first=found.month.first,
        last=found.month.last,
        units=rules.units(plan, units),
        included=rules.units(plan, included) if included else "",
        percent=units * 100 // included if included else None,
        spent=spent,
        cap=found.cap,
        cap_percent=int(spent * 100 // found.cap) if found.cap else None,
        currency=plan.currency,
    )
