"""A client's calendar as it changes, seen from here: against real servers, look by look."""

from datetime import UTC, datetime, timedelta

import pytest

from calendar_app import (
    booking,
    busy,
    connecting,
    following,
    looking,
    tokens,
)
from calendar_app.elsewhere import Unreachable
from calendar_app.elsewhere.caldav import CalDav
from calendar_app.models import Calendar, Connection, Diary, Meeting, Occurrence, RemoteEvent
from calendar_app.planning import Coming
from clients.models import WorkItem
from secretariat import clock
from secretariat.outbox.models import Effect

from .diaries import plan
from .servers import KINDS, ClientsCalendar

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(params=KINDS)
def hers(request):
    return ClientsCalendar(request.param)


@pytest.fixture
def room(office):
    office.clock_says("2027-03-08 08:00")
    return office


@pytest.fixture
def diary(room):
    client = room.client("Okafor")
    return Diary.objects.create(client=client.row, notice_minutes=0, travel_minutes=0)


def connected(diary, hers, *, written_to=True):
    """The client connects the calendar, and it is looked at."""
    owner = diary.client.contacts.get(standing="owner").user
    found = connecting.found_there("caldav", hers.url, username=hers.username, password=hers.password)
    connection = connecting.connect(
        *(diary, "caldav", found),
        url=hers.url,
        username=hers.username,
        password=hers.password,
        by=owner,
        at=clock.now(),
    )
    [calendar] = connection.calendars.all()
    connecting.choose(
        connection,
        busy=[calendar.pk],
        written_to=calendar if written_to else None,
        by=owner,
        at=clock.now(),
    )
    return connection


def times(**facts):
    found = Occurrence.objects.filter(**facts).order_by("during")
    return [(each.summary, each.during.lower.strftime("%d.%m. %H:%M")) for each in found]


def booked(diary, at="10:00", **facts):
    return booking.book(diary, plan(at, datetime(2027, 3, 10).date(), **facts), by=None, at=clock.now())


@pytest.fixture
def looked(room):
    """A later look at everything."""

    def look():
        Connection.objects.update(due_at=clock.now())
        room.settle()

    return look


def test_what_stands_there_stands_here_and_follows_it(room, diary, hers, looked):
    first = hers.puts("a", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z", "SUMMARY:Dentist")
    hers.puts(
        "s", "DTSTART;TZID=Europe/London:20270322T093000", "DURATION:PT30M", "RRULE:FREQ=WEEKLY;COUNT=2"
    )
    connection = connected(diary, hers)
    room.settle()
    connection.refresh_from_db()
    assert (connection.state, connection.trouble) == ("working", "")
    assert times() == [("Dentist", "10.03. 09:00"), ("", "22.03. 09:30"), ("", "29.03. 08:30")]

    hers.puts("a", "DTSTART:20270310T110000Z", "DTEND:20270310T120000Z", "SUMMARY:Dentist")
    hers.puts(
        *("s", "DTSTART;TZID=Europe/London:20270322T093000", "DURATION:PT30M", "RRULE:FREQ=WEEKLY;COUNT=2"),
        *(
            "+",
            "RECURRENCE-ID;TZID=Europe/London:20270329T093000",
            "DTSTART:20270329T140000Z",
            "DURATION:PT1H",
        ),
    )
    looked()
    assert times() == [("Dentist", "10.03. 11:00"), ("", "22.03. 09:30"), ("", "29.03. 14:00")]

    hers.deletes(first)
    looked()
    assert times() == [("", "22.03. 09:30"), ("", "29.03. 14:00")]


def test_one_that_cannot_be_read_is_kept_with_its_text_and_the_rest_goes_on(room, diary, hers):
    hers.puts("bomb", "DTSTART:20200101T000000Z", "RRULE:FREQ=SECONDLY", "SUMMARY:Boom")
    hers.puts("good", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z", "SUMMARY:Good")
    connected(diary, hers)
    room.settle()
    bad = RemoteEvent.objects.get(state="unreadable")
    assert bad.uid == "bomb"
    assert "SECONDLY" in bad.raw
    assert bad.because == "It repeats every hour or more often, which no meeting does."
    assert times() == [("Good", "10.03. 09:00")]


def test_a_meeting_is_written_moved_and_taken_out(room, diary, hers):
    connected(diary, hers)
    room.settle()
    meeting = booked(diary, about="Harlow")
    assert Meeting.objects.get(pk=meeting.pk).writing == "waiting"
    room.settle()
    meeting.refresh_from_db()
    assert meeting.writing == "written"
    assert "SUMMARY:Harlow" in hers.shows(meeting.remote_id)
    assert "DTSTART:20270310T100000Z" in hers.shows(meeting.remote_id)

    later = plan("15:00", datetime(2027, 3, 10).date(), about="Harlow")
    booking.move(meeting, version=meeting.version, plan=later, by=None, at=clock.now())
    room.settle()
    meeting.refresh_from_db()
    assert "DTSTART:20270310T150000Z" in hers.shows(meeting.remote_id)

    address = meeting.remote_id
    booking.cancel(meeting, version=meeting.version, because="ill", by=None, at=clock.now())
    room.settle()
    assert hers.shows(address) == ""


def test_our_own_entry_does_not_stand_in_the_way_of_its_meeting(room, diary, hers, looked):
    connected(diary, hers)
    meeting = booked(diary)
    looked()
    assert Occurrence.objects.count() == 1
    at = clock.now()
    found = busy.taken(diary, at, at + 10 * DAY, at=at, reader=None)
    assert [each.id for each in found] == [meeting.pk]
    assert not WorkItem.objects.exists()


def test_the_client_moves_a_meeting_nobody_else_was_told_of(room, diary, hers, looked):
    connected(diary, hers)
    meeting = booked(diary)
    room.settle()
    meeting.refresh_from_db()
    raw = hers.shows(meeting.remote_id)
    moved = raw.replace("20270310T100000Z", "20270311T140000Z").replace(
        "20270310T103000Z", "20270311T144500Z"
    )
    hers.server.ask("sec", "PUT", meeting.remote_id, moved)
    looked()
    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.minutes) == (datetime(2027, 3, 11, 14, tzinfo=UTC), 45)
    assert meeting.writing == "written"
    assert not Effect.objects.filter(kind="calendar.write", state="pending").exists()
    assert hers.shows(meeting.remote_id).replace("\r", "") == moved.replace("\r", "")  # not written back


def test_the_client_takes_out_a_meeting_nobody_else_was_told_of(room, diary, hers, looked):
    connected(diary, hers)
    meeting = booked(diary)
    room.settle()
    meeting.refresh_from_db()
    hers.deletes(meeting.remote_id)
    looked()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.remote_id) == ("cancelled", "")


