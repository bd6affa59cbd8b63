"""Meetings as they are told outside: in a feed, or in a file. Of a private one only that it is."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from .models import Diary, Meeting
from .published import CANCELLED, CONFIRMED, TENTATIVE, Told

STATUS = {
    Meeting.State.HELD: TENTATIVE,
    Meeting.State.CONFIRMED: CONFIRMED,
    Meeting.State.CANCELLED: CANCELLED,
    Meeting.State.LAPSED: CANCELLED,
}


def of_diary(diary: Diary, begins: datetime, ends: datetime, *, at: datetime, at_most: int) -> list[Told]:
    """All that stands in a diary between these moments, for whoever holds the key to its feed."""
    rows = (
        Meeting.objects.filter(diary=diary)
        .between(begins, ends)
        .standing()
        .exclude(state=Meeting.State.HELD, expires_at__lte=at)
        .select_related("place")
        .prefetch_related("guests")
        .order_by("starts_at", "pk")
    )
    return [told(each, knows=not each.private) for each in rows[:at_most]]


def told(meeting: Meeting, *, knows: bool) -> Told:
    """One meeting. Its guests and place must be at hand."""
    facts = {
        "uid": uid_of(meeting),
        "starts": meeting.starts_at,
        "ends": meeting.ends_at,
        "zone": meeting.zone,
        "stamp": meeting.changed_at,
        "sequence": meeting.sequence,
        "status": STATUS[Meeting.State(meeting.state)],
    }
    if not knows:
        return Told(**facts, summary=_("Busy"), private=True)
    return Told(
        **facts,
        summary=meeting.about,
        private=meeting.private,
        where=where(meeting),
        link=meeting.link,
        words="\n\n".join(filter(None, [who(meeting.guests.all()), meeting.notes])),
    )


def uid_of(meeting: Meeting) -> str:
    """As it is in the client's own calendar, so that a program that reads both knows one for the other."""
    if meeting.instance_at:
        return f"{meeting.instance_at:%Y%m%dT%H%M%SZ}-{meeting.uid}"
    return meeting.uid


def where(meeting: Meeting) -> str:
    if meeting.where or meeting.place is None:
        return meeting.where
    return ", ".join(filter(None, [meeting.place.name, " ".join(meeting.place.address.split())]))


def who(guests: Iterable) -> str:
    return ", ".join(str(guest) for guest in guests)
