"""Proposals side by side, the most fitting first, each with its reasons. Pure: no clock, database, settings.

Who suits the work is judged by `matching`; here her points meet what she proposes. What is within budget and
in time stands before what is not; then points, then price, then the day.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Asked:
    """What the brief says: its day, and its budget where it names one, with the places of its currency."""

    due_on: date
    budget: Decimal | None = None
    digits: int = 2


@dataclass(frozen=True)
class Offered:
    """One proposal: `most` it may cost, its last day, and who makes it, by points and reasons."""

    key: Hashable
    most: Decimal
    done_on: date
    score: int = 0
    why: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Ranked:
    """Its place (1: first), what speaks for it and what against."""

    offered: Offered
    place: int
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]


def rank(asked: Asked, offered: Iterable[Offered]) -> list[Ranked]:
    """All of them in order; the same order for the same facts."""
    rows = list(offered)
    ordered = sorted(
        rows,
        key=lambda it: (len(_against(asked, it)), -it.score, it.most, it.done_on, it.number),
    )
    return [
        Ranked(it, place, tuple(_speaks_for(asked, it, rows)), tuple(_against(asked, it)))
        for place, it in enumerate(ordered, 1)
    ]


def _against(asked: Asked, it: Offered) -> list[str]:
    found = []
    if asked.budget is not None and it.most > asked.budget:
        found.append(_("%(sum)s above the budget") % {"sum": f"{it.most - asked.budget:,.{asked.digits}f}"})
    if it.done_on > asked.due_on:
        days = (it.done_on - asked.due_on).days
        found.append(ngettext("%(n)d day late", "%(n)d days late", days) % {"n": days})
    return found


def _speaks_for(asked: Asked, it: Offered, rows: list[Offered]) -> list[str]:
    found = list(it.why)
    if asked.budget is not None and it.most <= asked.budget:
        found.append(_("within the budget"))
    days = (asked.due_on - it.done_on).days
    if days > 0:
        found.append(
            ngettext("%(n)d day before it is needed", "%(n)d days before it is needed", days) % {"n": days}
        )
    elif days == 0:
        found.append(_("done on the day it is needed"))
    if len(rows) > 1:
        if it.most == min(each.most for each in rows):
            found.append(_("costs the least"))
        if it.done_on == min(each.done_on for each in rows):
            found.append(_("is done first"))
    return found
