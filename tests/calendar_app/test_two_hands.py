"""Client and office write in one calendar: whoever was later is not overwritten, and nothing is lost."""

from datetime import date, timedelta
from functools import partial

import pytest

from calendar_app import booking, connecting, recording, standing, syncing, tokens
from calendar_app.elsewhere import Found, Missing, Refused, Trouble
from calendar_app.models import Calendar, Connection, Diary, Meeting, RemoteEvent
from calendar_app.planning import Coming
from clients.models import WorkItem
from secretariat import clock
from secretariat.outbox.models import Effect

from .diaries import plan
from .played import connected

pytestmark = pytest.mark.django_db
ON = date(2027, 3, 10)


@pytest.fixture
def room(office):
    office.clock_says("2027-03-08 08:00")
    return office


@pytest.fixture
def diary(room):
    client = room.client("Okafor")
    return Diary.objects.create(client=client.row, notice_minutes=0, travel_minutes=0)


@pytest.fixture
def hers(diary, monkeypatch):
    return connected(diary, monkeypatch)


@pytest.fixture
def written(room, diary, hers):
    """A meeting of ours that stands there, and is known to."""
    meeting = booking.book(diary, plan("10:00", ON, about="Harlow"), by=None, at=clock.now())
    room.settle()
    look(hers)
    meeting.refresh_from_db()
    assert meeting.writing == "written"
    return meeting


def look(hers):
    connection = Connection.objects.get(pk=hers.connection.pk)
    return syncing.look(connection, at=clock.now())


def to(at, on=ON):
    return plan(at, on, about="Harlow")


def move(meeting, at):
    return booking.move(meeting, version=meeting.version, plan=to(at), by=None, at=clock.now())


def owner(diary):
    return diary.client.contacts.get(standing="owner").user


def test_what_was_read_before_our_write_does_not_take_it_back(room, hers, written):
    """A look has her change of the title in hand; before it is kept, we move the meeting there."""
    hers.edits(written.remote_id, "SUMMARY:Harlow", "SUMMARY:Harlow!")

    def we_move():
        hers.edits(written.remote_id, "SUMMARY:Harlow!", "SUMMARY:Harlow")
        Meeting.objects.filter(pk=written.pk).update(etag=hers.entries[written.remote_id].etag)
        meeting = Meeting.objects.get(pk=written.pk)
        move(meeting, "15:00")
        room.settle()

    hers.meanwhile = we_move
    look(hers)
    written.refresh_from_db()
    assert (written.at.hour, written.writing) == (15, "written")
    assert "DTSTART:20270310T150000Z" in hers.entries[written.remote_id].raw
    assert RemoteEvent.objects.get().etag == written.etag


def test_one_deleted_before_it_was_ever_read_is_missed_when_all_is_told(room, diary, hers):
    meeting = booking.book(diary, plan("10:00", ON), by=None, at=clock.now())
    room.settle()
    meeting.refresh_from_db()
    RemoteEvent.objects.all().delete()  # as if no look had come by yet
    hers.deletes(meeting.remote_id)
    hers.forgets()
    Calendar.objects.update(sync_token="1")
    look(hers)
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"


def test_what_she_calls_it_there_it_is_called_here(hers, written):
    hers.edits(written.remote_id, "SUMMARY:Harlow", "SUMMARY:Harlow, the lease\r\nLOCATION:Café Nero")
    look(hers)
    written.refresh_from_db()
    assert (written.about, written.where, written.writing) == ("Harlow, the lease", "Café Nero", "written")
    assert not Effect.objects.filter(kind="calendar.write", state="pending").exists()


def test_where_guests_know_it_by_its_name_a_person_decides(room, diary, hers):
    meeting = booking.book(
        diary, plan("10:00", ON, guests=(Coming("Dana", "dana@example.com"),)), by=None, at=clock.now()
    )
    room.settle()
    meeting.refresh_from_db()
    hers.edits(meeting.remote_id, "SUMMARY:Harlow", "SUMMARY:Hers")
    look(hers)
    meeting.refresh_from_db()
    assert (meeting.about, meeting.writing) == ("Harlow", "changed")
    assert WorkItem.objects.get().because == "It was changed in the client’s calendar."
    hers.edits(meeting.remote_id, "SUMMARY:Hers", "SUMMARY:Harlow")  # she thinks better of it
    look(hers)
    meeting.refresh_from_db()
    assert meeting.writing == "written"
    assert not WorkItem.objects.open().exists()


