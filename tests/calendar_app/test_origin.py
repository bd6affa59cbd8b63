"""A meeting that is asked for while somebody is on the line names that call, and the call names it."""

import re

import pytest
from django.urls import reverse

from calendar_app import origin
from calendar_app.models import MeetingRequest
from calls.models import Call

from .diaries import booked, diary_of


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def priya(office, okafor):
    return office.secretary("Priya", okafor)


@pytest.fixture
def desk(office, priya):
    return office.browser(priya)


@pytest.fixture
def call(office, okafor, priya):
    diary_of(okafor.row)
    office.rings(okafor, caller="+447700900123")
    office.answers(priya)
    return Call.objects.get()


def asked(desk, okafor, out_of) -> MeetingRequest:
    facts = {
        "client": okafor.row.pk,
        "who": "Dana Reyes",
        "about": "The lease",
        "way": "call",
        "minutes": "30",
        "manner": "telephone",
        "starts": ["2026-11-26T14:00:00+00:00", "2026-11-27T14:00:00+00:00"],
        "hold": "24",
        "chase": "24",
        "out_of": out_of,
    }
    answer = desk.post(reverse("diary-ask"), facts)
    assert answer.status_code == 303
    return MeetingRequest.objects.get()


def test_several_times_offered_on_a_call_name_it(desk, okafor, call):
    panel = desk.get(
        reverse("calls-arrange", args=[call.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    [address] = re.findall(r'href="(/desk/diary/ask/[^"]+)"', panel)
    page = desk.get(address.replace("&amp;", "&")).content.decode()
    [out_of] = re.findall(r'name="out_of" value="([^"]+)"', page)
    request = asked(desk, okafor, out_of)
    assert (request.subject_kind, request.subject_id) == ("calls.call", call.pk)
    shown = desk.get(reverse("diary-request", args=[request.pk])).content.decode()
    assert reverse("calls-record", args=[call.pk]) in shown
    assert "Call of" in shown
    record = desk.get(reverse("calls-record", args=[call.pk])).content.decode()
    assert reverse("diary-request", args=[request.pk]) in record
    assert "Being arranged" in record


def test_a_meeting_booked_on_a_call_and_the_call_name_each_other(desk, call):
    meeting = booked(diary_of_call(call), about="The lease", subject=("calls.call", call.pk))
    page = desk.get(reverse("diary-meeting", args=[meeting.pk])).content.decode()
    assert reverse("calls-record", args=[call.pk]) in page
    record = desk.get(reverse("calls-record", args=[call.pk])).content.decode()
    assert reverse("diary-meeting", args=[meeting.pk]) in record


def diary_of_call(call):
    return call.client.diaries.get()


@pytest.mark.parametrize("how", ["forged", "of another client"])
def test_nobody_names_what_is_not_hers(office, desk, okafor, call, how):
    other = office.client("Brill Dental").row
    out_of = "calls.call:x" if how == "forged" else origin.told(("calls.call", call.pk), other.pk)
    assert asked(desk, okafor, out_of).subject_id is None
