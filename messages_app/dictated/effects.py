"""What leaves about dictation: word to whoever dictated that it is typed."""

from django.utils.translation import gettext as _

from clients.models import Contact
from messages_app import delivering, receipts
from messages_app.models import DictatedDraft
from secretariat.channels import email
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import State, effect

from . import deciding, links


@effect(deciding.ASK)
class Typed:
    """The link is put into the frozen words only now, so that no table holds it."""

    channel = email.CHANNEL
    settles_at = (State.DEAD, State.CANCELLED)

    def may_send(self, effect):
        if not self._waits(effect):
            return "no longer wanted"
        if not self._contact(effect).is_active:
            return "she has left the client"
        refused = delivering.objection(email.CHANNEL, effect.payload["to"])
        return f"{receipts.SUPPRESSED} {refused.because}" if refused else None

    def send(self, effect):
        mail = effect.payload
        link = links.address(self._draft(effect), self._contact(effect))
        return email.send(
            to=mail["to"],
            subject=mail["subject"],
            body=mail["text"].replace(deciding.LINK, link),
            headers=mail["headers"],
            key=effect.key,
        )

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        draft = self._draft(effect)
        return _("Word to %(name)s that a dictation is typed") % {
            "name": self._contact(effect).name if draft else ""
        }

    def settled(self, effect):
        if draft := self._waits(effect):
            deciding.not_reached(draft)

    @classmethod
    def _waits(cls, effect) -> DictatedDraft | None:
        """The draft, while it lies with the client and this is the newest word of it."""
        draft = cls._draft(effect)
        asked = draft and draft.state == DictatedDraft.State.ASKED and draft.effect_id == effect.pk
        return draft if asked else None

    @staticmethod
    def _draft(effect) -> DictatedDraft | None:
        return DictatedDraft.objects.select_related("dictation").filter(pk=effect.subject_id).first()

    @staticmethod
    def _contact(effect) -> Contact:
        return Contact.objects.get(pk=effect.payload["contact"])
