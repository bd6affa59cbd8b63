"""Minders: whoever promised something for an hour is told when that hour has come."""

from datetime import datetime, timedelta

from secretariat import live
from secretariat.live.models import LiveEvent

from . import audience
from .models import WorkItem

EVENT = "minder.due"
LATELY = timedelta(minutes=5)  # older ones stand on the board and in the list by now
AT_MOST = 100


def announce_due(*, at: datetime) -> int:
    """Tell the owner, or the client's desk, of what has just fallen due, once. Returns how many.

    The version announced is the moment promised, so that another promise for the same thing is told of again.
    """
    due = WorkItem.objects.open().filter(promised_at__lte=at, promised_at__gt=at - LATELY)
    found = {(str(item.pk), _moment(item)): item for item in due[:AT_MOST]}
    if not found:
        return 0
    told = LiveEvent.objects.filter(event=EVENT, subject_id__in=[subject for subject, _version in found])
    for known in told.values_list("subject_id", "version"):
        found.pop(known, None)
    for (subject, version), item in found.items():
        live.announce(EVENT, subject, version, _concerned(item))
    return len(found)


def _moment(item: WorkItem) -> int:
    return int(item.promised_at.timestamp())


def _concerned(item: WorkItem) -> set:
    if item.owner_id:
        return {item.owner_id}
    return audience.desk_or_firm(item.client_id)
