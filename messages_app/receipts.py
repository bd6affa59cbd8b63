"""How far a delivery got. What comes late or twice never moves it back."""

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work
from secretariat import clock

from .announcing import announce
from .dispatch import settle_state
from .event_log import log
from .models import Delivery

State = Delivery.State
# A later word counts only if it ranks higher. Failing ranks above being accepted: it undelivers.
RANK = {
    State.WAITING: 0,
    State.SENDING: 1,
    State.UNKNOWN: 2,
    State.ACCEPTED: 3,
    State.FAILED: 4,
    State.DELIVERED: 5,
    State.WITHDRAWN: 6,
}
BY_EFFECT = {
    "pending": State.WAITING,
    "leased": State.SENDING,
    "done": State.ACCEPTED,
    "unknown": State.UNKNOWN,
    "dead": State.FAILED,
    "cancelled": State.WITHDRAWN,
}
EVENTS = {
    State.ACCEPTED: ("message.delivered", "accepted"),
    State.DELIVERED: ("message.delivered", "delivered"),
    State.FAILED: ("message.failed", "failed"),
    State.UNKNOWN: ("message.failed", "unknown"),
}


def delivery_of(effect) -> Delivery | None:
    """The delivery that this effect carries out, if it is still the one that counts."""
    return (
        Delivery.objects.select_related("message__client", "contact")
        .filter(pk=effect.subject_id, effect=effect.pk)
        .first()
    )


def follow(effect) -> None:
    """Bring the delivery in line with its effect, in the transaction of the effect's change."""
    delivery = delivery_of(effect)
    if delivery is None:
        return
    becomes = BY_EFFECT[effect.state]
    if becomes in (State.WAITING, State.SENDING):
        # Back and forth before anything left us; a receipt that overtook our own answer stands.
        Delivery.objects.filter(pk=delivery.pk, state__in=[State.WAITING, State.SENDING]).update(
            state=becomes
        )
        return
    move(delivery, becomes, receipt=effect.receipt, error=effect.reason if becomes == State.FAILED else "")


@transaction.atomic
def move(delivery: Delivery, becomes: str, *, receipt: str = "", error: str = "") -> bool:
    """Take in what was learnt. False when something at least as final was known already."""
    delivery = (
        Delivery.objects.select_for_update(of=("self",))
        .select_related("message__client", "contact")
        .get(pk=delivery.pk)
    )
    if receipt and not delivery.receipt:
        delivery.receipt = receipt
        delivery.save(update_fields=["receipt"])
    if RANK[becomes] <= RANK[delivery.state]:
        return False
    at = clock.now()
    delivery.state, delivery.settled_at, delivery.error = becomes, at, error[:240]
    delivery.save(update_fields=["state", "settled_at", "error"])
    settle_state(delivery.message)
    if becomes in EVENTS:
        event, verb = EVENTS[becomes]
        log(delivery.message, verb, at=at, contact=delivery.contact, channel=delivery.get_channel_display())
        announce(event, delivery.message)
    return True


def failed_later(delivery: Delivery, *, error: str) -> None:
    """It left us and did not arrive: nobody has been told after all, and a person must know."""
    if move(delivery, State.FAILED, error=error):
        work.open_item(
            "messages.failed",
            client=delivery.message.client,
            subject=("messages_app.message", delivery.message_id),
            because=_("%(channel)s to %(name)s did not arrive.")
            % {"channel": delivery.get_channel_display(), "name": delivery.contact.name},
            urgency=delivery.message.urgency,
        )
