"""What a guest's calendar is told of a meeting, in iCalendar (RFC 5545, 5546). Pure.

A single meeting is told in UTC, and a series by its zone and rule: both are what every program understands.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText
from icalendar.prop import vRecur

from secretariat import calendar_files

from . import zone_rules

REQUEST, CANCEL, REPLY, COUNTER = "REQUEST", "CANCEL", "REPLY", "COUNTER"
PRODUCT = "-//Secretariat//Diary//EN"


@dataclass(frozen=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True)
class Repeats:
    """How a series goes on: `rule` is an RRULE's value, told in `zone`; moments of it that are left out."""

    rule: str
    zone: str
    left_out: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Invitation:
    """A meeting as one guest is told of it. `starts`, `ends`, `stamp`: moments. `sent_by`: an address."""

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime
    ends: datetime
    about: str
    organiser: Person
    guest: Person
    sent_by: str = ""
    where: str = ""
    link: str = ""
    words: str = ""
    instance: datetime | None = None
    repeats: Repeats | None = None
    answer: str = "NEEDS-ACTION"
    exceptions: tuple["Invitation", ...] = ()  # of a series: its dates that are not as the rule has them


def request(told: Invitation) -> str:
    """Come, or: it is at another time now."""
    return _written(REQUEST, told, _event(told, "CONFIRMED"))


def cancellation(told: Invitation) -> str:
    """It does not take place, or not with her."""
    return _written(CANCEL, told, _event(told, "CANCELLED"))


def _event(told: Invitation, status: str) -> Event:
    event = Event()
    event.add("UID", told.uid)
    event.add("SEQUENCE", told.sequence)
    event.add("DTSTAMP", told.stamp.astimezone(UTC))
    if told.repeats:
        zone = ZoneInfo(told.repeats.zone)
        event.add("DTSTART", told.starts.astimezone(zone))
        event.add("DTEND", told.ends.astimezone(zone))
        event.add("RRULE", vRecur.from_ical(told.repeats.rule))
        if told.repeats.left_out:
            event.add("EXDATE", [each.astimezone(zone) for each in told.repeats.left_out])
    else:
        event.add("DTSTART", told.starts.astimezone(UTC))
        event.add("DTEND", told.ends.astimezone(UTC))
    if told.instance:
        event.add("RECURRENCE-ID", told.instance.astimezone(UTC))
    event.add("SUMMARY", told.about)
    if told.where:
        event.add("LOCATION", told.where)
    if told.words:
        event.add("DESCRIPTION", told.words)
    if told.link:
        event.add("URL", told.link)
    event.add("STATUS", status)
    event.add("TRANSP", "OPAQUE")
    event.add("ORGANIZER", _organiser(told))
    event.add("ATTENDEE", _guest(told, asked=status != "CANCELLED"))
    return event


def _organiser(told: Invitation) -> vCalAddress:
    address = vCalAddress(f"mailto:{told.organiser.email}")
    address.params["CN"] = vText(told.organiser.name)
    if told.sent_by and told.sent_by != told.organiser.email:
        address.params["SENT-BY"] = f"mailto:{told.sent_by}"
    return address


def _guest(told: Invitation, *, asked: bool) -> vCalAddress:
    address = vCalAddress(f"mailto:{told.guest.email}")
    address.params["CN"] = vText(told.guest.name or told.guest.email)
    address.params["ROLE"] = "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = told.answer
    if asked:
        address.params["RSVP"] = "TRUE"
    return address


def _written(method: str, told: Invitation, event: Event) -> str:
    calendar = Calendar()
    calendar.add("PRODID", PRODUCT)
    calendar.add("VERSION", "2.0")
    calendar.add("CALSCALE", "GREGORIAN")
    calendar.add("METHOD", method)
    if told.repeats:
        # From the year before: the change that holds when it begins must be among them.
        calendar.add_component(zone_rules.described(told.repeats.zone, told.starts.year - 1))
    calendar.add_component(event)
    for each in told.exceptions:
        calendar.add_component(_event(each, "CONFIRMED"))
    return calendar_files.written(calendar)
