"""Diaries to be measured, filled by the reader that fills them in production. Runs with Django.

What the load needs to know is printed as JSON.
"""

import json
import sys
import time as clocks
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone

from calendar_app import opening, reading_in, syncing, tokens
from calendar_app.elsewhere import Fetched
from calendar_app.models import Calendar, Connection, Diary, DiaryHours, Meeting, Occurrence, RemoteEvent
from clients.models import Access, Client
from secretariat.office.models import Secretary

from . import agendas
from .filling import _session

RULES = {"notice_minutes": 0, "travel_minutes": 0, "days_ahead": 90, "zone": agendas.ZONE}


def fill(today: str, calendars: int, events: int, series: int, clients: int, weekly: int) -> None:
    """One diary with so many calendars, and `clients` with a diary and a calendar each for one secretary."""
    on, at = date.fromisoformat(today), timezone.now()
    secretary = Secretary.objects.order_by("id").first()
    *hers, other, another = Client.objects.order_by("id")[: clients + 2]  # the first is hers already
    Access.objects.bulk_create(
        Access(client=each, secretary=secretary, because="work", cause_id=each.pk, from_at=at)
        for each in hers[1:]
    )
    joint, alone = _diary(other), _diary(another)
    for seed in range(calendars):
        _read_in(joint, agendas.agenda(seed, events=events, series=series, today=on), at)
    _read_in(alone, agendas.agenda(0, events=events, series=series, today=on), at)
    for seed, client in enumerate(hers, start=1000):
        _read_in(_diary(client), agendas.agenda(seed, events=events // 4, series=weekly, today=on), at)
    told = {
        "diary": str(joint.pk),
        "alone": str(alone.pk),
        "reader": str(secretary.user_id),
        "session": _session(secretary.user),
    }
    json.dump(told | {"occurrences": Occurrence.objects.count()}, sys.stdout)


def _diary(client: Client) -> Diary:
    diary = Diary.objects.create(client=client, **RULES)
    DiaryHours.objects.bulk_create(
        DiaryHours(client=client, diary=diary, weekday=each, opens=agendas.OPENS, closes=agendas.CLOSES)
        for each in range(5)
    )
    return diary


def _read_in(diary: Diary, items: list[agendas.Item], at: datetime) -> None:
    told = Connection.objects.create(client=diary.client, diary=diary, kind="feed", state="working")
    calendar = Calendar.objects.create(client=diary.client, diary=diary, connection=told, name="Work")
    there = opening.reader(told)
    for begin in range(0, len(items), 500):
        pages = [Fetched(item.uid, "1", item.text) for item in items[begin : begin + 500]]
        reading_in.keep(calendar, [reading_in.made(calendar, each, there, at=at) for each in pages])


# A row of each as it stands, so often again and so far back: only what tells one from another is told anew.
LIVED = {
    "calendar_app_remoteevent": {"id": "gen_random_uuid()", "remote_id": "o.remote_id || '-' || n"},
    "calendar_app_meeting": {
        "id": "gen_random_uuid()",
        "uid": "gen_random_uuid()::text",
        "starts_at": "o.starts_at - n * interval '1 hour'",
        "ends_at": "o.ends_at - n * interval '1 hour'",
    },
}


@transaction.atomic
def live_through(times: int, meetings: int) -> None:
    """A past: `times` as many entries that are over, and so many meetings in each diary."""
    at = timezone.now().replace(minute=0, second=0, microsecond=0)
    here = timezone.localtime(at)
    for diary in Diary.objects.all():
        Meeting.objects.create(
            client=diary.client,
            diary=diary,
            about="Long ago",
            on=here.date(),
            at=here.time(),
            minutes=30,
            zone=agendas.ZONE,
            starts_at=at - 72 * 60 * agendas.MINUTE,
            ends_at=at - (72 * 60 - 30) * agendas.MINUTE,
            uid=str(diary.pk),
        )
    over = "FROM calendar_app_occurrence x WHERE x.event_id = o.id AND upper(x.during) > now()"
    with connection.cursor() as rows:
        _again(rows, "calendar_app_meeting", f"SELECT generate_series(1, {meetings})", "true")
        if times > 1:
            numbers = f"SELECT generate_series(2, {times})"
            _again(rows, "calendar_app_remoteevent", numbers, f"NOT EXISTS (SELECT {over})")


def _again(rows, table: str, numbers: str, which: str) -> None:
    told = LIVED[table]
    rows.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    names = [name for (name,) in rows.fetchall()]
    values = ", ".join(told.get(name, f'o."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    rows.execute(
        f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table} o, ({numbers}) m(n) WHERE {which}"
    )


def look(url: str, person: str, password: str) -> None:
    """Read a calendar elsewhere for the first time, and again when nothing changed. Seconds of each."""
    diary = _diary(Client.objects.order_by("-id").first())
    found = Connection(client=diary.client, diary=diary, kind="caldav", url=url, username=person)
    tokens.seal(found, {"password": password})
    found.save()
    calendar = Calendar.objects.create(
        client=diary.client, diary=diary, connection=found, name="Work", remote_id=url
    )
    told = {"bare": _bare(found, url), "first": _looked(found), "again": [_looked(found) for _ in range(5)]}
    rows = RemoteEvent.objects.filter(calendar=calendar)
    occurrences = Occurrence.objects.filter(calendar=calendar).count()
    counts = {"read": rows.filter(state="read").count(), "rows": rows.count(), "occurrences": occurrences}
    json.dump(told | counts, sys.stdout)


def _bare(found: Connection, url: str) -> float:
    """The same requests, and nothing done with the answers."""
    began = clocks.perf_counter()
    with opening.reached(found) as there:
        for _page in there.changes(url, ""):
            pass
    return clocks.perf_counter() - began


def _looked(found: Connection) -> float:
    began = clocks.perf_counter()
    while not syncing.look(found, at=timezone.now()).is_over:
        found.refresh_from_db()
    found.refresh_from_db()
    if found.trouble:
        raise RuntimeError(found.trouble)
    return clocks.perf_counter() - began
