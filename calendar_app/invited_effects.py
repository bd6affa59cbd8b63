"""What leaves the building when the client answers an invitation of somebody else's."""

from datetime import timedelta

from django.utils.translation import gettext as _

from clients.models import Suppression
from secretariat import clock
from secretariat.channels import email
from secretariat.channels.errors import Refused as NotSent
from secretariat.channels.errors import Silent
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect
from secretariat.outbox.models import Effect

from . import answering_invitations, being_invited
from .elsewhere import Stale, Throttled, Trouble, Unreachable
from .models import Calendar, InvitedTo

Sent = InvitedTo.Sent
SETTLES_AT = (Effect.State.DONE, Effect.State.DEAD, Effect.State.UNKNOWN)


class ToOrganiser:
    """`version` is the answer's: one that was overtaken by another is not told."""

    settles_at = SETTLES_AT

    def invited(self, effect) -> InvitedTo | None:
        return InvitedTo.objects.select_related("client").filter(pk=effect.subject_id).first()

    def may_send(self, effect):
        invited = self.invited(effect)
        if invited is None:
            return "no longer there"
        return "overtaken" if invited.version != effect.payload["version"] else None

    def describe(self, effect):
        invited = self.invited(effect)
        if invited is None:
            return _("An answer to an invitation that is gone")
        return _("Answer of %(client)s to an invitation") % {"client": invited.client.name}

    def settled(self, effect):
        answering_invitations.became(effect, Sent.TOLD if effect.state == Effect.State.DONE else Sent.FAILED)


@effect(answering_invitations.ANSWER)
class AnsweringThere(ToOrganiser):
    """Said twice it is the same answer."""

    channel = ""

    def may_send(self, effect):
        calendar = Calendar.objects.select_related("connection").filter(pk=effect.payload["calendar"]).first()
        if calendar is None or calendar.connection is None or calendar.connection.ended_at:
            return "disconnected"
        return super().may_send(effect)

    def send(self, effect):
        try:
            return answering_invitations.in_calendar(effect)
        except answering_invitations.NotThere as nothing:
            waits = clock.now() - self.invited(effect).came_at < being_invited.SETTLES + timedelta(minutes=5)
            raise NotSent("not_there", permanent=not waits, retry_after=60 if waits else None) from nothing
        except Throttled as patience:
            raise NotSent("throttled", retry_after=patience.seconds) from patience
        except Unreachable as silence:
            raise Silent(str(silence)) from silence
        except Stale as change:  # it changed between our look and our answer
            raise NotSent("changed", retry_after=5) from change
        except Trouble as refusal:
            raise NotSent(str(refusal)[:200], permanent=True) from refusal

    def ask(self, effect):
        return None


@effect(answering_invitations.BY_MAIL)
class AnsweringByMail(ToOrganiser):
    channel = email.CHANNEL

    def may_send(self, effect):
        refused = Suppression.objects.standing().filter(channel="email", address=effect.payload["to"]).first()
        return f"suppressed {refused.because}" if refused else super().may_send(effect)

    def send(self, effect):
        mail = effect.payload
        return email.send(
            to=mail["to"],
            subject=mail["subject"],
            body=mail["text"],
            key=effect.key,
            sender=mail["from"],
            reply_to=[mail["reply_to"]],
            calendar=("REPLY", mail["ics"]),
        )

    def ask(self, effect):
        return CannotAsk
