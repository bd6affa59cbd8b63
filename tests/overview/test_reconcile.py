"""What the carrier knows and we do not, found by asking it."""

import os
import random
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from calls.models import Call, Leg, Voicemail
from clients.models import DeliveryRule
from messages_app import taking
from messages_app.models import Delivery
from secretariat import clock
from secretariat.channels import twilio
from secretariat.outbox.models import Effect, InboundEvent
from secretariat.overview import reconciling


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


ALTERATIONS = int(os.environ.get("ALTERATIONS", "24"))  # a hundred by one command: docs/figures.md


def leg_forgotten(leg):
    sid, leg.carrier_id = leg.carrier_id, ""
    leg.save()
    InboundEvent.objects.filter(kind="incoming-call", key=sid).delete()
    return {sid}


def leg_never_ended(leg):
    leg.ended_at = None
    leg.save()
    return {leg.carrier_id}


def leg_of_another_name(leg):
    return leg_forgotten(leg) | renamed(leg, "carrier_id")


def text_forgotten(delivery):
    sid, delivery.receipt = delivery.receipt, ""
    delivery.save()
    Effect.objects.filter(receipt=sid).update(receipt="")
    return {sid}


def text_of_another_name(delivery):
    return text_forgotten(delivery) | renamed(delivery, "receipt")


def text_that_failed(delivery):
    delivery.state = Delivery.State.FAILED
    delivery.save()
    return {delivery.receipt}


def renamed(row, column):
    setattr(row, column, f"XX{row.pk.hex}")
    row.save()
    return {getattr(row, column)}


ALTERED = {
    Leg: [leg_forgotten, leg_never_ended, leg_of_another_name],
    Delivery: [text_forgotten, text_of_another_name, text_that_failed],
}


def test_each_row_altered_behind_its_back_is_named_and_no_other(office, day):
    since, chance = clock.now() - timedelta(hours=12), random.Random(20261125)

    def named() -> set[str]:
        with twilio.transported_by(office.transport.http_client()):
            found = list(reconciling.compared(since))
        return {sid for each in found for sid in (*each.only_there, *each.only_here, *each.disagree)}

    assert named() == set()
    done = set()
    for _ in range(ALTERATIONS):
        model = chance.choice([Leg, Delivery])
        rows = Leg.objects.all() if model is Leg else Delivery.objects.filter(channel="text")
        alter, row = chance.choice(ALTERED[model]), chance.choice(list(rows))
        with transaction.atomic():
            altered = alter(row)
            assert named() == altered, alter.__name__
            transaction.set_rollback(True)
        done.add(alter)
    assert done == {*ALTERED[Leg], *ALTERED[Delivery]}
    assert named() == set()
