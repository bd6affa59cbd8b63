"""How reminders and words to guests leave: by mail and by text."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from clients import numbers
from clients.models import Suppression
from secretariat import clock
from secretariat.channels import email, text
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect
from secretariat.outbox.models import Effect

from . import booking, confirming, reminding
from .models import Guest, Meeting, Reminder

State = Effect.State


class OfReminder:
    """What both ways have in common: the reminder behind the effect."""

    settles_at = (State.DONE, State.DEAD, State.UNKNOWN, State.CANCELLED)

    def reminder(self, effect) -> Reminder | None:
        found = Reminder.objects.select_related("meeting__diary", "guest").filter(pk=effect.subject_id)
        return found.first()

    def may_send(self, effect):
        reminder = self.reminder(effect)
        if reminder is None:
            return "no longer wanted"
        at = clock.now()
        return (
            reminding.no_longer(reminder, at=at)
            or reminding.refused(reminder)
            or reminding.asleep(reminder, at=at)
            or None
        )

    def settled(self, effect):
        reminder, at = self.reminder(effect), clock.now()
        if reminder is None:
            return
        if effect.state == State.DONE:
            reminding.sent(reminder, at=at)
        elif effect.state == State.CANCELLED:
            if because := reminding.no_longer(reminder, at=at):
                reminding.become(reminder, Reminder.State.DROPPED, because=because, at=at)
            else:
                reminding.not_reached(reminder, effect.reason, at=at)
        else:  # the outbox shows it to a person itself
            because = {
                State.DEAD: _("it could not be sent"),
                State.UNKNOWN: _("nobody can tell whether it arrived"),
            }[effect.state]
            reminding.not_reached(reminder, because, at=at, shown=True)

    def describe(self, effect):
        return _("Reminder to %(name)s") % {"name": effect.payload["name"] or effect.payload["to"]}


@effect(reminding.BY_MAIL)
class RemindingByMail(OfReminder):
    channel = email.CHANNEL

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
        )

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took


class OneText:
    channel = "twilio"

    def send(self, effect):
        callback = settings.PUBLIC_BASE_URL + reverse("calendar-text-status") + "#rc=3&rp=ct,rt,5xx"
        told = effect.payload
        return text.send(to=told["to"], body=told["body"], key=effect.key, status_callback=callback)

    def ask(self, effect):
        told = effect.payload
        same = Effect.objects.filter(kind=effect.kind, client_id=effect.client_id).exclude(receipt="")
        taken = frozenset(same.values_list("receipt", flat=True).order_by("-posted_at")[:500])
        return text.find(to=told["to"], body=told["body"], since=effect.posted_at, taken=taken)


@effect(reminding.BY_TEXT)
class RemindingByText(OneText, OfReminder):
    """A text that reminds."""


@effect(confirming.TEXT)
class TellingByText(OneText):
    """A text that tells of a meeting, that it moved, or that it is off."""

    settles_at = (State.DONE, State.CANCELLED)

    def may_send(self, effect):
        refused = Suppression.objects.standing().filter(channel="text", address=effect.payload["to"]).first()
        return f"suppressed {refused.because}" if refused else None

    def describe(self, effect):
        name = effect.payload["name"] or numbers.spaced(effect.payload["to"])
        return _("Text about a meeting to %(name)s") % {"name": name}

    def settled(self, effect):
        meeting = Meeting.objects.select_related("diary").filter(pk=effect.payload.get("meeting")).first()
        guest = Guest.objects.filter(pk=effect.subject_id).first()
        if meeting is None:
            return
        named = {"name": effect.payload["name"] or numbers.spaced(effect.payload["to"])}
        if effect.state == State.DONE:
            verb, words = "told", _("Text sent to %(name)s") % named
        elif effect.reason.startswith("suppressed"):
            verb, words = "not_told", _("%(name)s takes no texts from us and was not told") % named
            if guest:
                confirming.not_told(guest)
        else:
            return
        booking.note(meeting, verb, by=None, at=clock.now(), words=words, guest=guest)
        booking.announce(meeting)
