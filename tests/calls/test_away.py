"""The office was away: a document hosted elsewhere answered, and afterwards every call is known."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from calls.models import Call, Voicemail
from clients.models import WorkItem
from secretariat.channels import twilio

ELSEWHERE = "https://static.example/fallback.xml"


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    made = office.client("Okafor Legal")
    office.carrier.account.numbers[made.number].fallback_url = ELSEWHERE
    return made


def document() -> str:
    shown = StringIO()
    call_command("fallback_document", stdout=shown)
    return shown.getvalue().rstrip("\n")


@pytest.fixture
def away(office, monkeypatch):
    """Nothing of ours answers; the carrier finds the file that is hosted elsewhere."""
    hosted = document().encode()

    def post(posting):
        if posting.url == ELSEWHERE:
            office.carrier.answered(posting, status=200, headers={"Content-Type": "text/xml"}, body=hosted)
        else:
            office.carrier.failed(posting, "ct")

    def away():
        monkeypatch.setattr(office.transport, "_post", post)

    return away


def reconcile(office, *options) -> str:
    said = StringIO()
    with twilio.transported_by(office.transport.http_client()):
        call_command("reconcile", *options, stdout=said)
    return said.getvalue()


def test_the_document_is_what_the_fallback_address_answers(office, okafor, tmp_path):
    office.carrier.account.numbers[okafor.number].voice_url = "https://gone.example/voice/"
    office.carrier.account.numbers[
        okafor.number
    ].fallback_url = f"{office.transport.base_url}/twilio/voice/fallback/"
    office.hangs_up(office.rings(okafor))
    [answer] = [
        body.decode()
        for posting, _status, body in office.transport.answers
        if posting.url.endswith("/twilio/voice/fallback/")
    ]
    assert document() == answer
    call_command("fallback_document", str(tmp_path / "fallback.xml"), stdout=StringIO())
    assert (tmp_path / "fallback.xml").read_text() == answer + "\n"


def test_every_call_made_while_we_were_away_is_taken_in(office, okafor, away, monkeypatch):
    office.hangs_up(office.rings(okafor))  # one that we heard of ourselves
    office.settle()
    away()
    for number in range(10):
        leg = office.carrier.control.ring(okafor.number, f"+4477009002{number:02}")
        office.passes(15)
        assert "We cannot take your call" in leg.heard[1].text
        if number % 2:
            office.carrier.control.say(leg, "The lease has come back.")
            office.passes(8)
        office.hangs_up(leg)
        office.passes(5)
    assert Call.objects.count() == 1
    monkeypatch.undo()

    said = reconcile(office, "--import")
    assert "taken in: 10 calls, 10 recordings" in said
    office.settle()
    missed = Call.objects.filter(caller_number__startswith="+4477009002")
    assert missed.count() == 10
    assert not missed.filter(rang_at__gte=office.carrier.timeline.now).exists()
    assert len(set(missed.values_list("rang_at", flat=True))) == 10
    assert Voicemail.objects.exclude(recording_id="").count() == 10
    assert WorkItem.objects.open().filter(kind="calls.missed").count() == 10
    assert "taken in: 0 calls, 0 recordings" in reconcile(office, "--import")
    assert "recordings: 10 at the carrier, 10 here" in reconcile(office)
    assert Call.objects.count() == 11


def test_looking_alone_takes_nothing_in(office, okafor, away, monkeypatch):
    away()
    office.hangs_up(office.rings(okafor))
    monkeypatch.undo()
    with pytest.raises(CommandError, match="1 differences"):  # the call
        reconcile(office)
    assert Call.objects.count() == 0
