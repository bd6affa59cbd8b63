"""The client answers a message; whoever has the client now reads it."""

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work
from secretariat import ledger
from secretariat.card_numbers import redact

from .acknowledging import acknowledge
from .announcing import announce
from .event_log import log
from .models import Message, Reply


@transaction.atomic
def reply(message: Message, *, contact, text: str, how: str, at, by=None) -> Reply:
    """Keep the client's reply and put it on the desk. Who replies has heard: it acknowledges too."""
    text, _found = redact(text.strip())
    answered = Reply.objects.create(
        client_id=message.client_id, message=message, contact=contact, text=text, at=at, how=how
    )
    log(message, "replied", at=at, by=by, contact=contact)
    work.open_item(
        "messages.reply",
        client=message.client,
        subject=("messages_app.reply", answered.pk),
        because=_("%(name)s replied to a message.") % {"name": contact.name},
        urgency=message.urgency,
    )
    ledger.record(
        "message.replied",
        actor_id=by.pk if by else None,
        client_id=message.client_id,
        subject=("messages_app.message", message.pk),
        detail={"contact": str(contact.pk)},
    )
    acknowledge(message, contact=contact, how=how, at=at, by=by)
    announce("message.replied", message)
    return answered


@transaction.atomic
def seen(answered: Reply, *, by, at) -> None:
    """Somebody at the desk has read the reply and dealt with it."""
    if Reply.objects.filter(pk=answered.pk, seen_at=None).update(seen_at=at, seen_by=by):
        log(answered.message, "reply_read", at=at, by=by, contact=answered.contact)
        announce("message.replied", answered.message)
