"""The product's own side of what the carrier's documentation warns of."""

import re
from types import SimpleNamespace
from uuid import UUID

import pytest
import requests
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import reverse
from twilio.request_validator import RequestValidator

from calls import twiml, urls
from calls.situation import identity
from secretariat.channels import Refused, twilio
from secretariat.local.carrier import twiml_rules
from secretariat.local.carrier.documents import read

HEADER = "X-Twilio-Signature"
SOME_ID = UUID(int=7)


@pytest.fixture
def account(db, settings):
    settings.PUBLIC_BASE_URL = "https://office.example"
    settings.TWILIO_ACCOUNT_SID = "AC" + "2" * 32
    settings.TWILIO_AUTH_TOKEN = "now"
    settings.TWILIO_AUTH_TOKEN_PREVIOUS = "before"
    return settings


@pytest.fixture
def call():
    client = SimpleNamespace(name="Lopes Bakery", language="en", country="GB")
    line = SimpleNamespace(
        greeting="", ring_seconds=20, voicemail_greeting="", recording_notice="This call is recorded."
    )
    return SimpleNamespace(pk=SOME_ID, client=client, line=line, room=f"call-{SOME_ID.hex}", guidance={})


def asked(body, *, token="now", query="", method="POST", signed=None, **headers):
    """A webhook, signed as the carrier signs: over what it sends, unless `signed` says otherwise."""
    path = "/twilio/voice/" + (f"?{query}" if query else "")
    url = f"https://office.example{path}"
    fields = QueryDict(body) if method == "POST" else {}
    if signed is None:
        signed = RequestValidator(token).compute_signature(url, fields)
    return RequestFactory().generic(
        method,
        path,
        body if method == "POST" else "",
        content_type="application/x-www-form-urlencoded",
        headers={HEADER: signed} if signed else {},
    )


def test_fields_nobody_has_heard_of_are_signed_too_and_accepted(account):
    body = f"AccountSid={account.TWILIO_ACCOUNT_SID}&CallSid=CA1&BrandNew=1"
    assert twilio.verified(asked(body)).params["BrandNew"] == "1"


def test_a_name_given_twice_counts_with_each_value(account):
    body = f"AccountSid={account.TWILIO_ACCOUNT_SID}&A=2&A=1"
    assert twilio.verified(asked(body)).params.getlist("A") == ["2", "1"]


def test_of_a_get_the_address_alone_is_signed(account):
    query = f"AccountSid={account.TWILIO_ACCOUNT_SID}&CallSid=CA1"
    assert twilio.verified(asked("", query=query, method="GET")).params["CallSid"] == "CA1"


def test_the_token_being_replaced_is_accepted_beside_the_new_one(account):
    body = f"AccountSid={account.TWILIO_ACCOUNT_SID}"
    assert twilio.verified(asked(body, token="before"))
    with pytest.raises(PermissionDenied):
        twilio.verified(asked(body, token="long ago"))


@pytest.mark.parametrize("signed", ["", "x", "RSOYDt4T1cUTdK1PDd93/VVr8B8="])
def test_without_a_signature_or_with_a_wrong_one_it_is_refused(account, signed):
    with pytest.raises(PermissionDenied):
        twilio.verified(asked(f"AccountSid={account.TWILIO_ACCOUNT_SID}", signed=signed))


def test_webhook_addresses_hold_nothing_that_anybody_would_rewrite():
    for pattern in urls.webhooks:
        arguments = {name: SOME_ID if kind == "uuid" else "12s" for kind, name in _converters(pattern)}
        address = reverse(pattern.name, kwargs=arguments)
        assert re.fullmatch(r"/twilio/[A-Za-z0-9_/-]+/", address), address


def _converters(pattern):
    return re.findall(r"<(\w+):(\w+)>", str(pattern.pattern))


def test_no_action_is_the_incoming_call_itself(call):
    incoming = twiml.address("calls-incoming")
    documents = [
        twiml.wait_in_queue(call),
        twiml.while_waiting(call, waited=25, place=None),
        twiml.join_room(call, SimpleNamespace(pk=SOME_ID)),
        twiml.whisper(call, SimpleNamespace(pk=SOME_ID)),
        twiml.take_voicemail(call),
    ]
    for document in documents:
        actions = [element.get("action") for element in read(document).root.iter() if element.get("action")]
        assert actions, document
        assert incoming not in [action.partition("#")[0] for action in actions]


