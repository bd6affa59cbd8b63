"""The carrier inside a test: Django's views answer its webhooks, and the vendor's own client calls it."""

import pytest
import requests
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from twilio.base.exceptions import TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client as TwilioClient

from secretariat.local.carrier import Carrier, Party
from secretariat.local.carrier.transports.in_process import InProcessCarrier
from tests.carrier.application import ACCOUNT, CALLER, HOME, OFFICE, START, TOKEN

BASE = "http://testserver"
seen: list[tuple[str, str, str]] = []


def webhook(view):
    return csrf_exempt(transaction.non_atomic_requests(view))


def twiml(inside):
    @webhook
    def view(request):
        url = f"{BASE}{request.get_full_path()}"
        fields = request.POST if request.method == "POST" else {}
        valid = RequestValidator(TOKEN).validate(url, fields, request.headers["X-Twilio-Signature"])
        said = request.POST or request.GET
        seen.append((request.path, said.get("CallStatus", ""), said.get("Digits", "")))
        return HttpResponse(f"<Response>{inside}</Response>", "text/xml", status=200 if valid else 403)

    return view


@webhook
def broken(request):
    raise RuntimeError("The view is broken.")


@webhook
def moved(request):
    return HttpResponseRedirect("/voice/")


urlpatterns = [
    path("voice/", twiml('<Enqueue waitUrl="/wait/?line=1">q</Enqueue>')),
    path("wait/", twiml('<Pause length="10"/>')),
    path("join/", twiml('<Dial><Conference beep="false">room</Conference></Dial>')),
    path("status/", twiml("")),
    path("broken/", broken),
    path("moved/", moved),
]


@pytest.fixture
def inside(settings):
    settings.ROOT_URLCONF = __name__
    settings.MIDDLEWARE = []  # these views are only to be reached
    seen.clear()
    carrier = Carrier(ACCOUNT, TOKEN, start=START)
    carrier.add_number(OFFICE, f"{BASE}/voice/", status_callback=f"{BASE}/status/")
    return InProcessCarrier(carrier, Client(raise_request_exception=False))


@pytest.fixture
def twilio(inside):
    return TwilioClient(ACCOUNT, TOKEN, http_client=inside.http_client(timeout=8), environment={})


def test_views_answer_and_the_vendors_client_brings_the_two_together(inside, twilio):
    carrier = inside.carrier
    carrier.add_party(HOME, Party.answers(after=3))
    caller = carrier.control.ring(OFFICE, CALLER)
    inside.passes(2)
    call = twilio.calls.create(
        to=HOME,
        from_=OFFICE,
        url=f"{BASE}/join/",
        status_callback=f"{BASE}/status/",
        status_callback_event=["initiated", "ringing", "answered", "completed"],
    )
    assert (call.status, call.date_created) == ("queued", carrier.now)
    inside.passes(4)
    twilio.calls(caller.sid).update(url=f"{BASE}/join/")
    inside.settle()
    [room] = twilio.conferences.list(friendly_name="room", status="in-progress")
    inside_room = room.participants.list()
    assert {p.call_sid for p in inside_room} == {caller.sid, call.sid}
    held = twilio.conferences(room.sid).participants(caller.sid).update(hold=True)
    assert held.hold is True
    assert twilio.conferences(room.sid).participants(caller.sid).update(hold=False).hold is False
    twilio.conferences(room.sid).update(status="completed")
    inside.settle()
    assert twilio.calls(caller.sid).fetch().status == "completed"
    assert [status for place, status, _ in seen if place == "/status/"] == [
        "initiated",
        "ringing",
        "in-progress",
        "completed",
        "completed",
    ]
    assert carrier.check() == []


