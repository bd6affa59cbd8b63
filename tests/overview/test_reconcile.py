"""What the carrier knows and we do not, found by asking it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from calls.models import Call, Leg, Voicemail
from clients.models import DeliveryRule
from messages_app import taking
from messages_app.models import Delivery
from secretariat import clock
from secretariat.channels import twilio
from secretariat.outbox.models import InboundEvent


@pytest.fixture
def okafor(office):
    office.clock_says("2026-11-24 10:30")
    return office.client("Okafor Legal")


@pytest.fixture
def day(office, okafor):
    """A call that was answered, its message by text, and a voicemail."""
    priya = office.secretary("Priya", okafor)
    DeliveryRule.objects.create(client=okafor.row, contact=okafor.owner, channel="text")
    leg = office.rings(okafor)
    office.answers(priya)
    office.passes(10)
    office.hangs_up(leg)
    taking.take_message(
        call=Call.objects.get(),
        by=priya.user,
        at=clock.now(),
        answers=[],
        contact=okafor.owner,
        caller_name="Dana Reyes",
        caller_firm="",
        call_back_on="",
        text="Ring back",
    )
    office.passes(10)


def reconciled(office) -> str:
    said = StringIO()
    with twilio.transported_by(office.transport.http_client()):
        call_command("reconcile", stdout=said)
    return said.getvalue()


def differing(office) -> str:
    said = StringIO()
    with twilio.transported_by(office.transport.http_client()), pytest.raises(CommandError):
        call_command("reconcile", stdout=said)
    return said.getvalue()


def test_an_office_that_heard_everything_differs_in_nothing(office, day):
    assert reconciled(office).splitlines() == [
        "calls: 2 at the carrier, 2 here",
        "texts: 1 at the carrier, 1 here",
        "recordings: 0 at the carrier, 0 here",
        "mail: 0 here; an SMTP server keeps no list to ask",
    ]


def test_mail_the_provider_never_reported_is_named(office, day, settings):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    delivery = Delivery.objects.filter(channel="text").get()
    Delivery.objects.filter(pk=delivery.pk).update(channel="email", receipt="mail-7", state="accepted")
    assert "mail: 0 at the carrier, 0 here" in reconciled(office)  # it was sent a moment ago
    Delivery.objects.filter(pk=delivery.pk).update(settled_at=clock.now() - timedelta(hours=2))
    assert "mail: 0 at the carrier, 1 here\n  only here: mail-7" in differing(office)
    Delivery.objects.filter(pk=delivery.pk).update(state="delivered")
    assert "mail: 1 at the carrier, 1 here" in reconciled(office)


def test_a_call_that_never_reached_us_is_named(office, day):
    lost = Leg.objects.get(party="caller")
    InboundEvent.objects.filter(key=lost.carrier_id).delete()
    Leg.objects.filter(pk=lost.pk).update(carrier_id="")
    assert f"only at the carrier: {lost.carrier_id}" in differing(office)


def test_a_leg_that_only_we_think_is_live_is_named(office, day):
    leg = Leg.objects.get(party="caller")
    Leg.objects.filter(pk=leg.pk).update(ended_at=None)
    assert f"ended otherwise: {leg.carrier_id}" in differing(office)


def test_a_call_the_carrier_knows_nothing_of_is_named(office, day):
    Leg.objects.filter(party="caller").update(carrier_id="CAnever")
    assert "only here: CAnever" in differing(office)


def test_a_text_that_arrived_without_our_hearing_of_it_is_named(office, day):
    delivery = Delivery.objects.get(channel="text")
    Delivery.objects.filter(pk=delivery.pk).update(state="accepted")
    assert f"ended otherwise: {delivery.receipt}" in differing(office)


def test_a_recording_nobody_fetched_is_named(office, okafor):
    leg = office.rings(okafor)
    office.passes(30)
    office.carrier.control.say(leg, "The lease has come back.")
    office.passes(5)
    office.carrier.control.press(leg, "#")
    office.passes(10)
    office.hangs_up(leg)
    assert "recordings: 1 at the carrier, 1 here" in reconciled(office)
    kept = Voicemail.objects.get()
    Voicemail.objects.update(recording_id="")
    assert f"only at the carrier: {kept.recording_id}" in differing(office)


def test_a_carrier_that_does_not_answer_is_no_difference(office, okafor):
    def unplugged(*_args, **_kwargs):
        from requests import ConnectionError

        raise ConnectionError

    transport = office.transport.http_client()
    transport.request = unplugged
    with twilio.transported_by(transport), pytest.raises(CommandError, match="could not be asked"):
        call_command("reconcile", stdout=StringIO())