def test_the_room_beeps_for_nobody_ends_for_nobody_and_has_a_way_out(call):
    [dial] = read(twiml.join_room(call, SimpleNamespace(pk=SOME_ID))).verbs
    [room] = dial
    assert (room.get("beep"), room.get("endConferenceOnExit")) == ("false", "false")
    assert dial.get("action")
    assert room.get("statusCallbackEvent").split() == twiml.ROOM_EVENTS.split()
    assert re.fullmatch(r"[a-z]+-[0-9a-f]{32}", room.text)  # names of rooms are nobody's name


def test_voicemail_is_ended_by_one_key_heard_of_when_absent_and_typed_by_a_person(call):
    record = read(twiml.take_voicemail(call)).root.find("Record")
    assert record.get("finishOnKey") == "#"
    assert set(record.get("recordingStatusCallbackEvent").split()) == {"completed", "absent"}
    assert record.get("transcribe") is None
    assert record.get("action")


def test_without_a_recording_notice_nothing_is_recorded(call):
    call.line.recording_notice = ""
    assert read(twiml.take_voicemail(call)).root.find("Record") is None


@pytest.mark.parametrize(
    ("document", "context"),
    [
        (lambda call: twiml.wait_in_queue(call), twiml_rules.MAIN),
        (lambda call: twiml.while_waiting(call, waited=0, place=None), twiml_rules.QUEUE_WAIT),
        (lambda call: twiml.while_waiting(call, waited=25, place=2), twiml_rules.QUEUE_WAIT),
        (lambda call: twiml.leave_queue(), twiml_rules.QUEUE_WAIT),
        (lambda call: twiml.whisper(call, SimpleNamespace(pk=SOME_ID)), twiml_rules.SCREEN),
        (lambda call: twiml.hold_music(), twiml_rules.HOLD),
        (lambda call: twiml.keys("12#"), twiml_rules.ANNOUNCE),
        (lambda call: twiml.take_voicemail(call), twiml_rules.MAIN),
        (lambda call: twiml.apologise_and_record(), twiml_rules.MAIN),
        (lambda call: twiml.reject("busy"), twiml_rules.MAIN),
    ],
)
def test_each_document_is_sound_where_it_is_used(call, document, context):
    assert twiml_rules.faults(read(document(call)).root, context) == []


def test_a_browsers_identity_is_one_the_voice_sdk_takes():
    name = identity(SOME_ID)
    assert re.fullmatch(r"[A-Za-z0-9_]{1,121}", name)


def test_the_vendors_client_waits_eight_seconds_and_goes_nowhere_else(settings, monkeypatch):
    settings.TWILIO_API_BASE_URL = "http://127.0.0.1:4010"
    monkeypatch.setenv("TWILIO_EDGE", "dublin")
    monkeypatch.setenv("TWILIO_REGION", "ie1")
    sent = []

    class Recorder:
        def request(self, method, url, **named):
            sent.append((url, named["timeout"]))
            raise requests.ReadTimeout

    with twilio.transported_by(Recorder()), pytest.raises(twilio.http.Silent):
        twilio.client().calls("CA1").fetch()
    [(url, timeout)] = sent
    assert url.startswith("http://127.0.0.1:4010/2010-04-01/")
    assert timeout == 8
    with pytest.raises(Refused):
        twilio.fetch("@elsewhere.example/")


@pytest.fixture
def bakery(office):
    return office.client("Lopes Bakery", ring_seconds=20, voicemail_after_seconds=60)


@pytest.fixture
def priya(office, bakery):
    return office.secretary("Priya", bakery)


def test_a_caller_is_answered_without_asking_the_carrier_for_anything(office, bakery, priya):
    office.transport.work = None  # nobody but the webhooks' own views is at work
    leg = office.rings(bakery)
    assert leg.talking
    assert [event for event in office.carrier.log if event.direction == "in"] == []


def test_the_same_question_again_has_the_same_answer(office, bakery, priya):
    office.carrier.control.chaos(duplicate=1, duplicate_other_token=1)
    leg = office.rings(bakery)
    office.passes(5)
    office.carrier.control.press(leg, "1")
    office.passes(30)
    office.hangs_up(leg)
    office.passes(5)
    asked = [event.path for event in office.carrier.log if event.what == "question"]
    assert len(asked) > len(set(asked)) >= 3
    assert office.carrier.check() == []


def test_a_redirect_reported_by_the_queue_changes_nothing(office, bakery, priya):
    leg = office.rings(bakery)
    office.answers(priya)
    reported = [event.status for event in office.carrier.log if "queue-action" in event.path]
    assert reported == [200]
    assert {participant.leg for participant in leg.participant.conference.present} == {
        leg,
        office.phone_of(priya),
    }
