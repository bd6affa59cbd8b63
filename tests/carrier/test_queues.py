"""Enqueue, its waiting documents, and the ways out of a queue."""

from secretariat.local.carrier.documents import Source
from secretariat.local.carrier.rest import calls
from tests.carrier.application import CALLER, HOME, HOST, OFFICE

WAITING = '<Enqueue waitUrl="/wait/" action="/left/">q</Enqueue>'
RESULT = "QueueResult"


def test_the_waiting_document_is_asked_for_again_and_again_with_the_place(app, carrier):
    app.on("/voice/", WAITING)
    app.on("/wait/", '<Pause length="10"/>')
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    carrier.control.ring(OFFICE, "+447700900124")
    app.passes(25)
    places = app.told("/wait/", "QueuePosition", "QueueTime", "CurrentQueueSize")
    assert places[:2] == [("1", "0", "1"), ("2", "0", "2")]
    assert ("1", "10", "2") in places
    assert ("2", "20", "2") in places


def test_leave_asks_the_action_which_goes_on(app, carrier):
    app.on("/voice/", WAITING)
    app.on("/wait/", '<Gather numDigits="1" action="/key/"><Pause length="30"/></Gather>')
    app.on("/key/", "<Leave/>")
    app.on("/left/", '<Say>Leave a message</Say><Pause length="60"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(2)
    carrier.control.press(leg, "1")
    app.settle()
    assert app.told("/left/", RESULT, "QueueTime") == [("leave", "2")]
    assert leg.heard[-1].text == "Leave a message"


def test_leave_without_an_action_runs_the_next_verb(app, carrier):
    app.on("/voice/", '<Enqueue waitUrl="/wait/">q</Enqueue><Redirect>/next/</Redirect>')
    app.on("/wait/", "<Leave/>")
    app.on("/next/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert len(app.to("/next/")) == 1


def test_leave_outside_a_queue_is_nothing(app, carrier):
    app.on("/voice/", "<Leave/><Say>Hello</Say>")
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert leg.heard[-1].text == "Hello"


def test_a_caller_who_hangs_up_is_reported_and_the_answer_ignored(app, carrier):
    app.on("/voice/", WAITING)
    app.on("/wait/", '<Pause length="10"/>')
    app.on("/left/", "<Redirect>/never/</Redirect>")
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(3)
    carrier.control.hang_up(leg)
    app.settle()
    assert app.told("/left/", RESULT) == ["hangup"]
    assert app.to("/never/") == []
    assert app.told("/call-status/", "CallStatus") == ["completed"]


def test_a_redirect_is_reported_and_the_new_document_wins(app, carrier):
    app.on("/voice/", WAITING)
    app.on("/wait/", '<Pause length="10"/>')
    app.on("/left/", "<Redirect>/never/</Redirect>")
    app.on("/new/", '<Say>New words</Say><Pause length="9"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(3)
    app.rest("POST", f"/Calls/{leg.sid}.json", Url=f"{HOST}/new/")
    app.settle()
    assert app.told("/left/", RESULT) == ["redirected"]
    assert app.to("/never/") == []
    assert leg.heard[-1].text == "New words"
    assert app.rest("GET", "/Queues.json").body.count(b'"current_size": 0') == 1


def test_a_failing_waiting_document_ends_the_wait(app, carrier):
    app.on("/voice/", WAITING)
    app.on("/wait/", 500)
    app.on("/left/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert app.told("/left/", RESULT) == ["error"]


def test_a_full_queue_turns_the_caller_away(app, carrier):
    app.on("/voice/", WAITING.replace("<Enqueue", '<Enqueue maxQueueSize="1"'))
    app.on("/wait/", '<Pause length="10"/>')
    app.on("/left/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    carrier.control.ring(OFFICE, "+447700900124")
    app.settle()
    assert app.told("/left/", RESULT) == ["queue-full"]


def test_dial_queue_takes_the_first_and_greets_her(app, carrier):
    app.on("/voice/", WAITING)
    app.on("/wait/", '<Pause length="10"/>')
    app.on("/take/", '<Dial action="/taken/"><Queue url="/greet/">q</Queue></Dial>')
    app.on("/greet/", "<Say>You will now be connected</Say>")
    first = carrier.control.ring(OFFICE, CALLER)
    app.passes(3)
    carrier.control.ring(OFFICE, "+447700900124")
    app.passes(1)
    app.rest("POST", "/Calls.json", To=HOME, From=OFFICE, Url=f"{HOST}/take/")
    app.settle()
    [home] = carrier.control.legs_of(HOME)
    carrier.control.answer(home)
    app.passes(10)
    [greeted] = app.to("/greet/")
    assert (greeted["CallSid"], greeted["DequeingCallSid"]) == (first.sid, home.sid)
    carrier.control.say(first, "At last")
    assert home.heard[-1].text == "At last"
    carrier.control.hang_up(home)
    app.settle()
    assert app.told("/left/", RESULT) == ["bridged"]


def test_rest_takes_the_front_member_to_another_document(app, carrier):
    app.on("/voice/", WAITING)
    app.on("/wait/", '<Pause length="10"/>')
    app.on("/new/", '<Say>You are next</Say><Pause length="9"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(1)
    [queue] = carrier.queues.by_sid
    answer = app.rest("POST", f"/Queues/{queue}/Members/Front.json", Url=f"{HOST}/new/")
    app.settle()
    assert answer.status == 200
    assert leg.heard[-1].text == "You are next"


def test_a_caller_who_leaves_at_once_may_be_called_an_error_of_the_system(app, carrier):
    carrier.choices.early_hangup_result = "system-error"
    app.on("/voice/", WAITING)
    app.on("/wait/", '<Pause length="10"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.settle()
    carrier.control.hang_up(leg)
    app.settle()
    assert app.told("/left/", RESULT) == ["system-error"]


def test_who_is_redirected_at_the_moment_she_is_taken_goes_where_she_was_sent(app, carrier):
    app.on("/voice/", WAITING)
    app.on("/wait/", '<Pause length="10"/>')
    app.on("/take/", '<Dial action="/taken/"><Queue>q</Queue></Dial>')
    app.on("/new/", '<Say>New words</Say><Pause length="9"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(1)
    app.rest("POST", "/Calls.json", To=HOME, From=OFFICE, Url=f"{HOST}/take/")
    app.settle()
    [home] = carrier.control.legs_of(HOME)
    carrier.control.answer(home)
    [question] = [posting for posting in carrier.take_postings() if posting.leg_sid == home.sid]
    calls.redirect(leg, Source(f"{HOST}/new/"))  # on its way while the document that takes her arrives
    app.answer(question)
    app.passes(1)
    assert leg.heard[-1].text == "New words"
    assert app.told("/left/", RESULT) == ["redirected"]
    assert home.bridge is None
    carrier.control.hang_up(leg)
    app.passes(30)
    carrier.control.hang_up(home)
    app.settle()
    assert carrier.control.legs() == []


def test_a_taken_caller_who_is_redirected_leaves_the_other_to_her_action(app, carrier):
    app.on("/voice/", WAITING)
    app.on("/wait/", '<Pause length="10"/>')
    app.on("/take/", '<Dial action="/taken/"><Queue>q</Queue></Dial>')
    app.on("/new/", '<Pause length="9"/>')
    leg = carrier.control.ring(OFFICE, CALLER)
    app.passes(1)
    app.rest("POST", "/Calls.json", To=HOME, From=OFFICE, Url=f"{HOST}/take/")
    app.settle()
    carrier.control.answer(carrier.control.legs_of(HOME)[0])
    app.passes(5)
    app.rest("POST", f"/Calls/{leg.sid}.json", Url=f"{HOST}/new/")
    app.settle()
    assert app.told("/left/", RESULT) == ["redirected-from-bridged"]
    assert app.told("/taken/", "DialCallStatus", "DialCallDuration") == [("completed", "5")]
