"""How a delivery leaves: by e-mail or by text. Whom and why was decided when it was written."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from secretariat.channels import email, text
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect

from . import receipts
from .models import Delivery


class Sending:
    """What both ways have in common: the delivery behind the effect."""

    words = ""

    def may_send(self, effect):
        delivery = receipts.delivery_of(effect)
        if delivery is None or delivery.state == Delivery.State.WITHDRAWN:
            return "withdrawn"
        return None

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
