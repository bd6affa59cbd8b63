"""What of the diary leaves the building as an effect."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import numbers, suppressing
from clients.models import Suppression
from secretariat import clock
from secretariat.channels import email, text
from secretariat.channels.errors import Refused as NotSent
from secretariat.channels.errors import Silent
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import State, effect
from secretariat.outbox.models import Effect

from . import agenda_effects as _agenda_effects  # noqa: F401 - its kind registers itself
from . import (
    asking_mail,
    booking,
    chasing,
    following,
    giving_back,
    guest_links,
    inviting,
    looking,
    negotiation,
    pushes,
    recording,
    syncing,
)
from . import invited_effects as _invited_effects  # noqa: F401 - its kinds register themselves
from . import reminder_effects as _reminder_effects  # noqa: F401 - its kinds register themselves
from .elsewhere import Missing, Stale, Throttled, Trouble, Unreachable
from .models import Calendar, Connection, Guest, Meeting, MeetingRequest, PushChannel, RequestParty

OPTED_OUT = "21610"  # the carrier's word for a number that wants nothing more from us


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
        named = Connection.objects.filter(pk=effect.subject_id).first() or _("what a client disconnected")
        return _("Giving back our way into %(calendar)s") % {"calendar": named}

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
            body=guest_links.put_in(mail["text"], mail.get("link")),
            html=guest_links.put_in(mail["html"], mail.get("link")),
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


class ToParty:
    """What both ways have in common."""

    settles_at = (State.DONE, State.DEAD, State.UNKNOWN, State.CANCELLED)
    way = ""

    def party(self, effect) -> RequestParty | None:
        found = RequestParty.objects.filter(pk=effect.subject_id)
        return found.select_related("request__client", "request__diary__contact").first()

    def may_send(self, effect):
        party = self.party(effect)
        if party is None:
            return "no longer asked"
        over = party.request.state != MeetingRequest.State.OPEN
        if over != (effect.payload["what"] == asking_mail.TAKEN_BACK):
            return "overtaken"
        if effect.payload["what"] == asking_mail.REMINDED and party.answer != RequestParty.Answer.WAITING:
            return "answered"
        standing = Suppression.objects.standing().filter(channel=self.way, address=effect.payload["to"])
        refused = standing.first()
        return f"suppressed {refused.because}" if refused else None

    def describe(self, effect):
        return _("Times for a meeting to %(name)s") % {"name": effect.payload["name"] or effect.payload["to"]}

    def settled(self, effect):
        party, at = self.party(effect), clock.now()
        if party is None or (effect.state == State.CANCELLED and not effect.reason.startswith("suppressed")):
            return
        if effect.state == State.CANCELLED:
            chasing.not_reached(party, at=at)
        else:  # what failed is work at the desk already, as of everything that leaves
            words = self.done(effect) % {"name": str(party)}
            verb = "sent" if effect.state == State.DONE else "not_reached"
            negotiation.note(party.request, verb, by=None, at=at, party=party, words=words)
        negotiation.announce(party.request)

    def done(self, effect) -> str:
        if effect.state == State.DEAD:
            return _("It could not be sent to %(name)s")
        if effect.state == State.UNKNOWN:
            return _("Nobody knows whether it reached %(name)s")
        return {
            asking_mail.TAKEN_BACK: _("%(name)s was told that it is no longer needed"),
            asking_mail.REMINDED: _("The reminder went to %(name)s"),
        }.get(effect.payload["what"], _("The times went to %(name)s"))


@effect(asking_mail.BY_MAIL)
class AskByMail(ToParty):
    channel = email.CHANNEL
    way = "email"

    def send(self, effect):
        mail = effect.payload
        return email.send(
            to=mail["to"],
            subject=mail["subject"],
            body=guest_links.put_in(mail["text"], mail["link"]),
            html=guest_links.put_in(mail["html"], mail["link"]),
            key=effect.key,
            sender=mail["from"],
            reply_to=[mail["reply_to"]],
        )

    def ask(self, effect):
        return CannotAsk  # a mail server does not tell what it took


@effect(asking_mail.BY_TEXT)
class AskByText(ToParty):
    channel = "twilio"
    settles_at = ToParty.settles_at
    way = "text"

    def body(self, effect) -> str:
        return guest_links.put_in(effect.payload["text"], effect.payload["link"])

    def send(self, effect):
        status = reverse("diary-asked-text", args=[effect.subject_id])
        callback = settings.PUBLIC_BASE_URL + status + "#rc=3&rp=ct,rt,5xx"
        return text.send(
            to=effect.payload["to"], body=self.body(effect), key=effect.key, status_callback=callback
        )

    def ask(self, effect):
        return text.find(to=effect.payload["to"], body=self.body(effect), since=effect.posted_at)

    def describe(self, effect):
        return _("Text about a meeting to %(number)s") % {"number": numbers.spaced(effect.payload["to"])}

    def settled(self, effect):
        if effect.state == State.DEAD and effect.reason == OPTED_OUT:
            because = Suppression.Because.REFUSED
            suppressing.suppress("text", effect.payload["to"], because, at=clock.now())
        super().settled(effect)
