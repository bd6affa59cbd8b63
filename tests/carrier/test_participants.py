"""Bringing somebody into a room by REST: what may be asked for, and what comes of it."""

import json

import pytest
from requests.auth import _basic_auth_str

from secretariat.local.carrier import Party
from tests.carrier.application import ACCOUNT, CALLER, HOME, HOST, OFFICE, TOKEN

PATH = "/Conferences/room-1/Participants.json"
CLIENT = "+447700900789"
EVENTS = "start end join leave mute hold modify announcement"


@pytest.fixture
def caller(app, carrier):
    """Somebody who waits in room-1."""
    app.on(
        "/voice/",
        f'<Dial><Conference beep="false" statusCallback="/room/" statusCallbackEvent="{EVENTS}">'
        "room-1</Conference></Dial>",
    )
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    return leg


@pytest.fixture
def invite(app):
    def invite(**given):
        return app.rest("POST", PATH, **({"To": CLIENT, "From": OFFICE, "Beep": "false"} | given))

    return invite


def change(app, who, **given):
    answer = app.rest("POST", f"/Conferences/room-1/Participants/{who}.json", **given)
    app.settle()
    return answer


def code(answer):
    return answer.status, json.loads(answer.body).get("code")


def room_events(app):
    return app.told("/room/", "StatusCallbackEvent")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"From": "+15550001111"}, (400, 21210)),
        ({"From": "the office"}, (400, 21212)),
        ({"CallerId": "+15550001111"}, (400, 21210)),
        ({"To": "0770"}, (400, 21211)),
        ({"Timeout": 4}, (400, 20001)),
        ({"Timeout": 601}, (400, 20001)),
        ({"Url": f"{HOST}/screen/"}, (400, 20001)),  # a participant has no document of its own
        ({"Hold": "true"}, (400, 20001)),
    ],
)
def test_what_cannot_be_asked_for_is_refused(app, caller, invite, expected, given):
    assert code(invite(**given)) == expected
    assert app.carrier.control.legs_of(CLIENT) == []


def test_the_caller_s_own_number_may_be_shown_with_her_call_s_token(app, caller, invite):
    token = app.to("/voice/")[0]["CallToken"]
    assert invite(From=CALLER, CallToken=token).status == 201
    app.settle()
    [leg] = app.carrier.control.legs_of(CLIENT)
    assert leg.from_ == CALLER


def test_the_room_hears_it_ring_unless_told_not_to(app, carrier, caller, invite):
    before = len(caller.heard)
    invite(EarlyMedia="false")
    app.passes(2)
    assert [heard.kind for heard in caller.heard[before:]] == []
    invite(To=HOME)
    app.passes(2)
    assert [heard.kind for heard in caller.heard[before:]] == ["ring"]


def test_invitations_are_placed_one_a_second(app, carrier, caller, invite):
    for to in (CLIENT, HOME, "+447700900456"):
        invite(To=to, StatusCallback=f"{HOST}/leg/", StatusCallbackEvent=["initiated"])
    app.settle()
    assert len(app.to("/leg/")) == 1
    app.passes(2)
    assert len(app.to("/leg/")) == 3


def test_a_participant_may_be_recorded_and_has_a_longest_time(app, carrier, caller, invite):
    carrier.add_party(CLIENT, Party.answers(after=1))
    invite(
        Record="true",
        RecordingStatusCallback=f"{HOST}/taped/",
        RecordingChannels="dual",
        TimeLimit=20,
        Label="client",
    )
    app.passes(30)
    assert app.told("/taped/", "RecordingStatus", "RecordingDuration", "RecordingChannels") == [
        ("completed", "20", "2")
    ]
    assert carrier.control.legs_of(CLIENT) == []


def test_it_is_told_beside_the_call_who_answered(app, carrier, caller, invite):
    carrier.add_party(CLIENT, Party.voicemail(after=1))
    invite(MachineDetection="Enable", AmdStatusCallback=f"{HOST}/amd/")
    app.passes(6)
    assert app.told("/amd/", "AnsweredBy") == ["machine_start"]
    assert caller.heard[-2].text == "Please leave a message after the tone."


def test_a_number_of_our_own_runs_its_own_document(app, carrier, caller, invite):
    carrier.add_number("+442079460101", f"{HOST}/other-line/")
    app.on("/other-line/", "<Say>Hello</Say><Say>Another line of ours</Say><Pause length='30'/>")
    invite(To="+442079460101")
    app.passes(2)
    [asked] = app.to("/other-line/")
    assert (asked["From"], asked["Direction"]) == (OFFICE, "inbound")
    assert caller.heard[-1].text == "Another line of ours"


def test_a_mobile_that_forwards_to_us_brings_the_call_back(app, carrier, caller, invite):
    carrier.add_party(CLIENT, Party.forwards(OFFICE))
    app.on("/voice/", lambda request: "<Reject/>" if "ForwardedFrom" in request else "<Pause/>")
    invite(StatusCallback=f"{HOST}/leg/")
    app.passes(2)
    back = app.to("/voice/")[-1]
    assert (back["ForwardedFrom"], back["From"]) == (CLIENT, OFFICE)
    assert app.told("/leg/", "CallStatus") == ["no-answer"]


