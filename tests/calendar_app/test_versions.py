"""Where the client's calendar and ours disagree: both are shown side by side, and somebody decides."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from calendar_app import booking, clashing, following, syncing
from calendar_app.elsewhere import Unreachable
from calendar_app.models import Connection, Diary, MeetingEvent
from calendar_app.planning import Coming
from clients import work
from clients.models import WorkItem, WorkRecord
from secretariat import clock
from secretariat.outbox.models import Effect

from .diaries import plan
from .played import connected

pytestmark = pytest.mark.django_db
ON = date(2027, 3, 10)
DANA = Coming("Dana", "dana@example.com")


@pytest.fixture
def room(office):
    office.clock_says("2027-03-08 08:00")
    return office


@pytest.fixture
def client(room):
    return room.client("Okafor")


@pytest.fixture
def desk(room, client):
    return room.browser(room.secretary("Ana", client))


@pytest.fixture
def hers(client, monkeypatch):
    diary = Diary.objects.create(client=client.row, notice_minutes=0, travel_minutes=0)
    return connected(diary, monkeypatch)


@pytest.fixture
def meeting(room, hers):
    """Dana is invited to it, so that nothing about it is changed without somebody's word."""
    made = booking.book(
        hers.connection.diary, plan("10:00", ON, about="Harlow", guests=(DANA,)), by=None, at=clock.now()
    )
    room.settle()
    made.refresh_from_db()
    return made


def look(hers):
    syncing.look(Connection.objects.get(pk=hers.connection.pk), at=clock.now())


@pytest.fixture
def differs(hers, meeting):
    """She moves it to two o'clock, and gives it another name."""
    hers.edits(meeting.remote_id, "T100000Z", "T140000Z")
    hers.edits(meeting.remote_id, "T103000Z", "T144500Z")
    hers.edits(meeting.remote_id, "SUMMARY:Harlow", "SUMMARY:Harlow, the lease")
    look(hers)
    meeting.refresh_from_db()
    return meeting


def address(meeting):
    return reverse("diary-versions", args=[meeting.pk])


def seen(page) -> dict:
    text = page.content.decode()
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', text)[1].replace("&quot;", '"')
        for name in ("version", "seen")
    }


def decides(desk, meeting, way, **typed):
    shown = seen(desk.get(address(meeting)))
    return desk.post(address(meeting), shown | {"way": way} | typed)


def told_guests():
    return list(Effect.objects.filter(kind="calendar.invitation").values_list("payload__sequence", flat=True))


def test_the_work_leads_to_both_versions(desk, differs):
    item = WorkItem.objects.open().get()
    assert (item.kind, work.describe(item).url) == (following.CHANGED, address(differs))
    page = desk.get(address(differs)).content.decode()
    assert "Harlow, the lease" in page
    assert "10:00, 30 minutes" in page
    assert "14:00, 45 minutes" in page
    assert page.count("Different") == 2


def test_deciding_between_them_is_work_in_the_diary(room, client, desk, differs):
    shown = desk.get(address(differs)).content.decode()
    began = shown.partition('name="began" value="')[2].partition('"')[0]
    assert shown.count(began) == 2  # in each of its forms
    room.passes(70)
    assert decides(desk, differs, "ours", began=began).status_code == 303
    record = WorkRecord.objects.get(kind="diary")
    assert (record.client, record.subject_id) == (client.row, differs.pk)
    assert (record.ended_at - record.started_at).total_seconds() == 70


def test_ours_is_kept_and_written_over_what_was_seen(room, desk, hers, differs):
    assert decides(desk, differs, "ours").status_code == 303
    room.settle()
    differs.refresh_from_db()
    assert (differs.at.hour, differs.writing) == (10, "written")
    raw = hers.entries[differs.remote_id].raw
    assert "T100000Z" in raw
    assert "SUMMARY:Harlow\r\n" in raw
    assert not WorkItem.objects.open().exists()
    assert len(told_guests()) == 1


def test_theirs_is_taken_and_guests_are_told(room, desk, hers, differs):
    before = hers.entries[differs.remote_id]
    assert decides(desk, differs, "theirs").status_code == 303
    room.settle()
    differs.refresh_from_db()
    assert (differs.about, differs.at.hour, differs.minutes) == ("Harlow, the lease", 14, 45)
    assert differs.writing == "written"
    assert hers.entries[differs.remote_id] == before  # nothing is written back
    assert not WorkItem.objects.open().exists()
    assert len(told_guests()) >= 2


def test_neither_is_kept_and_both_are_changed(room, desk, hers, differs):
    typed = {"about": "The lease", "on": "2027-03-11", "at": "09:00", "minutes": "60", "where": "Here"}
    assert decides(desk, differs, "another", **typed).status_code == 303
    room.settle()
    differs.refresh_from_db()
    assert (differs.starts_at, differs.about) == (datetime(2027, 3, 11, 9, tzinfo=UTC), "The lease")
    raw = hers.entries[differs.remote_id].raw
    assert "DTSTART:20270311T090000Z" in raw
    assert "LOCATION:Here" in raw
    assert differs.writing == "written"


def test_she_changes_it_again_while_somebody_decides(room, desk, hers, differs):
    shown = seen(desk.get(address(differs)))
    hers.edits(differs.remote_id, "SUMMARY:Harlow, the lease", "SUMMARY:Once more")
    answer = desk.post(address(differs), shown | {"way": "ours"})
    assert answer.status_code == 409
    assert "Once more" in answer.content.decode()
    differs.refresh_from_db()
    assert differs.writing == "changed"


