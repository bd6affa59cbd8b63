"""What the ways out have in common, whichever of them a delivery or a test goes by."""

from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from . import delivering, escalating, receipts
from .models import Delivery


class Sending:
    """The delivery behind the effect."""

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


class ToHerself:
    """What goes to an address of somebody's at the client because she asked for it on her own page."""

    settles_at: Collection[str] = ()

    way = ""

    def may_send(self, effect):
        refused = delivering.objection(self.way, effect.payload["to"])
        return f"{receipts.SUPPRESSED} {refused.because}" if refused else None

    def settled(self, effect):
        """Her page reads the effect itself."""
