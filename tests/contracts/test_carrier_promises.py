"""What the product relies on, asked of every carrier in the same words through the vendor's own client."""

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from secretariat.local.carrier import Party
from tests.carrier.application import ACCOUNT, CALLER, HOME, OFFICE, TOKEN

ALL_EVENTS = ["initiated", "ringing", "answered", "completed"]


def rings(reach, caller=CALLER):
    sid = reach.act(lambda carrier: carrier.control.ring(OFFICE, caller).sid)
    reach.passes(1)
    return sid


def test_every_webhook_is_signed_over_its_url_and_fields(reach):
    reach.answers["/voice/"] = "<Say>Good morning</Say>"
    rings(reach)
    reach.passes(5)
    assert [path for path, _, _, _ in reach.asked] == ["/voice/", "/ended/"]
    for _, fields, signed, url in reach.asked:
        assert RequestValidator(TOKEN).validate(url, fields, signed)
        assert not RequestValidator("another").validate(url, fields, signed)


def test_a_caller_waits_is_answered_held_and_let_go(reach):
    reach.answers |= {
        "/voice/": '<Enqueue waitUrl="/wait/" action="/left/">q</Enqueue>',
        "/wait/": '<Pause length="10"/>',
        "/join/": (
            '<Dial action="/after/"><Conference beep="false" statusCallback="/room/" '
            'statusCallbackEvent="start end join leave hold">room</Conference></Dial>'
        ),
        "/hold/": '<Pause length="10"/>',
    }
    reach.act(lambda carrier: carrier.add_party(HOME, Party.answers(after=2)))
    caller = rings(reach)
    call = reach.twilio.calls.create(
        to=HOME,
        from_=OFFICE,
        url=f"{reach.base}/join/",
        status_callback=f"{reach.base}/leg/",
        status_callback_event=ALL_EVENTS,
    )
    reach.passes(3)
    reach.twilio.calls(caller).update(url=f"{reach.base}/join/")
    reach.passes(1)
    assert reach.told("/left/", "QueueResult") == ["redirected"]
    participant = reach.twilio.conferences("room").participants(caller)
    participant.update(hold=True, hold_url=f"{reach.base}/hold/")
    reach.passes(1)
    participant.update(hold=False)
    reach.twilio.calls(call.sid).update(status="completed")
    reach.passes(1)
    [room] = reach.twilio.conferences.list(friendly_name="room")
    room.update(status="completed")
    reach.passes(1)
    assert reach.told("/room/", "StatusCallbackEvent") == [
        "participant-join",
        "participant-join",
        "conference-start",
        "participant-hold",
        "participant-unhold",
        "participant-leave",
        "participant-leave",
        "conference-end",
    ]
    assert reach.told("/leg/", "SequenceNumber") == ["0", "1", "2", "3"]
    assert reach.told("/after/", "DialCallStatus") == ["answered"]
    assert reach.act(lambda carrier: carrier.check()) == []


def test_a_text_reaches_its_end(reach):
    text = reach.twilio.messages.create(
        to=HOME, from_=OFFICE, body="A call for you", status_callback=f"{reach.base}/text/"
    )
    assert text.status == "queued"
    reach.passes(5)
    assert reach.told("/text/", "MessageStatus") == ["sending", "sent", "delivered"]
    assert reach.twilio.messages(text.sid).fetch().status == "delivered"


def test_who_has_said_stop_is_refused_for_good(reach):
    reach.act(lambda carrier: carrier.control.text(OFFICE, HOME, "STOP"))
    with pytest.raises(TwilioRestException) as refusal:
        reach.twilio.messages.create(to=HOME, from_=OFFICE, body="Hello")
    assert (refusal.value.status, refusal.value.code) == (400, 21610)


def test_an_ended_call_cannot_be_redirected(reach):
    reach.answers["/voice/"] = "<Hangup/>"
    caller = rings(reach)
    with pytest.raises(TwilioRestException) as refusal:
        reach.twilio.calls(caller).update(url=f"{reach.base}/join/")
    assert (refusal.value.status, refusal.value.code) == (400, 21220)


def test_a_recording_is_there_after_its_callback(reach):
    reach.answers["/voice/"] = '<Record action="/recorded/" recordingStatusCallback="/recording/"/>'
    reach.answers["/recorded/"] = "<Hangup/>"
    caller = rings(reach)
    reach.passes(12)
    reach.act(lambda carrier: carrier.control.hang_up(carrier.control.find(caller)))
    reach.passes(5)
    [sid] = reach.told("/recording/", "RecordingSid")
    assert int(reach.twilio.recordings(sid).fetch().duration) == 12
    assert reach.twilio.recordings(sid).delete() is True


def test_strangers_are_not_served(reach):
    stranger = Client(ACCOUNT, "wrong", http_client=reach.twilio.http_client, environment={})
    with pytest.raises(TwilioRestException) as refusal:
        stranger.messages.create(to=HOME, from_=OFFICE, body="Hello")
    assert refusal.value.status == 401
