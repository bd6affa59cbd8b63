"""What providers tell us about deliveries, worked in any order, repeated or late."""

import json

from django.utils.translation import gettext as _

from clients import work
from clients.models import Channel
from secretariat import clock
from secretariat.outbox.inbox import works

from . import receipts
from .acknowledging import acknowledge
from .models import Delivery
from .replying import reply

# The statuses of a text that mean something new to us; those between say only that it is on its way.
TEXT = {
    "sent": Delivery.State.ACCEPTED,
    "delivered": Delivery.State.DELIVERED,
    "read": Delivery.State.DELIVERED,
    "undelivered": Delivery.State.FAILED,
    "failed": Delivery.State.FAILED,
}
MAIL = {
    "sent": Delivery.State.ACCEPTED,
    "delivered": Delivery.State.DELIVERED,
    "opened": Delivery.State.DELIVERED,
    "bounced": Delivery.State.FAILED,
    "rejected": Delivery.State.FAILED,
    "failed": Delivery.State.FAILED,
    "complained": Delivery.State.DELIVERED,
}


@works("twilio.text-status")
def text_status(event) -> None:
    """A text was sent, arrived, or did not: `key` in the address says which delivery it was."""
    fields = event.fields
    key = event.query.get("key", "").removeprefix("message:").split("#")[0]
    delivery = _found(Delivery.objects.filter(pk=key) if key else None, receipt=fields["MessageSid"])
    if delivery is None:
        return
    becomes = TEXT.get(fields["MessageStatus"])
    if becomes == Delivery.State.FAILED:
        code = fields.get("ErrorCode", "")
        receipts.failed_later(
            delivery, error=_("the carrier says %(code)s") % {"code": code or _("no reason")}
        )
    elif becomes:
        receipts.move(delivery, becomes, receipt=fields["MessageSid"])


@works("anymail.tracking")
def mail_tracking(event) -> None:
    """A mail was delivered, or came back."""
    told = json.loads(event.body)
    delivery = _found(None, receipt=told["message_id"])
    becomes = MAIL.get(told["event_type"])
    if delivery is None or becomes is None:
        return
    if becomes == Delivery.State.FAILED:
        receipts.failed_later(delivery, error=told.get("reason") or told["event_type"])
    else:
        receipts.move(delivery, becomes)


@works("twilio.text")
def text_came(event) -> None:
    """Somebody at a client answered a text: OK acknowledges, anything else is a reply for the desk."""
    fields = event.fields
    delivery = (
        Delivery.objects.filter(channel=Channel.TEXT, address=fields["From"])
        .select_related("message__client", "contact")
        .order_by("-created_at")
        .first()
    )
    said = fields.get("Body", "").strip()
    if delivery is None or not said:
        work.open_item(
            "messages.stray_text",
            client=delivery and delivery.message.client,
            subject=("outbox.inboundevent", event.pk),
            because=_("A text came in that answers no message of ours."),
        )
    elif said.strip(".! ").casefold() in ("ok", "okay"):
        acknowledge(delivery.message, contact=delivery.contact, how="text", at=clock.now())
    else:
        reply(delivery.message, contact=delivery.contact, text=said, how="text", at=clock.now())


def _found(by_key, *, receipt: str) -> Delivery | None:
    related = Delivery.objects.select_related("message__client", "contact")
    if by_key is not None and (delivery := related.filter(pk__in=by_key.values("pk")).first()):
        return delivery
    return related.filter(receipt=receipt).first() if receipt else None
