"""What the carrier asks: signed, answered once, and answered again the same."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client as Browser
from psycopg.errors import DeadlockDetected
from twilio.request_validator import RequestValidator

from calls import winning
from calls.models import Call, Leg
from secretariat.outbox.models import InboundEvent

from .rooms import the_call

CALL = "CA" + "1" * 32


def post(path, fields, *, token=None, secret=None, signed=None, **headers):
    """Post as the carrier would, signed unless `signed` says otherwise."""
    url = f"{settings.PUBLIC_BASE_URL}{path}"
    fields = {"AccountSid": settings.TWILIO_ACCOUNT_SID} | fields
    if signed is None:
        signed = RequestValidator(secret or settings.TWILIO_AUTH_TOKEN).compute_signature(url, fields)
    if signed:
        headers["X-Twilio-Signature"] = signed
    if token:
        headers["I-Twilio-Idempotency-Token"] = token
    return Browser(raise_request_exception=False).post(
        path, urlencode(fields), content_type="application/x-www-form-urlencoded", headers=headers
    )


def ring(okafor, sid=CALL, caller="+447700900123", **how):
    fields = {"CallSid": sid, "From": caller, "To": okafor.number, "CallStatus": "ringing"}
    return post("/twilio/voice/", fields, **how)


WEBHOOKS = [
    "/twilio/voice/",
    "/twilio/voice/fallback/",
    "/twilio/call-status/",
    "/twilio/conference/",
    "/twilio/recording/",
]


@pytest.mark.parametrize("path", WEBHOOKS)
@pytest.mark.parametrize("signed", [False, "nonsense"])
def test_nobody_but_the_carrier_is_heard(db, path, signed):
    answer = post(path, {"CallSid": CALL}, signed=signed)
    assert answer.status_code == 403
    assert not InboundEvent.objects.exists()


@pytest.mark.parametrize("path", WEBHOOKS)
def test_an_address_is_exact_and_never_redirects(db, path):
    assert post(path.rstrip("/"), {"CallSid": CALL}).status_code == 404


def test_the_answer_is_xml_of_text(office, okafor, priya):
    answer = ring(okafor)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/xml"
    assert b"<Enqueue" in answer.content


def test_the_previous_token_is_heard_too(office, okafor, priya, settings):
    settings.TWILIO_AUTH_TOKEN_PREVIOUS = "the-one-before"
    assert ring(okafor, secret="the-one-before").status_code == 200


@pytest.mark.parametrize("token", ["", "token-1"])
def test_the_same_ring_again_gets_the_same_answer_and_is_one_call(office, okafor, priya, token):
    answers = {ring(okafor, token=token).content for _ in range(3)}
    assert len(answers) == 1
    assert Call.objects.count() == 1
    assert the_call().offers.count() == 1


def test_a_ring_repeated_after_it_was_answered_still_gets_the_first_answer(office, okafor, priya):
    first = ring(okafor).content
    call = the_call()
    call.close(Call.Outcome.ABANDONED, at=call.rang_at)
    assert ring(okafor).content == first


def test_new_fields_of_the_carrier_are_signed_and_ignored(office, okafor, priya):
    fields = {"CallSid": CALL, "From": "+447700900123", "To": okafor.number, "Ünheard": "of"}
    assert post("/twilio/voice/", fields).status_code == 200


def test_a_ring_fails_alone_and_can_be_asked_again(office, okafor, priya, monkeypatch):
    def fails(*args, **facts):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr("calls.offers.add_round", fails)
        assert ring(okafor).status_code == 500
    assert not Call.objects.exists()
    assert not Leg.objects.exists()
    assert InboundEvent.objects.get(kind="incoming-call").state == "failed"
    assert b"<Enqueue" in ring(okafor).content


@pytest.mark.parametrize(("deadlocks", "status"), [(2, 200), (3, 500)])
def test_a_question_the_database_gave_up_is_asked_again(
    office, okafor, priya, monkeypatch, deadlocks, status
):
    office.rings(okafor)
    office.passes(1)
    offer = the_call().offers.get()
    left, win = [*range(deadlocks)], winning.win

    def wins(*args, **facts):
        if left and left.pop() is not None:
            raise OperationalError("deadlock detected") from DeadlockDetected("deadlock detected")
        return win(*args, **facts)

    monkeypatch.setattr(winning, "win", wins)
    answer = post(f"/twilio/voice/offer/{offer.pk}/", {"CallSid": CALL})
    assert answer.status_code == status
    assert (the_call().state == Call.State.TALKING) is (status == 200)


def test_a_waiting_document_is_neither_stored_nor_decides_anything(office, okafor, priya):
    ring(okafor)
    before = InboundEvent.objects.count()
    for _ in range(3):
        answer = post(f"/twilio/voice/wait/{the_call().pk}/", {"CallSid": CALL, "QueueTime": "30"})
        assert answer.status_code == 200
    assert InboundEvent.objects.count() == before


def test_the_fallback_asks_nothing_of_the_database(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = post("/twilio/voice/fallback/", {"CallSid": CALL, "ErrorCode": "11200"})
    assert b"<Record" in answer.content
    assert b"is recorded" in answer.content


def test_a_notice_is_kept_once_and_acknowledged_at_once(office, okafor, priya):
    fields = {"CallSid": CALL, "CallStatus": "completed", "SequenceNumber": "3", "Timestamp": "now"}
    for _ in range(2):
        assert post("/twilio/call-status/", fields).status_code == 204
    assert InboundEvent.objects.filter(kind="call-status").count() == 1


def test_a_ring_costs_few_queries(office, okafor, priya, django_assert_max_num_queries):
    with django_assert_max_num_queries(30):
        ring(okafor)


def test_a_call_from_a_browser_of_ours_is_no_call_to_a_line(office, okafor, priya):
    fields = {"CallSid": CALL, "From": f"client:sec_{priya.pk.hex}", "To": ""}
    answer = post("/twilio/voice/", fields)
    assert b"<Reject" in answer.content
    assert not Call.objects.exists()
