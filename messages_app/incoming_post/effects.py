"""What leaves about incoming post: word to the client that it is here."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from messages_app import delivering, receipts
from messages_app.models import ReceivedPost
from secretariat.channels import email
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import State, effect

from . import telling


@effect(telling.TELL)
class PostHasCome:
    """A mail to somebody who speaks for the client. The post is in the portal whatever becomes of it."""

    channel = email.CHANNEL
    settles_at: Collection[str] = (State.CANCELLED,)

    def may_send(self, effect):
        refused = delivering.objection(email.CHANNEL, effect.payload["to"])
        return f"{receipts.SUPPRESSED} {refused.because}" if refused else None

    def send(self, effect):
        told = effect.payload
        return email.send(to=told["to"], subject=told["subject"], body=told["text"], key=effect.key)

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def describe(self, effect):
        return _("Word to the client about post that came")

    def settled(self, effect):
        """It is in the portal all the same; where no mail of it may be sent at all, somebody rings."""
        if receipts.none_is_told(effect):
            telling.not_told(ReceivedPost.objects.get(pk=effect.subject_id))
