"""What the roof asks of the carrier, and of a worker."""

from django.utils.translation import gettext as _

from clients import numbers as written
from clients.models import DataCopy
from secretariat import clock
from secretariat.channels import numbers
from secretariat.outbox.effects import State, effect

from .connecting import POINT
from .privacy import copying


@effect(POINT)
class PointNumber:
    """Set the addresses of one number at the carrier."""

    channel = "twilio"
    settles_at = ()

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


@effect(copying.KIND)
class MakeCopy:
    """Pack what is kept for a client into one file."""

    channel = ""
    settles_at = (State.DONE, State.DEAD, State.UNKNOWN)

    def copy(self, effect) -> DataCopy | None:
        copies = DataCopy.objects.filter(pk=effect.subject_id, state=DataCopy.State.MAKING)
        return copies.select_related("client").first()

    def may_send(self, effect):
        return None if self.copy(effect) else "no longer wanted"

    def send(self, effect):
        return str(copying.make(self.copy(effect), at=clock.now()))

    def ask(self, effect):
        copy = self.copy(effect)
        return str(copy.media_id) if copy and copy.media_id else None

    def describe(self, effect):
        return _("A copy of a client’s data")

    def settled(self, effect):
        if effect.state == effect.State.DONE:
            copying.settle(effect.subject_id, made=True)
        elif effect.needs_person:
            copying.settle(effect.subject_id, made=False)
