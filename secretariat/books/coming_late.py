"""What comes late for a closed week, as of a call that was closed days after: it stands in a later one."""

from collections.abc import Collection
from datetime import date, timedelta

WEEK = timedelta(days=7)
LATE = 8 * WEEK  # so far back it is looked who may have something that came late


def stands_in(monday: date, closed: Collection[date]) -> date:
    """In which week that which was worked in this one is shown and confirmed: the first not closed."""
    while monday in closed:
        monday += WEEK
    return monday
