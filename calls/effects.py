"""What calls ask of the carrier. Everything done to one leg is in that leg's lane, and so in order."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from twilio.base import values

from clients import numbers
from secretariat import clock
from secretariat.channels import Refused, recordings, twilio
from secretariat.outbox.effects import State, effect

from . import following, twiml, voicemail, whose_line
from .models import Call, Leg, Offer, PutThrough, Voicemail

OVER = "21220"  # the carrier's code for a leg that has ended
NOT_IN_ROOM = ("20404", "404")
ALREADY_OVER = "already over"


class CarrierEffect:
    """What the kinds below have in common."""

    channel = "twilio"
    settles_at: Collection[str] = ()

    def may_send(self, effect):
        return None

    def ask(self, effect):
        return None  # done twice, each of these does no more than done once

    def settled(self, effect):
        """Most kinds learn what became of them from the carrier's own notices."""

    def leg(self, effect) -> Leg:
        return Leg.objects.select_related("call__client", "call__line").get(pk=effect.subject_id)


class PlacedLeg(CarrierEffect):
    """Ring somebody. `answers` names the document that whoever picks up gets."""

    settles_at = (State.DONE, State.DEAD, State.CANCELLED)

    answers = ""

    def send(self, effect):
        told = effect.payload
        made = twilio.client().calls.create(
            to=told["to"],
            from_=told["from"],
            url=twiml.address(self.answers, self.answers_for(effect)),
            timeout=max(5, told["seconds"]),
            call_token=told.get("call_token") or values.unset,
            status_callback=twiml.leg_address(told["leg"]),
            status_callback_event=list(twiml.LEG_EVENTS),
        )
        return made.sid

    def ask(self, effect):
        return whose_line.rung_for(effect)

    def answers_for(self, effect):
        return effect.subject_id

    def settled(self, effect):
        leg = Leg.objects.filter(pk=effect.payload["leg"])
        if effect.state == effect.State.DONE:
            leg.filter(carrier_id="").update(carrier_id=effect.receipt)
        elif effect.state == effect.State.DEAD:
            self.never_rang(effect)
        else:  # surely never rung: it ends now, and not when the sweep gives up waiting for its name
            for withdrawn in leg.filter(carrier_id="").live():
                withdrawn.hear_status(Leg.Status.CANCELED, at=clock.now())

    def never_rang(self, effect):
        raise NotImplementedError


@effect("calls.offer")
class OfferLeg(PlacedLeg):
    """Ring one secretary for one call."""

    answers = "calls-offer"

    def may_send(self, effect):
        offer = Offer.objects.get(pk=effect.subject_id)
        if offer.state != Offer.State.PENDING:
            return _("the offer is over")
        lasting = Offer.objects.filter(pk=offer.pk, expires_at__gt=clock.Now())
        return None if lasting.exists() else _("too late to ring")

    def describe(self, effect):
        offer = Offer.objects.select_related("secretary", "call__client").get(pk=effect.subject_id)
        return _("Ring %(name)s for %(client)s") % {
            "name": offer.secretary.spoken_name,
            "client": offer.call.client.name,
        }

    def never_rang(self, effect):
        following.never_rang(effect.subject_id, at=clock.now())


@effect("calls.dial_contact")
class DialContact(PlacedLeg):
    """Ring somebody at the client for a caller. REST, so that a key and not the pick-up decides."""

    answers = "calls-contact"

    def may_send(self, effect):
        put = PutThrough.objects.get(pk=effect.subject_id)
        under_way = put.is_trying and put.leg_id == UUID(effect.payload["leg"])
        return None if under_way else _("the caller is not waiting for her any more")

    def answers_for(self, effect):
        return UUID(effect.payload["leg"])

    def describe(self, effect):
        put = PutThrough.objects.select_related("contact", "client").get(pk=effect.subject_id)
        return _("Ring %(name)s of %(client)s for a caller") % {
            "name": put.to_name,
            "client": put.client.name,
        }

    def never_rang(self, effect):
        following.leg_said(effect.payload["leg"], Leg.Status.FAILED, at=clock.now())


@effect("calls.hang_up")
class HangUp(CarrierEffect):
    """End one leg."""

    def may_send(self, effect):
        leg = self.leg(effect)
        if not leg.is_live:
            return _("it has ended already")
        return None if leg.carrier_id else _("it was never rung")

    def send(self, effect):
        return update_leg(self.leg(effect).carrier_id, status="completed")

    def describe(self, effect):
        return _("Hang up a line of %(client)s") % {"client": self.leg(effect).call.client.name}