def test_where_guests_were_told_a_person_decides(room, diary, hers, looked):
    connected(diary, hers)
    meeting = booked(diary, guests=(Coming("Dana", "dana@example.com"),))
    room.settle()
    meeting.refresh_from_db()
    hers.deletes(meeting.remote_id)
    looked()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.writing) == ("confirmed", "changed")
    item = WorkItem.objects.get(kind=following.CHANGED)
    assert item.because == "It was taken out of the client’s calendar."


def test_a_change_of_ours_never_goes_over_a_change_of_hers(room, diary, hers):
    connected(diary, hers)
    meeting = booked(diary)
    room.settle()
    meeting.refresh_from_db()
    hers.server.ask("sec", "PUT", meeting.remote_id, hers.shows(meeting.remote_id).replace("Harlow", "Hers"))
    booking.change(meeting, version=meeting.version, by=None, at=clock.now(), about="Ours")
    room.settle()
    meeting.refresh_from_db()
    assert meeting.writing == "changed"
    assert "SUMMARY:Hers" in hers.shows(meeting.remote_id)
    assert WorkItem.objects.filter(kind=following.CHANGED).exists()


def test_an_answer_that_got_lost_makes_no_second_entry(room, diary, hers, monkeypatch):
    """The server has written it and the answer never came: it is asked, and believed."""
    connected(diary, hers)
    room.settle()
    real, lost = CalDav._put, []

    def answer_lost(self, address, text, only_if):
        written = real(self, address, text, only_if)
        if not lost:
            lost.append(address)
            raise Unreachable("no_answer")
        return written

    monkeypatch.setattr(CalDav, "_put", answer_lost)
    meeting = booked(diary)
    room.settle()
    meeting.refresh_from_db()
    assert lost == [meeting.remote_id]
    assert meeting.writing == "written"
    assert meeting.etag


def test_something_comes_to_stand_in_the_way_of_a_meeting(room, diary, hers, looked):
    connected(diary, hers)
    meeting = booked(diary)
    room.settle()
    hers.puts("x", "DTSTART:20270310T101500Z", "DTEND:20270310T110000Z", "SUMMARY:Court")
    hers.puts("y", "DTSTART:20270311T101500Z", "DTEND:20270311T110000Z", "SUMMARY:Elsewhere")
    looked()
    item = WorkItem.objects.get()
    assert (item.kind, item.subject_id) == (following.CLASH, meeting.pk)
    assert item.because == "Something else now stands in the client’s calendar on 10.03. at 10:00."


def test_a_password_that_was_changed_is_somebodys_business_until_it_is_right_again(room, diary, looked):
    hers = ClientsCalendar("radicale")
    hers.puts("a", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z", "SUMMARY:Dentist")
    connection = connected(diary, hers)
    room.settle()
    tokens.seal(connection, {"password": "no longer this"})
    connection.save(update_fields=["sealed_secret"])
    looked()
    connection.refresh_from_db()
    assert connection.state == "refused"
    assert connection.trouble == "The sign-in is no longer accepted. Okafor must connect the calendar again."
    assert WorkItem.objects.open().get().because == connection.trouble
    assert times() == [("Dentist", "10.03. 09:00")]  # what we knew, we know

    owner = diary.client.contacts.get(standing="owner").user
    found = connecting.found_there("caldav", hers.url, username="sec", password=hers.password)
    connecting.connect(
        *(diary, "caldav", found),
        url=hers.url,
        username="sec",
        password=hers.password,
        by=owner,
        at=clock.now(),
        again=connection,
    )
    room.settle()
    connection.refresh_from_db()
    assert (connection.state, connection.trouble) == ("working", "")
    assert not WorkItem.objects.open().exists()
    assert Connection.objects.count() == Calendar.objects.count() == 1


def test_disconnecting_forgets_what_opens_it_and_what_we_copied(room, diary):
    hers = ClientsCalendar("radicale")
    hers.puts("a", "DTSTART:20270310T090000Z", "DTEND:20270310T100000Z")
    connection = connected(diary, hers)
    meeting = booked(diary, "14:00")
    room.settle()
    meeting.refresh_from_db()
    address = meeting.remote_id
    connecting.disconnect(connection, by=diary.client.contacts.get(standing="owner").user, at=clock.now())
    connection.refresh_from_db()
    meeting.refresh_from_db()
    assert (bytes(connection.sealed_secret), connection.state) == (b"", "ended")
    assert not RemoteEvent.objects.exists()
    assert (meeting.writing, meeting.calendar) == ("ours", None)
    assert "BEGIN:VEVENT" in hers.shows(address)
    assert looking.ask_for_due(at=clock.now() + DAY) == 0
