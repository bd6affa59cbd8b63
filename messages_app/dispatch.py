"""Getting a message to its people: one delivery for each person and way, each with its one effect."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clients import guidance, work
from clients.availability import where
from clients.models import Channel, Contact, ContactAddress, DeliveryRule
from clients.standing_in import stand_in_for
from secretariat import outbox

from . import quiet, recipients, wording
from .event_log import log
from .models import Delivery, Message

SENT = (Delivery.State.ACCEPTED, Delivery.State.DELIVERED)
KIND = {Channel.EMAIL: "messages.email", Channel.TEXT: "messages.text"}


@transaction.atomic
def dispatch(message: Message, *, at) -> list[Delivery]:
    """Write the deliveries that the client's rules ask for and that are not there yet.

    In the caller's transaction: a message without its deliveries never exists. When nobody can be
    told, somebody at the desk is.
    """
    chosen = recipients.choose(
        addressed_to=message.contact_id,
        urgency=message.urgency,
        call_type=message.call_type_id,
        people=_people(message.client_id),
        rules=_rules(message.client_id),
        away=_away(message.client, at),
    )
    deliveries = [_deliver(message, recipient, at) for recipient in chosen]
    if not deliveries:
        work.open_item(
            "messages.nobody",
            client=message.client,
            subject=("messages_app.message", message.pk),
            because=_("Nobody at the client can be told of this message."),
            urgency=message.urgency,
        )
    settle_state(message)
    return deliveries


def _deliver(message: Message, recipient: recipients.Recipient, at) -> Delivery:
    delivery, is_new = Delivery.objects.get_or_create(
        message=message,
        contact_id=recipient.contact,
        channel=recipient.channel,
        address=recipient.address if recipient.channel != Channel.PORTAL else "",
        defaults={"client_id": message.client_id, "because": recipient.because, "created_at": at},
    )
    if not is_new:
        return _pressing_now(delivery, message)
    if recipient.channel == Channel.PORTAL:
        delivery.state, delivery.settled_at = Delivery.State.ACCEPTED, at
        delivery.save(update_fields=["state", "settled_at"])
        log(message, "shown", at=at, contact=delivery.contact, channel=delivery.channel)
        return delivery
    delivery.not_before = _not_before(message, delivery.contact, at)
    effect = outbox.post(
        KIND[Channel(recipient.channel)],
        key=f"message:{delivery.pk}",
        queue="urgent",
        client_id=message.client_id,
        subject=("messages_app.delivery", delivery.pk),
        payload=wording.of(delivery),
        due_at=delivery.not_before,
    )
    delivery.effect_id = effect.pk
    delivery.save(update_fields=["effect_id", "not_before"])
    return delivery


def _pressing_now(delivery: Delivery, message: Message) -> Delivery:
    """One that waited for the end of quiet hours waits no longer when the message became pressing."""
    if delivery.not_before and message.urgency > Message.Urgency.NORMAL:
        outbox.hasten(key=f"message:{delivery.pk}")
        delivery.not_before = None
        delivery.save(update_fields=["not_before"])
    return delivery


def _not_before(message: Message, contact: Contact, at) -> datetime | None:
    """A normal message waits for the end of quiet hours; one that is pressing does not."""
    if message.urgency > Message.Urgency.NORMAL:
        return None
    zone = contact.zone or message.client.zone
    return quiet.ends_at(contact.quiet_from, contact.quiet_until, zone=zone, at=at)


def settle_state(message: Message) -> bool:
    """Bring the message's state in line with its deliveries. True when it changed.

    Delivered means that everyone it went to has one delivery that left us; a later failure undelivers it.
    Acknowledged and withdrawn stay what they are.
    """
    states = Message.State
    told: dict = {}
    for contact, state in message.deliveries.exclude(state=Delivery.State.WITHDRAWN).values_list(
        "contact", "state"
    ):
        told[contact] = told.get(contact, False) or state in SENT
    becomes = states.DELIVERED if told and all(told.values()) else states.UNDELIVERED
    changed = (
        Message.objects.filter(pk=message.pk, state__in=[states.DELIVERED, states.UNDELIVERED])
        .exclude(state=becomes)
        .update(state=becomes)
    )
    message.refresh_from_db(fields=["state"])
    return bool(changed)


def _people(client_id) -> list[recipients.Person]:
    addresses: dict = {}
    for row in ContactAddress.objects.filter(client=client_id):
        addresses.setdefault((row.contact_id, row.kind), row.value)  # in the client's order
    return [
        recipients.Person(
            id=contact.pk,
            name=contact.name,
            email=addresses.get((contact.pk, ContactAddress.Kind.EMAIL), ""),
            mobile=addresses.get((contact.pk, ContactAddress.Kind.MOBILE), ""),
            signs_in=contact.user_id is not None,
            sees_all=contact.sees_all,
        )
        for contact in Contact.objects.filter(client=client_id, is_active=True)
    ]


def _away(client, at) -> dict:
    """Who is told in place of each person who is away at `at`."""
    found = where(guidance.statuses_at(client, at), at=at)
    instead = {}
    for contact in found:
        if stand_in := stand_in_for(contact, found.values(), zone=client.zone, at=at):
            instead[contact] = recipients.Instead(stand_in.contact_id, stand_in.because)
    return instead


def _rules(client_id) -> list[recipients.Rule]:
    return [
        recipients.Rule(
            contact=rule.contact_id,
            channel=rule.channel,
            at_least=rule.at_least,
            call_type=rule.call_type_id,
            even_if_not_addressed=rule.even_if_not_addressed,
        )
        for rule in DeliveryRule.objects.filter(client=client_id).order_by("pk")
    ]
