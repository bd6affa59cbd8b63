"""What the client wrote into her calendar a minute ago counts when a time is given away."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from calendar_app import clashing, fresh, syncing
from calendar_app.elsewhere import Unreachable
from calendar_app.models import Connection, Diary, Meeting, MeetingEvent, Occurrence, RemoteEvent
from clients.models import WorkItem
from secretariat import clock
from secretariat.channels import fetching, haste

from .played import connected, utc

pytestmark = pytest.mark.django_db
ON = date(2027, 3, 10)


@pytest.fixture
def room(office):
    office.clock_says("2027-03-08 08:00")
    return office


@pytest.fixture
def client(room):
    return room.client("Okafor")


@pytest.fixture
def diary(client):
    return Diary.objects.create(client=client.row, notice_minutes=0, travel_minutes=0)


@pytest.fixture
def hers(diary, monkeypatch):
    shelf = connected(diary, monkeypatch)
    syncing.look(shelf.connection, at=clock.now())
    return shelf


@pytest.fixture
def desk(room, client):
    return room.browser(room.secretary("Ana", client))


def books(desk, diary, at="10:00", **typed):
    said = {"diary": str(diary.pk), "who": "Dana", "minutes": "30", "on": "2027-03-10", "at": at}
    return desk.post(reverse("diary-book"), said | {"manner": "telephone"} | typed)


def look(diary, begins="09:00", ends="11:00"):
    return fresh.look(diary, utc(ON, begins), utc(ON, ends), at=clock.now())


def times():
    return [f"{each.during.lower:%H:%M}" for each in Occurrence.objects.order_by("during")]


def test_what_she_put_in_since_the_last_look_stands_against_it(desk, diary, hers):
    hers.puts("court", "DTSTART:20270310T101500Z", "DTEND:20270310T110000Z", "SUMMARY:Court")
    answer = books(desk, diary)
    assert answer.status_code == 422
    assert "There is already something: Court" in answer.content.decode()
    assert books(desk, diary, "11:00").status_code == 303
    assert MeetingEvent.objects.get().verb == "booked"


def test_what_she_took_out_or_moved_since_is_free(desk, diary, hers):
    court = hers.puts("court", "DTSTART:20270310T101500Z", "DTEND:20270310T110000Z", "SUMMARY:Court")
    moved = hers.puts("bank", "DTSTART:20270310T090000Z", "DTEND:20270310T093000Z", "SUMMARY:Bank")
    syncing.look(hers.connection, at=clock.now())
    hers.deletes(court)
    hers.edits(moved, "T09", "T16")
    assert books(desk, diary).status_code == 303
    assert times() == ["16:00"]


def test_nothing_is_asked_for_one_by_one_where_nothing_changed(diary, hers):
    hers.puts("court", "DTSTART:20270310T101500Z", "DTEND:20270310T110000Z", "SUMMARY:Court")
    hers.puts("day", "DTSTART;VALUE=DATE:20270310", "DTEND;VALUE=DATE:20270311", "SUMMARY:Fair")
    hers.puts("week", "DTSTART:20270303T093000Z", "DURATION:PT30M", "RRULE:FREQ=WEEKLY")
    syncing.look(hers.connection, at=clock.now())
    hers.asked.clear()
    assert not look(diary).silent
    assert hers.asked == ["taken"]


def test_a_series_is_brought_up_to_date_as_a_whole(diary, hers):
    hers.puts("week", "DTSTART:20270303T093000Z", "DURATION:PT30M", "RRULE:FREQ=WEEKLY;COUNT=3")
    look(diary)
    assert times() == ["09:30"] * 3
    assert RemoteEvent.objects.count() == 1


def test_a_server_that_does_not_answer_keeps_nobody_from_booking(room, desk, diary, hers):
    hers.puts("court", "DTSTART:20270310T101500Z", "DTEND:20270310T110000Z", "SUMMARY:Court")
    hers.troubles = [Unreachable("no_answer")]
    answer = books(desk, diary)
    assert answer.status_code == 303
    page = desk.get(answer["Location"]).content.decode()
    assert "Her telephone could not be looked at just now." in page
    assert "Not looked at first" in page
    room.settle()  # it answers again, and the clash has a name
    item = WorkItem.objects.open().get()
    assert (item.kind, item.subject_id) == (clashing.CLASH, Meeting.objects.get().pk)


def test_one_that_must_be_connected_again_is_not_waited_for(diary, hers):
    Connection.objects.update(state="refused")
    hers.asked.clear()
    assert not look(diary).silent
    assert hers.asked == []


def test_offers_ask_nobody(desk, diary, hers):
    hers.asked.clear()
    assert desk.get(reverse("diary-book"), {"diary": str(diary.pk)}).status_code == 200
    assert hers.asked == []


def test_moving_and_confirming_look_too(room, desk, diary, hers):
    books(desk, diary)
    meeting = Meeting.objects.get()
    hers.puts("court", "DTSTART:20270310T140000Z", "DTEND:20270310T150000Z", "SUMMARY:Court")
    said = {"version": meeting.version, "minutes": "30", "on": "2027-03-10", "at": "14:00"}
    answer = desk.post(reverse("diary-move", args=[meeting.pk]), said)
    assert "There is already something: Court" in answer.content.decode()
    Meeting.objects.update(state="held", expires_at=clock.now() + timedelta(hours=1))
    hers.puts("bank", "DTSTART:20270310T100000Z", "DTEND:20270310T103000Z", "SUMMARY:Bank")
    desk.post(reverse("diary-confirm", args=[meeting.pk]), {"version": meeting.version})
    meeting.refresh_from_db()
    assert meeting.state == "held"


def test_an_errand_in_haste_begins_nothing_when_its_time_is_over(monkeypatch):
    asked = []
    monkeypatch.setattr(fetching, "resolve", lambda host, port: asked.append(host) or ["8.8.8.8"])
    with haste.within(-1), pytest.raises(fetching.NotFetched):
        fetching.fetch("GET", "https://calendar.example/")
    assert asked == []
    assert haste.at_most(8.0) == 8.0
    with haste.within(100):
        assert haste.at_most(8.0) == 8.0
        assert haste.at_most(200.0) <= 100.0
