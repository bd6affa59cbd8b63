"""Dial: telephones and browsers, screens, bridges, and what the parent's action is told."""

import pytest

from secretariat.local.carrier import Party
from tests.carrier.application import CALLER, HOME, HOST, OFFICE

EVENTS = 'statusCallback="/leg/" statusCallbackEvent="initiated ringing answered completed"'
OUTCOME = ("DialCallStatus", "DialBridged", "DialCallDuration")


def dial(inside, **attributes):
    words = " ".join(f'{name}="{value}"' for name, value in attributes.items())
    return f'<Dial action="/after/" {words}>{inside}</Dial>'


def number(e164=HOME, url=""):
    screen = f' url="{url}"' if url else ""
    return f"<Number {EVENTS}{screen}>{e164}</Number>"


def test_answered_and_talked_the_action_is_told_how_long(app, carrier):
    carrier.add_party(HOME, Party.answers(after=4, hang_up_after=30))
    app.on("/voice/", dial(number()))
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(60)
    assert app.told("/after/", *OUTCOME) == [("completed", "true", "30")]
    assert app.told("/leg/", "CallStatus") == ["initiated", "ringing", "in-progress", "completed"]
    assert app.told("/leg/", "SequenceNumber") == ["0", "1", "2", "3"]
    assert app.to("/leg/")[0]["ParentCallSid"] == caller.sid
    assert app.to("/leg/")[0]["Direction"] == "outbound-dial"
    assert carrier.check() == []


@pytest.mark.parametrize(
    ("party", "status"),
    [
        (Party.busy(), "busy"),
        (Party.rejects(), "busy"),
        (Party.no_answer(), "no-answer"),
        (Party.invalid(), "failed"),
    ],
)
def test_the_action_is_told_why_nobody_came(app, carrier, party, status):
    carrier.add_party(HOME, party)
    app.on("/voice/", dial(number(), timeout=20))
    carrier.control.ring(OFFICE, CALLER)
    app.passes(30)
    assert app.told("/after/", *OUTCOME) == [(status, "false", "0")]


def test_a_dialled_leg_rings_thirty_seconds_unless_told_otherwise(app, carrier):
    app.on("/voice/", dial(number()))
    carrier.control.ring(OFFICE, CALLER)
    app.passes(29.9)
    assert app.to("/after/") == []
    app.passes(0.2)
    assert app.told("/after/", "DialCallStatus") == ["no-answer"]


def test_the_carrier_may_ring_five_seconds_longer(app, carrier):
    carrier.choices.ring_grace = 5
    app.on("/voice/", dial(number(), timeout=10))
    carrier.control.ring(OFFICE, CALLER)
    app.passes(14)
    assert app.to("/after/") == []
    app.passes(2)
    assert len(app.to("/after/")) == 1


