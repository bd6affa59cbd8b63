"""The simulated line, spoken to with the tokens a real one would get."""

import urllib.error
import urllib.request
from urllib.parse import urlencode

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from tests.patience import PATIENCE

from .conftest import ACCOUNT, LINE
from .stream import Stream


class ToTheSimulator(TwilioHttpClient):
    """twilio-python's own client, sent to another address."""

    def __init__(self, base_url):
        super().__init__(timeout=PATIENCE)
        self.base_url = base_url

    def request(self, method, url, *given, **more):
        return super().request(method, url.replace("https://api.twilio.com", self.base_url), *given, **more)


@pytest.fixture
def twilio(process):
    http = ToTheSimulator(process.ready["api_base_url"])
    return Client(ACCOUNT["api_key_sid"], ACCOUNT["api_key_secret"], ACCOUNT["account_sid"], http_client=http)


def say(outside, verb, headers=(), **fields):
    """What the page posts; answers with the status and the response's headers."""
    body = urlencode(fields).encode()
    request = urllib.request.Request(f"{outside.url}/phone/{verb}", data=body, headers=dict(headers))
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.headers
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.headers


def listen(outside, token, **more):
    return Stream(f"{outside.url}/phone/events?{urlencode({'token': token})}", **more)


def offer(twilio, office, priya):
    office.answer("/offer/", "<Say>Connected.</Say><Pause length='600'/>")
    return twilio.calls.create(
        to=f"client:{priya}?client=Okafor+Legal",
        from_=LINE,
        url=f"{office.url}/offer/",
        status_callback=f"{office.url}/leg/",
        status_callback_event=["ringing", "answered", "completed"],
    )


def test_a_call_rings_is_accepted_and_ends_on_both_sides(outside, office, twilio, priya, voice_token):
    token = voice_token()
    stream = listen(outside, token)
    assert stream.next("registered") == {"identity": priya}
    leg = offer(twilio, office, priya)
    outside.advance(2)
    told = stream.next("incoming")
    assert (told["call"], told["from"]) == (leg.sid, LINE)
    assert told["parameters"] == {"client": "Okafor Legal"}

    assert say(outside, "accept", token=token, call=leg.sid)[0] == 200
    assert stream.next("accepted") == {"call": leg.sid}
    assert office.next("/offer/").signed
    assert [office.next("/leg/").fields["CallStatus"] for _ in range(2)] == ["ringing", "in-progress"]

    assert say(outside, "hangup", token=token, call=leg.sid)[0] == 200
    assert stream.next("ended") == {"call": leg.sid}
    assert office.next("/leg/").fields["CallStatus"] == "completed"
    assert twilio.calls(leg.sid).fetch().status == "completed"
    stream.close()


def test_a_rejected_call_is_busy(outside, office, twilio, priya, voice_token):
    stream = listen(outside, voice_token())
    leg = offer(twilio, office, priya)
    outside.advance(2)
    stream.next("registered")
    stream.next("incoming")
    say(outside, "reject", token=voice_token(), call=leg.sid)
    stream.next("ended")
    assert twilio.calls(leg.sid).fetch().status == "busy"
    stream.close()


def test_a_page_that_comes_back_is_told_of_the_call_it_is_in(outside, office, twilio, priya, voice_token):
    token = voice_token()
    stream = listen(outside, token)
    leg = offer(twilio, office, priya)
    outside.advance(2)
    say(outside, "accept", token=token, call=leg.sid)
    stream.close()
    again = listen(outside, token)
    again.next("registered")
    assert again.next("accepted") == {"call": leg.sid}
    assert say(outside, "accept", token=token, call="CA" + "0" * 32)[0] == 409
    again.close()


def test_a_line_is_down_when_its_page_says_so_and_its_call_is_lost(
    outside, office, twilio, priya, voice_token
):
    token = voice_token()
    stream = listen(outside, token)
    leg = offer(twilio, office, priya)
    outside.advance(2)
    say(outside, "accept", token=token, call=leg.sid)
    say(outside, "unregister", token=token)
    assert priya not in outside.state()["registered"]
    assert twilio.calls(leg.sid).fetch().status == "completed"
    stream.close()


def test_a_token_near_its_end_is_asked_for_anew_and_then_over(outside, voice_token):
    stream = listen(outside, voice_token(ttl=20))
    stream.next("registered")
    stream.next("expiring")
    say(outside, "register", token=voice_token(ttl=1))
    stream.next("expiring")
    stream.next("unregistered")
    stream.close()


@pytest.mark.parametrize(
    "wrong",
    [
        {"identity": "priya"},
        {"ttl": -10},
        {"incoming": None},
        {"api_key_secret": "another-secret-that-is-long-enough-too"},
        {"api_key_sid": "SK" + "9" * 32},
        {"account_sid": "AC" + "9" * 32},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_that_is_not_ours_opens_nothing(outside, priya, voice_token, wrong):
    token = voice_token(**wrong)
    stream = listen(outside, token)
    assert stream.status == 401
    stream.close()
    assert say(outside, "accept", token=token, call="CA0")[0] == 401
    assert priya not in outside.state()["registered"]


def test_only_the_demos_own_hosts_may_listen_from_a_browser(outside, office, voice_token):
    port = office.server.server_port
    own = f"http://secretary.localhost:{port}"
    _status, headers = say(outside, "register", [("Origin", own)], token=voice_token())
    assert headers["Access-Control-Allow-Origin"] == own
    for foreign in ("http://evil.example", f"http://evil.example:{port}", "http://secretary.localhost:1"):
        status, headers = say(outside, "register", [("Origin", foreign)], token=voice_token())
        assert (status, headers["Access-Control-Allow-Origin"]) == (403, None)


def test_rest_knows_its_account(outside, process):
    stranger = Client("AC" + "9" * 32, "wrong", http_client=ToTheSimulator(process.ready["api_base_url"]))
    with pytest.raises(TwilioRestException) as refusal:
        stranger.calls("CA" + "0" * 32).fetch()
    assert refusal.value.status == 401
