"""How a message reaches a person's browsers: one notice to each of them, and one word of how it went."""

import json
from collections.abc import Collection

from django.utils.translation import gettext as _

from clients.models import Device
from secretariat import clock
from secretariat.channels import push
from secretariat.channels.errors import Refused, Silent
from secretariat.outbox.effects import effect

from . import devices, escalating, notices, receipts
from .models import Delivery
from .sending import Sending, ToHerself

SAID = ("title", "body", "url", "tag", "urgent", "quiet")
PATIENCE = 12.0  # seconds for all of somebody's browsers; well under half a lease
TRIES = 4  # of what is not worth anybody's looking after


def tell(told: list[Device], words: dict) -> str:
    """Notices to these browsers; one that takes it is enough. Which takes nothing more, ends.

    Raises Refused or Silent when none took it.
    """
    content = json.dumps({name: words.get(name, "") for name in SAID}).encode()
    taken, fault = 0, None
    for device in told:
        try:
            push.send(
                devices.subscription_of(device),
                content,
                topic=words["tag"],
                urgent=bool(words["urgent"]),
                within=PATIENCE / len(told),
            )
        except push.Gone:
            devices.end(device, because=Device.Ended.GONE, at=clock.now())
        except Refused as refusal:
            if refusal.permanent:
                devices.end(device, because=Device.Ended.REFUSED, at=clock.now())
            else:
                fault = refusal
        except Silent as silence:
            fault = fault or silence
        else:
            taken += 1
            devices.told(device, at=clock.now())
    if not taken:
        raise fault or Refused(devices.NONE_TAKES, permanent=True)
    return f"{taken}/{len(told)}"


class InBrowsers:
    # No breaker: each browser names its own service, and one that is down says nothing of the others.
    channel = ""

    def ask(self, effect):
        return None  # told twice is shown once, under the same tag: so it may be told again


@effect("messages.push")
class ByPush(InBrowsers, Sending):
    words = _("Push to %(name)s at %(time)s")

    def may_send(self, effect):
        """What somebody has acknowledged before it left would press her in vain."""
        delivery = receipts.delivery_of(effect)
        if delivery and delivery.message.state in escalating.OVER:
            return "acknowledged"
        return super().may_send(effect)

    def send(self, effect):
        delivery = receipts.delivery_of(effect)
        hers = devices.taking(delivery.contact) if delivery else []
        return tell(hers, effect.payload)


@effect(notices.KIND)
class InPlaceOfANotice(InBrowsers):
    """Where it does not arrive the older notice stays, and nobody has anything to do."""

    settles_at: Collection[str] = ()

    def may_send(self, effect):
        delivery = _delivery(effect)
        if delivery is None or delivery.message.state not in escalating.OVER:
            return "open again"
        return None if devices.taking(delivery.contact) else "switched off"

    def send(self, effect):
        delivery = _delivery(effect)
        try:
            return tell(devices.taking(delivery.contact) if delivery else [], effect.payload)
        except (Refused, Silent) as fault:
            if effect.attempts < TRIES and not getattr(fault, "permanent", False):
                raise
            return devices.NONE_TAKES

    def describe(self, effect):
        return _("What takes the place of a notice in a browser")

    def settled(self, effect):
        """Nothing follows."""


def _delivery(effect) -> Delivery | None:
    rows = Delivery.objects.select_related("message__client", "contact")
    return rows.filter(pk=effect.subject_id).first()


@effect("messages.test_push")
class TestPush(InBrowsers, ToHerself):
    """To see that notices arrive in one browser."""

    def may_send(self, effect):
        return None if Device.objects.taking(push.mark()).filter(pk=effect.subject_id) else "switched off"

    def send(self, effect):
        hers = list(Device.objects.taking(push.mark()).filter(pk=effect.subject_id))
        try:
            return tell(hers, effect.payload)
        except Refused as refusal:
            if refusal.permanent:  # she sees it in her list, and nobody else has anything to do
                return devices.NONE_TAKES
            raise

    def describe(self, effect):
        return _("Test of a browser’s notices")
