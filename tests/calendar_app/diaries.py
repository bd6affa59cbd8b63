"""Diaries with meetings in them, for the rooms of the diary."""

from datetime import UTC, date, datetime, time, timedelta

from calendar_app import booking
from calendar_app.models import Calendar, Diary, Occurrence, RemoteEvent
from calendar_app.planning import Plan

AT = datetime(2026, 11, 24, 11, 30, tzinfo=UTC)  # a Tuesday, 12:30 in Lagos
TOMORROW = date(2026, 11, 25)


def diary_of(client, **facts):
    """The client's diary: any hour, no notice, no gaps, but for what is said."""
    rules = {"notice_minutes": 0, "travel_minutes": 0} | facts
    return Diary.objects.create(client=client, **rules)


def plan(at="10:00", on=TOMORROW, *, minutes=30, about="Harlow", **facts):
    return Plan(about=about, on=on, at=time.fromisoformat(at), minutes=minutes, **facts)


def booked(diary, at="10:00", on=TOMORROW, *, by=None, when=AT, **facts):
    return booking.book(diary, plan(at, on, **facts), by=by, at=when)


def stands_elsewhere(diary, begins, minutes=60, *, summary="Dentist", private=False, uid="", **facts):
    """Something in a calendar of the client's own, as the last look found it."""
    calendar, _made = Calendar.objects.get_or_create(client=diary.client, diary=diary, name="Work")
    event = RemoteEvent.objects.create(
        client=diary.client,
        calendar=calendar,
        remote_id=f"{RemoteEvent.objects.count()}.ics",
        uid=uid or f"{RemoteEvent.objects.count()}@elsewhere",
        summary=summary,
        private=private,
    )
    return Occurrence.objects.create(
        client=diary.client,
        calendar=calendar,
        event=event,
        during=(begins, begins + timedelta(minutes=minutes)),
        summary=summary,
        **facts,
    )
