"""What of letters is done by workers: looking at the copies of a serial letter, and setting them."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from secretariat.outbox.effects import State, effect

from . import serial_making, serials
from .models import SerialLetter


def _letters(effect) -> list[UUID]:
    return [UUID(key) for key in effect.payload["letters"]]


def _is_in(effect, *states: str) -> bool:
    return SerialLetter.objects.filter(pk=effect.subject_id, state__in=states).exists()


@effect(serials.LOOK)
class LookAtCopies:
    """What is missing in some copies. Nothing leaves the building."""

    channel = ""
    settles_at: Collection[str] = ()

    def may_send(self, effect):
        return None if _is_in(effect, serials.State.DRAFT, serials.State.CHANGE) else "no longer a draft"

    def send(self, effect):
        return str(serial_making.look(_letters(effect)))

    def ask(self, effect):
        return None  # looked at twice is no harm

    def describe(self, effect):
        return _("A look at copies of a serial letter")

    def settled(self, effect):
        """What was found is kept already."""


@effect(serials.MAKE)
class SetCopies:
    """The paper of some copies. Nothing leaves the building."""

    channel = ""
    settles_at: Collection[str] = (State.DONE,)

    def may_send(self, effect):
        return None if _is_in(effect, serials.State.MAKING) else "no longer wanted"

    def send(self, effect):
        return str(serial_making.make(_letters(effect)))

    def ask(self, effect):
        return None  # whatever is set already is not set again

    def describe(self, effect):
        return _("Copies of a serial letter to be set")

    def settled(self, effect):
        serial_making.finish(effect.subject_id)
