"""What of letters workers do: telling the client that one waits, looking at copies, setting them."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from messages_app import delivering, receipts
from messages_app.models import PrintRun, SerialLetter
from secretariat.channels import email
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import State, effect

from . import printing, serial_making, serials, telling


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
        seen = serial_making.look(_letters(effect))
        serial_making.tell_when_all_are_seen(effect.subject_id)
        return str(seen)

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


@effect(printing.MAKE)
class MakeRun:
    """The one file of a print run. Nothing leaves the building."""

    channel = ""
    settles_at: Collection[str] = ()

    def may_send(self, effect):
        making = PrintRun.objects.filter(pk=effect.subject_id, state=PrintRun.State.MAKING)
        return None if making.exists() else "no longer wanted"

    def send(self, effect):
        return "made" if printing.make(effect.subject_id) else "made before"

    def ask(self, effect):
        return None  # put together twice is no harm

    def describe(self, effect):
        return _("A print run to be put together")

    def settled(self, effect):
        """What came of it is kept already."""


@effect(telling.TELL)
class ALetterWaits:
    """A mail to somebody who speaks for the client. The letter is in the portal whatever becomes of it."""

    channel = email.CHANNEL
    settles_at: Collection[str] = (State.CANCELLED,)

    def may_send(self, effect):
        if not telling.still_waits(effect.subject_kind, effect.subject_id):
            return "decided"
        refused = delivering.objection(email.CHANNEL, effect.payload["to"])
        return f"{receipts.SUPPRESSED} {refused.because}" if refused else None

    def send(self, effect):
        told = effect.payload
        return email.send(to=told["to"], subject=told["subject"], body=told["text"], key=effect.key)

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        return _("Word to the client that a letter waits")

    def settled(self, effect):
        """It waits in the portal all the same; where no mail of it may be sent at all, somebody tells her."""
        if receipts.none_is_told(effect):
            telling.not_told((effect.subject_kind, effect.subject_id), effect.client_id)
