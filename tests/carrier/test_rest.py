"""The account's REST interface: who may ask, what may be said, how calls are placed and changed."""

import json
from datetime import timedelta

import pytest
from requests.auth import _basic_auth_str

from secretariat.local.carrier import Carrier, Party
from tests.carrier.application import ACCOUNT, CALLER, HOME, HOST, OFFICE, START, TOKEN

ALL_EVENTS = ["initiated", "ringing", "answered", "completed"]


def place(app, **more):
    given = {"To": HOME, "From": OFFICE, "Url": f"{HOST}/answer/"} | more
    return app.rest("POST", "/Calls.json", **given)


def code(answer):
    return answer.status, json.loads(answer.body)["code"]


def sid(answer):
    return json.loads(answer.body)["sid"]


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        ("", 401),
        ("Bearer x", 401),
        ("Basic !!", 401),
        (_basic_auth_str(ACCOUNT, "wrong"), 401),
        (_basic_auth_str("SK1", "wrong"), 401),
        (_basic_auth_str(ACCOUNT, TOKEN), 200),
        (_basic_auth_str("SK1", "key-secret"), 200),
    ],
)
def test_who_may_ask(authorization, status):
    carrier = Carrier(ACCOUNT, TOKEN, api_key_sid="SK1", api_key_secret="key-secret", start=START)
    path = carrier.account.path("/Calls.json")
    assert carrier.rest("GET", path, authorization=authorization).status == status


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"Timeuot": "20"}, (400, 20001)),
        ({"Method": "PUT"}, (400, 20001)),
        ({"Timeout": "soon"}, (400, 20001)),
        ({"Url": ["http://a/", "http://b/"]}, (400, 20001)),
        ({"To": ""}, (400, 20001)),
        ({"To": "0770"}, (400, 21211)),
        ({"From": "+15550001111"}, (400, 21210)),
        ({"From": "the office"}, (400, 21212)),
        ({"Url": ""}, (400, 21205)),
        ({"Url": "", "Twiml": "<Response>"}, (400, 21218)),
        ({"Url": "", "Twiml": "<Response>" + " " * 4000 + "</Response>"}, (400, 21218)),
        ({"StatusCallback": "https://my_office.example/x"}, (400, 21609)),
    ],
)
def test_a_slip_of_the_pen_is_refused(app, change, expected):
    assert code(place(app, **change)) == expected


def test_a_placed_call_is_queued_now_and_rings_sixty_seconds(app, carrier):
    answer = place(app, StatusCallback=f"{HOST}/leg/", StatusCallbackEvent=ALL_EVENTS)
    assert answer.status == 201
    shown = json.loads(answer.body)
    assert (shown["status"], shown["direction"], shown["duration"]) == ("queued", "outbound-api", None)
    assert shown["date_created"] == "Mon, 02 Mar 2026 09:00:00 +0000"
    app.passes(59.9)
    assert app.told("/leg/", "CallStatus") == ["initiated", "ringing"]
    app.passes(0.2)
    last = app.to("/leg/")[-1]
    assert (last["CallStatus"], last["SequenceNumber"], last["CallDuration"]) == ("no-answer", "2", "0")
    assert (last["CallbackSource"], last["SipResponseCode"]) == ("call-progress-events", "487")
    assert last["Timestamp"] == "Mon, 02 Mar 2026 09:01:00 +0000"


def test_only_the_end_is_told_when_nothing_else_was_asked_for(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1, hang_up_after=3))
    app.on("/answer/", '<Pause length="60"/>')
    place(app, StatusCallback=f"{HOST}/leg/")
    app.passes(10)
    assert app.told("/leg/", "CallStatus", "SequenceNumber") == [("completed", "0")]


def test_one_call_a_second(app, carrier):
    for _ in range(3):
        place(app, StatusCallback=f"{HOST}/leg/", StatusCallbackEvent=ALL_EVENTS)
    app.passes(0.5)
    assert len(app.told("/leg/", "CallSid")) == 2  # initiated and ringing of the first
    app.passes(2)
    assert app.told("/leg/", "CallStatus").count("initiated") == 3
    listed = json.loads(app.rest("GET", "/Calls.json").body)["calls"]
    assert [call["queue_time"] for call in listed] == ["2000", "1000", "0"]


def test_a_clock_set_back_before_the_first_call_keeps_nobody_waiting(app, carrier):
    carrier.timeline.now -= timedelta(days=1)
    place(app, StatusCallback=f"{HOST}/leg/", StatusCallbackEvent=ALL_EVENTS)
    app.passes(0.5)
    assert app.told("/leg/", "CallStatus") == ["initiated", "ringing"]


def test_cancelled_in_the_queue_nobody_is_told(app, carrier):
    place(app)
    waiting = place(app, StatusCallback=f"{HOST}/leg/", StatusCallbackEvent=ALL_EVENTS)
    app.rest("POST", f"/Calls/{sid(waiting)}.json", Status="canceled")
    app.passes(90)
    assert app.to("/leg/") == []


def test_cancelled_while_ringing_is_told(app, carrier):
    ringing = place(app, StatusCallback=f"{HOST}/leg/")
    app.passes(2)
    app.rest("POST", f"/Calls/{sid(ringing)}.json", Status="canceled")
    app.settle()
    assert app.told("/leg/", "CallStatus") == ["canceled"]


