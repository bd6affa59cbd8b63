"""How a series stands in the client’s own calendar, and how others read it."""

from datetime import time

import pytest
from icalendar import Calendar

from calendar_app import booking, recording, series
from calendar_app.judging import LEAVE, Decision
from calendar_app.models import Calendar as DiaryCalendar
from calendar_app.models import Connection, Meeting
from calendar_app.series import ALL, Shift
from secretariat import clock
from secretariat.outbox.models import Effect

from . import diaries
from .diaries import plan
from .test_invitations import calendar_of, sent
from .test_series import FIRST, WEEK, arrange, rows, seen


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone="Europe/London")


@pytest.fixture
def diary(okafor):
    return diaries.diary_of(okafor.row, days_ahead=400)


def test_each_is_an_entry_of_its_own_over_there_and_names_no_guest_to_the_server(diary, okafor):
    connection = Connection.objects.create(
        client=okafor.row, diary=diary, kind="google", username="ngozi@okafor.example"
    )
    DiaryCalendar.objects.create(
        client=okafor.row,
        diary=diary,
        connection=connection,
        name="Work",
        is_written_to=True,
        server_invites=True,
    )
    made = arrange(diary)
    writes = Effect.objects.filter(kind=recording.WRITE)
    assert {each.payload["entry"]["uid"] for each in writes} == {str(each.pk) for each in rows(made)}
    assert {(each.payload["entry"]["rule"], len(each.payload["entry"]["guests"])) for each in writes} == {
        ("", 0)
    }
    assert Effect.objects.filter(kind="calendar.invitation").count() == 1
    first = rows(made)[0]
    series.move(first, ALL, Shift(0, time(11), 30), {}, **seen(first), by=None, at=clock.now())
    latest = Effect.objects.filter(kind=recording.WRITE, subject_id=first.pk).order_by("place").last()
    assert latest.payload["entry"]["uid"] == str(first.pk)  # a server takes no other for the same entry


def test_what_stands_there_as_well_is_shown_once(diary, office, okafor):
    made = arrange(diary)
    for each in rows(made):
        diaries.stands_elsewhere(diary, each.starts_at, 30, uid=str(each.pk), summary="Harlow")
    from calendar_app import entries

    found = entries.between(
        okafor.owner.user, clock.now(), clock.now() + 6 * WEEK, at=clock.now(), clients=[okafor.row.pk]
    )
    assert [each.kind for each in found] == ["meeting"] * 4
    moved = booking.move(rows(made)[0], version=0, plan=plan("10:15", FIRST), by=None, at=clock.now())
    assert moved.overlaps is False


def test_the_ics_is_read_by_others(diary, office):
    arrange(diary, decisions={FIRST + WEEK: Decision(LEAVE)})
    office.settle()
    calendar, _event = calendar_of(sent()[0])
    assert [each.name for each in Calendar.from_ical(calendar.to_ical()).subcomponents] == [
        "VTIMEZONE",
        "VEVENT",
    ]
    assert Meeting.objects.count() == 3
