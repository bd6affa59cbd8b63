"""Leaving a message after the tone."""

import io
import wave

import pytest

from secretariat.local.carrier import Party
from secretariat.local.carrier.sound import mp3
from tests.carrier.application import CALLER, OFFICE

RECORD = (
    '<Record action="/recorded/" finishOnKey="#" timeout="5" recordingStatusCallback="/recording/" '
    'recordingStatusCallbackEvent="completed absent"/><Redirect>/silent/</Redirect>'
)


@pytest.fixture
def taking(app):
    app.on("/voice/", RECORD)
    app.on("/recorded/", "<Say>Thank you</Say>")
    app.on("/silent/", "<Hangup/>")
    return app


def test_the_action_comes_first_and_the_sound_is_ready_later(taking, app, carrier):
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(25)
    carrier.control.press(leg, "#")
    app.settle()
    [recorded] = app.to("/recorded/")
    assert (recorded["RecordingDuration"], recorded["Digits"]) == ("24", "#")
    sid = recorded["RecordingSid"]
    assert app.rest("GET", f"/Recordings/{sid}.wav").status == 404
    assert app.to("/recording/") == []
    app.passes(3)
    [ready] = app.to("/recording/")
    assert (ready["RecordingStatus"], ready["RecordingSource"], ready["RecordingUrl"]) == (
        "completed",
        "RecordVerb",
        recorded["RecordingUrl"],
    )
    sound = app.rest("GET", f"/Recordings/{sid}.wav")
    with wave.open(io.BytesIO(sound.body)) as opened:
        assert opened.getnframes() / opened.getframerate() == 24
    assert app.rest("GET", f"/Recordings/{sid}.mp3").headers["Content-Type"] == "audio/mpeg"
    assert carrier.check() == []


def test_a_caller_who_hangs_up_has_left_her_message(taking, app, carrier):
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(11)
    carrier.control.hang_up(leg)
    app.passes(3)
    [recorded] = app.to("/recorded/")
    assert (recorded["Digits"], recorded["RecordingDuration"]) == ("hangup", "10")
    assert ("say", "Thank you") not in [(h.kind, h.text) for h in leg.heard]
    assert app.told("/recording/", "RecordingStatus") == ["completed"]


def test_silence_after_speech_ends_it(taking, app, carrier):
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(2)
    carrier.control.say(leg, "Please ring me back" + "." * 31)  # three seconds
    app.passes(7.9)
    assert app.to("/recorded/") == []
    app.passes(0.2)
    assert app.told("/recorded/", "RecordingDuration") == ["9"]


def test_nothing_said_leaves_no_message(taking, app, carrier):
    carrier.add_party(CALLER, Party(speaks=0))
    carrier.control.ring(OFFICE, CALLER)
    app.passes(10)
    assert app.to("/recorded/") == []
    assert len(app.to("/silent/")) == 1
    assert app.told("/recording/", "RecordingStatus") == ["absent"]


def test_the_longest_it_may_be(taking, app, carrier):
    app.on("/voice/", RECORD.replace("<Record", '<Record maxLength="30"'))
    carrier.control.ring(OFFICE, CALLER)
    app.passes(40)
    assert app.told("/recorded/", "RecordingDuration") == ["30"]


def test_by_default_any_key_ends_it(taking, app, carrier):
    app.on("/voice/", RECORD.replace('finishOnKey="#"', ""))
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(6)
    carrier.control.press(leg, "5")
    app.settle()
    assert app.told("/recorded/", "Digits") == ["5"]


def test_without_an_action_it_asks_its_own_address_again(app, carrier):
    app.on("/voice/", '<Record finishOnKey="#"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(6)
    carrier.control.press(leg, "#")
    app.settle()
    assert len(app.to("/voice/")) == 2


def test_a_redirect_ends_an_unfinished_recording(taking, app, carrier):
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(11)
    app.rest("POST", f"/Calls/{leg.sid}.json", Twiml="<Response><Pause length='60'/></Response>")
    app.passes(3)
    assert app.told("/recording/", "RecordingStatus", "RecordingDuration") == [("completed", "10")]


def test_a_late_absent_recording(taking, app, carrier):
    carrier.control.chaos(late_absent=1)
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(11)
    carrier.control.hang_up(leg)
    app.passes(10)
    assert app.to("/recording/") == []
    app.passes(30)
    assert app.told("/recording/", "RecordingStatus") == ["absent"]


def test_a_call_is_recorded_paused_and_stopped_by_rest(app, carrier):
    app.on("/voice/", '<Pause length="1"/><Say>Hello</Say><Pause length="100"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(5)
    begun = app.rest("POST", f"/Calls/{leg.sid}/Recordings.json", RecordingChannels="dual")
    assert begun.status == 200
    current = f"/Calls/{leg.sid}/Recordings/Twilio.CURRENT.json"
    app.passes(10)
    app.rest("POST", current, Status="paused")
    app.passes(20)
    app.rest("POST", current, Status="in-progress")
    app.passes(5)
    app.rest("POST", current, Status="stopped")
    [made] = carrier.recordings.by_sid.values()
    assert (made.duration, made.status) == (15, "processing")


def test_the_mp3_is_a_run_of_whole_frames_of_the_right_length():
    sound = mp3(10)
    frames = [sound[at : at + 36] for at in range(0, len(sound), 36)]
    assert {frame[:4] for frame in frames} == {b"\xff\xf3\x18\xc4"}
    assert abs(len(frames) * 0.036 - 10) < 0.036
