"""What may be opened, by when it is passed on, and what becomes of the paper. No clock, no database."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PRESSING = frozenset({"registered", "legal"})  # passed on the day it comes
BY = time(18)  # by the client's clock
AT_LEAST = timedelta(hours=1)
LAST = time(23, 59)


def may_open(kind: str, opens: str) -> bool:
    """`opens`: nothing, ordinary or all, as the client has it. What is marked personal is never opened."""
    if kind == "personal" or opens == "nothing":
        return False
    return opens == "all" or kind not in PRESSING


def promised_by(kind: str, came_at: datetime, *, minutes: int, zone: ZoneInfo) -> datetime:
    """When it is to be passed on. `came_at` is aware; `minutes` are those of ordinary post.

    What presses is passed on the same day by the client's clock: by six, or within the hour where it came
    later, and never after midnight.
    """
    if kind not in PRESSING:
        return came_at + timedelta(minutes=minutes)
    there = came_at.astimezone(zone)
    by = max(datetime.combine(there.date(), BY, zone), there + AT_LEAST)
    last = datetime.combine(there.date(), LAST, zone)
    return max(min(by, last), there).astimezone(came_at.tzinfo)


def shred_on(then: str, passed_on: date, *, days: int) -> date | None:
    """The day the paper is shredded, where the client wants that."""
    return passed_on + timedelta(days=days) if then == "shred" else None


def shreds(wish: str) -> bool:
    """Whether it is shredded by her rule still: another word of hers on the paper stands before it."""
    return wish in ("", "open", "shred")


def may_leave(paper: str, kind: str, wish: str) -> bool:
    """Whether the paper may go this way: pressing and personal post is shredded at her word alone."""
    if paper != "shredded":
        return True
    return wish == "shred" or kind in ("ordinary", "parcel")


def sends_on(then: str, wish: str) -> bool:
    """Whether the paper goes to the client by her rule; what she has said of this one stands before it."""
    return then == "send_on" and wish in ("", "open")
