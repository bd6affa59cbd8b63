"""How far a delivery got. What comes late or twice never moves it back; only a person sends it again."""

from django.db import transaction
from django.utils.translation import gettext as _

from clients import suppressing, work
from clients.models import Channel, Suppression
from secretariat import clock, ledger
from secretariat.outbox.models import Effect

from . import consent, delivering, escalating
from .announcing import announce
from .delivering import SENT, settle_state
from .event_log import log
from .models import CallOut, Delivery, Message

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
SUPPRESSED = "suppressed"
MISSED = (State.FAILED, State.UNKNOWN)
BY_EFFECT = {
    "pending": State.WAITING,
    "leased": State.SENDING,
    "done": State.ACCEPTED,
    "unknown": State.UNKNOWN,
    "dead": State.FAILED,
    "cancelled": State.WITHDRAWN,
}
# A telephone that rang unanswered is worth the wait: she may ring back or read the text meanwhile.
WORTH_ANOTHER_WAIT = (CallOut.NO_ANSWER, CallOut.BUSY, CallOut.LEFT_MESSAGE)
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
    if becomes == State.ACCEPTED and delivery.channel == Channel.CALL:
        becomes = State.SENDING  # it rings: whether it reached anybody is told by keys and by the carrier
    if becomes == State.WITHDRAWN and effect.reason.startswith(SUPPRESSED):
        refused = delivering.objection(delivery.channel, delivery.address)
        failed_later(delivery, error=delivering.why_not(refused) if refused else effect.reason)
        return
    if becomes == State.FAILED and effect.reason == consent.OPTED_OUT and delivery.channel == Channel.TEXT:
        because = Suppression.Because.REFUSED
        suppressing.suppress(delivery.channel, delivery.address, because, at=clock.now())
    move(delivery, becomes, receipt=effect.receipt, error=effect.reason if becomes == State.FAILED else "")


@transaction.atomic
def move(delivery: Delivery, becomes: str, *, receipt: str = "", error: str = "", result: str = "") -> bool:
    """Take in what was learnt. False when something at least as final was known already.

    `result` is how a call went. What failed for good lets the ladder's next step come at once.
    """
    # The message first, as everybody does who changes both.
    Message.objects.select_for_update().only("pk").get(pk=delivery.message_id)
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
    came_from, delivery.state = delivery.state, becomes
    delivery.settled_at, delivery.error, delivery.result = at, error[:240], result
    delivery.save(update_fields=["state", "settled_at", "error", "result"])
    settle_state(delivery.message)
    if becomes in EVENTS:
        event, verb = EVENTS[becomes]
        channel = delivery.get_channel_display()
        log(delivery.message, verb, at=at, contact=delivery.contact, channel=channel, result=result)
        announce(event, delivery.message)
    if becomes == State.FAILED and result not in WORTH_ANOTHER_WAIT and _is_latest_step(delivery):
        escalating.bring_forward(delivery.message, at=at)
    if came_from in MISSED and becomes in SENT:
        not_missed(delivery.message, delivery.contact, by=None, outcome=_("It arrived after all"))
    return True


def _is_latest_step(delivery: Delivery) -> bool:
    """Whether the ladder waits for an answer to just this delivery."""
    tried = delivery.message.ladder_steps.filter(state="tried").order_by("-run", "-place").first()
    return tried is not None and tried.delivery_id == delivery.pk


@transaction.atomic
def goes_again(delivery: Delivery, effect, *, by) -> None:
    """`effect` is what carries it out from now on. A person decided it and knows that it may arrive twice."""
    not_missed(delivery.message, delivery.contact, by=by, outcome=_("Sent again"))
    Delivery.objects.filter(pk=delivery.pk).update(
        effect=effect, state=State.WAITING, settled_at=None, error="", receipt=""
    )
    message = delivery.message
    log(message, "sent_again", at=clock.now(), by=by, contact=delivery.contact)
    ledger.record(
        "message.sent_again",
        actor_id=by.pk if by else None,
        client_id=message.client_id,
        subject=("messages_app.delivery", delivery.pk),
    )
    settle_state(message)
    announce("message.taken", message)


def not_missed(message, contact, *, by, outcome: str) -> None:
    """Finish the work that deliveries to this contact had made, for she has the message or will have it."""
    hers = message.deliveries.filter(contact=contact, effect__isnull=False)
    for effect_id in hers.values_list("effect_id", flat=True):
        work.finish_all(subject=("outbox.effect", effect_id), by=by, outcome=outcome)
    if not message.deliveries.filter(state__in=MISSED).exclude(contact=contact).exists():
        subject = ("messages_app.message", message.pk)
        work.finish_all(subject=subject, kind="messages.failed", by=by, outcome=outcome)


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


def none_is_told(effect) -> bool:
    """Nothing is sent to its address, nor to any other of those told of the same (by their keys)."""
    if not effect.reason.startswith(SUPPRESSED):
        return False
    told_of_it = effect.key.rpartition(":")[0] + ":"
    others = Effect.objects.filter(kind=effect.kind, key__startswith=told_of_it).exclude(pk=effect.pk)
    return not others.exclude(state__in=(Effect.State.CANCELLED, Effect.State.DEAD)).exists()
