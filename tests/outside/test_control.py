"""Being somebody outside, through the control interface and its client."""

import json
import urllib.error
import urllib.request

import pytest

from secretariat.local.outside.client import NotDone

from .conftest import CALLER, HOME, LINE, MOBILE

MENU = '<Gather numDigits="1" action="/menu/"><Say>Good afternoon.</Say></Gather><Pause length="60"/>'


def test_a_caller_rings_hears_the_greeting_and_presses_a_key(outside, office):
    office.answer("/twilio/voice/", MENU)
    office.answer("/menu/", "<Say>Thank you.</Say><Pause length='60'/>")
    call = outside.ring(LINE, caller=CALLER)
    asked = office.next("/twilio/voice/")
    assert asked.signed
    assert (asked.fields["From"], asked.fields["To"]) == (CALLER, LINE)
    outside.advance(1)
    assert call.heard()[-1] == "Good afternoon."
    call.press("1")
    assert office.next("/menu/").fields["Digits"] == "1"
    outside.advance(1)
    assert call.heard()[-1] == "Thank you."


def test_the_office_hears_that_a_caller_hung_up(outside, office):
    office.answer("/twilio/voice/", MENU)
    call = outside.ring(LINE, caller=CALLER)
    outside.advance(7)
    call.hang_up()
    told = office.next("/twilio/call-status/")
    assert told.signed
    assert (told.fields["CallStatus"], told.fields["CallDuration"]) == ("completed", "7")
    assert call.status == "completed"
    assert outside.check() == []


def test_time_stands_still_until_it_is_moved(outside, office):
    before = outside.idle()["now"]
    outside.advance(90)
    assert (before, outside.idle()["now"]) == ("2026-03-02T12:33:00+00:00", "2026-03-02T12:34:30+00:00")


def test_moving_on_stops_at_each_moment_until_the_office_has_answered(outside, office):
    office.answer("/twilio/voice/", '<Pause length="5"/><Redirect>/second/</Redirect>')
    office.answer("/second/", '<Pause length="5"/><Redirect>/third/</Redirect>')
    office.answer("/third/", "<Say>You waited.</Say><Pause length='30'/>")
    call = outside.ring(LINE, caller=CALLER)
    outside.advance(11)
    assert call.heard()[-1] == "You waited."


def test_a_text_reaches_the_office(outside, office):
    office.answer("/twilio/sms/", "<Message>Thank you, we will ring.</Message>")
    outside.text(LINE, "OK", sender=MOBILE)
    assert office.next("/twilio/sms/").fields["Body"] == "OK"
    outside.advance(5)
    assert outside.texts_to(MOBILE) == ["Thank you, we will ring."]


def test_a_call_nobody_knows_is_refused_in_words(outside):
    with pytest.raises(NotDone, match="there is no call CA0"):
        _ = outside.ask("calls/CA0")


def test_only_pages_of_this_demo_may_act(outside):
    for headers, status in (({"Origin": "http://evil.example"}, 403), ({"Host": "evil.example"}, 421)):
        request = urllib.request.Request(
            f"{outside.url}/control/ring",
            data=json.dumps({"to": LINE, "caller": CALLER}).encode(),
            headers=headers,
        )
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(request)
        assert refusal.value.code == status
        refusal.value.close()
    assert outside.state()["calls"] == []


def test_a_reset_forgets_every_call(outside, office):
    outside.behave(HOME, answer="no-answer")
    outside.ring(LINE, caller=CALLER)
    assert len(outside.state()["calls"]) == 1
    outside.reset(start="2026-05-04T08:00:00+01:00")
    state = outside.state()
    assert (state["calls"], state["idle"], state["now"]) == ([], True, "2026-05-04T07:00:00+00:00")


def test_a_mobile_is_played_answers_mutes_and_hangs_up(outside, office):
    office.answer("/twilio/voice/", f"<Dial><Number>{MOBILE}</Number></Dial>")
    mobile = outside.telephone(MOBILE)
    call = outside.ring(LINE, caller=CALLER)
    office.next("/twilio/voice/")
    outside.advance(1)
    assert mobile.rings
    mobile.answers()
    mobile.mutes()
    mobile.says("Who is it?")
    mobile.mutes(False)
    mobile.says("Ngozi here.")
    assert call.heard()[-1] == "Ngozi here."
    assert "Who is it?" not in call.heard()
    mobile.hangs_up()
    outside.advance(1)
    assert (mobile.talks, mobile.call) == (False, None)


def test_a_mobile_with_a_mailbox_and_one_that_forwards(outside, office):
    office.answer("/twilio/voice/", f"<Dial><Number>{MOBILE}</Number></Dial>")
    mobile = outside.telephone(MOBILE)
    mobile.has_a_mailbox(after=3)
    call = outside.ring(LINE, caller=CALLER)
    office.next("/twilio/voice/")
    outside.advance(8)
    assert call.heard()[-2:] == ["Please leave a message after the tone.", "the tone"]
    call.hang_up()
    mobile.forwards_to(LINE)
    office.answer("/twilio/voice/", "<Reject/>")
    outside.ring(MOBILE, caller=CALLER)
    asked = office.next("/twilio/voice/")
    assert (asked.fields["To"], asked.fields["ForwardedFrom"]) == (LINE, MOBILE)
