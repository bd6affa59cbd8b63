import socket

import pytest
import requests
import urllib3

from secretariat.channels import Refused, Silent, http, twilio

CALLS = "https://api.twilio.com/2010-04-01/Accounts/AC11111111111111111111111111111111/Calls.json"


def ring():
    return twilio.client().calls.create(
        to="+442079460000", from_="+442079460999", url="https://desk.example.com/x"
    )


def test_a_call_is_placed_with_our_key_and_within_eight_seconds(transport):
    transport.will_answer(201, {"sid": "CA1"})
    assert ring().sid == "CA1"
    asked = transport.asked[0]
    assert (asked["method"], asked["uri"]) == ("POST", CALLS)
    assert asked["auth"] == ("SK" + "2" * 32, "secret")
    assert asked["timeout"] == http.TIMEOUT == 8


def test_the_simulator_stands_in_for_twilio_s_host(transport, settings):
    settings.TWILIO_API_BASE_URL = "http://127.0.0.1:4010"
    transport.will_answer(201, {"sid": "CA1"})
    ring()
    assert transport.asked[0]["uri"] == CALLS.replace("https://api.twilio.com", "http://127.0.0.1:4010")


def test_without_an_api_key_the_account_s_token_signs_in(transport, settings):
    settings.TWILIO_API_KEY = ""
    settings.TWILIO_AUTH_TOKEN = "token"
    transport.will_answer(201, {"sid": "CA1"})
    ring()
    assert transport.asked[0]["auth"] == ("AC" + "1" * 32, "token")


def test_regions_in_the_environment_change_nothing(transport, monkeypatch):
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    monkeypatch.setenv("TWILIO_EDGE", "dublin")
    twilio._client.cache_clear()
    transport.will_answer(201, {"sid": "CA1"})
    ring()
    assert transport.asked[0]["uri"] == CALLS


@pytest.mark.parametrize(
    "url",
    [
        "https://twilio.com.example.org/x",
        "http://api.twilio.com/x",
        "https://169.254.169.254/",
        "https://eviltwilio.com/",
    ],
)
def test_no_other_host_is_ever_asked(transport, url):
    with pytest.raises(Refused, match="not a Twilio address"):
        twilio.client().http_client.request("GET", url)
    assert transport.asked == []


@pytest.mark.parametrize(
    ("status", "code", "permanent"),
    [
        (400, 21220, True),  # the call has ended
        (404, 20404, True),  # the participant has left
        (400, 21211, True),  # no such number
        (400, 21610, True),  # she has opted out
        (429, 20429, False),  # too many at once
        (401, 20003, False),  # our key is wrong: that is mended, and then it can go
        (403, 20403, False),
        (408, "", False),
    ],
)
def test_a_refusal_says_which_and_whether_trying_again_makes_sense(transport, status, code, permanent):
    transport.will_answer(status, {"code": code, "message": "To: +442079460000 …", "status": status})
    with pytest.raises(Refused) as refusal:
        ring()
    assert (refusal.value.code, refusal.value.permanent) == (str(code or status), permanent)
    assert not refusal.value.outage
    assert "+44" not in str(refusal.value)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [({"Retry-After": "7"}, 7), ({"retry-after": "7"}, 7), ({}, None), ({"Retry-After": "soon"}, None)],
)
def test_the_pause_that_twilio_asks_for(transport, header, seconds):
    transport.will_answer(429, {"code": 20429}, **header)
    with pytest.raises(Refused) as refusal:
        ring()
    assert refusal.value.retry_after == seconds


def test_a_pause_until_a_moment_that_has_passed_is_no_pause():
    assert http.seconds("Wed, 21 Oct 2015 07:28:00 GMT") == 0


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_may_come_after_the_deed(transport, status):
    transport.will_answer(status, {"code": 20500})
    with pytest.raises(Silent, match="20500"):
        ring()


@pytest.mark.parametrize("page", ["<html>", "[]", ""])
def test_an_error_page_that_is_not_json_has_the_status_as_its_code(page):
    assert twilio.code_of(page) == ""


@pytest.mark.parametrize(
    "error",
    [
        requests.ReadTimeout(),
        requests.ConnectionError(urllib3.exceptions.ProtocolError("Connection aborted.")),
        requests.exceptions.ChunkedEncodingError(),
    ],
)
def test_what_breaks_after_we_spoke_is_a_silence(transport, error):
    transport.will_fail(error)
    with pytest.raises(Silent):
        ring()


def test_a_connection_that_never_came_about_is_a_refusal_and_an_outage(settings):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.TWILIO_API_BASE_URL = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(Refused) as refusal:
            ring()
    assert refusal.value.outage
    assert not refusal.value.permanent


def test_a_connection_that_is_cut_after_we_spoke_is_a_silence(settings, cutting_server):
    settings.TWILIO_API_BASE_URL = cutting_server
    with pytest.raises(Silent):
        ring()


def test_numbers_and_words_are_not_logged(settings, large_server, caplog):
    settings.TWILIO_API_BASE_URL = large_server
    with caplog.at_level("DEBUG"), pytest.raises(Silent, match="501"):
        ring()
    assert "442079460000" not in caplog.text


def test_a_name_that_does_not_resolve_is_an_outage(settings):
    settings.TWILIO_API_BASE_URL = "http://no-such-host.invalid"
    with pytest.raises(Refused) as refusal:
        ring()
    assert refusal.value.outage


@pytest.mark.parametrize("timeout", [requests.ConnectTimeout(), requests.exceptions.SSLError()])
def test_what_breaks_before_we_spoke_is_a_refusal(transport, timeout):
    transport.will_fail(timeout)
    with pytest.raises(Refused) as refusal:
        ring()
    assert refusal.value.outage