def test_everything_the_product_asks_of_rest_is_understood(inside, twilio):
    carrier = inside.carrier
    invited = twilio.conferences("room").participants.create(
        to=HOME,
        from_=OFFICE,
        label="client",
        timeout=20,
        early_media=True,
        end_conference_on_exit=False,
        beep="false",
        conference_status_callback=f"{BASE}/status/",
        conference_status_callback_event=["start", "end", "join", "leave"],
    )
    assert (invited.label, invited.status) == ("client", "queued")
    inside.settle()
    assert twilio.conferences("room").participants("client").fetch().status == "ringing"
    assert twilio.conferences("room").participants("client").delete() is True
    text = twilio.messages.create(to=HOME, from_=OFFICE, body="Hello", status_callback=f"{BASE}/status/")
    inside.passes(5)
    assert twilio.messages(text.sid).fetch().status == "delivered"
    assert [m.sid for m in twilio.messages.list(to=HOME, date_sent_after=START)] == [text.sid]
    [number] = twilio.incoming_phone_numbers.list()
    assert number.update(voice_url=f"{BASE}/join/").voice_url == f"{BASE}/join/"
    assert twilio.validation_requests.create("+447700900321").validation_code
    assert [c.phone_number for c in twilio.outgoing_caller_ids.list()] == ["+447700900321"]
    caller = carrier.control.ring(OFFICE, CALLER)
    inside.settle()
    assert twilio.calls(caller.sid).recordings.create(recording_channels="dual").status == "in-progress"
    inside.passes(5)
    assert (
        twilio.calls(caller.sid).recordings("Twilio.CURRENT").update(status="stopped").status == "processing"
    )
    inside.passes(3)
    [recording] = twilio.recordings.list()
    assert recording.channels == 2
    url = f"{recording.media_url}.wav"
    assert inside.http_client().fetch(url, (ACCOUNT, TOKEN), 4) == (200, b"RIFF")
    assert [c.sid for c in twilio.calls.list(to=OFFICE, start_time_after=START)] == [caller.sid]
    assert twilio.queues.list() == []


def test_refusals_reach_the_caller_as_the_vendors_exceptions(inside, twilio):
    with pytest.raises(TwilioRestException) as refusal:
        twilio.calls.create(to="nobody", from_=OFFICE, url=f"{BASE}/join/")
    assert (refusal.value.status, refusal.value.code) == (400, 21211)


def test_an_answer_that_comes_too_late_is_a_timeout_after_the_act(inside, twilio):
    inside.carrier.control.chaos(slow_rest=20)
    with pytest.raises(requests.ReadTimeout):
        twilio.messages.create(to=HOME, from_=OFFICE, body="Hello")
    assert len(inside.carrier.messages.by_sid) == 1


def test_webhooks_may_arrive_before_the_answer(inside, twilio):
    inside.carrier.control.chaos(callback_before_answer=True)
    twilio.calls.create(
        to=HOME,
        from_=OFFICE,
        url=f"{BASE}/join/",
        status_callback=f"{BASE}/status/",
        status_callback_event=["initiated"],
    )
    assert [status for _, status, _ in seen] == ["initiated"]


def test_a_view_that_raises_is_a_500_to_the_carrier(inside, caplog):
    inside.carrier.add_number(OFFICE, f"{BASE}/broken/", fallback_url=f"{BASE}/join/")
    inside.carrier.control.ring(OFFICE, CALLER)
    inside.settle()
    assert [place for place, _, _ in seen] == ["/join/"]


def test_a_redirect_is_followed_without_the_fields(inside):
    inside.carrier.add_number(OFFICE, f"{BASE}/moved/")
    inside.carrier.control.ring(OFFICE, CALLER)
    inside.settle()
    assert seen[0] == ("/voice/", "", "")
    assert any("redirects" in complaint for complaint in inside.carrier.check())


def test_an_address_that_is_not_ours_does_not_connect(inside):
    inside.carrier.add_number(OFFICE, "https://elsewhere.example/voice/")
    inside.carrier.control.ring(OFFICE, CALLER)
    inside.settle()
    assert inside.carrier.alarms[-1][1] == 11205


def test_work_of_the_application_is_done_between_the_postings(inside):
    todo = [lambda: inside.carrier.control.text(OFFICE, CALLER, "from the work")]

    def work():
        return bool(todo) and bool(todo.pop()())

    inside.work = work
    inside.carrier.account.numbers[OFFICE].sms_url = f"{BASE}/status/"
    inside.settle()
    assert [place for place, _, _ in seen] == ["/status/"]


def test_what_never_comes_to_rest_is_said(inside):
    inside.work = lambda: True
    with pytest.raises(AssertionError, match="never come to rest"):
        inside.settle()