def test_she_changes_it_between_the_decision_and_the_write(room, desk, hers, differs):
    decides(desk, differs, "ours")
    hers.edits(differs.remote_id, "SUMMARY:Harlow, the lease", "SUMMARY:Once more")
    room.settle()
    differs.refresh_from_db()
    assert "SUMMARY:Once more" in hers.entries[differs.remote_id].raw
    assert differs.writing == "changed"
    assert WorkItem.objects.open().filter(kind=following.CHANGED).exists()


def test_taken_out_there_it_is_cancelled_or_written_anew(room, desk, hers, meeting):
    hers.deletes(meeting.remote_id)
    look(hers)
    assert "It is no longer in the client’s calendar." in desk.get(address(meeting)).content.decode()
    decides(desk, meeting, "ours")
    room.settle()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.writing, len(hers.entries)) == ("confirmed", "written", 1)
    hers.deletes(meeting.remote_id)
    look(hers)
    decides(desk, meeting, "theirs")
    room.settle()
    meeting.refresh_from_db()
    assert (meeting.state, meeting.writing, hers.entries) == ("cancelled", "ours", {})
    assert Effect.objects.filter(kind="calendar.cancellation").count() == 1


def test_theirs_stands_in_the_way_of_something_else(room, desk, hers, differs):
    word = booking.Word("It is moved away from there")
    booking.book(hers.connection.diary, plan("14:30", ON, about="Other"), by=None, at=clock.now(), word=word)
    answer = decides(desk, differs, "theirs")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "There is already something: Other" in page
    accepted = re.search(r'name="accepted" value="([^"]*)"', page)[1]
    assert decides(desk, differs, "theirs", reason="She said so", accepted=accepted).status_code == 303
    differs.refresh_from_db()
    assert (differs.at.hour, differs.despite) == (14, "She said so")


def test_their_server_does_not_answer(desk, hers, differs):
    hers.troubles = [Unreachable("no_answer")]
    page = desk.get(address(differs)).content.decode()
    assert "The calendar did not answer just now." in page
    assert "Harlow, the lease" in page


def test_nothing_is_left_to_decide(desk, meeting):
    assert desk.get(address(meeting)).status_code == 303


# Something comes to stand beside it


@pytest.fixture
def beside(hers, meeting):
    hers.puts("court", "DTSTART:20270310T101500Z", "DTEND:20270310T110000Z", "SUMMARY:Court")
    look(hers)
    return meeting


def clash_page(desk, meeting):
    return desk.get(reverse("diary-clash", args=[meeting.pk])).content.decode()


def test_a_clash_says_what_it_is_and_proposes_other_times(room, desk, beside):
    item = WorkItem.objects.open().get()
    assert (item.kind, work.describe(item).url) == (
        clashing.CLASH,
        reverse("diary-clash", args=[beside.pk]),
    )
    page = clash_page(desk, beside)
    assert "There is already something: Court" in page
    starts = re.search(r'name="starts" value="([^"]*)"', page)[1]
    said = {"version": beside.version, "minutes": "30", "starts": starts}
    assert desk.post(reverse("diary-clash", args=[beside.pk]), said).status_code == 303
    beside.refresh_from_db()
    assert beside.starts_at == datetime.fromisoformat(starts)
    assert not WorkItem.objects.open().filter(kind=clashing.CLASH).exists()
    assert max(told_guests()) == 1  # Dana hears of it


def test_both_may_stand_with_a_reason_and_are_left_alone_from_then_on(desk, hers, beside):
    page = clash_page(desk, beside)
    [key] = re.findall(r'name="clash" value="([^"]*)"', page)
    stand = reverse("diary-clash-stand", args=[beside.pk])
    said = {"version": beside.version, "clash": key, "because": ""}
    assert desk.post(stand, said).status_code == 422
    assert desk.post(stand, said | {"because": "Two of them go"}).status_code == 303
    assert not WorkItem.objects.open().exists()
    assert MeetingEvent.objects.filter(words="Both stay: Two of them go").exists()
    hers.edits("court.ics", "SUMMARY:Court", "SUMMARY:Court 4")
    look(hers)
    assert not WorkItem.objects.open().exists()
    hers.edits("court.ics", "T110000Z", "T113000Z")  # it is another thing now
    look(hers)
    assert WorkItem.objects.open().exists()


def test_what_has_gone_out_of_the_way_is_nobodys_work_any_more(desk, hers, beside):
    hers.deletes("court.ics")
    look(hers)
    assert not WorkItem.objects.open().exists()
    assert "Nothing stands in its way" in clash_page(desk, beside)


def test_what_was_arranged_beside_something_with_a_reason_is_no_clash_later(room, hers):
    hers.puts("court", "DTSTART:20270311T101500Z", "DTEND:20270311T110000Z", "SUMMARY:Court")
    look(hers)
    booking.book(
        hers.connection.diary,
        plan("10:00", date(2027, 3, 11)),
        by=None,
        at=clock.now(),
        word=booking.Word("She leaves early"),
    )
    hers.edits("court.ics", "SUMMARY:Court", "SUMMARY:Court 4")
    look(hers)
    assert not WorkItem.objects.exists()
