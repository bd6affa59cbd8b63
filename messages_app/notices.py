"""A notice in somebody's browser that is news no longer: a quiet one takes its place, under the same tag.

A browser has to show something for whatever it is told, or says itself that we are at work in the background.
So no notice is simply taken away: what became of the message stands where it stood, and makes no sound.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from clients.models import Channel
from secretariat import outbox

from . import wording
from .delivering import HAS_LEFT
from .models import Delivery, Message

KIND = "messages.push_over"
ON_ITS_WAY = timedelta(seconds=15)  # longer than all of somebody's browsers are given


def shown(message: Message) -> list[Delivery]:
    """Those by which somebody perhaps has a notice of this message before her."""
    perhaps = Q(state__in=HAS_LEFT) | Q(effect__perhaps_sent=True)
    return list(message.deliveries.filter(perhaps, channel=Channel.PUSH).select_related("contact"))


def replace(deliveries: Iterable[Delivery], *, at: datetime) -> None:
    """Have them say what became of their message, in the caller's transaction: once to each person."""
    told = {(each.message_id, each.contact_id): each for each in deliveries if each.channel == Channel.PUSH}
    for delivery in told.values():
        # The notice itself must not come after what takes its place.
        due_at = at + ON_ITS_WAY if delivery.state == Delivery.State.SENDING else None
        outbox.post(
            KIND,
            key=f"push-over:{delivery.pk}:{at:%Y%m%d%H%M%S%f}",
            queue="urgent",
            client_id=delivery.client_id,
            subject=("messages_app.delivery", delivery.pk),
            payload=wording.of_notice_over(delivery),
            due_at=due_at,
        )
