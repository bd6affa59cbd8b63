"""What an address or a form says, which nobody has vouched for: None where it is nothing of the kind."""

from datetime import date, datetime, time
from uuid import UUID

YEARS = range(1970, 9000)  # beyond them clocks and calendars are no longer reckoned with


def as_uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def as_day(text: str | None) -> date | None:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.year in YEARS else None


def as_time(text: str | None) -> time | None:
    """A time of the clock on somebody's wall, in no zone."""
    try:
        return time.fromisoformat(text or "").replace(tzinfo=None)
    except ValueError:
        return None


def as_moment(text: str | None) -> datetime | None:
    """A moment with its offset, as our pages write it."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo and found.year in YEARS else None


def as_version(text: str | None) -> int:
    """The version of a row that was before somebody's eyes; -1, which no row has, where it says none."""
    return int(text) if text and text.isascii() and text.isdecimal() else -1
