"""Dictated to the secretary: on a call of hers with a key, and at a time booked for it, item after item."""

from datetime import timedelta

import pytest
from django.urls import reverse

from calls.dictation import on_a_call
from calls.models import BookedDictation, Call, Dictation, DictationPart, MeetingCall
from clients.models import WorkItem
from secretariat import clock

State = Dictation.State


@pytest.fixture
def talking(office, okafor, priya):
    """Okafor's owner rings her own line, and Priya has her."""
    line = okafor.row.lines.get()
    line.recording_notice = "What you dictate is recorded."
    line.save()
    leg = office.rings(okafor, caller="+447700900555")
    office.answers(priya)
    office.passes(5)
    return leg


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


def the_call() -> Call:
    return Call.objects.get()


def begin(desk, contact, **said):
    answer = desk.post(reverse("calls-dictate", args=[the_call().pk]), {"contact": contact.pk} | said)
    assert answer.status_code == 303
    return answer, Dictation.objects.order_by("-number").first()


def test_a_key_on_the_call_begins_an_item_that_is_typed_while_it_is_said(office, okafor, talking, desk):
    page = desk.get(reverse("calls-dictate", args=[the_call().pk])).content.decode()
    assert "What you dictate is recorded." in page
    answer, item = begin(desk, okafor.owner, records="on")
    assert answer["Location"] == reverse("dictation", args=[item.pk])
    assert (item.state, item.number, item.source, item.during) == (State.WAITING, 1, "room", the_call())
    assert WorkItem.objects.open().get(kind="dictation.waiting").subject_id == item.pk
    office.passes(12)
    draft = desk.post(reverse("dictation-type", args=[item.pk]))
    beside = desk.get(draft["Location"]).content.decode()
    assert "This is being recorded." in beside
    assert reverse("calls-dictate", args=[the_call().pk]) in beside

    _answer, second = begin(desk, okafor.owner, records="on")
    office.passes(8)
    item.refresh_from_db()
    assert item.stopped_at is not None
    (part,) = item.parts.all()
    assert (part.state, part.seconds) == (DictationPart.State.READY, 12)
    page = reverse("calls-dictate", args=[the_call().pk])
    assert desk.get(page).content.decode().count("being recorded") == 1
    office.hangs_up(talking)
    office.passes(10)
    assert "being recorded" not in desk.get(page).content.decode()
    (part,) = second.parts.all()
    assert part.state == DictationPart.State.READY
    assert item.parts.count() == 1


def test_recording_is_her_choice_and_needs_the_lines_notice(office, okafor, talking, desk):
    _answer, item = begin(desk, okafor.owner)
    assert item.stopped_at is not None
    office.passes(5)
    assert not office.carrier.recordings.by_sid
    okafor.row.lines.update(recording_notice="")
    page = desk.get(reverse("calls-dictate", args=[the_call().pk])).content.decode()
    assert "Nothing is recorded" in page
    _answer, item = begin(desk, okafor.owner, records="on")
    office.passes(5)
    assert not office.carrier.recordings.by_sid
    assert item.state == State.WAITING


def test_she_stops_the_recording_and_types_on(office, okafor, talking, desk):
    _answer, item = begin(desk, okafor.owner, records="on")
    office.passes(6)
    desk.post(reverse("dictation-stop", args=[item.pk]))
    office.passes(20)
    (part,) = item.parts.all()
    assert part.seconds == 6


def test_after_the_call_nothing_is_begun(office, okafor, talking, desk):
    call = the_call()
    office.hangs_up(talking)
    office.passes(2)
    desk.post(reverse("calls-dictate", args=[call.pk]), {"contact": okafor.owner.pk})
    assert not Dictation.objects.exists()


def test_a_booked_dictation_rings_both_and_item_follows_item(office, okafor, priya, desk):
    office.mobile_of(okafor.owner)
    said = {"client": okafor.row.pk, "contact": okafor.owner.pk, "typist": priya.pk, "minutes": 30}
    said |= {"on": f"{clock.now() + timedelta(days=1):%Y-%m-%d}", "at": "10:00"}
    answer = desk.post(reverse("dictation-book"), said)
    assert answer.status_code == 303, answer.context["form"].errors
    booked = BookedDictation.objects.get()
    assert booked.meeting.we_ring
    assert "All are rung" in desk.get(answer["Location"]).content.decode()
    (guest,) = booked.meeting.guests.all()
    assert (str(guest), guest.number) == ("Priya", "")  # hers stands nowhere in the client's diary
    assert guest.secretary == priya
    call = MeetingCall.objects.create(
        client=okafor.row,
        meeting=booked.meeting,
        of=booked.meeting.starts_at,
        state=MeetingCall.State.TALKING,
        talking_at=clock.now(),
        line=okafor.number,
    )
    begun = desk.post(answer["Location"], {"contact": okafor.owner.pk})
    item = Dictation.objects.get()
    assert begun["Location"] == reverse("dictation", args=[item.pk])
    assert (item.meeting_call, item.state) == (call, State.WAITING)
    assert answer["Location"] in desk.get(reverse("dictation", args=[item.pk])).content.decode()
    assert list(on_a_call.items_of(call)) == [item]
