"""Guests are told of meetings by mail, as their calendars understand it."""

from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from icalendar import Calendar

from calendar_app import booking, signals, zone_rules, zones
from calendar_app.models import Calendar as DiaryCalendar
from calendar_app.models import Guest, Meeting, Place, Series
from calendar_app.planning import Coming
from clients.models import Suppression
from secretariat import clock
from tests.calendar_app import diaries

FRIDAY = date(2026, 11, 27)
DANA = Coming(name="Dana Reyes", email="dana@harlow.example", zone="Europe/London", language="en-GB")
TOM = Coming(name="Tom Hale", email="tom@hale.example", zone="Africa/Lagos")


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal", zone="Africa/Lagos", country="NG")


@pytest.fixture
def diary(okafor):
    return diaries.diary_of(okafor.row)


def book(office, diary, *guests, at="14:00", **facts):
    meeting = diaries.booked(diary, at, FRIDAY, when=clock.now(), guests=guests or (DANA,), **facts)
    office.settle()
    return meeting


def sent():
    """The mails that left, as their readers' programs take them apart."""
    return [message_from_bytes(each.message().as_bytes(), policy=policy.default) for each in mail.outbox]


def calendar_of(message):
    part = next(p for p in message.walk() if p.get_content_type() == "text/calendar" and not p.get_filename())
    calendar = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == str(calendar["METHOD"])
    return calendar, next(iter(calendar.walk("VEVENT")))


def test_an_invitation_is_what_calendars_and_people_read(office, okafor, diary):
    room = Place.objects.create(
        client=okafor.row, name="Broad Street", address="12 Broad Street\nLagos", directions="Ring twice."
    )
    meeting = book(office, diary, place=room, link="https://meet.example/okafor")
    [message] = sent()
    assert message.get_content_type() == "multipart/mixed"
    both, file = message.iter_parts()
    assert both.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in both.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    assert file.get_filename() == "invite.ics"
    calendar, event = calendar_of(message)
    assert str(calendar["METHOD"]) == "REQUEST"
    assert event["UID"] == meeting.uid
    assert event["SEQUENCE"] == 0
    assert event["DTSTART"].to_ical() == b"20261127T130000Z"
    assert event["DTEND"].to_ical() == b"20261127T133000Z"
    assert str(event["ORGANIZER"]) == f"mailto:{okafor.owner.addresses.get(kind='email').value}"
    assert event["ORGANIZER"].params["SENT-BY"] == "mailto:secretariat@localhost"
    assert str(event["ATTENDEE"]) == "mailto:dana@harlow.example"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert not calendar.walk("VTIMEZONE")
    words = both.get_body(("plain",)).get_content() if both.get_body(("plain",)) else ""
    for told in (
        "Friday 27 November 2026, 13:00–13:30 (London)",
        "14:00–14:30 (Lagos)",
        "Broad Street, 12 Broad Street Lagos",
        "https://meet.example/okafor",
        "Ring twice.",
    ):
        assert told in words
    assert message["To"] == "dana@harlow.example"
    assert [each.verb for each in meeting.events.all()] == ["booked", "invited"]


def test_another_time_is_a_higher_sequence_and_asks_anew(office, diary):
    meeting = book(office, diary)
    Guest.objects.update(answer="accepted")
    booking.move(
        meeting, version=0, plan=diaries.plan("15:00", FRIDAY), by=None, at=clock.now() + timedelta(seconds=1)
    )
    office.settle()
    first, second = (calendar_of(each)[1] for each in sent())
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert second["DTSTART"].to_ical() == b"20261127T140000Z"
    assert mail.outbox[1].subject == "Changed: Harlow"
    assert Guest.objects.get().answer == "waiting"


def test_another_title_keeps_the_sequence_and_notes_are_nobodys_business(office, diary):
    meeting = book(office, diary)
    meeting = booking.change(meeting, version=0, about="Harlow lease", by=None, at=clock.now())
    meeting = booking.change(meeting, version=1, notes="She is difficult", by=None, at=clock.now())
    office.settle()
    assert len(mail.outbox) == 2
    assert calendar_of(sent()[1])[1]["SEQUENCE"] == 0
    assert b"difficult" not in b"".join(each.as_bytes() for each in sent())


def test_who_is_added_is_invited_alone_and_who_is_taken_off_is_told(office, diary):
    meeting = book(office, diary)
    meeting = booking.invite(meeting, (TOM,), version=0, by=None, at=clock.now())
    office.settle()
    assert [each.to for each in mail.outbox] == [["dana@harlow.example"], ["tom@hale.example"]]
    dana = meeting.guests.get(email=DANA.email)
    booking.take_off(meeting, dana, version=meeting.version, by=None, at=clock.now())
    office.settle()
    assert mail.outbox[2].to == ["dana@harlow.example"]
    calendar, event = calendar_of(sent()[2])
    assert (str(calendar["METHOD"]), str(event["STATUS"])) == ("CANCEL", "CANCELLED")
    assert len(mail.outbox) == 3


