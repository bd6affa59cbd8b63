"""What one entry takes of somebody's time, told at once rather than from our copy. Pure."""

from datetime import datetime, timedelta

from calendar_app import icalendar, recurrence

from . import Taken


def taken_by(event: icalendar.Event, remote_id: str) -> list[Taken]:
    """One stretch, or none where the owner is free."""
    if event.busy == "free" or event.cancelled:
        return []
    tentative = event.busy == "tentative"
    if not isinstance(event.starts, datetime):
        ends = event.starts + timedelta(days=event.days)
        return [Taken(event.starts, ends, tentative, event.summary, remote_id)]
    starts = recurrence.moment(event.starts, event.zone)
    return [Taken(starts, starts + event.length, tentative, event.summary, remote_id)]
