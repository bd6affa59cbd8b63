"""What is done in clients' mailboxes elsewhere: looks into them, and marks there."""

from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.outbox import leasing
from secretariat.outbox.effects import effect

from .mail import marking, schedule, syncing
from .models import Mailbox, MailThread


@effect(schedule.LOOK)
class Looking:
    """Reads what is new in a mailbox. Told twice it reads twice, and keeps nothing twice."""

    channel = ""  # each client's server is another
    settles_at = ()

    def may_send(self, effect):
        mailbox = self._of(effect)
        return None if mailbox is not None and mailbox.is_read_elsewhere else "disconnected"

    def send(self, effect):
        found = syncing.look(self._of(effect), at=clock.now(), still_mine=lambda: leasing.fence(effect))
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


@effect(marking.MARK)
class MarkingRead:
    """Marks what somebody here has opened as read, where the client allows it. Nothing depends on it."""

    channel = ""
    settles_at = ()

    def may_send(self, effect):
        thread = self._of(effect)
        mailbox = thread and thread.mailbox
        return None if mailbox and mailbox.may_mark_read and mailbox.is_read_elsewhere else "not allowed"

    def send(self, effect):
        thread = self._of(effect)
        opened = effect.payload.get("mails")
        if opened is None:  # posted by the release before this one: of what had been filed until then
            filed = thread.mails.filter(pk__lte=effect.key.partition(":")[2])
            opened = [str(each) for each in filed.values_list("pk", flat=True)]
        return marking.mark(thread, opened, at=clock.now())

    def ask(self, effect):
        return None  # marked twice is no harm

    def describe(self, effect):
        return _("A mark that a mail was read")

    def settled(self, effect):
        pass

    def _of(self, effect) -> MailThread | None:
        return MailThread.objects.select_related("mailbox").filter(pk=effect.subject_id).first()