def test_a_talking_call_can_be_completed_not_cancelled(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    app.on("/answer/", '<Pause length="60"/>')
    call = sid(place(app))
    app.passes(3)
    assert code(app.rest("POST", f"/Calls/{call}.json", Status="canceled")) == (400, 21220)
    assert app.rest("POST", f"/Calls/{call}.json", Status="completed").status == 200
    assert json.loads(app.rest("GET", f"/Calls/{call}.json").body)["status"] == "completed"
    for change in ({"Status": "completed"}, {"Status": "canceled"}, {"Url": f"{HOST}/x/"}):
        assert code(app.rest("POST", f"/Calls/{call}.json", **change)) == (400, 21220)


def test_a_document_given_while_it_rings_is_used_on_answer(app, carrier):
    carrier.add_party(HOME, Party.answers(after=5))
    app.on("/other/", "<Hangup/>")
    call = sid(place(app))
    app.passes(1)
    app.rest("POST", f"/Calls/{call}.json", Url=f"{HOST}/other/")
    app.passes(6)
    assert (len(app.to("/other/")), app.to("/answer/")) == (1, [])


def test_words_have_no_address_to_resolve_against(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    place(app, Url="", Twiml='<Response><Gather action="/relative/"/></Response>')
    app.passes(2)
    carrier.control.press(carrier.control.legs_of(HOME)[0], "1#")
    app.settle()
    assert carrier.alarms[-1][1:] == (11100, "/relative/")


def test_a_url_wins_over_words(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    app.on("/answer/", "<Hangup/>")
    place(app, Twiml="<Response><Say>words</Say></Response>")
    app.passes(2)
    assert len(app.to("/answer/")) == 1


@pytest.mark.parametrize(
    ("party", "said"), [(Party.voicemail(after=2), "machine_start"), (Party.answers(after=2), "human")]
)
def test_machine_detection_says_who_answered(app, carrier, party, said):
    carrier.add_party(HOME, party)
    app.on("/answer/", "<Hangup/>")
    place(app, MachineDetection="Enable")
    app.passes(3)
    assert app.told("/answer/", "AnsweredBy") == [said]


def test_machine_detection_is_ignored_with_digits_to_send(app, carrier):
    carrier.add_party(HOME, Party.voicemail(after=2))
    app.on("/answer/", "<Hangup/>")
    place(app, MachineDetection="Enable", SendDigits="1")
    app.passes(3)
    assert app.told("/answer/", "AnsweredBy") == [None]


def test_the_token_of_a_forwarded_call_travels_on(app, carrier):
    carrier.add_party(HOME, Party.answers(after=1))
    app.on("/answer/", "<Hangup/>")
    place(app, CallToken="the-token")
    app.passes(2)
    assert app.told("/answer/", "CallToken") == ["the-token"]


def test_calls_are_found_by_whom_they_went_to_and_when(app, carrier):
    first = sid(place(app))
    app.passes(60)
    second = sid(place(app, To="+447700900457"))

    def found(**query):
        return [c["sid"] for c in json.loads(app.rest("GET", "/Calls.json", **query).body)["calls"]]

    assert found(To=HOME) == [first]
    assert found(From=OFFICE) == [second, first]
    assert found(**{"StartTime>": "2026-03-02T09:00:30+00:00"}) == [second]
    assert found(StartTime="2026-03-02") == [second, first]
    assert found(Status="ringing") == [second]


def test_a_list_comes_in_pages(app, carrier):
    for _ in range(5):
        place(app)
    page = json.loads(app.rest("GET", "/Calls.json", PageSize=2, Page=1).body)
    assert (len(page["calls"]), page["page"], page["start"], page["end"]) == (2, 1, 2, 3)
    assert page["previous_page_uri"].endswith("PageSize=2&Page=0")
    assert "Page=2" in page["next_page_uri"]
    last = json.loads(app.rest("GET", "/Calls.json", PageSize=2, Page=2).body)
    assert last["next_page_uri"] is None


def test_what_is_not_there_is_20404(app, carrier):
    for path in (f"/Calls/CA{'0' * 32}.json", "/Nothing.json", f"/Messages/SM{'0' * 32}.json"):
        assert code(app.rest("GET", path)) == (404, 20404)


def test_a_number_is_pointed_at_another_address(app, carrier):
    [number] = json.loads(app.rest("GET", "/IncomingPhoneNumbers.json").body)["incoming_phone_numbers"]
    app.rest("POST", f"/IncomingPhoneNumbers/{number['sid']}.json", VoiceUrl=f"{HOST}/elsewhere/")
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert len(app.to("/elsewhere/")) == 1


def test_a_proved_number_may_be_shown(app, carrier):
    mobile = "+447700900321"
    assert code(place(app, From=mobile)) == (400, 21210)
    app.rest("POST", "/OutgoingCallerIds.json", PhoneNumber=mobile)
    assert place(app, From=mobile).status == 201


def test_every_field_of_the_vendors_description_is_in_the_answer(app, carrier):
    from secretariat.local.carrier.tables import api

    shown = json.loads(place(app).body)
    assert sorted(shown) == api()["POST /Calls.json"]["fields"]


def test_who_hangs_up_the_moment_she_answers_is_not_asked_about(app, carrier):
    carrier.add_party(HOME, Party.answers(after=2, hang_up_after=0))
    place(app, StatusCallback=f"{HOST}/leg/", StatusCallbackEvent=ALL_EVENTS)
    app.passes(5)
    assert app.told("/leg/", "CallStatus") == ["initiated", "ringing", "in-progress", "completed"]
    assert app.to("/answer/") == []
