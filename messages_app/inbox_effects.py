"""Looks into clients' mailboxes elsewhere."""

from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.outbox.effects import effect

from .mail import schedule, syncing
from .models import Mailbox


@effect(schedule.LOOK)
class Looking:
    """Reads what is new in a mailbox. Told twice it reads twice, and keeps nothing twice."""

    channel = ""  # each client's server is another
    settles_at = ()

    def may_send(self, effect):
        mailbox = self._of(effect)
        return None if mailbox is not None and mailbox.is_read_elsewhere else "disconnected"

    def send(self, effect):
        found = syncing.look(self._of(effect), at=clock.now())
        return found.trouble or f"{found.new} new{'' if found.is_over else ', more to come'}"

    def ask(self, effect):
        return None

    def describe(self, effect):
        mailbox = self._of(effect)
        if mailbox is None:
            return _("A look into a mailbox that is gone")
        return _("A look into a mailbox of %(client)s") % {"client": mailbox.client.name}

    def settled(self, effect):
        pass

    def _of(self, effect) -> Mailbox | None:
        return Mailbox.objects.select_related("client").filter(pk=effect.subject_id).first()
