"""Webhooks on the way: signature, retries, overrides, redirects, tokens."""

import base64
import hashlib
import hmac
from urllib.parse import parse_qsl, urlsplit

import pytest
from twilio.request_validator import RequestValidator, get_signature_algorithm

from secretariat.local.carrier.delivery import Policy
from secretariat.local.carrier.signing import signature
from tests.carrier.application import CALLER, HOST, OFFICE, TOKEN


def test_the_vendors_own_example():
    fields = {
        "CallSid": "CA1234567890ABCDE",
        "Caller": "+14158675309",
        "Digits": "1234",
        "From": "+14158675309",
        "To": "+18005551212",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert signature("12345", url, fields.items()) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="
    assert signature("12345", url + "#rc=3", fields.items()) == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


def test_a_name_given_twice_counts_with_each_value():
    url, fields = f"{HOST}/x/", [("A", "2"), ("A", "1"), ("B", "3")]
    expected = hmac.new(TOKEN.encode(), f"{url}A1A2B3".encode(), hashlib.sha1).digest()
    assert signature(TOKEN, url, fields) == base64.b64encode(expected).decode()


def test_a_get_has_its_fields_in_the_signed_url(app, carrier):
    carrier.account.numbers[OFFICE].voice_method = "GET"
    app.on("/voice/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    [posting] = [p for p in carrier.take_postings() if p.purpose == "question"]
    assert (posting.method, posting.body) == ("GET", b"")
    assert dict(parse_qsl(urlsplit(posting.url).query))["From"] == CALLER
    assert RequestValidator(TOKEN).validate(posting.url, {}, posting.headers["X-Twilio-Signature"])


def test_a_shared_key_signs_with_sha256(app, carrier):
    carrier.account.shared_key = ("webhooks_key", "its-secret")
    carrier.control.ring(OFFICE, CALLER)
    [posting] = carrier.take_postings()
    algorithm = get_signature_algorithm(posting.headers["X-Twilio-Webhooks-Signature-Settings"])
    fields = dict(parse_qsl(posting.body.decode(), keep_blank_values=True))
    assert algorithm == "HMAC_SHA256"
    assert RequestValidator("its-secret").validate(
        posting.url, fields, posting.headers["X-Twilio-Signature"], algorithm
    )


def test_the_overrides_of_a_url_within_their_ranges():
    policy = Policy.of("https://x/y#rc=9&rp=ct,rt,5xx&ct=50&rt=2000&tt=x")
    assert (policy.retries, policy.connect, policy.read, policy.total) == (5, 100, 2000, 15000)
    assert policy.retry_on == {"ct", "rt", "5xx"}


@pytest.mark.parametrize(
    ("fragment", "answer", "tries"),
    [
        ("", "ct", 2),  # one retry, on a failed connection only
        ("", 500, 1),
        ("", "rt", 1),
        ("#rc=3&rp=5xx", 500, 4),
        ("#rc=3&rp=4xx", 500, 1),
        ("#rc=5&rp=all", 404, 6),
        ("#rc=5&rp=rt&rt=5000", "rt", 3),  # fifteen seconds in all
        ("#rc=0", "ct", 1),
    ],
)
def test_how_often_a_webhook_is_tried(app, carrier, fragment, answer, tries):
    carrier.add_number(OFFICE, f"{HOST}/voice/{fragment}")
    app.on("/voice/", answer)
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    asked = app.to("/voice/")
    assert len(asked) == tries
    assert len({request.token for request in asked}) == 1
    assert not any("#" in request.posting.url for request in asked)


def test_every_delivery_has_a_token_of_its_own(app, carrier):
    app.on("/voice/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    tokens = [request.token for request in app.requests]
    assert len(set(tokens)) == len(tokens) == 2


def test_a_redirected_webhook_loses_its_fields_and_turns_the_test_red(app, carrier):
    app.on("/voice/", (301, {"Location": "/voice/there/"}, b""))
    app.on("/voice/there/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    [asked] = app.to("/voice/there/")
    assert (asked.method, dict(asked)) == ("GET", {})
    assert any("redirects" in complaint for complaint in carrier.check())


def test_a_notice_that_nobody_knows_turns_the_test_red(app, carrier):
    app.on("/voice/", "<Hangup/>")
    app.on("/call-status/", 404)
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    assert any("/call-status/ answered 404" in complaint for complaint in carrier.check())


def test_a_notice_that_fails_does_not_hold_up_the_call(app, carrier):
    app.on("/voice/", '<Dial action="/after/"><Number statusCallback="/leg/">+447700900999</Number></Dial>')
    app.on("/leg/", "rt")
    app.on("/after/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.passes(31)
    assert len(app.to("/after/")) == 1


def test_a_slow_answer_over_http_turns_the_test_red(app, carrier):
    carrier.control.ring(OFFICE, CALLER)
    [posting] = carrier.take_postings()
    carrier.answered(posting, status=200, headers={}, body=b"", seconds=2.5)
    assert any("2.5 s" in complaint for complaint in carrier.check())


def test_the_log_names_no_person(app, carrier):
    app.on("/voice/", "<Hangup/>")
    carrier.control.ring(OFFICE, CALLER)
    app.settle()
    app.rest("GET", "/Calls.json", From=CALLER)
    shown = [(e.direction, e.what, e.method, e.path, e.status, e.signed) for e in carrier.log]
    assert shown == [
        ("out", "question", "POST", "/voice/", 200, True),
        ("out", "notice", "POST", "/call-status/", 204, True),
        ("in", "rest", "GET", carrier.account.path("/Calls.json"), 200, False),
    ]
