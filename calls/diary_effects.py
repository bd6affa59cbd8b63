"""What the diary asks of the carrier: to ring somebody, to tell the client who waits, to end a line."""

from django.utils.translation import gettext as _

from secretariat import clock
from secretariat.channels import Refused, twilio
from secretariat.outbox.effects import State, effect

from . import diary_following, diary_legs, reminder_calls, telephone_meetings, twiml, whose_line
from .effects import ALREADY_OVER, NOT_IN_ROOM, CarrierEffect, update_leg
from .models import DiaryLeg, Leg


class OfLeg(CarrierEffect):
    """What the kinds below have in common: the line behind the effect."""

    def leg(self, effect) -> DiaryLeg:
        return DiaryLeg.objects.select_related("client", "meeting").get(pk=effect.subject_id)

    def may_send(self, effect):
        leg = self.leg(effect)
        if not leg.is_live:
            return _("it has ended already")
        return None if leg.carrier_id else _("it was never rung")


class Placed(OfLeg):
    """Ring somebody."""

    settles_at = (State.DONE, State.DEAD, State.UNKNOWN, State.CANCELLED)
    answers = ""

    def send(self, effect):
        told = effect.payload
        made = twilio.client().calls.create(
            to=told["to"],
            from_=told["from"],
            url=twiml.address(self.answers, effect.subject_id),
            timeout=max(5, told["seconds"]),
            status_callback=diary_legs.told_at(told["leg"]),
            status_callback_event=list(twiml.LEG_EVENTS),
        )
        return made.sid

    def ask(self, effect):
        return whose_line.rung_for(effect)

    def settled(self, effect):
        leg = DiaryLeg.objects.filter(pk=effect.subject_id)
        if effect.state == State.DONE:
            leg.filter(carrier_id="").update(carrier_id=effect.receipt)
        else:
            gone = effect.state == State.CANCELLED
            status = Leg.Status.CANCELED if gone else Leg.Status.FAILED
            diary_following.said(effect.subject_id, status, at=clock.now())


@effect(diary_legs.REMIND)
class Remind(Placed):
    """Ring a guest who is to be reminded of a meeting."""

    answers = "calls-remind"

    def may_send(self, effect):
        leg = self.leg(effect)
        at = clock.now()
        reminder = reminder_calls.reminder_seen(leg)
        if not leg.is_live or reminder_calls.is_over(reminder, at=at):
            return _("it is no longer needed")
        return reminder_calls.disturbs(reminder, at=at) or None

    def describe(self, effect):
        leg = self.leg(effect)
        return _("Ring a guest of %(client)s to remind them") % {"client": leg.client.name}


@effect(diary_legs.MEET)
class RingForMeeting(Placed):
    """Ring one side of a meeting by telephone."""

    answers = "calls-meeting"

    def may_send(self, effect):
        return (
            None if telephone_meetings.is_awaited(self.leg(effect)) else _("nobody waits for them any more")
        )

    def describe(self, effect):
        leg = self.leg(effect)
        return _("Ring %(who)s for a meeting of %(client)s") % {
            "who": leg.get_party_display().lower(),
            "client": leg.client.name,
        }


@effect(diary_legs.WORD)
class Word(OfLeg):
    """Tell the client, who waits in the room, how it stands."""

    settles_at = (State.DEAD, State.UNKNOWN)

    def send(self, effect):
        url = twiml.address("calls-meeting-word", effect.subject_id, effect.payload["word"])
        return update_leg(self.leg(effect).carrier_id, url=url, method="POST")

    def describe(self, effect):
        return _("Tell the client of %(client)s that nobody answers") % {
            "client": self.leg(effect).client.name
        }

    def settled(self, effect):
        if effect.payload["word"] == telephone_meetings.NOBODY:  # she would wait for ever
            diary_legs.hang_up(self.leg(effect), at=clock.now(), because="over")


@effect(diary_legs.HANG_UP)
class HangUp(OfLeg):
    """End one line."""

    settles_at = (State.DONE,)

    def send(self, effect):
        return update_leg(self.leg(effect).carrier_id, status="completed")

    def describe(self, effect):
        return _("Hang up a line of %(client)s") % {"client": self.leg(effect).client.name}

    def settled(self, effect):
        if effect.receipt == ALREADY_OVER:
            diary_following.said(effect.subject_id, Leg.Status.COMPLETED, at=clock.now())


@effect(diary_legs.CHECK)
class Check(OfLeg):
    """Ask the carrier what became of a line we have not heard of for a while."""

    settles_at = (State.DONE,)

    def send(self, effect):
        try:
            return twilio.client().calls(self.leg(effect).carrier_id).fetch().status
        except Refused as refusal:
            if refusal.code in NOT_IN_ROOM:  # the carrier knows of no such line: it is over
                return Leg.Status.FAILED.value
            raise

    def describe(self, effect):
        return _("Ask about a line of %(client)s") % {"client": self.leg(effect).client.name}

    def settled(self, effect):
        diary_following.said(effect.subject_id, effect.receipt, at=clock.now())
