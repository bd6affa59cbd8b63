"""The seconds in which a meeting is arranged at the desk, without a call; and not those of the client."""

import re

import pytest
from django.urls import reverse

from calendar_app.asking import ToAsk
from calendar_app.models import Meeting, MeetingRequest
from calendar_app.planning import Coming
from clients.models import WorkRecord

from .diaries import booked, diary_of
from .test_asking import offer
from .test_desk_pages import typed
from .test_request_pages import TYPED


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 11:30")
    return office.client("Okafor Legal", zone="Africa/Lagos", country="NG")


@pytest.fixture
def diary(okafor):
    return diary_of(okafor.row)


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


def opened(browser, name, *ids, **asked) -> str:
    page = browser.get(reverse(name, args=ids), asked).content.decode()
    found = re.findall(r'<input type="hidden" name="began" value="([^"]+)">', page)
    assert found
    return found[0]


def kept() -> list[float]:
    rows = WorkRecord.objects.filter(kind="diary").order_by("started_at")
    return [(each.ended_at - each.started_at).total_seconds() for each in rows]


def test_booking_moving_and_cancelling(office, okafor, priya, diary, desk):
    began = opened(desk, "diary-book", client=okafor.row.pk)
    office.passes(40)
    assert desk.post(reverse("diary-book"), typed(okafor, began=began)).status_code == 303
    meeting = Meeting.objects.get()
    began = opened(desk, "diary-move", meeting.pk)
    office.passes(20)
    moved = {"version": "0", "minutes": "30", "on": "2026-11-25", "at": "15:00", "began": began}
    assert desk.post(reverse("diary-move", args=[meeting.pk]), moved).status_code == 303
    began = opened(desk, "diary-cancel", meeting.pk)
    office.passes(10)
    meeting.refresh_from_db()
    said = {"version": meeting.version, "because": "She is ill", "began": began}
    assert desk.post(reverse("diary-cancel", args=[meeting.pk]), said).status_code == 303
    assert kept() == [40, 20, 10]
    records = WorkRecord.objects.all()
    assert {(each.client, each.secretary, each.subject_id) for each in records} == {
        (okafor.row, priya, meeting.pk)
    }


def test_what_came_back_as_it_was_typed_counts_once_from_the_first(office, okafor, diary, desk):
    began = opened(desk, "diary-book", client=okafor.row.pk)
    office.passes(40)
    refused = desk.post(reverse("diary-book"), typed(okafor, began=began, about="", who=""))
    assert refused.status_code == 422
    assert f'value="{began}"' in refused.content.decode()
    office.passes(15)
    assert desk.post(reverse("diary-book"), typed(okafor, began=began)).status_code == 303
    assert kept() == [55]


def test_several_times_are_offered_and_answered(office, okafor, priya, diary, desk):
    began = opened(desk, "diary-ask", client=okafor.row.pk)
    office.passes(50)
    said = TYPED | {"client": okafor.row.pk, "began": began}
    assert desk.post(reverse("diary-ask"), said).status_code == 303
    asked = MeetingRequest.objects.get()
    began = opened(desk, "diary-request", asked.pk)
    office.passes(25)
    said = {"version": asked.version, "hours": "4", "began": began}
    assert desk.post(reverse("diary-request-promise", args=[asked.pk]), said).status_code == 303
    assert kept() == [50, 25]


def test_booked_while_she_talks_it_is_part_of_the_call(office, okafor, priya, diary, desk):
    office.rings(okafor)
    office.answers(priya)
    began = opened(desk, "diary-book", client=okafor.row.pk)
    office.passes(40)
    assert desk.post(reverse("diary-book"), typed(okafor, began=began)).status_code == 303
    assert kept() == []


def test_what_the_client_does_in_the_portal_is_no_work_of_ours(office, okafor, priya, diary, desk):
    meeting, portal = booked(diary, "10:00"), office.browser(okafor.owner.user)
    page = portal.get(reverse("diary-portal-move", args=[meeting.pk])).content.decode()
    assert 'name="began"' not in page
    began = opened(desk, "diary-move", meeting.pk)
    office.passes(30)
    moved = {"version": "0", "minutes": "30", "on": "2026-11-25", "at": "15:00", "began": began}
    assert portal.post(reverse("diary-portal-move", args=[meeting.pk]), moved).status_code == 303
    asked = offer(diary, priya.user, ToAsk(Coming("Dana Reyes", "dana@harlow.example")))
    portal.post(reverse("diary-portal-request-withdraw", args=[asked.pk]), {"version": asked.version})
    assert not WorkRecord.objects.exists()


def test_saying_at_the_desk_whether_both_are_rung(office, okafor, diary, desk):
    coming = (Coming("Dana Reyes", number="+447700900123"),)
    meeting = booked(diary, manner="telephone", we_ring=False, guests=coming)
    began = opened(desk, "diary-meeting", meeting.pk)
    office.passes(12)
    said = {"version": meeting.version, "we_ring": "1", "began": began}
    for _twice in range(2):
        desk.post(reverse("diary-ringing", args=[meeting.pk]), said)
    assert kept() == [12]
    portal = office.browser(okafor.owner)
    meeting.refresh_from_db()
    said = {"version": meeting.version, "we_ring": "", "began": began}
    portal.post(reverse("diary-portal-ringing", args=[meeting.pk]), said)
    assert kept() == [12]
