"""What the roof asks of the carrier."""

from django.utils.translation import gettext as _

from clients import numbers as written
from secretariat.channels import numbers
from secretariat.outbox.effects import effect

from .connecting import POINT


@effect(POINT)
class PointNumber:
    """Set the addresses of one number at the carrier."""

    channel = "twilio"

    def may_send(self, effect):
        return None

    def send(self, effect):
        numbers.point(effect.payload["id"], effect.payload["addresses"])
        return effect.payload["id"]

    def ask(self, effect):
        return None  # done twice it does no more than done once

    def describe(self, effect):
        return _("Point %(number)s at this site") % {"number": written.spaced(effect.payload["number"])}

    def settled(self, effect):
        """The page asks the carrier itself."""
