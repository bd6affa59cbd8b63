"""What providers tell us about deliveries, worked in any order, repeated or late."""

import base64
import json

from django.utils.translation import gettext as _

from clients import suppressing
from secretariat import clock
from secretariat.outbox import effects
from secretariat.outbox.inbox import works
from secretariat.outbox.models import Effect

from . import bounces, consent, mail_in, own_addresses, receipts, texting
from .answering import following
from .letters import carrying
from .mail import by_provider, provider_words
from .models import Delivery, TextAnswer

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


ANSWERS = {
    "sent": TextAnswer.State.SENT,
    "delivered": TextAnswer.State.DELIVERED,
    "undelivered": TextAnswer.State.FAILED,
    "failed": TextAnswer.State.FAILED,
}


@works("twilio.text-status")
def text_status(event) -> None:
    """A text was sent, arrived, or did not: `key` in the address says which one it was."""
    fields = event.fields
    key = event.query.get("key", "").split("#")[0]
    status, code = fields["MessageStatus"], fields.get("ErrorCode", "")
    if key.startswith(own_addresses.CODE_TEXT):
        if TEXT.get(status) == Delivery.State.FAILED:
            own_addresses.not_reached(key.removeprefix(own_addresses.CODE_TEXT))
        return
    if key.startswith("text-"):
        answer = TextAnswer.objects.filter(receipt=fields["MessageSid"]).first()
        if answer and status in ANSWERS:
            texting.settle(answer, ANSWERS[status])
        return
    key = key.removeprefix("message:")
    delivery = _found(Delivery.objects.filter(pk=key) if key else None, receipt=fields["MessageSid"])
    if delivery is None:
        return
    becomes = TEXT.get(status)
    if becomes == Delivery.State.FAILED:
        if code == consent.OPTED_OUT:
            suppressing.suppress("text", delivery.address, consent.REFUSED, at=clock.now())
        receipts.failed_later(
            delivery, error=_("the carrier says %(code)s") % {"code": code or _("no reason")}
        )
    elif becomes:
        receipts.move(delivery, becomes, receipt=fields["MessageSid"])


@works("anymail.tracking")
def mail_tracking(event) -> None:
    """A mail was delivered, or came back, or was not wanted."""
    told = json.loads(event.body)
    key, reason = told.get("key", ""), told.get("reason", "")
    sent_by_it = Delivery.objects.filter(effect__key=key) if key else None
    delivery = _found(sent_by_it, receipt=told["message_id"])
    because = consent.of_mail(told["event_type"], reason)
    address = told.get("recipient") or (delivery.address if delivery else "")
    if because and address:
        suppressing.suppress("email", address, because, at=clock.now())
    why = told.get("why") or reason
    if reason == provider_words.FOR_NOW:
        why = _("Not for good: %(why)s") % {"why": told.get("why") or _("the provider does not say why")}
    if delivery is None and following.told(
        told["message_id"], told["event_type"], told.get("recipient", ""), why, key=key, at=clock.now()
    ):
        return
    becomes = MAIL.get(told["event_type"])
    if delivery is None and becomes == Delivery.State.FAILED:
        named = {each.lower() for each in [told.get("recipient", "")] if each}
        effects.came_back(key=key, receipt=told["message_id"], addresses=named, at=clock.now())
    if delivery is None or becomes is None:
        return
    if becomes == Delivery.State.FAILED:
        receipts.failed_later(delivery, error=why or told["event_type"])
    else:
        receipts.move(delivery, becomes)


@works("anymail.report")
def mail_report(event) -> None:
    """A mail server's own report that a mail of ours did not arrive.

    Anybody can write one, so it counts for the address to which we sent the mail it names, and for no other.
    """
    following.reported(event.body, at=clock.now())
    for report in bounces.reports(event.body):
        delivery = _found(None, receipt=report.message_id)
        if delivery is None and report.message_id and report.action == "failed":
            named = {each for each in (report.address, report.original) if each}
            effects.came_back(receipt=report.message_id, addresses=named, at=clock.now())
        address = report.of({delivery.address.lower()} if delivery else _sent_with(report.message_id))
        if not address:
            continue
        because = consent.of_report(report.action, report.status)
        if because:
            suppressing.suppress("email", address, because, at=clock.now())
        if delivery and report.action == "failed":
            receipts.failed_later(delivery, error=_("the mail server says %(code)s") % {"code": report.says})


@works("anymail.mail")
def mail_came(event) -> None:
    """Somebody wrote to a client whose mail we answer, or to the office."""
    told = json.loads(event.body)
    raw = base64.b64decode(told["raw"])
    if mailbox := by_provider.mailbox_of(told["recipient"]):
        of_envelope = {"recipient": told["recipient"], "envelope_sender": told.get("envelope_sender")}
        by_provider.came(raw, mailbox, **of_envelope, is_spam=told.get("is_spam", False), at=clock.now())
        return
    mail_in.came(
        raw,
        sender=told["sender"],
        recipient=told["recipient"],
        event_id=event.pk,
        at=clock.now(),
    )


@works("anymail.unread")
def notice_came(event) -> None:
    """The provider posted a mail that its adapter could not read."""
    mail_in.not_read(event.body.partition(b"\n")[2], event_id=event.pk, at=clock.now())


@works("anymail.untold")
def tracking_came(event) -> None:
    """The provider told something of mails that we sent, which its adapter could not read."""
    mail_in.not_read(
        event.body.partition(b"\n")[2],
        event_id=event.pk,
        at=clock.now(),
        trouble=_("The mail provider told something that could not be read: perhaps a mail did not arrive."),
    )


@works("twilio.text")
def text_came(event) -> None:
    """Somebody texted one of our numbers."""
    texting.came(event.fields, at=clock.now())


def _sent_with(message_id: str) -> set[str]:
    """To whom any other mail of ours with this Message-ID went, as long as that is kept."""
    if not message_id:
        return set()
    ended = Effect.objects.filter(state__in=[Effect.State.DONE, Effect.State.UNKNOWN], emptied_at=None)
    payloads = ended.filter(receipt=message_id).values_list("payload", flat=True)
    return {str(each.get("to", "")).lower() for each in payloads[:5]}


def _found(by_key, *, receipt: str) -> Delivery | None:
    related = Delivery.objects.select_related("message__client", "contact")
    if by_key is not None and (delivery := related.filter(pk__in=by_key.values("pk")).first()):
        return delivery
    return related.filter(receipt=receipt).first() if receipt else None


@works("lob.letter")
def letter_carried(event) -> None:
    """What became of a letter that a carrier prints and posts."""
    carrying.heard(json.loads(event.body), at=clock.now())
