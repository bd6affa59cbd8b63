"""A meeting as we have it beside the same as it stands in the client's calendar. Pure, but for its row."""

from collections.abc import Sequence

from .icalendar import Event
from .models import Meeting

SAME = 200  # letters of a place that tell it from another; longer ones come cut off


def where(meeting: Meeting) -> str:
    """Where it takes place, as it is written there."""
    if meeting.where or meeting.place is None:
        return meeting.where
    return ", ".join(part for part in (meeting.place.name, " ".join(meeting.place.address.split())) if part)


def renamed(meeting: Meeting, events: Sequence[Event]) -> dict[str, str]:
    """What its client calls it there, or where she puts it, other than we do: `about`, `where`.

    A line broken elsewhere is the same line; a link that a service puts in is no place.
    """
    if len(events) != 1:
        return {}
    [event] = events
    found = {}
    if _plain(event.summary) and _plain(event.summary) != _plain(meeting.about):
        found["about"] = event.summary.strip()[:200]
    theirs, ours = _plain(event.where)[:SAME], _plain(where(meeting))[:SAME]
    if theirs and theirs not in (ours, _plain(meeting.link)) and "://" not in theirs:
        found["where"] = event.where.strip()[:240]
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())