def test_with_an_action_the_verbs_after_dial_are_unreachable(app, carrier):
    carrier.add_party(HOME, Party.busy())
    app.on("/voice/", dial(number()) + "<Redirect>/never/</Redirect>")
    app.on("/after/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert app.to("/never/") == []


def test_without_an_action_the_next_verb_runs(app, carrier):
    carrier.add_party(HOME, Party.busy())
    app.on("/voice/", f"<Dial>{HOME}</Dial><Redirect>/next/</Redirect>")
    app.on("/next/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert len(app.to("/next/")) == 1


def test_answer_on_bridge_first_keeps_the_caller_ringing(app, carrier):
    app.on("/voice/", dial(number(), answerOnBridge="true"))
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(5)
    assert caller.status == "ringing"
    [home] = carrier.control.legs_of(HOME)
    carrier.control.answer(home)
    app.settle()
    assert caller.status == "in-progress"


def test_answer_on_bridge_later_is_too_late(app, carrier):
    app.on("/voice/", "<Say>Hi</Say>" + dial(number(), answerOnBridge="true"))
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(1)
    assert caller.status == "in-progress"


def test_the_first_to_answer_stops_the_others(app, carrier):
    other = "+447700900457"
    carrier.add_party(HOME, Party.answers(after=5))
    carrier.add_party(other, Party.answers(after=3))
    app.on("/voice/", dial(number() + number(other)))
    carrier.control.ring(OFFICE, CALLER)
    app.passes(6)
    ends = {r["To"]: r["CallStatus"] for r in app.to("/leg/")}
    assert ends == {HOME: "canceled", other: "in-progress"}


def test_one_after_another_when_sequential(app, carrier):
    other = "+447700900457"
    carrier.add_party(HOME, Party.busy(after=2))
    carrier.add_party(other, Party.answers(after=1))
    app.on("/voice/", dial(number() + number(other), sequential="true"))
    carrier.control.ring(OFFICE, CALLER)
    app.passes(1)
    assert carrier.control.legs_of(other) == []
    app.passes(3)
    assert carrier.control.legs_of(other)[0].talking


def test_a_screen_runs_on_the_called_leg_before_the_bridge(app, carrier):
    carrier.add_party(HOME, Party.answers(after=2, keys=[(1, "1")]))
    app.on("/screen/", '<Gather numDigits="1" action="/accept/"><Say>Press 1</Say></Gather><Hangup/>')
    app.on("/accept/", "<Say>Connecting</Say>")
    app.on("/voice/", dial(number(url="/screen/")))
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(2.5)
    assert caller.bridge is None
    app.passes(3)
    [home] = carrier.control.legs_of(HOME)
    assert app.to("/accept/")[0]["CallSid"] == home.sid
    assert caller.bridge is home.bridge is not None


@pytest.mark.parametrize("said", ["no-answer", "completed"])
def test_voicemail_never_presses_one_and_the_parent_is_told_nobody_came(app, carrier, said):
    carrier.choices.declined_screen = said
    carrier.add_party(HOME, Party.voicemail(after=10))
    app.on("/screen/", '<Gather numDigits="1" action="/accept/"><Say>Press 1</Say></Gather><Hangup/>')
    app.on("/voice/", dial(number(url="/screen/")))
    carrier.control.ring(OFFICE, CALLER)
    app.passes(30)
    assert app.to("/accept/") == []
    assert app.told("/after/", *OUTCOME) == [(said, "false", "0")]


def test_a_dial_in_a_screen_turns_the_test_red(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    app.on("/screen/", "<Dial>+447700900999</Dial>")
    app.on("/voice/", dial(number(url="/screen/")))
    carrier.control.ring(OFFICE, CALLER)
    app.passes(3)
    assert any("<Dial> may not be used in a screen document" in c for c in carrier.check())


def test_a_parent_hanging_up_ends_its_children(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    app.on("/voice/", dial(number()))
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(3)
    carrier.control.hang_up(caller)
    app.settle()
    assert app.told("/leg/", "CallStatus")[-1] == "completed"
    assert app.to("/after/") == []


def test_a_parent_hanging_up_while_it_rings_cancels_them(app, carrier):
    app.on("/voice/", dial(number()))
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(3)
    carrier.control.hang_up(caller)
    app.settle()
    assert app.told("/leg/", "CallStatus")[-1] == "canceled"


def test_a_child_redirected_by_rest_lives_on_alone(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    app.on("/voice/", dial(number()))
    app.on("/elsewhere/", '<Pause length="60"/>')
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(3)
    [home] = carrier.control.legs_of(HOME)
    app.rest("POST", f"/Calls/{home.sid}.json", Url=f"{HOST}/elsewhere/")
    app.settle()
    assert app.told("/after/", "DialCallStatus") == ["completed"]
    assert (home.live, caller.live) == (True, False)


def test_a_browser_that_is_not_registered(app, carrier):
    app.on("/voice/", dial("<Client>sec_1</Client>"))
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert app.told("/after/", "DialCallStatus") == ["no-answer"]


def test_a_browser_hears_the_parameters(app, carrier):
    seen = []
    carrier.subscribe(seen.append)
    carrier.register("sec_1")
    app.on(
        "/voice/",
        dial('<Client><Identity>sec_1</Identity><Parameter name="offer" value="42"/></Client>'),
    )
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    [incoming] = [event for event in seen if event["event"] == "incoming"]
    assert (incoming["identity"], incoming["parameters"]) == ("sec_1", {"offer": "42"})


def test_a_browser_that_goes_away_loses_its_call(app, carrier):
    carrier.register("sec_1")
    app.on("/voice/", dial("<Client>sec_1</Client>"))
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    [leg] = carrier.control.legs_of("sec_1")
    carrier.control.answer(leg)
    app.settle()
    carrier.unregister("sec_1")
    app.settle()
    assert leg.status == "completed"
    assert app.told("/after/", "DialCallStatus") == ["completed"]


def test_a_caller_id_that_is_not_ours_is_refused(app, carrier):
    app.on("/voice/", dial(number(), callerId="+15550001111"))
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert app.told("/after/", "DialCallStatus") == ["failed"]
    assert carrier.alarms[0][1] == 13214


def test_the_time_limit_ends_the_conversation(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    app.on("/voice/", dial(number(), timeLimit=60))
    carrier.control.ring(OFFICE, CALLER)
    app.passes(70)
    assert app.told("/after/", "DialCallDuration") == ["60"]


def test_the_star_hangs_up_the_called_leg_if_allowed(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    app.on("/voice/", dial(number(), hangupOnStar="true"))
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(5)
    carrier.control.press(caller, "*")
    app.settle()
    assert app.told("/after/", "DialCallStatus") == ["completed"]


def test_what_one_says_the_other_hears(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    app.on("/voice/", dial(number()))
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(3)
    [home] = carrier.control.legs_of(HOME)
    carrier.control.say(caller, "Good morning")
    assert home.heard[-1].text == "Good morning"


def test_a_recorded_dial_names_the_recording(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1, hang_up_after=20))
    app.on(
        "/voice/",
        dial(number(), record="record-from-answer-dual", recordingStatusCallback="/recording/"),
    )
    carrier.control.ring(OFFICE, CALLER)
    app.passes(30)
    [recorded] = app.to("/recording/")
    assert (recorded["RecordingSource"], recorded["RecordingChannels"]) == ("DialVerb", "2")
    assert recorded["RecordingDuration"] == "20"
    assert app.to("/after/")[0]["RecordingUrl"] == recorded["RecordingUrl"]


def test_a_leg_to_a_number_of_ours_is_a_call_of_its_own(app, carrier):
    second = "+442079460111"
    carrier.add_number(second, f"{HOST}/second/")
    app.on("/second/", '<Say>Welcome</Say><Say>This is the second number</Say><Pause length="60"/>')
    app.on("/voice/", dial(number(second)))
    caller = carrier.control.ring(OFFICE, CALLER)
    app.passes(5)
    assert app.to("/second/")[0]["CallSid"] != app.to("/leg/")[0]["CallSid"]
    assert caller.heard[-1].text == "This is the second number"
    carrier.control.hang_up(caller)
    app.settle()
    assert carrier.control.legs() == []