@effect("calls.redirect_caller")
class RedirectCaller(CarrierEffect):
    """Send the caller on: to the secretary who won, to voicemail, back to ringing."""

    settles_at = (State.DONE,)

    def may_send(self, effect):
        leg = Leg.objects.select_related("call").get(pk=effect.payload["leg"])
        if not leg.is_live:
            return _("the caller has gone")
        return None if leg.call.state == effect.payload["state"] else _("the call has moved on")

    def send(self, effect):
        leg = Leg.objects.get(pk=effect.payload["leg"])
        url = twiml.address(effect.payload["to"], effect.subject_id)
        return update_leg(leg.carrier_id, url=url, method="POST")

    def describe(self, effect):
        call = Call.objects.select_related("client").get(pk=effect.subject_id)
        return _("Send a caller of %(client)s on") % {"client": call.client.name}

    def settled(self, effect):
        if effect.state == effect.State.DONE and effect.receipt == ALREADY_OVER:
            following.leg_said(effect.payload["leg"], Leg.Status.COMPLETED, at=clock.now())


@effect("calls.move")
class Move(CarrierEffect):
    """Take a secretary's line into the room of another of her calls."""

    settles_at = (State.DONE,)

    def may_send(self, effect):
        leg = self.leg(effect)
        if not leg.is_live:
            return _("her line has ended")
        return None if str(leg.call_id) == effect.payload["call"] else _("she went on to another caller")

    def send(self, effect):
        url = twiml.address("calls-secretary-join", effect.subject_id, effect.payload["call"])
        return update_leg(self.leg(effect).carrier_id, url=url, method="POST")

    def describe(self, effect):
        call = Call.objects.select_related("client", "secretary").get(pk=effect.payload["call"])
        return _("Connect %(name)s with a caller of %(client)s") % {
            "name": call.secretary.spoken_name if call.secretary else "",
            "client": call.client.name,
        }

    def settled(self, effect):
        if effect.state == effect.State.DONE and effect.receipt == ALREADY_OVER:
            following.leg_said(effect.subject_id, Leg.Status.COMPLETED, at=clock.now())


@effect("calls.fetch_recording")
class FetchRecording(CarrierEffect):
    """Fetch a voicemail from the carrier and keep it sealed."""

    settles_at = (State.DEAD, State.UNKNOWN)

    def send(self, effect):
        kept = Voicemail.objects.select_related("call").get(pk=effect.subject_id)
        if kept.media_id is None:
            content = recordings.download(effect.payload["recording"])
            with transaction.atomic():
                voicemail.store(kept, content)
        return str(kept.media_id)

    def ask(self, effect):
        media_id = Voicemail.objects.values_list("media_id", flat=True).get(pk=effect.subject_id)
        return str(media_id) if media_id else None

    def describe(self, effect):
        kept = Voicemail.objects.select_related("call__client", "call__line").get(pk=effect.subject_id)
        number = numbers.spaced(kept.call.caller_number) or _("a withheld number")
        return _("Fetch the voicemail from %(number)s for %(client)s") % {
            "number": number,
            "client": kept.call.client.name,
        }

    def settled(self, effect):
        fetching = Voicemail.objects.filter(pk=effect.subject_id, state=Voicemail.State.FETCHING)
        fetching.update(state=Voicemail.State.FAILED)


@effect("calls.check_leg")
class CheckLeg(CarrierEffect):
    """Ask the carrier what became of a leg we have not heard of for a while."""

    settles_at = (State.DONE,)

    def may_send(self, effect):
        leg = self.leg(effect)
        return None if leg.is_live and leg.carrier_id else _("it has ended already")

    def send(self, effect):
        try:
            return twilio.client().calls(self.leg(effect).carrier_id).fetch().status
        except Refused as refusal:
            if refusal.code in NOT_IN_ROOM:  # the carrier knows of no such leg: it is over
                return Leg.Status.FAILED.value
            raise

    def describe(self, effect):
        return _("Ask about a line of %(client)s") % {"client": self.leg(effect).call.client.name}

    def settled(self, effect):
        following.leg_said(effect.subject_id, effect.receipt, at=clock.now())


def update_leg(carrier_id, **facts) -> str:
    """Change a leg at the carrier. One that is over already is no failure."""
    try:
        return twilio.client().calls(carrier_id).update(**facts).sid
    except Refused as refusal:
        if refusal.code == OVER or refusal.code in NOT_IN_ROOM:
            return ALREADY_OVER
        raise
