"""What stands in a client's diary while her telephone rings."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from calendar_app.models import Calendar, Diary, Meeting, Occurrence, RemoteEvent
from secretariat.ids import uuid7


def diary_of(client, contact=None, **facts) -> Diary:
    return Diary.objects.get_or_create(client=client, contact=contact, defaults=facts)[0]


def in_a_diary(client, contact, begins, *, minutes=60, **facts) -> Meeting:
    """A meeting of this contact, or of the whole client (None), from `begins` (aware) on."""
    diary = diary_of(client, contact)
    there = begins.astimezone(ZoneInfo(diary.zone_name))
    facts = {"about": "Lease", "state": Meeting.State.CONFIRMED} | facts
    return Meeting.objects.create(
        client=client,
        diary=diary,
        on=there.date(),
        at=there.time(),
        minutes=minutes,
        zone=diary.zone_name,
        starts_at=begins,
        ends_at=begins + timedelta(minutes=minutes),
        uid=str(uuid7()),
        **facts,
    )


def in_her_own_calendar(client, contact, begins, *, minutes=60, calendar=None, **facts) -> Occurrence:
    """An entry that we read from a calendar elsewhere."""
    diary = diary_of(client, contact)
    theirs, _made = Calendar.objects.get_or_create(
        client=client, diary=diary, name="Online", defaults=calendar or {}
    )
    event = RemoteEvent.objects.create(client=client, calendar=theirs, remote_id=str(uuid7()))
    return Occurrence.objects.create(
        client=client,
        calendar=theirs,
        event=event,
        during=DateTimeTZRange(begins, begins + timedelta(minutes=minutes)),
        **facts,
    )
