"""What calls ask of the carrier inside a room: hold, keys, and letting two talk without the secretary."""

from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.channels import Refused, twilio
from secretariat.outbox import CannotAsk
from secretariat.outbox.effects import State, effect

from . import her_line, put_through, twiml
from .effects import NOT_IN_ROOM, CarrierEffect, update_leg
from .models import Call, Leg, PutThrough

ALONE = "alone in a room that has not begun"


class InRoom(CarrierEffect):
    """Something done to a caller inside the call's room."""

    def may_send(self, effect):
        leg = self.leg(effect)
        if not leg.is_live:
            return _("the caller has gone")
        return None if leg.call.state == Call.State.TALKING else _("the call has ended")

    def send(self, effect):
        leg = self.leg(effect)
        try:
            self.do(_room(leg.call).participants(leg.carrier_id), effect)
        except Refused as refusal:
            if refusal.code in NOT_IN_ROOM:  # on the way into the room, or out of it
                raise Refused(refusal.code, retry_after=1) from refusal
            raise
        return leg.carrier_id

    def do(self, participant, effect):
        raise NotImplementedError


@effect("calls.hold")
class Hold(InRoom):
    def send(self, effect):
        try:
            return super().send(effect)
        except Refused as refusal:
            call = self.leg(effect).call
            line = her_line.of(call.secretary_id)
            if refusal.code in NOT_IN_ROOM and (line is None or line.call_id != call.pk):
                # She went to another caller before she came into this one's room. It has its own music.
                return ALONE
            raise

    def do(self, participant, effect):
        call = self.leg(effect).call
        straight = call.put_throughs.open().filter(way=PutThrough.Way.STRAIGHT).exists()
        music = twiml.address("calls-hold-music")
        url = twiml.address("calls-hold-ringing", call.client.country) if straight else music
        participant.update(hold=True, hold_url=url, hold_method="GET")

    def describe(self, effect):
        return _("Put a caller of %(client)s on hold") % {"client": self.leg(effect).call.client.name}


@effect("calls.resume")
class Resume(InRoom):
    def do(self, participant, effect):
        participant.update(hold=False)

    def describe(self, effect):
        return _("Take a caller of %(client)s off hold") % {"client": self.leg(effect).call.client.name}


@effect("calls.cross")
class Cross(CarrierEffect):
    """Let the caller and the client talk, and the secretary go: in this order, and only when it is so.

    She who leaves last must leave nobody on hold behind her, for nobody could free them.
    """

    settles_at = (State.DONE, State.DEAD, State.UNKNOWN)

    def may_send(self, effect):
        put = PutThrough.objects.select_related("call").get(pk=effect.payload["put_through"])
        gone = put.state not in (PutThrough.State.CROSSING, PutThrough.State.DONE)
        if gone or put.call.state not in (Call.State.TALKING, Call.State.THROUGH):
            return _("the caller is not being put through any more")
        return None

    def send(self, effect):
        caller = self.leg(effect)
        contact = Leg.objects.get(pk=effect.payload["contact"])
        room = _room(caller.call)
        held = {each.call_sid: each.hold for each in room.participants.list(limit=20)}
        if not {caller.carrier_id, contact.carrier_id} <= held.keys():  # one is on her way into the room
            raise Refused("20404", retry_after=1)
        if held[caller.carrier_id]:
            room.participants(caller.carrier_id).update(hold=False)
            if room.participants(caller.carrier_id).fetch().hold:
                raise Refused("still held", retry_after=1)
        if effect.payload["secretary"]:
            update_leg(Leg.objects.get(pk=effect.payload["secretary"]).carrier_id, status="completed")
        return caller.carrier_id

    def describe(self, effect):
        return _("Connect a caller of %(client)s") % {"client": self.leg(effect).call.client.name}

    def settled(self, effect):
        if effect.state == effect.State.DONE:
            put_through.crossed(effect.payload["put_through"], at=clock.now())
        elif effect.state in (effect.State.DEAD, effect.State.UNKNOWN):
            put_through.could_not_cross(effect.payload["put_through"], at=clock.now())


@effect("calls.digits")
class Digits(InRoom):
    def do(self, participant, effect):
        named = twiml.named_keys(effect.payload["digits"])
        participant.update(announce_url=twiml.address("calls-keys", named), announce_method="GET")

    def ask(self, effect):
        return CannotAsk  # the same keys pressed twice are another number

    def describe(self, effect):
        return _("Press keys for %(client)s") % {"client": self.leg(effect).call.client.name}


def _room(call):
    """The call's conference at the carrier. Raises Refused while it has not begun."""
    client = twilio.client()
    if call.conference_id:
        return client.conferences(call.conference_id)
    found = client.conferences.list(friendly_name=call.room, status="in-progress", limit=1)
    if not found:
        raise Refused("20404")
    return client.conferences(found[0].sid)
