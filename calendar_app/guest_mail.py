"""Mails to those who are to come, as effects."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Suppression
from secretariat import clock
from secretariat.channels import email
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect
from secretariat.outbox.models import Effect

from . import booking, inviting
from .models import Guest, Meeting


class ToGuest:
    """A mail to somebody who is to come, with what her calendar needs to know."""

    channel = email.CHANNEL
    settles_at = (Effect.State.DONE,)

    def meeting(self, effect) -> Meeting | None:
        return Meeting.objects.filter(pk=effect.payload.get("meeting")).first()

    def may_send(self, effect):
        refused = Suppression.objects.standing().filter(channel="email", address=effect.payload["to"]).first()
        return f"suppressed {refused.because}" if refused else None

    def send(self, effect):
        mail = effect.payload
        return email.send(
            to=mail["to"],
            subject=mail["subject"],
            body=mail["text"],
            html=mail["html"],
            key=effect.key,
            sender=mail["from"],
            reply_to=[mail["reply_to"]],
            calendar=(mail["method"], mail["ics"]),
        )

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took

    def settled(self, effect):
        meeting = self.meeting(effect)
        if meeting:
            words = self.done % {"name": effect.payload["name"] or effect.payload["to"]}
            guest = Guest.objects.filter(pk=effect.subject_id).first()
            booking.note(meeting, self.verb, by=None, at=clock.now(), words=words, guest=guest)
            booking.announce(meeting)


@effect(inviting.INVITE)
class Inviting(ToGuest):
    verb = "invited"
    done = gettext_lazy("Invitation sent to %(name)s")

    def may_send(self, effect):
        meeting = self.meeting(effect)
        if meeting is None or meeting.state != Meeting.State.CONFIRMED:
            return "no longer takes place"
        if not Guest.objects.filter(pk=effect.subject_id).exists():
            return "no longer invited"
        return super().may_send(effect)

    def describe(self, effect):
        return _("Invitation to %(name)s") % {"name": effect.payload["name"] or effect.payload["to"]}


@effect(inviting.UNINVITE)
class Uninviting(ToGuest):
    verb = "told"
    done = gettext_lazy("%(name)s was told that it does not take place")

    def describe(self, effect):
        name = effect.payload["name"] or effect.payload["to"]
        return _("Word to %(name)s that a meeting does not take place") % {"name": name}
