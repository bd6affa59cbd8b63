"""How a delivery leaves: by e-mail or by text. Whom and why was decided when it was written."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from calls import twiml
from clients import numbers
from secretariat import clock
from secretariat.channels import email, text, twilio
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect

from . import delivering, escalating, receipts, texting
from .models import Delivery, TextAnswer

RING_SECONDS = 40  # a voicemail that picks up learns nothing, so there is no need to be quicker than it


class Sending:
    """What both ways have in common: the delivery behind the effect."""

    words = ""

    def may_send(self, effect):
        delivery = receipts.delivery_of(effect)
        if delivery is None or delivery.state == Delivery.State.WITHDRAWN:
            return "withdrawn"
        if delivery.turn and delivery.message.state in escalating.OVER:
            return "acknowledged"
        refused = delivering.objection(delivery.channel, delivery.address)
        return f"{receipts.SUPPRESSED} {refused.because}" if refused else None

    def describe(self, effect):
        delivery = receipts.delivery_of(effect)
        if delivery is None:
            return _("A message that was withdrawn")
        posted_at = effect.posted_at.astimezone(ZoneInfo(delivery.message.client.zone))
        return self.words % {
            "name": delivery.contact.name,
            "time": f"{posted_at:%H:%M}",
        }

    def settled(self, effect):
        receipts.follow(effect)


@effect("messages.email")
class ByEmail(Sending):
    channel = email.CHANNEL
    words = _("E-mail to %(name)s at %(time)s")

    def send(self, effect):
        mail = effect.payload
        return email.send(
            to=mail["to"], subject=mail["subject"], body=mail["text"], html=mail["html"], key=effect.key
        )

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took


@effect("messages.text")
class ByText(Sending):
    channel = "twilio"
    words = _("Text to %(name)s at %(time)s")

    def send(self, effect):
        callback = settings.PUBLIC_BASE_URL + reverse("messages-text-status") + "#rc=3&rp=ct,rt,5xx"
        return text.send(
            to=effect.payload["to"], body=effect.payload["body"], key=effect.key, status_callback=callback
        )

    def ask(self, effect):
        known = frozenset(
            Delivery.objects.filter(address=effect.payload["to"])
            .exclude(receipt="")
            .values_list("receipt", flat=True)
        )
        return text.find(
            to=effect.payload["to"], body=effect.payload["body"], since=effect.posted_at, taken=known
        )


@effect("messages.call")
class ByCall(Sending):
    """Rings somebody; what is said is asked of us when she picks up."""

    channel = "twilio"
    words = _("Call to %(name)s at %(time)s")

    def send(self, effect):
        told = effect.payload
        return (
            twilio.client()
            .calls.create(
                to=told["to"],
                from_=told["from"],
                url=twiml.address("messages-call", effect.subject_id),
                timeout=RING_SECONDS,
                status_callback=twiml.address("messages-call-status", effect.subject_id, again=True),
                status_callback_event=["completed"],
            )
            .sid
        )

    def ask(self, effect):
        told = effect.payload
        # The carrier's clock, not the office's.
        since = timezone.now() - (clock.now() - effect.posted_at)
        found = twilio.client().calls.list(
            to=told["to"], from_=told["from"], start_time_after=since, limit=20
        )
        known = set(
            Delivery.objects.filter(receipt__in=[c.sid for c in found]).values_list("receipt", flat=True)
        )
        strange = [each.sid for each in found if each.sid not in known]
        return strange[0] if strange else None  # rung once too often is no harm, not at all is


@effect("messages.text_back")
class TextBack:
    """What somebody at the desk texts back, and the question which message an OK was for."""

    channel = "twilio"

    def may_send(self, effect):
        refused = delivering.objection("text", effect.payload["to"])
        return f"{receipts.SUPPRESSED} {refused.because}" if refused else None

    def send(self, effect):
        callback = settings.PUBLIC_BASE_URL + reverse("messages-text-status") + "#rc=3&rp=ct,rt,5xx"
        told = effect.payload
        return text.send(to=told["to"], body=told["body"], key=effect.key, status_callback=callback)

    def ask(self, effect):
        told = effect.payload
        known = frozenset(TextAnswer.objects.exclude(receipt="").values_list("receipt", flat=True)[:500])
        return text.find(to=told["to"], body=told["body"], since=effect.posted_at, taken=known)

    def describe(self, effect):
        return _("Text back to %(number)s") % {"number": numbers.spaced(effect.payload["to"])}

    def settled(self, effect):
        row = TextAnswer.objects.filter(pk=effect.subject_id).first()
        becomes = {
            "done": TextAnswer.State.SENT,
            "dead": TextAnswer.State.FAILED,
            "cancelled": TextAnswer.State.FAILED,
            "unknown": TextAnswer.State.UNKNOWN,
        }.get(effect.state)
        if row and becomes:
            texting.settle(row, becomes, receipt=effect.receipt)


class OfWithdrawal:
    """The plain note that a message was not for them."""

    def may_send(self, effect):
        return None

    def describe(self, effect):
        return _("The note that a message was withdrawn")

    def settled(self, effect):
        """Nothing follows: the message itself is withdrawn already."""


@effect("messages.withdrawn_email")
class WithdrawnByEmail(OfWithdrawal):
    channel = email.CHANNEL
    send = ByEmail.send
    ask = ByEmail.ask


@effect("messages.withdrawn_text")
class WithdrawnByText(OfWithdrawal):
    channel = "twilio"
    send = ByText.send
    ask = ByText.ask
