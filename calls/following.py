"""What follows from the carrier's word about a leg or a room, in whatever order it comes, and how often."""

from datetime import datetime

from django.db.models import Q

from secretariat import live

from . import conference, line_lost, offers, put_through, voicemail
from .models import Call, Leg, Offer


def leg_said(leg_id, status: str, *, at: datetime, carrier_id: str = "") -> None:
    """The carrier says that this leg now has `status`. Old news changes nothing.

    `carrier_id` is its name there, which we may hear of here first.
    """
    leg, call = _locked(leg_id)
    if carrier_id and not leg.carrier_id:
        leg.carrier_id = carrier_id
        leg.save(update_fields=["carrier_id"])
    if not leg.hear_status(status, at=at):
        return
    if leg.rank == Leg.ENDED:
        _leg_ended(leg, call, at=at)
    elif leg.party == Leg.Party.CONTACT:
        put_through.heard(leg, call, status, at=at)
    live.announce("call.transfer", call.pk, call.version, _owner(call))


def room_said(
    leg_id, *, in_room: bool, held: bool, event_at: datetime, sequence: int, at: datetime, room: str = ""
) -> None:
    """An event of the room named `room` about this leg. `event_at` and `sequence` say where it belongs
    among the others.
    """
    leg, call = _locked(leg_id)
    if leg.hear_room(in_room=in_room, held=held, at=event_at, sequence=sequence, room=room):
        live.announce("call.transfer", call.pk, call.version, _owner(call))


def never_rang(offer_id, *, at: datetime) -> None:
    """The carrier would not ring this secretary."""
    offer = Offer.objects.select_related("secretary").get(pk=offer_id)
    if offer.leg_id:
        leg, _call = _locked(offer.leg_id)
        leg.hear_status(Leg.Status.FAILED, at=at)
    offers.unreachable(offer, at=at)


def _leg_ended(leg, call, *, at) -> None:
    if leg.party == Leg.Party.CALLER:
        conference.caller_gone(call, at=at)
        _voicemail_over(call, at=at)
        return
    if leg.party == Leg.Party.CONTACT:
        put_through.heard(leg, call, leg.status, at=at)
        return
    offer = Offer.objects.select_related("secretary", "leg").filter(leg=leg).first()
    if offer is None:
        return
    if offer.state == Offer.State.PENDING:
        _unanswered(offer, leg, at=at)
    elif offer.state == Offer.State.ACCEPTED:
        line_lost.line_ended(leg, call, at=at)


def _unanswered(offer, leg, *, at) -> None:
    match leg.status:
        case Leg.Status.BUSY:  # she sent the ring away, or her line was in use
            offers.decline(offer, at=at)
        case Leg.Status.FAILED:
            offers.unreachable(offer, at=at)
        case Leg.Status.NO_ANSWER if leg.rank_before < Leg.RANK[Leg.Status.RINGING] and at < offer.expires_at:
            offers.unreachable(offer, at=at)  # a browser that is not there: nobody heard it
        case _:
            offers.expire(offer, at=at)


def _voicemail_over(call, *, at) -> None:
    """A caller who hung up before the tone, or was told that nothing can be recorded, leaves nothing."""
    if call.state != Call.State.VOICEMAIL:
        return
    if not call.line.recording_notice:
        voicemail.absent(call, at=at)


def _locked(leg_id) -> tuple[Leg, Call]:
    """The leg and its call, the call's row locked first; with a secretary's leg all her calls.

    The secretary is not joined: a row that had to be waited for comes with the joins of before.
    """
    seen = Leg.objects.get(pk=leg_id)
    concerned = Q(pk=seen.call_id)
    if seen.party == Leg.Party.SECRETARY:
        # Every call that may stand on her line, in the order in which winning locks them.
        concerned |= Q(secretary=seen.secretary_id, state=Call.State.TALKING)
    calls = Call.objects.select_for_update(of=["self"]).select_related("client", "line")
    locked = {each.pk: each for each in calls.filter(concerned).order_by("pk")}
    leg = Leg.objects.select_for_update(of=["self"]).get(pk=leg_id)
    # Her line may have moved while we waited, to a call of hers that was not among those yet.
    return leg, locked.get(leg.call_id) or calls.get(pk=leg.call_id)


def _owner(call) -> list:
    return [call.secretary.user_id] if call.secretary_id else []