def test_what_could_not_be_written_is_written_once_it_is_connected_again(room, diary, hers):
    hers.troubles = [Refused("401")] * 2
    meeting = booking.book(diary, plan("10:00", ON), by=None, at=clock.now())
    room.settle()
    meeting.refresh_from_db()
    assert meeting.writing == "failed"
    assert WorkItem.objects.open().filter(kind=recording.NOT_WRITTEN).exists()
    hers.troubles = []
    connecting.connect(
        *(diary, "caldav", [Found("work", "Work")]),
        url="https://x.example/",
        by=owner(diary),
        at=clock.now(),
        again=hers.connection,
    )
    room.settle()
    meeting.refresh_from_db()
    assert meeting.writing == "written"
    assert len(hers.entries) == 1
    assert not WorkItem.objects.open().filter(kind=recording.NOT_WRITTEN).exists()


def test_connected_anew_a_meeting_written_before_is_written_into_the_new_one(room, diary, hers, written):
    connecting.disconnect(hers.connection, by=owner(diary), at=clock.now())
    hers.entries.clear()
    anew = connecting.connect(
        *(diary, "caldav", [Found("other", "Other")]),
        url="https://x.example/",
        by=owner(diary),
        at=clock.now(),
    )
    calendar = anew.calendars.get()
    connecting.choose(anew, busy=[], written_to=calendar, by=owner(diary), at=clock.now())
    room.settle()
    written.refresh_from_db()
    assert (written.writing, written.calendar) == ("written", calendar)
    assert len(hers.entries) == 1


def test_what_was_to_be_written_when_she_disconnected_is_not(room, diary, hers):
    booking.book(diary, plan("10:00", ON), by=None, at=clock.now())
    connecting.disconnect(hers.connection, by=owner(diary), at=clock.now())
    room.settle()
    assert not hers.asked
    assert Effect.objects.get(kind="calendar.write").state == "cancelled"
    assert not WorkItem.objects.exists()


def test_what_their_calendar_has_no_words_for_goes_to_a_person(room, diary, hers):
    hers.troubles = [Trouble("a rule Graph has no words for")]
    meeting = booking.book(diary, plan("10:00", ON), by=None, at=clock.now())
    room.settle()
    meeting.refresh_from_db()
    assert meeting.writing == "failed"


def test_a_calendar_that_is_gone_stays_somebodys_business(hers):
    hers.troubles = [Missing("404")]
    look(hers)
    item = WorkItem.objects.open().get()
    assert item.kind == standing.GONE
    assert "is not there any more" in item.because
    look(hers)
    assert not WorkItem.objects.open().exists()


def test_a_calendar_that_may_no_longer_be_written_to_is_written_to_no_more(diary, hers):
    connecting.connect(
        *(diary, "caldav", [Found("work", "Work", read_only=True)]),
        url="https://x.example/",
        by=owner(diary),
        at=clock.now(),
        again=hers.connection,
    )
    calendar = Calendar.objects.get()
    assert (calendar.read_only, calendar.is_written_to) == (True, False)


def test_a_refusal_of_the_old_password_says_nothing_of_the_new_one(diary, hers):
    begun = Connection.objects.get()
    Connection.objects.update(connected_at=clock.now() + timedelta(seconds=1))
    standing.refused(begun, "401", at=clock.now())
    assert Connection.objects.get().state == "new"
    assert not WorkItem.objects.exists()


def test_what_is_no_longer_read_is_read_while_a_meeting_of_ours_stands_there(hers, written):
    Calendar.objects.update(is_written_to=False, counts_as_busy=False)
    hers.deletes(written.remote_id)
    look(hers)
    written.refresh_from_db()
    assert written.state == "cancelled"


def test_an_older_consent_does_not_overwrite_a_newer_one(office, monkeypatch):
    from calendar_app.online import Service

    client = office.client("Okafor")
    diary = Diary.objects.create(client=client.row)
    connection = Connection(client=client.row, diary=diary, kind="google")
    over = clock.now() - timedelta(hours=1)
    tokens.keep(connection, tokens.Tokens("old", "old refresh", over))
    connection.save()

    def renewed(answers, service, refresh):
        assert refresh == "old refresh"
        newer = Connection.objects.get()
        tokens.keep(newer, tokens.Tokens("new", "new refresh", clock.now() + timedelta(hours=1)))
        newer.save()
        if answers == "refused":
            raise Refused("invalid_grant")
        return tokens.Tokens("older", "older refresh", clock.now() + timedelta(hours=1))

    service = Service(*["google", "Google", "id", "secret", "", "", ""], scopes=(), needed=())
    for answers in ("given", "refused"):
        monkeypatch.setattr(tokens, "renewed", partial(renewed, answers))
        tokens.keep(connection, tokens.Tokens("old", "old refresh", over))
        connection.save()
        assert tokens.OfConnection(connection.pk, service)("") == "new"
        assert tokens.secret_of(Connection.objects.get())["refresh_token"] == "new refresh"
    assert Connection.objects.get().renewing_until is None