def test_cancelled_is_told_with_its_reason_to_everybody_who_was_told(office, diary):
    meeting = book(office, diary, DANA, TOM)
    booking.cancel(meeting, version=0, because="Ngozi is ill.", by=None, at=clock.now())
    office.settle()
    assert sorted(each.to[0] for each in mail.outbox[2:]) == ["dana@harlow.example", "tom@hale.example"]
    calendar, event = calendar_of(sent()[2])
    assert str(calendar["METHOD"]) == "CANCEL"
    assert event["SEQUENCE"] == 1
    assert "Ngozi is ill." in mail.outbox[2].body


def test_nobody_is_told_of_a_cancellation_who_was_never_invited(office, diary):
    meeting = diaries.booked(diary, "14:00", FRIDAY, when=clock.now(), guests=(DANA,))
    booking.cancel(meeting, version=0, because="", by=None, at=clock.now())
    office.settle()
    assert mail.outbox == []


def test_a_time_that_is_only_held_tells_nobody(office, diary):
    until = clock.now() + timedelta(hours=3)
    plan = diaries.plan("14:00", FRIDAY, guests=(DANA,))
    meeting = booking.hold(diary, plan, until=until, by=None, at=clock.now())
    office.settle()
    assert mail.outbox == []
    booking.confirm(meeting, version=0, by=None, at=clock.now())
    office.settle()
    assert len(mail.outbox) == 1


def test_where_the_clients_server_invites_we_do_not(office, okafor, diary):
    DiaryCalendar.objects.create(
        client=okafor.row, diary=diary, name="Work", is_written_to=True, server_invites=True
    )
    meeting = book(office, diary)
    booking.cancel(meeting, version=0, because="", by=None, at=clock.now())
    office.settle()
    assert mail.outbox == []


def test_an_address_that_wants_nothing_gets_nothing_and_the_rest_do(office, diary):
    Suppression.objects.create(channel="email", address=DANA.email, because="bounced", since=clock.now())
    book(office, diary, DANA, TOM)
    assert [each.to for each in mail.outbox] == [["tom@hale.example"]]


def test_a_series_is_told_as_one_by_zone_and_rule(office, okafor, diary):
    series = Series.objects.create(
        client=okafor.row,
        diary=diary,
        uid="weekly@okafor",
        rule="FREQ=WEEKLY;COUNT=4;BYDAY=FR",
        zone="Europe/London",
    )
    on = [FRIDAY + timedelta(weeks=n) for n in (0, 1, 3)]  # the third was taken
    meetings = [
        booking.arranged(
            diary,
            diaries.plan("14:00", each, zone="Europe/London", guests=(DANA,)),
            by=None,
            at=clock.now(),
            verb="booked",
            series=series,
        )
        for each in on
    ]
    signals.series_changed.send(
        sender=Series, series=series, meetings=meetings, verb="booked", by=None, at=clock.now()
    )
    office.settle()
    [message] = sent()
    calendar, event = calendar_of(message)
    assert event["RRULE"].to_ical() == b"FREQ=WEEKLY;COUNT=4;BYDAY=FR"
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event["EXDATE"].dts[0].dt == datetime(2026, 12, 11, 14, tzinfo=ZoneInfo("Europe/London"))
    [zone] = calendar.walk("VTIMEZONE")
    assert b"RDATE" not in zone.to_ical()
    assert zone.to_ical().count(b"RRULE:FREQ=YEARLY") == 2
    assert Meeting.objects.filter(series=series).count() == 3


@pytest.mark.parametrize(
    "name",
    [
        *("Europe/London", "America/New_York", "Australia/Lord_Howe", "America/Santiago"),
        *("Pacific/Auckland", "Asia/Kathmandu", "Africa/Lagos", "Europe/Dublin"),
    ],
)
def test_the_rules_of_a_zone_tell_its_clocks_as_they_are(name):
    raw = zone_rules.described(name, 2025).to_ical().decode()
    assert "RDATE" not in raw
    told = zones.defined_by("Some zone", raw.split("\r\n")[1:-2])
    for day in range(0, 700, 3):
        wall = datetime(2026, 1, 2, 12) + timedelta(days=day)
        assert told.utcoffset(wall) == wall.replace(tzinfo=ZoneInfo(name)).utcoffset(), wall
