"""Somebody at the client has heard the message. Only this is real delivery."""

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work
from secretariat import ledger

from . import escalating, notices
from .announcing import announce
from .event_log import log
from .models import Delivery, Message
from .receipts import not_missed

BY_MAIL = "mail"  # in the client's own mailbox


@transaction.atomic
def acknowledge(message: Message, *, contact, how: str, at, by=None) -> bool:
    """Mark the message acknowledged by this contact; `how` is portal, link, text, call or told.

    The first acknowledgement counts: False when there was one already, or the message was withdrawn.
    """
    if not _is_first(message, contact=contact, how=how, at=at):
        return False
    Delivery.objects.filter(message=message, contact=contact, acknowledged_at=None).update(acknowledged_at=at)
    not_missed(message, contact, by=by, outcome=_("Acknowledged"))
    _nothing_more(message, by=by, outcome=_("Acknowledged"), at=at)
    log(message, "acknowledged", at=at, by=by, contact=contact, how=how)
    _record(message, by, contact=str(contact.pk), how=how)
    announce("message.acknowledged", message)
    return True


@transaction.atomic
def dealt_with(message: Message, *, at) -> bool:
    """Mark acknowledged what the client has seen to in her own mailbox: which of her people did is not known.

    False when it was acknowledged already, or withdrawn.
    """
    if not _is_first(message, contact=None, how=BY_MAIL, at=at):
        return False
    outcome = _("The client dealt with the mail herself")
    for delivery in message.deliveries.select_related("contact"):
        not_missed(message, delivery.contact, by=None, outcome=outcome)
    for kind in ("messages.failed", "messages.nobody"):
        work.finish_all(subject=("messages_app.message", message.pk), kind=kind, by=None, outcome=outcome)
    _nothing_more(message, by=None, outcome=outcome, at=at)
    log(message, "dealt_with", at=at)
    _record(message, None, how=BY_MAIL)
    announce("message.acknowledged", message)
    return True


def _is_first(message: Message, *, contact, how: str, at) -> bool:
    won = (
        Message.objects.filter(pk=message.pk, acknowledged_at=None)
        .exclude(state=Message.State.WITHDRAWN)
        .update(
            state=Message.State.ACKNOWLEDGED,
            acknowledged_at=at,
            acknowledged_by=contact,
            acknowledged_how=how,
        )
    )
    message.refresh_from_db()
    return bool(won)


def _nothing_more(message: Message, *, by, outcome: str, at) -> None:
    """Nobody else is told of it, and what was to be done for it at the desk is over."""
    escalating.stop(message, at=at, by=by, outcome=outcome)
    notices.replace(notices.shown(message), at=at)
    subject = ("messages_app.message", message.pk)
    work.finish_all(subject=subject, kind="messages.reopened", by=by, outcome=outcome)


def _record(message: Message, by, **detail) -> None:
    ledger.record(
        "message.acknowledged",
        actor_id=by.pk if by else None,
        client_id=message.client_id,
        subject=("messages_app.message", message.pk),
        detail=detail,
    )
