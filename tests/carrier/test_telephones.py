"""Telephones outside that do something of themselves: mailboxes, forwarding, off, muted."""

import json

import pytest

from secretariat.local.carrier import Party
from tests.carrier.application import CALLER, HOME, HOST, OFFICE

LINE = "+442079460101"
EVENTS = ["initiated", "ringing", "answered", "completed"]
SCREEN = '<Gather numDigits="1" action="/accept/"><Say>Press 1</Say></Gather><Hangup/>'


@pytest.fixture
def call_home(app):
    """Ring HOME by REST with a screen that asks for a key."""
    app.on("/screen/", SCREEN)
    app.on("/accept/", '<Say>Thank you</Say><Pause length="60"/>')

    def call(**more):
        app.rest(
            "POST",
            "/Calls.json",
            To=HOME,
            From=OFFICE,
            Url=f"{HOST}/screen/",
            StatusCallback=f"{HOST}/leg/",
            StatusCallbackEvent=EVENTS,
            **more,
        )
        app.settle()

    return call


def test_a_mailbox_picks_up_and_never_presses_a_key(app, carrier, call_home):
    carrier.add_party(HOME, Party.voicemail(after=10))
    call_home()
    app.passes(12)
    [leg] = carrier.control.legs_of(HOME)
    assert leg.machine
    carrier.control.press(leg, "1")
    app.passes(10)
    assert app.to("/accept/") == []
    assert app.told("/leg/", "CallStatus") == ["initiated", "ringing", "in-progress", "completed"]


def test_before_the_mailbox_its_owner_may_answer(app, carrier, call_home):
    carrier.add_party(HOME, Party.voicemail(after=10))
    call_home()
    [leg] = carrier.control.legs_of(HOME)
    carrier.control.answer(leg)
    app.settle()
    carrier.control.press(leg, "1")
    app.passes(12)
    assert (leg.machine, leg.heard[-1].text) == (False, "Thank you")


def test_what_she_declines_her_mailbox_takes(app, carrier, call_home):
    carrier.add_party(HOME, Party.voicemail(after=10))
    call_home()
    [leg] = carrier.control.legs_of(HOME)
    carrier.control.decline(leg)
    app.settle()
    assert (leg.machine, leg.status) == (True, "in-progress")


def test_whoever_is_connected_hears_the_mailbox_speak_and_its_tone(app, carrier):
    carrier.add_party(HOME, Party.voicemail(after=2, greeting="This is Peter."))
    app.on("/voice/", f"<Dial><Number>{HOME}</Number></Dial>")
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(6)
    assert [(heard.kind, heard.text) for heard in caller.heard[-2:]] == [
        ("voice", "This is Peter."),
        ("beep", "the tone"),
    ]


def test_a_telephone_that_is_off_is_not_reached(app, carrier, call_home):
    carrier.add_party(HOME, Party.off())
    call_home()
    last = app.to("/leg/")[-1]
    assert (last["CallStatus"], last["SipResponseCode"]) == ("no-answer", "480")


def test_a_telephone_that_forwards_to_us_rings_us(app, carrier, call_home):
    carrier.add_number(LINE, f"{HOST}/line/")
    carrier.add_party(HOME, Party.forwards(LINE))
    app.on("/line/", '<Say>Good afternoon</Say><Pause length="30"/>')
    call_home()
    [asked] = app.to("/line/")
    assert (asked["From"], asked["To"], asked["ForwardedFrom"]) == (OFFICE, LINE, HOME)
    assert asked["Direction"] == "inbound"
    assert app.told("/leg/", "CallStatus") == ["initiated", "ringing", "in-progress"]
    assert app.told("/screen/", "CallStatus") == ["in-progress"]
    arrived = carrier.control.find(asked["CallSid"])
    assert arrived.heard[-1].text == "Good afternoon"
    carrier.control.hang_up(arrived)
    app.settle()
    assert app.told("/leg/", "CallStatus")[-1] == "completed"


def test_it_may_ring_for_a_while_before_it_forwards(app, carrier, call_home):
    carrier.add_number(LINE, f"{HOST}/line/")
    carrier.add_party(HOME, Party.forwards(LINE, after=8))
    app.on("/line/", '<Reject reason="busy"/>')
    call_home()
    app.passes(7)
    assert app.to("/line/") == []
    app.passes(2)
    assert app.told("/leg/", "CallStatus") == ["initiated", "ringing", "busy"]


def test_a_caller_who_dials_the_forwarded_telephone_comes_to_us(app, carrier):
    carrier.add_party(HOME, Party.forwards(OFFICE))
    app.on("/voice/", "<Reject/>")
    carrier.control.ring(HOME, CALLER)
    app.settle()
    [asked] = app.to("/voice/")
    assert (asked["From"], asked["To"], asked["ForwardedFrom"]) == (CALLER, OFFICE, HOME)


def test_a_telephone_that_leads_nowhere_of_ours_cannot_be_rung(carrier):
    with pytest.raises(KeyError):
        carrier.control.ring(HOME, CALLER)
    with pytest.raises(ValueError, match="says where to"):
        Party("forwards")


def test_nobody_hears_whose_microphone_is_off(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    app.on("/voice/", f"<Dial><Number>{HOME}</Number></Dial>")
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(2)
    [called] = carrier.control.legs_of(HOME)
    carrier.control.mute(called)
    carrier.control.say(called, "Who is it this time?")
    assert [heard for heard in caller.heard if heard.kind == "voice"] == []
    assert (caller.company_heard(), called.company_heard()) == ([], [caller])
    carrier.control.mute(called, False)
    carrier.control.say(called, "Good afternoon")
    assert caller.heard[-1].text == "Good afternoon"


@pytest.mark.parametrize(
    ("party", "mode", "said"),
    [
        (Party.answers(after=2), "Enable", "human"),
        (Party.voicemail(after=2), "Enable", "machine_start"),
        (Party.voicemail(after=2), "DetectMessageEnd", "machine_end_beep"),
    ],
)
def test_who_answered_is_said_beside_the_call(app, carrier, call_home, party, mode, said):
    carrier.add_party(HOME, party)
    call_home(MachineDetection=mode, AsyncAmd="true", AsyncAmdStatusCallback=f"{HOST}/amd/")
    app.passes(7)
    assert len(app.to("/screen/")) == 1
    assert app.told("/amd/", "AnsweredBy") == [said]
    listed = json.loads(app.rest("GET", "/Calls.json", To=HOME).body)["calls"]
    assert listed[0]["answered_by"] == said


def test_a_document_may_wait_until_the_machine_has_finished(app, carrier, call_home):
    carrier.add_party(HOME, Party.voicemail(after=2, greeting="x" * 50))
    call_home(MachineDetection="DetectMessageEnd")
    app.passes(5)
    assert app.to("/screen/") == []
    app.passes(2)
    assert app.told("/screen/", "AnsweredBy") == ["machine_end_beep"]


def test_every_caller_brings_a_token_with_which_her_number_may_be_shown(app, carrier):
    app.on("/voice/", '<Pause length="60"/>')
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    token = app.to("/voice/")[0]["CallToken"]
    shown = {"To": HOME, "From": CALLER, "Url": f"{HOST}/screen/"}
    refused = json.loads(app.rest("POST", "/Calls.json", **shown).body)
    assert refused["code"] == 21210
    assert app.rest("POST", "/Calls.json", **shown, CallToken=token).status == 201
    wrong = app.rest("POST", "/Calls.json", **(shown | {"From": "+447700900999"}), CallToken=token)
    assert json.loads(wrong.body)["code"] == 21210
