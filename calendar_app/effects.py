"""What of the diary leaves the building as an effect."""

from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.channels.errors import Refused as NotSent
from secretariat.outbox.effects import effect

from . import giving_back, pushes
from .elsewhere import Throttled, Trouble, Unreachable
from .models import Connection, PushChannel


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
