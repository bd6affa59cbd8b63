"""What a person does about a message that was sent: each leaves its line in the event log."""

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work
from secretariat import ledger

from . import escalating
from .acknowledging import acknowledge
from .announcing import announce
from .delivering import address_of, deliver, next_turn, settle_state
from .event_log import log
from .models import CallOut, Delivery, Message


class NoAddress(Exception):
    """Nothing says where this contact is reached by this channel."""


@transaction.atomic
def rang(message: Message, *, contact, result: str, by, at) -> bool:
    """Somebody at the desk has rung this contact, and so it went.

    Only a successful call stops the clock: whatever else it was, the ladder goes on. True when it stopped.
    """
    log(message, "rang", at=at, by=by, contact=contact, result=result)
    _record("message.rang", message, by, contact=contact.pk, result=result)
    if result == CallOut.SUCCESSFUL:
        return acknowledge(message, contact=contact, how="told", at=at, by=by)
    announce("message.failed", message)
    return False


@transaction.atomic
def reopen(message: Message, *, by, at) -> bool:
    """Undeliver: the duty to pass it on is taken up again, whoever had acknowledged it.

    False for one that is withdrawn, or that is open as it is. An urgent one begins its ladder anew.
    """
    open_again = Message.objects.filter(
        pk=message.pk, state__in=[Message.State.DELIVERED, Message.State.ACKNOWLEDGED], corrected_by=None
    )
    if not open_again.update(
        state=Message.State.UNDELIVERED,
        reopened_at=at,
        acknowledged_at=None,
        acknowledged_by=None,
        acknowledged_how="",
    ):
        return False
    message.refresh_from_db()
    log(message, "reopened", at=at, by=by)
    _record("message.reopened", message, by)
    work.open_item(
        "messages.reopened",
        client=message.client,
        subject=("messages_app.message", message.pk),
        because=_("A message was taken up again: it must be passed on."),
        urgency=message.urgency,
        owner=by,
    )
    escalating.stop(message, at=at, by=by)
    escalating.begin(message, at=at)
    announce("message.failed", message)
    return True


@transaction.atomic
def deliver_to(message: Message, *, contact, channel: str, by, at) -> Delivery:
    """Send it to this contact by this channel now, decided by a person. Raises NoAddress."""
    address = address_of(contact, channel)
    if not address:
        raise NoAddress
    log(message, "by_hand", at=at, by=by, contact=contact)
    delivery = deliver(
        message, contact, channel, address, because=_("sent by hand"), at=at, turn=next_turn(message)
    )
    _record("message.delivered_by_hand", message, by, contact=contact.pk, channel=channel)
    settle_state(message)
    announce("message.taken", message)
    return delivery


def _record(verb: str, message: Message, by, **detail) -> None:
    ledger.record(
        verb,
        actor_id=by.pk,
        client_id=message.client_id,
        subject=("messages_app.message", message.pk),
        detail=detail,
    )
