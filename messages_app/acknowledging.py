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


@transaction.atomic
def acknowledge(message: Message, *, contact, how: str, at, by=None) -> bool:
    """Mark the message acknowledged by this contact; `how` is portal, link, text, call or told.

    The first acknowledgement counts: False when there was one already, or the message was withdrawn.
    """
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
    if not won:
        return False
    Delivery.objects.filter(message=message, contact=contact, acknowledged_at=None).update(acknowledged_at=at)
    not_missed(message, contact, by=by, outcome=_("Acknowledged"))
    escalating.stop(message, at=at, by=by, outcome=_("Acknowledged"))
    notices.replace(notices.shown(message), at=at)
    subject = ("messages_app.message", message.pk)
    work.finish_all(subject=subject, kind="messages.reopened", by=by, outcome=_("Acknowledged"))
    log(message, "acknowledged", at=at, by=by, contact=contact, how=how)
    ledger.record(
        "message.acknowledged",
        actor_id=by.pk if by else None,
        client_id=message.client_id,
        subject=("messages_app.message", message.pk),
        detail={"contact": str(contact.pk), "how": how},
    )
    announce("message.acknowledged", message)
    return True
