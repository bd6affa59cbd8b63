"""Meetings by telephone are rung at their time: the client, then the guest, into one room."""

from datetime import date

import pytest

from calendar_app import booking
from calendar_app.models import Meeting
from calendar_app.planning import Coming
from calls.models import DiaryLeg, MeetingCall
from clients.models import WorkItem, WorkRecord
from secretariat import clock
from tests.calendar_app import diaries

from .rooms import heard
from .throughs import mobile, phone, picks_up, presses

TODAY = date(2026, 11, 24)
DANA, TOM = "+447700900301", "+447700900302"
NOT_REACHED = "calls.meeting_not_reached"


@pytest.fixture
def harlow(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Harlow")


@pytest.fixture
def meeting(office, harlow):
    return book(office, harlow)


def book(office, client, *guests, **facts):
    diary = diaries.diary_of(client.row)
    coming = guests or (Coming(name="Dana Reyes", number=DANA),)
    plan = {"about": "The lease", "manner": "telephone", "we_ring": True} | facts
    meeting = diaries.booked(diary, "11:00", TODAY, when=clock.now(), guests=coming, **plan)
    office.settle()
    return meeting


def is_time(office):
    office.clock_says("2026-11-24 10:59")
    office.settle()


def the_call() -> MeetingCall:
    return MeetingCall.objects.get()


def talking(office) -> set[str]:
    rooms = office.carrier.conferences.by_sid.values()
    return {p.leg.far_end for room in rooms if room.status == "in-progress" for p in room.present}


def lets_it_ring(office):
    """Until nobody will pick up any more."""
    office.passes(40)


def thread(meeting):
    return [event.words for event in meeting.events.filter(verb__in=["ringing", "rung"]).order_by("at", "id")]


def work(kind=NOT_REACHED):
    return WorkItem.objects.open().filter(kind=kind)


def test_client_and_guest_are_rung_and_talk(office, harlow, meeting):
    owner = mobile(harlow.owner)
    office.clock_says("2026-11-24 10:58")
    office.settle()
    assert not MeetingCall.objects.exists()
    is_time(office)
    assert phone(office, owner)
    assert phone(office, DANA) is None
    leg = picks_up(office, owner)
    assert "Your meeting by telephone with Dana Reyes: The lease." in heard(leg)
    assert phone(office, DANA) is None  # a mailbox may have picked up
    presses(office, owner, "1")
    assert phone(office, DANA)
    assert talking(office) == set()
    office.passes(3)
    hers = picks_up(office, DANA)
    assert "Your meeting by telephone with Harlow is about to begin." in heard(hers)
    presses(office, DANA, "1")
    assert talking(office) == {owner, DANA}
    assert the_call().state == MeetingCall.State.TALKING
    office.passes(120)
    office.hangs_up(phone(office, DANA))
    office.settle()
    assert phone(office, owner) is None
    call = the_call()
    assert (call.state, call.result) == ("over", "talked")
    assert thread(meeting) == [
        "Ringing Owner of Harlow: Mobile",
        "Owner of Harlow is on the line",
        "Dana Reyes is on the line",
        "They talked for 2 min",
    ]
    kept = {each.kind: each.ended_at - each.started_at for each in WorkRecord.objects.all()}
    assert kept["put_through"] == call.ended_at - call.talking_at
    assert kept["ring"] == call.talking_at - call.began_at
    assert not work().exists()
    office.passes(60)
    assert MeetingCall.objects.count() == 1
    assert DiaryLeg.objects.count() == 2


def test_a_guest_who_does_not_answer_is_rung_twice_and_the_client_is_told(office, harlow, meeting):
    owner = mobile(harlow.owner)
    is_time(office)
    picks_up(office, owner)
    presses(office, owner, "1")
    leg = phone(office, owner)
    lets_it_ring(office)
    assert phone(office, DANA)  # once more
    assert "Dana Reyes has not answered. We are trying once more." in heard(leg)
    assert phone(office, owner)
    lets_it_ring(office)
    office.passes(20)
    assert heard(leg).endswith("Dana Reyes did not answer. Your secretary has been told. Goodbye.")
    assert phone(office, owner) is None
    assert the_call().result == MeetingCall.Result.NO_GUEST
    assert DiaryLeg.objects.filter(party="guest").count() == 2
    item = work().get()
    assert item.because == "A meeting by telephone did not come about: No guest was reached."
    assert item.urgency == WorkItem.Urgency.URGENT


def test_a_guest_who_answers_the_second_time_finds_the_client_there(office, harlow, meeting):
    owner = mobile(harlow.owner)
    is_time(office)
    picks_up(office, owner)
    presses(office, owner, "1")
    lets_it_ring(office)
    office.passes(15)
    picks_up(office, DANA)
    presses(office, DANA, "1")
    assert talking(office) == {owner, DANA}
    office.hangs_up(phone(office, owner))
    office.settle()
    assert phone(office, DANA) is None
    assert the_call().result == MeetingCall.Result.TALKED


def test_a_client_who_does_not_answer_is_rung_once_more_and_then_somebody_sees_it(office, harlow, meeting):
    is_time(office)
    lets_it_ring(office)
    assert the_call().round == 2
    office.passes(60)
    lets_it_ring(office)
    assert the_call().result == MeetingCall.Result.NO_CLIENT
    assert not DiaryLeg.objects.filter(party="guest").exists()
    assert work().get().client == harlow.row


def test_a_mailbox_that_picks_up_is_in_no_meeting(office, harlow, meeting):
    is_time(office)
    picks_up(office, mobile(harlow.owner))
    office.passes(60)
    assert the_call().state == MeetingCall.State.CLIENT
    assert phone(office, DANA) is None


def test_a_client_who_cannot_now_says_so_with_a_key(office, harlow, meeting):
    is_time(office)
    picks_up(office, mobile(harlow.owner))
    presses(office, mobile(harlow.owner), "2")
    assert the_call().result == MeetingCall.Result.NO_CLIENT
    assert "Owner of Harlow: cannot come to the telephone now" in thread(meeting)
    assert work().exists()


def test_a_client_who_hangs_up_before_the_guest_is_there_leaves_nobody_waiting(office, harlow, meeting):
    owner = mobile(harlow.owner)
    is_time(office)
    picks_up(office, owner)
    presses(office, owner, "1")
    office.hangs_up(phone(office, owner))
    office.settle()
    assert phone(office, DANA) is None
    assert the_call().result == MeetingCall.Result.CLIENT_LEFT
    assert work().exists()


def test_with_two_guests_it_goes_on_until_the_last_has_left(office, harlow):
    book(office, harlow, Coming(name="Dana Reyes", number=DANA), Coming(name="Tom Hale", number=TOM))
    owner = mobile(harlow.owner)
    is_time(office)
    picks_up(office, owner)
    presses(office, owner, "1")
    office.passes(3)
    for number in (DANA, TOM):
        picks_up(office, number)
        presses(office, number, "1")
    office.passes(6)  # the client first hears to its end who is being rung
    assert talking(office) == {owner, DANA, TOM}
    office.hangs_up(phone(office, DANA))
    office.settle()
    assert talking(office) == {owner, TOM}
    office.hangs_up(phone(office, TOM))
    office.settle()
    assert phone(office, owner) is None


def test_a_meeting_cancelled_while_it_rings_is_not_rung_any_more(office, harlow, meeting):
    is_time(office)
    meeting.refresh_from_db()
    booking.cancel(meeting, version=meeting.version, because="She is ill", by=None, at=clock.now())
    office.settle()
    assert phone(office, mobile(harlow.owner)) is None
    assert the_call().result == MeetingCall.Result.CALLED_OFF
    assert not work().exists()


def test_nobody_is_rung_who_did_not_ask_for_it_nor_where_nobody_can_be(office, harlow):
    diary = diaries.diary_of(harlow.row)
    guest = (Coming(name="Dana Reyes", number=DANA),)
    facts = {"when": clock.now(), "manner": "telephone"}
    diaries.booked(diary, "11:00", TODAY, guests=guest, **facts)
    nobody = diaries.booked(diary, "12:00", TODAY, guests=(Coming(name="Tom Hale"),), we_ring=True, **facts)
    is_time(office)
    assert not MeetingCall.objects.exists()
    office.clock_says("2026-11-24 11:59:30")
    office.settle()
    assert the_call().meeting == nobody
    assert the_call().result == MeetingCall.Result.NO_NUMBER
    assert work().exists()


def test_nobody_is_rung_when_its_time_is_long_past(office, harlow, meeting):
    office.clock_says("2026-11-24 11:20")  # nobody was at work
    office.settle()
    assert the_call().result == MeetingCall.Result.MISSED
    assert phone(office, mobile(harlow.owner)) is None
    assert work().exists()


def test_it_is_said_on_the_meetings_page_whether_we_ring(office, harlow):
    priya = office.secretary("Priya", harlow)
    meeting = book(office, harlow, we_ring=False)
    desk = office.browser(priya)
    page = f"/desk/diary/meetings/{meeting.pk}/"
    assert "Ring both at the time" in desk.get(page).content.decode()
    desk.post(f"{page}ringing/", {"version": meeting.version, "we_ring": "1"})
    assert "Do not ring" in desk.get(page).content.decode()
    assert Meeting.objects.get().we_ring
    portal = office.browser(harlow.owner)
    portal.post(f"/portal/diary/meetings/{meeting.pk}/ringing/", {"version": meeting.version + 1})
    assert not Meeting.objects.get().we_ring
