"""Texts out and in."""

import json

import pytest

from tests.carrier.application import CALLER, HOST, OFFICE

MOBILE = "+447700900789"


def send(app, **more):
    given = {"To": MOBILE, "From": OFFICE, "Body": "A call for you", "StatusCallback": f"{HOST}/text/"}
    return app.rest("POST", "/Messages.json", **given | more)


def test_a_text_is_queued_sent_and_delivered(app, carrier):
    answer = send(app)
    assert (answer.status, json.loads(answer.body)["status"]) == (201, "queued")
    app.passes(5)
    assert app.told("/text/", "MessageStatus") == ["sending", "sent", "delivered"]
    assert app.to("/text/")[-1]["RawDlrDoneDate"] == "2603020900"
    sid = json.loads(answer.body)["sid"]
    assert json.loads(app.rest("GET", f"/Messages/{sid}.json").body)["status"] == "delivered"


def test_the_first_state_may_be_told_too(app, carrier):
    carrier.choices.first_text_callback = True
    send(app)
    app.passes(5)
    assert app.told("/text/", "MessageStatus")[0] == "queued"


@pytest.mark.parametrize(
    ("status", "error", "told"),
    [("undelivered", 30003, ["sending", "sent", "undelivered"]), ("failed", 30006, ["failed"])],
)
def test_a_text_that_does_not_arrive_says_why(app, carrier, status, error, told):
    carrier.messages.will_end(MOBILE, status, error)
    send(app)
    app.passes(5)
    assert app.told("/text/", "MessageStatus") == told
    assert app.to("/text/")[-1]["ErrorCode"] == str(error)


def test_who_says_stop_gets_no_more(app, carrier):
    carrier.control.text(OFFICE, MOBILE, " Stop ")
    app.settle()
    assert app.told("/sms/", "Body") == [" Stop "]
    answer = send(app)
    assert (answer.status, json.loads(answer.body)["code"]) == (400, 21610)
    carrier.control.text(OFFICE, MOBILE, "START")
    assert send(app).status == 201


def test_opt_out_type_is_sent_where_it_is_switched_on(app, carrier):
    carrier.choices.opt_out_type = True
    carrier.control.text(OFFICE, MOBILE, "HELP")
    carrier.control.text(OFFICE, MOBILE, "Hello")
    app.settle()
    assert app.told("/sms/", "OptOutType") == ["HELP", None]


def test_a_reply_is_sent_to_whoever_wrote(app, carrier):
    app.on("/sms/", '<Message statusCallback="/text/">Thank you</Message>')
    carrier.control.text(OFFICE, MOBILE, "Please ring me")
    app.passes(5)
    [reply] = [m for m in carrier.messages.by_sid.values() if m.direction == "outbound-reply"]
    assert (reply.from_, reply.to, reply.body, reply.status) == (OFFICE, MOBILE, "Thank you", "delivered")
    assert app.told("/text/", "MessageStatus")[-1] == "delivered"


def test_an_empty_response_is_no_reply(app, carrier):
    app.on("/sms/", "")
    carrier.control.text(OFFICE, MOBILE, "Hello")
    app.settle()
    assert len(carrier.messages.by_sid) == 1
    assert carrier.check() == []


def test_a_voice_verb_in_a_reply_turns_the_test_red(app, carrier):
    app.on("/sms/", "<Say>Hello</Say>")
    carrier.control.text(OFFICE, MOBILE, "Hello")
    app.settle()
    assert any("<Say>" in complaint for complaint in carrier.check())


def test_pictures_are_announced_and_can_be_fetched(app, carrier):
    carrier.control.text(OFFICE, MOBILE, "The leak", media=[("image/png", b"picture")])
    app.settle()
    [asked] = app.to("/sms/")
    assert (asked["NumMedia"], asked["MediaContentType0"]) == ("1", "image/png")
    path = asked["MediaUrl0"].partition(carrier.account.sid)[2]
    fetched = app.rest("GET", path)
    assert (fetched.body, fetched.headers["Content-Type"]) == (b"picture", "image/png")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"To": "0770"}, 21211),
        ({"From": CALLER}, 21606),
        ({"Body": "x" * 1601}, 21617),
        ({"Body": ""}, 21602),
    ],
)
def test_texts_that_are_refused(app, change, code):
    answer = send(app, **change)
    assert (answer.status, json.loads(answer.body)["code"]) == (400, code)


def test_texts_are_found_by_addressee(app, carrier):
    send(app)
    send(app, To="+447700900111")
    found = json.loads(app.rest("GET", "/Messages.json", To=MOBILE).body)["messages"]
    assert [message["to"] for message in found] == [MOBILE]
