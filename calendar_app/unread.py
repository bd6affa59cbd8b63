"""What stands in a client's calendar and cannot be read: shown in words, with the original, never lost."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from . import discretion
from .models import Calendar, Connection, RemoteEvent

MOST = 200
PRIVATE = ("CLASS:PRIVATE", "CLASS:CONFIDENTIAL", '"private"', '"confidential"')


@dataclass(frozen=True)
class Unread:
    """One of them, for one reader. `title` is empty where it has none, or where she may not know."""

    row: RemoteEvent
    title: str
    may_open: bool


@dataclass(frozen=True)
class UnknownZone:
    """A name that some entries of a calendar give their time zone, and that nobody here knows."""

    calendar: Calendar
    name: str
    entries: int


def of(connection: Connection, user) -> list[Unread]:
    """The entries of this connection that cannot be read, the newest first."""
    rows = RemoteEvent.objects.visible_to(user).filter(
        calendar__connection=connection, state=RemoteEvent.State.UNREADABLE
    )
    rows = rows.select_related("calendar__diary__contact").order_by("-seen_at", "pk")
    return [
        Unread(row, title(row) if may_open(user, row) else "", may_open(user, row)) for row in rows[:MOST]
    ]


def may_open(user, row: RemoteEvent) -> bool:
    """What says of itself that it is private is opened by whose time it is."""
    head = row.raw.upper()
    says_private = row.private or any(word.upper() in head for word in PRIVATE)
    return not says_private or discretion.is_hers(user, row.calendar.diary)


def title(row: RemoteEvent) -> str:
    """As much of its title as can be made out."""
    if row.summary:
        return row.summary
    for line in row.raw.splitlines():
        name, colon, said = line.partition(":")
        if colon and name.partition(";")[0].strip().upper() == "SUMMARY":
            return said.strip()[:200]
    return ""


def zones_of(connection: Connection, user) -> list[UnknownZone]:
    """Each name once for each calendar, with how many entries wait for it."""
    rows = (
        RemoteEvent.objects.visible_to(user).filter(calendar__connection=connection).exclude(unknown_zone="")
    )
    counted = Counter(rows.values_list("calendar", "unknown_zone"))
    calendars = Calendar.objects.visible_to(user).in_bulk({calendar for calendar, _name in counted})
    return [
        UnknownZone(calendars[calendar], name, entries)
        for (calendar, name), entries in sorted(
            counted.items(), key=lambda each: (str(each[0][0]), each[0][1])
        )
    ]


def state_in_words(connection: Connection) -> str:
    """How it goes, and who must act."""
    State = Connection.State
    if connection.trouble:
        return connection.trouble
    if connection.state == State.NEW or connection.synced_at is None:
        return _("It is being read for the first time. Nobody need do anything.")
    if connection.state == State.ENDED:
        return _("It is disconnected. Nothing of it is kept here.")
    return _("It is read every few minutes. Nobody need do anything.")
