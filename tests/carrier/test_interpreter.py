"""Documents on an inbound leg, from the first ring to the end."""

from tests.carrier.application import CALLER, HOST, OFFICE


def heard(leg):
    return [(h.kind, h.text) for h in leg.heard]


def test_a_caller_hears_the_greeting_and_the_call_ends_with_its_length(app, carrier):
    app.on("/voice/", '<Say>Good morning</Say><Pause length="3"/>')
    leg = carrier.control.ring(OFFICE, CALLER, forwarded_from="+442079460199", StirVerstat="No-TN-Validation")
    app.passes(10)
    asked = app.to("/voice/")[0]
    assert asked["CallStatus"] == "ringing"
    assert (asked["From"], asked["To"], asked["Direction"]) == (CALLER, OFFICE, "inbound")
    assert (asked["ForwardedFrom"], asked["StirVerstat"]) == ("+442079460199", "No-TN-Validation")
    assert heard(leg) == [("ring", "ringing"), ("say", "Good morning")]
    assert leg.status == "completed"
    [end] = app.to("/call-status/")
    assert (end["CallStatus"], end["CallDuration"], end["SequenceNumber"]) == ("completed", "4", "0")
    assert carrier.check() == []


def test_a_redirect_resolves_against_the_document_it_stands_in(app, carrier):
    app.on("/voice/", "<Redirect>step/two/</Redirect>")
    app.on("/voice/step/two/", "<Hangup/>")
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert [r.path for r in app.requests] == ["/voice/", "/voice/step/two/", "/call-status/"]
    assert leg.status == "completed"


def test_reject_first_ends_the_call_unanswered(app, carrier):
    app.on("/voice/", '<Reject reason="busy"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert (leg.status, leg.answered_at) == ("busy", None)


def test_reject_without_a_reason_is_no_answer(app, carrier):
    app.on("/voice/", "<Reject/>")
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert leg.status == "no-answer"


def test_reject_after_another_verb_turns_the_test_red(app, carrier):
    app.on("/voice/", "<Say>Wait</Say><Reject/>")
    carrier.control.ring(OFFICE, CALLER)
    app.passes(5)
    assert any("<Reject>" in complaint for complaint in carrier.check())


def test_a_leading_pause_does_not_answer(app, carrier):
    app.on("/voice/", '<Pause length="6"/><Say>Hello</Say>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(5)
    assert leg.status == "ringing"
    app.passes(1)
    assert leg.status == "in-progress"


def test_gather_takes_the_key_in_the_middle_of_the_prompt(app, carrier):
    app.on(
        "/voice/",
        '<Gather numDigits="1" action="/key/"><Say>Press one to leave a message</Say></Gather><Hangup/>',
    )
    app.on("/key/", "<Say>Thank you</Say>")
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(0.5)
    carrier.control.press(leg, "1")
    app.settle()
    assert app.told("/key/", "Digits") == ["1"]
    assert leg.live


def test_a_key_pressed_while_the_document_is_still_asked_for_is_not_heard(app, carrier):
    """So whoever presses one waits until it is awaited: by then she has heard what she is asked."""
    app.on("/voice/", '<Gather numDigits="1" action="/key/"><Say>Press one</Say></Gather><Hangup/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    assert not leg.awaits_key
    carrier.control.press(leg, "1")
    app.settle()
    assert app.to("/key/") == []
    assert leg.awaits_key
    carrier.control.press(leg, "2")
    app.settle()
    assert app.told("/key/", "Digits") == ["2"]
    assert not leg.awaits_key


def test_gather_without_a_key_falls_to_the_next_verb(app, carrier):
    app.on("/voice/", '<Gather timeout="4" action="/key/"/><Redirect>/next/</Redirect>')
    app.on("/next/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.passes(3.9)
    assert app.to("/next/") == []
    app.passes(0.2)
    assert len(app.to("/next/")) == 1
    assert app.to("/key/") == []


def test_gather_asks_its_action_on_an_empty_result_if_told_to(app, carrier):
    app.on("/voice/", '<Gather timeout="4" action="/key/" actionOnEmptyResult="true"/>')
    app.on("/key/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.passes(5)
    assert app.told("/key/", "Digits") == [""]


def test_gather_ends_at_the_finishing_key(app, carrier):
    app.on("/voice/", '<Gather action="/key/"/>')
    app.on("/key/", "<Hangup/>")
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    carrier.control.press(leg, "123#4")
    app.settle()
    assert app.told("/key/", "Digits") == ["123"]


def test_a_gather_without_action_asks_its_own_address_again(app, carrier):
    app.on("/voice/", lambda r: "<Hangup/>" if "Digits" in r else '<Gather numDigits="1"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    carrier.control.press(leg, "7")
    app.settle()
    assert app.told("/voice/", "Digits") == [None, "7"]


def test_the_fallback_is_asked_with_the_error_when_the_voice_address_fails(app, carrier):
    carrier.add_number(OFFICE, f"{HOST}/voice/", fallback_url=f"{HOST}/fallback/")
    app.on("/voice/", 500)
    app.on("/fallback/", "<Say>Sorry</Say>")
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(1)
    [asked] = app.to("/fallback/")
    assert (asked["ErrorCode"], asked["ErrorUrl"], asked["CallSid"]) == ("11200", f"{HOST}/voice/", leg.sid)
    assert ("say", "Sorry") in heard(leg)


def test_without_a_fallback_a_failing_voice_address_drops_the_caller(app, carrier):
    app.on("/voice/", 500)
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert leg.status == "failed"
    assert [code for _, code, _ in carrier.alarms] == [11200, 11200]


def test_what_is_not_xml_has_the_vendors_codes(app, carrier):
    for answer, code in (
        ((200, {"Content-Type": "text/html"}, b"<p>"), 12300),
        ((200, {"Content-Type": "text/xml"}, b"<Response>"), 12100),
        ((200, {"Content-Type": "text/xml"}, b""), 11770),
    ):
        app.on("/voice/", answer)
        carrier.control.ring(OFFICE, CALLER)
        app.settle()
        assert carrier.alarms[-1][1] == code


def test_a_verb_where_it_may_not_stand_turns_the_test_red(app, carrier):
    app.on("/voice/", '<Enqueue waitUrl="/wait/">q</Enqueue>')
    app.on("/wait/", '<Dial>+447700900999</Dial><Pause length="5"/>')
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert any("<Dial> may not be used in a queue wait document" in c for c in carrier.check())


def test_a_number_without_a_voice_url_fails_without_a_word(app, carrier):
    carrier.add_number("+442079460111")
    leg = carrier.control.ring("+442079460111", CALLER)
    app.settle()
    assert (leg.status, app.requests, carrier.alarms) == ("failed", [], [])


def test_a_caller_who_gives_up_while_it_rings_is_no_answer(app, carrier):
    app.on("/voice/", '<Pause length="20"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(3)
    carrier.control.hang_up(leg)
    app.settle()
    assert app.told("/call-status/", "CallStatus") == ["no-answer"]
    assert not leg.interpreter.alive
