"""A meeting as a plan, to arrange the like of it."""

from .models import Meeting
from .planning import Coming, Plan


def plan(meeting: Meeting, when: dict) -> Plan:
    """The same, with the same guests, at `on`, `at` and for the `minutes` of `when`, in the diary's zone."""
    return Plan(
        about=meeting.about,
        on=when["on"],
        at=when["at"],
        minutes=when["minutes"],
        manner=meeting.manner,
        place=meeting.place,
        where=meeting.where,
        link=meeting.link,
        notes=meeting.notes,
        private=meeting.private,
        guests=tuple(_coming(each) for each in meeting.guests.all()),
    )


def _coming(guest) -> Coming:
    return Coming(
        name=guest.name,
        email=guest.email,
        number=guest.number,
        zone=guest.zone,
        language=guest.language,
        correspondent_id=guest.correspondent_id,
        contact_id=guest.contact_id,
        secretary_id=guest.secretary_id,
    )
