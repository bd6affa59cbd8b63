"""A message is taken back: nobody is told of it any more, and no link and no page shows its words."""

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work
from clients.models import Channel
from secretariat import ledger, outbox

from . import delivering, escalating, notices, wording
from .announcing import announce
from .delivering import HAS_LEFT
from .event_log import log
from .models import Delivery, Message

WRONG_CLIENT = "wrong_client"


@transaction.atomic
def withdraw(message: Message, *, because: str, by, at) -> list[Delivery]:
    """Take it back and say so, without its words, to whoever had been sent them. Returns those deliveries.

    The caller holds the message's lock. Nothing is left of what was said: it was not for this client.
    """
    escalating.stop(message, at=at, by=by, outcome=_("Withdrawn"))
    reached = [each for each in message.deliveries.select_related("contact") if each.state in HAS_LEFT]
    for delivery in message.deliveries.filter(state=Delivery.State.WAITING, effect__isnull=False):
        outbox.cancel(key=delivery.effect.key, because="withdrawn")
    message.deliveries.update(state=Delivery.State.WITHDRAWN)
    message.answers.all().delete()
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.WITHDRAWN,
        withdrawn_because=because,
        caller_name="",
        caller_firm="",
        call_back_on="",
        text="",
        also_noted="",
        correction_note="",
        correspondent=None,
        guidance={},
    )
    message.refresh_from_db()
    for kind in ("messages.failed", "messages.nobody", escalating.END_KIND):
        subject = ("messages_app.message", message.pk)
        work.finish_all(subject=subject, kind=kind, by=by, outcome=_("Withdrawn"))
    log(message, "withdrawn", at=at, by=by, because=because)
    ledger.record(
        "message.withdrawn",
        actor_id=by.pk,
        client_id=message.client_id,
        subject=("messages_app.message", message.pk),
        detail={"because": because},
    )
    announce("message.corrected", message)
    return reached


def tell_of_withdrawal(message: Message, reached: list[Delivery], *, at) -> None:
    """One plain note by each way by which the words had left us: do not act on it, delete it.

    A notice in a browser, which held none of them, is replaced.
    """
    notices.replace(reached, at=at)
    ways = {(each.contact_id, each.channel, each.address): each for each in reached}
    for delivery in ways.values():
        if delivery.channel not in (Channel.EMAIL, Channel.TEXT):
            continue
        if delivering.objection(delivery.channel, delivery.address):
            continue
        outbox.post(
            f"messages.withdrawn_{delivery.channel}",
            key=f"withdrawn:{delivery.pk}",
            queue="urgent",
            client_id=message.client_id,
            subject=("messages_app.delivery", delivery.pk),
            payload=wording.of_withdrawal(delivery),
        )
        log(
            message,
            "told_of_withdrawal",
            at=at,
            contact=delivery.contact,
            channel=delivery.get_channel_display(),
        )
