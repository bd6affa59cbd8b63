"""What of the diary leaves the building as an effect."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Suppression
from secretariat import clock
from secretariat.channels import email
from secretariat.channels.errors import Refused as NotSent
from secretariat.channels.errors import Silent
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import effect
from secretariat.outbox.models import Effect

from . import agenda_effects as _agenda_effects  # noqa: F401 - its kind registers itself
from . import booking, following, giving_back, inviting, looking, pushes, recording, syncing
from . import effects_invited as _effects_invited  # noqa: F401 - its kinds register themselves
from . import reminder_effects as _reminder_effects  # noqa: F401 - its kinds register themselves
from .elsewhere import Missing, Stale, Throttled, Trouble, Unreachable
from .models import Calendar, Connection, Guest, Meeting, PushChannel


@effect(pushes.WATCH)
class Watching:
    """Asks to be told when something changes. Where it fails, the calendar is read in its turn anyway."""

    channel = "calendars"

    def may_send(self, effect):
        channel = self._of(effect)
        over = channel is None or channel.ended_at or channel.calendar.connection.ended_at
        return "disconnected" if over else None

    def send(self, effect):
        channel = self._of(effect)
        try:
            made = pushes.watch(channel, at=clock.now())
        except Throttled as patience:
            raise NotSent("throttled", retry_after=patience.seconds) from patience
        except Unreachable as silence:
            raise NotSent("unreachable", outage=True) from silence
        except Trouble as trouble:  # nobody need do anything about it
            return f"refused: {trouble}"[:200]
        return made.remote_id if made else "none"

    def ask(self, effect):
        return None  # a second one does no harm: what is told twice is one reason to look

    def describe(self, effect):
        channel = self._of(effect)
        if channel is None:
            return _("Being told of changes in a calendar that is gone")
        return _("Being told of changes in %(calendar)s") % {"calendar": channel.calendar.name}

    def settled(self, effect):
        pass

    def _of(self, effect) -> PushChannel | None:
        found = PushChannel.objects.filter(pk=effect.subject_id)
        return found.select_related("calendar__connection").first()


@effect(giving_back.REVOKE)
class GivingBack:
    """Tells a service that we no longer want in. A second time does no harm."""

    channel = "calendars"

    def may_send(self, effect):
        return None

    def send(self, effect):
        try:
            return giving_back.revoke(effect)
        except (Throttled, Unreachable) as silence:
            raise NotSent("unreachable", outage=True) from silence

    def ask(self, effect):
        return None

    def describe(self, effect):
        named = Connection.objects.filter(pk=effect.subject_id).first()
        return _("Giving back our way into %(calendar)s") % {"calendar": named or _("a calendar")}

    def settled(self, effect):
        pass


@effect(looking.LOOK)
class Looking:
    """Reads what changed in a client's calendars. Told twice it reads twice, and does no harm."""

    channel = ""  # each client's server is another
    settles_at = ()

    def may_send(self, effect):
        connection = self._of(effect)
        return "disconnected" if connection is None or connection.ended_at else None

    def send(self, effect):
        found = syncing.look(self._of(effect), at=clock.now())
        return f"{found.changed} read, {found.gone} gone{'' if found.is_over else ', more to come'}"

    def ask(self, effect):
        return None

    def describe(self, effect):
        connection = self._of(effect)
        if connection is None:
            return _("A look at a calendar that is gone")
        return _("A look at the calendars of %(client)s") % {"client": connection.client.name}

    def settled(self, effect):
        pass

    def _of(self, effect) -> Connection | None:
        return Connection.objects.select_related("client").filter(pk=effect.subject_id).first()


@effect(recording.WRITE)
class Recording:
    """Writes a meeting into the client's own calendar, moves it there, or takes it out."""

    channel = ""
    settles_at = (Effect.State.DEAD, Effect.State.UNKNOWN)

    def may_send(self, effect):
        if Meeting.objects.filter(pk=effect.subject_id).first() is None:
            return "no longer there"
        calendar = Calendar.objects.select_related("connection").filter(pk=effect.payload["calendar"]).first()
        if calendar is None or calendar.connection is None or calendar.connection.ended_at:
            return "disconnected"
        return "overtaken" if recording.is_overtaken(effect) else None

    def send(self, effect):
        try:
            return recording.carry_out(effect)
        except (Stale, Missing) as change:
            gone = isinstance(change, Missing)
            words = (
                _("It was taken out of the client’s calendar.")
                if gone
                else _("It was changed there meanwhile.")
            )
            meeting = Meeting.objects.select_related("diary__client").get(pk=effect.subject_id)
            following.to_a_person(meeting, words, at=clock.now())
            return "changed there"
        except Throttled as patience:
            raise NotSent("throttled", retry_after=patience.seconds) from patience
        except Unreachable as silence:
            raise Silent(str(silence)) from silence
        except Trouble as refusal:  # refused, or what that calendar has no words for: a person looks
            raise NotSent(str(refusal)[:200], permanent=True) from refusal

    def ask(self, effect):
        return recording.look_for(effect)

    def describe(self, effect):
        meeting = Meeting.objects.select_related("client").filter(pk=effect.subject_id).first()
        if meeting is None:
            return _("An entry for a meeting that is gone")
        return _("Meeting in the calendar of %(client)s") % {"client": meeting.client.name}

    def settled(self, effect):
        recording.failed(effect)


class ToGuest:
    """A mail to somebody who is to come, with what her calendar needs to know."""

    channel = email.CHANNEL
    settles_at = (Effect.State.DONE,)
    verb: str
    done: str  # lazily translated, with room for the guest's name

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
