"""The online calendar of one client of the demo: a real CalDAV server on this computer."""

import os
from datetime import timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Func, Value

from calendar_app import booking, connecting
from calendar_app.elsewhere import Found
from calendar_app.models import Calendar, Connection, Meeting, RemoteEvent
from clients.models import Client, Contact
from secretariat import clock
from secretariat.local.calendar_servers import CalendarServer

WHOSE = "Okafor Legal"
PERSON = "ngozi"
NAME = "Ngozi’s calendar"
# In how many days, from, until, what: on the client's own clocks
ENTRIES = (
    (1, "09:30", "10:30", "Court, room 4"),
    (1, "13:00", "14:00", "Lunch with Ade"),
    (2, "16:00", "17:00", "School: Ada’s concert"),
    (3, "11:00", "12:30", "Harlow & Sons, their office"),
    (6, "09:00", "12:00", "Mediation"),
)


def connect(*, port: int, password: str) -> None:
    """Let her have connected it, once; at each further start its port is another."""
    server = CalendarServer(None, port, {PERSON: password}, "{person}/")
    client = Client.objects.filter(name=WHOSE).first()
    if client is None:
        return
    connection = Connection.objects.filter(client=client, kind="caldav", ended_at=None).first()
    if connection is not None:
        _at_its_new_port(connection, server)
    elif not Connection.objects.filter(client=client).exists():
        _for_the_first_time(client, server)


def _for_the_first_time(client: Client, server: CalendarServer) -> None:
    address = server.make(PERSON, "diary", NAME)
    _write(server, address, ZoneInfo(client.zone))
    owner = Contact.objects.get(client=client, standing=Contact.Standing.OWNER).user
    diary = booking.diary_of(client)
    at = clock.now()
    with transaction.atomic():
        if diary._state.adding:
            diary.save()
        connection = connecting.connect(
            *(diary, "caldav", [Found(address, NAME)]),
            url=server.url,
            username=PERSON,
            password=server.people[PERSON],
            by=owner,
            at=at,
        )
        Connection.objects.filter(pk=connection.pk).update(label="Ngozi’s telephone")
        calendar = connection.calendars.get()
        connecting.choose(connection, busy=[calendar.pk], written_to=calendar, by=owner, at=at)


def _write(server: CalendarServer, address: str, zone: ZoneInfo) -> None:
    today = clock.now().astimezone(zone).date()
    for number, (days, begins, ends, what) in enumerate(ENTRIES):
        on = f"{today + timedelta(days=days):%Y%m%d}"
        lines = [
            *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Ngozi//Telephone//EN", "BEGIN:VEVENT"),
            *(f"UID:{number}@telephone", f"DTSTAMP:{on}T000000Z", f"SUMMARY:{what}"),
            f"DTSTART;TZID={zone.key}:{on}T{begins.replace(':', '')}00",
            f"DTEND;TZID={zone.key}:{on}T{ends.replace(':', '')}00",
            *("END:VEVENT", "END:VCALENDAR", ""),
        ]
        server.ask(PERSON, "PUT", f"{address}{number}.ics", "\r\n".join(lines))


@transaction.atomic
def _at_its_new_port(connection: Connection, server: CalendarServer) -> None:
    old = f"http://{urlsplit(connection.url).netloc}/"
    if old == server.url:
        return
    Connection.objects.filter(pk=connection.pk).update(url=server.url, due_at=clock.now())
    calendars = Calendar.objects.filter(connection=connection)
    moved = Func(F("remote_id"), Value(old), Value(server.url), function="replace")
    for rows in (
        RemoteEvent.objects.filter(calendar__in=calendars),
        Meeting.objects.filter(calendar__in=calendars),
        calendars,
    ):
        rows.update(remote_id=moved)


def told() -> tuple[int, str] | None:
    """Port and password of the server, as `manage.py demo` says them."""
    said = os.environ.get("DEMO_CALENDAR", "")
    port, _, password = said.partition(":")
    return (int(port), password) if said else None
