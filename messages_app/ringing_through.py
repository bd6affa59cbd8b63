"""A message rung through to somebody at the client, key by key. Only a key pressed after the words counts."""

from django.shortcuts import get_object_or_404

from secretariat.outbox.inbox import works

from . import escalating, receipts, spoken
from .acknowledging import acknowledge
from .event_log import log
from .models import CallOut, Delivery, Message

# What the carrier says of a call that ended without the words being heard.
RESULTS = {
    "completed": CallOut.LEFT_MESSAGE,  # the sentence that tells nothing was heard, by somebody or a machine
    "no-answer": CallOut.NO_ANSWER,
    "busy": CallOut.BUSY,
    "canceled": CallOut.NO_ANSWER,
    "failed": CallOut.OUT_OF_ORDER,
}


def picked_up(delivery_id, notice) -> str:
    delivery = _ringing(delivery_id, notice)
    return spoken.settled(delivery) if _is_over(delivery.message) else spoken.announced(delivery)


def asked_to_hear(delivery_id, notice) -> str:
    """The words, for the key that asks for them; any other key, and none, ends the call."""
    delivery = _ringing(delivery_id, notice)
    if _is_over(delivery.message):
        return spoken.settled(delivery)
    if notice.params.get("Digits") != spoken.HEAR:
        return spoken.not_confirmed(delivery)
    log(delivery.message, "heard", at=notice.received_at, contact=delivery.contact)
    receipts.move(delivery, Delivery.State.DELIVERED)
    return spoken.read_out(delivery)


def answered(delivery_id, notice) -> str:
    delivery = _ringing(delivery_id, notice)
    key = notice.params.get("Digits")
    if key == spoken.AGAIN:
        return spoken.read_out(delivery)
    if key != spoken.ACCEPT:
        return spoken.not_confirmed(delivery)
    Delivery.objects.filter(pk=delivery.pk).update(result=CallOut.SUCCESSFUL)
    acknowledge(delivery.message, contact=delivery.contact, how="call", at=notice.received_at)
    return spoken.thanks(delivery)


@works("twilio.message-call")
def ended(event) -> None:
    """The call is over. Where nobody heard the words it came to nothing, and the ladder goes on."""
    delivery = Delivery.objects.filter(pk=event.key.partition("|")[0]).select_related("message").first()
    result = RESULTS.get(event.fields["CallStatus"])
    if delivery is not None and result is not None:
        receipts.move(delivery, Delivery.State.FAILED, error=result.label, result=result)


def _ringing(delivery_id, notice) -> Delivery:
    """The delivery whose number really was rung: an address alone opens nothing at another telephone."""
    deliveries = Delivery.objects.select_related("message__client", "contact")
    return get_object_or_404(deliveries, pk=delivery_id, channel="call", address=notice.params.get("To", ""))


def _is_over(message: Message) -> bool:
    return message.state in escalating.OVER or Message.objects.filter(corrects=message).exists()
