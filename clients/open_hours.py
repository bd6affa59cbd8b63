"""What is promised within so many of a client's opening hours: nights and holidays do not count. Pure."""

from collections.abc import Callable
from datetime import datetime, timedelta

MOST_STEPS = 60


def passed(
    at: datetime, length: timedelta, opening: Callable[[datetime], tuple[bool, datetime | None]]
) -> datetime:
    """When so much of her opening hours has passed since `at`.

    `opening(at)` is whether she is open then, and when that changes next (None: not for weeks).
    """
    left = length
    for _step in range(MOST_STEPS):
        is_open, until = opening(at)
        if until is None:
            return at + left
        if is_open:
            if at + left <= until:
                return at + left
            left -= until - at
        at = until
    return at + left
