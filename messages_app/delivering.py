"""One delivery: one message to one person by one way, with the one effect that carries it out."""

from datetime import datetime

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clients.models import Channel, Contact, ContactAddress, Device, Suppression
from secretariat import outbox
from secretariat.channels import push

from . import consent, quiet, wording
from .event_log import log
from .models import Delivery, Message

SENT = (Delivery.State.ACCEPTED, Delivery.State.DELIVERED)
HAS_LEFT = (*SENT, Delivery.State.SENDING, Delivery.State.UNKNOWN)  # perhaps only, but then it is there
KIND = {
    Channel.EMAIL: "messages.email",
    Channel.TEXT: "messages.text",
    Channel.CALL: "messages.call",
    Channel.PUSH: "messages.push",
}
NO_ADDRESS = (Channel.PORTAL, Channel.PUSH)  # to a person, whatever she reads it with
ADDRESSES = {
    Channel.EMAIL: [ContactAddress.Kind.EMAIL],
    Channel.TEXT: [ContactAddress.Kind.MOBILE],
    Channel.CALL: [ContactAddress.Kind.MOBILE, ContactAddress.Kind.PHONE],
}


def deliver(
    message: Message, contact: Contact, channel: str, address: str, *, because: str, at, turn: int = 0
) -> Delivery:
    """Write this delivery and its effect in the caller's transaction, once for each turn.

    To an address that wants nothing from us nothing goes, and the delivery says so.
    """
    delivery, is_new = Delivery.objects.get_or_create(
        message=message,
        contact=contact,
        channel=channel,
        address="" if channel in NO_ADDRESS else address,
        turn=turn,
        defaults={"client_id": message.client_id, "because": because, "created_at": at},
    )
    if not is_new:
        return _pressing_now(delivery, message)
    if channel == Channel.PORTAL:
        delivery.state, delivery.settled_at = Delivery.State.ACCEPTED, at
        delivery.save(update_fields=["state", "settled_at"])
        log(message, "shown", at=at, contact=contact, channel=delivery.get_channel_display())
        return delivery
    if refused := objection(channel, address):
        return _not_sent(delivery, refused, at)
    if turn == 0:
        delivery.not_before = waits_until(message.urgency, contact, message.client, at)
    if channel == Channel.TEXT:
        delivery.code = free_code(delivery)
    effect = outbox.post(
        KIND[Channel(channel)],
        key=f"message:{delivery.pk}",
        queue="urgent",
        client_id=message.client_id,
        subject=("messages_app.delivery", delivery.pk),
        payload=wording.of(delivery),
        due_at=delivery.not_before,
    )
    delivery.effect_id = effect.pk
    delivery.save(update_fields=["effect_id", "not_before", "code"])
    return delivery


def objection(channel: str, address: str) -> consent.Suppressed | None:
    """Looked up before anything is written, and once more before it leaves."""
    standing = Suppression.objects.standing().filter(channel=channel, address=address.strip().lower())
    known = standing.values_list("channel", "address", "because", "since")
    return consent.objection(channel, address, [consent.Suppressed(*row) for row in known])


def why_not(refused: consent.Suppressed) -> str:
    """In words, beside the delivery."""
    since = timezone.localtime(refused.since)
    return _("%(because)s on %(day)s, so nothing is sent there") % {
        "because": Suppression.Because(refused.because).label,
        "day": f"{since:%d.%m.%Y}",
    }


def _not_sent(delivery: Delivery, refused: consent.Suppressed, at) -> Delivery:
    delivery.state, delivery.settled_at, delivery.error = Delivery.State.FAILED, at, why_not(refused)
    delivery.save(update_fields=["state", "settled_at", "error"])
    log(
        delivery.message,
        "not_sent",
        at=at,
        contact=delivery.contact,
        channel=delivery.get_channel_display(),
        because=refused.because,
    )
    return delivery


def _pressing_now(delivery: Delivery, message: Message) -> Delivery:
    """One that waited for the end of quiet hours waits no longer when the message became pressing."""
    if delivery.not_before and message.urgency > Message.Urgency.NORMAL:
        outbox.hasten(key=f"message:{delivery.pk}")
        delivery.not_before = None
        delivery.save(update_fields=["not_before"])
    return delivery


def waits_until(urgency: int, contact: Contact, client, at) -> datetime | None:
    """A normal message waits for the end of quiet hours; one that is pressing does not."""
    if urgency > Message.Urgency.NORMAL:
        return None
    return quiet.ends_at(contact.quiet_from, contact.quiet_until, zone=contact.zone or client.zone, at=at)


def next_turn(message: Message) -> int:
    """The number of the next try beyond what the rules asked for."""
    return (message.deliveries.aggregate(most=Max("turn"))["most"] or 0) + 1


def free_code(delivery: Delivery) -> int:
    """The number this text is answered with: the one its message has at this address, or the lowest free."""
    # Two at once for one telephone wait for each other here, or both would take the same number.
    list(ContactAddress.objects.select_for_update().filter(value=delivery.address).order_by("pk"))
    waiting = open_at(delivery.address).exclude(pk=delivery.pk)
    mine = waiting.filter(message=delivery.message_id).values_list("code", flat=True).first()
    if mine:
        return mine
    taken = set(waiting.values_list("code", flat=True))
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def open_at(address: str):
    """Texts to this number whose message still waits for somebody to acknowledge it."""
    done = [Message.State.ACKNOWLEDGED, Message.State.WITHDRAWN]
    return (
        Delivery.objects.filter(channel=Channel.TEXT, address=address, effect__isnull=False)
        .exclude(message__state__in=done)
        .exclude(state=Delivery.State.WITHDRAWN)
        .filter(message__corrected_by=None)
    )


def address_of(contact: Contact, channel: str) -> str:
    """Where this channel reaches her, first in the client's order; empty where there is none."""
    if channel == Channel.PORTAL:
        return contact.name if contact.user_id or contact.sees_all else ""
    if channel == Channel.PUSH:
        hers = Device.objects.taking(push.mark()).filter(contact=contact, contact__user__isnull=False)
        return ", ".join(hers.values_list("name", flat=True))
    rows = list(ContactAddress.objects.filter(contact=contact, kind__in=ADDRESSES[Channel(channel)]))
    rows.sort(key=lambda row: ADDRESSES[Channel(channel)].index(row.kind))
    return rows[0].value if rows else ""


def settle_state(message: Message) -> bool:
    """Bring the message's state in line with its deliveries. True when it changed.

    Delivered means that everyone it went to has one delivery that left us; a later failure undelivers it.
    A further try that comes to nothing takes nothing back. What left before the message was reopened no
    longer counts. Acknowledged and withdrawn stay what they are.
    """
    states = Message.State
    told: dict = {}
    message.refresh_from_db(fields=["reopened_at"])
    for delivery in message.deliveries.exclude(state=Delivery.State.WITHDRAWN):
        reached = delivery.state in SENT and not _is_old(delivery, message)
        if reached or delivery.turn == 0:
            told[delivery.contact_id] = told.get(delivery.contact_id, False) or reached
    is_told = any(told.values()) if message.reopened_at else bool(told) and all(told.values())
    becomes = states.DELIVERED if is_told else states.UNDELIVERED
    changed = (
        Message.objects.filter(pk=message.pk, state__in=[states.DELIVERED, states.UNDELIVERED])
        .exclude(state=becomes)
        .update(state=becomes)
    )
    message.refresh_from_db(fields=["state"])
    return bool(changed)


def _is_old(delivery: Delivery, message: Message) -> bool:
    return bool(message.reopened_at and delivery.created_at <= message.reopened_at)
