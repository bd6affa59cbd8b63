"""Entries as a list of days. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from .entries import Entry


def by_day(
    found: Sequence[Entry], zone: ZoneInfo, first: date, *, every: Iterable[date] = ()
) -> list[tuple[date, list[Entry]]]:
    """(day, entries) in order; what began before the first day stands on that.

    Of the days `every` those without an entry are there, too, if there is any entry at all.
    """

    def on(entry: Entry) -> date:
        return max(first, entry.starts.astimezone(zone).date())

    listed = {day: list(those) for day, those in groupby(found, key=on)}
    if listed:
        listed |= {day: [] for day in every if day not in listed}
    return sorted(listed.items())