def test_taken_out_before_it_answers_it_is_cancelled(app, carrier, caller, invite):
    invite(Label="client", StatusCallback=f"{HOST}/leg/")
    app.passes(3)
    assert app.rest("DELETE", "/Conferences/room-1/Participants/client.json").status == 204
    app.settle()
    assert app.told("/leg/", "CallStatus") == ["canceled"]
    last = app.to("/room/")[-1]
    assert (last["StatusCallbackEvent"], last["ReasonParticipantLeft"]) == (
        "participant-leave",
        "participant_add_failed",
    )
    assert code(app.rest("DELETE", "/Conferences/room-1/Participants/client.json")) == (404, 20404)


def test_the_room_ends_with_its_last_invitation(app, carrier, caller, invite):
    carrier.add_party(CLIENT, Party.answers(after=1))
    invite(Label="client", EndConferenceOnExit="true")
    app.passes(2)
    [client] = carrier.control.legs_of(CLIENT)
    carrier.control.hang_up(client)
    app.settle()
    end = app.to("/room/")[-1]
    assert end["ReasonConferenceEnded"] == "participant-with-end-conference-on-exit-left"
    assert end["ParticipantLabelEndingConference"] == "client"


def test_who_leaves_while_held_ends_nothing_although_the_carrier_said_so(app, carrier, caller, invite):
    """EndConferenceOnExit cannot be changed while the participant is held: success, and no effect."""
    carrier.add_party(CLIENT, Party.answers(after=1))
    carrier.add_party(HOME, Party.answers(after=1))
    invite(Label="client", EndConferenceOnExit="true")
    invite(To=HOME, Label="assistant")
    app.passes(4)
    change(app, "client", Hold="true")
    assert change(app, "client", EndConferenceOnExit="false").status == 200
    [client] = carrier.control.legs_of(CLIENT)
    carrier.control.hang_up(client)
    app.settle()
    assert room_events(app)[-1] == "conference-end"


def test_a_coach_is_heard_by_the_one_she_coaches(app, carrier, caller, invite):
    carrier.add_party(CLIENT, Party.answers(after=1))
    carrier.add_party(HOME, Party.answers(after=1))
    invite(Label="secretary")
    app.passes(2)
    [secretary] = carrier.control.legs_of(CLIENT)
    invite(To=HOME, Label="coach", Coaching="true", CallSidToCoach=secretary.sid)
    app.passes(2)
    [coach] = carrier.control.legs_of(HOME)
    carrier.control.say(coach, "Ask for his number")
    assert secretary.heard[-1].text == "Ask for his number"
    assert "Ask for his number" not in [heard.text for heard in caller.heard]
    change(app, "coach", Coaching="false")
    carrier.control.say(coach, "Good afternoon, all")
    assert caller.heard[-1].text == "Good afternoon, all"
    assert room_events(app)[-1] == "participant-modify"


def test_an_announcement_is_for_her_alone_and_a_bad_one_throws_nobody_out(app, carrier, caller, invite):
    carrier.add_party(CLIENT, Party.answers(after=1))
    invite(Label="client")
    app.passes(2)
    app.on("/announce/", "<Say>Your next meeting is in five minutes</Say>")
    change(app, "client", AnnounceUrl=f"{HOST}/announce/")
    app.passes(5)
    [client] = carrier.control.legs_of(CLIENT)
    assert client.heard[-1].text == "Your next meeting is in five minutes"
    assert room_events(app)[-1] == "announcement-end"
    change(app, "client", AnnounceUrl=f"{HOST}/nothing-there/")
    assert room_events(app)[-1] == "announcement-fail"
    carrier.control.say(caller, "Hello?")
    assert client.heard[-1].text == "Hello?"


def test_beep_on_exit_and_what_is_heard_while_waiting_may_be_changed(app, carrier, caller, invite):
    carrier.add_party(CLIENT, Party.answers(after=1))
    app.on("/soon/", "<Say>Soon</Say>")
    change(app, caller.sid, WaitUrl=f"{HOST}/soon/")
    assert caller.heard[-1].text == "Soon"
    invite(Label="client")
    app.passes(2)
    change(app, "client", BeepOnExit="true")
    [client] = carrier.control.legs_of(CLIENT)
    carrier.control.hang_up(client)
    app.settle()
    assert (caller.heard[-1].kind, caller.heard[-1].text) == ("beep", "somebody has gone")


@pytest.mark.parametrize("mode", [{"fail_after_performing": 1}, {"slow_rest": 20.0}])
def test_an_invitation_whose_answer_is_lost_rings_all_the_same(app, carrier, caller, invite, mode):
    carrier.control.chaos(**mode)
    invite(Label="client")
    carrier.control.chaos(slow_rest=0.0)
    app.passes(2)
    listed = json.loads(app.rest("GET", "/Calls.json", To=CLIENT).body)["calls"]
    assert [call["status"] for call in listed] == ["ringing"]
    assert code(invite(Label="client")) == (400, 16025)


def test_another_account_s_rooms_are_not_here(app, carrier, caller):
    path = carrier.account.path(PATH).replace(carrier.account.sid, "AC" + "9" * 32)
    assert carrier.rest("GET", path, authorization=_basic_auth_str(ACCOUNT, TOKEN)).status == 404
