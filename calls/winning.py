"""Choosing the one secretary who gets the caller. This is the only place where it is done.

All calls concerned are locked in the order of their ids, then her presence; only then is the offer read
again. If her calls changed meanwhile, everything is undone and begun again.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clients import access
from clients.models import Access
from secretariat import clock, ledger, live
from secretariat.office import presence
from secretariat.office.models import Presence

from . import conference, dialling, her_line, legs, offers, timeline
from .models import Call, Leg, Offer

TRIES = 3


@dataclass(frozen=True)
class Won:
    """She has the caller: `leg` goes into the room."""

    call: Call
    leg: Leg


@dataclass(frozen=True)
class Lost:
    """She has not, and this is what she is told."""

    sentence: str


class _TryAgain(Exception):
    """Another of her calls appeared between looking and locking."""


def win(offer_id, *, at: datetime, carrier_id: str = "") -> Won | Lost:
    """Give the call to the one who answered this offer, if it is still hers to take.

    `carrier_id` names the line that was answered; a second call is answered at her desk, by the line she has.
    """
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _win(offer_id, carrier_id=carrier_id, at=at)
        except _TryAgain:
            continue
    return Lost(_("You are on another call."))


def _win(offer_id, *, carrier_id, at):
    offer = Offer.objects.select_related("secretary", "leg").get(pk=offer_id)
    hers = _calls_of(offer.secretary)
    locked = {
        each.pk: each
        for each in Call.objects.select_for_update(of=["self"])
        .select_related("client", "line")
        .filter(pk__in={offer.call_id, *hers})
        .order_by("pk")
    }
    here = Presence.objects.select_for_update().get(secretary=offer.secretary_id)
    if _calls_of(offer.secretary) != hers:
        raise _TryAgain
    call = locked[offer.call_id]
    offer.refresh_from_db()
    leg = her_line.of(offer.secretary) if offer.is_second else offer.leg
    if offer.is_second and leg is None:
        return Lost(_("Your line is not connected."))
    if not offer.is_second:
        legs.connected(leg, carrier_id, at=at)
    if offer.state == Offer.State.ACCEPTED and call.state == Call.State.TALKING:
        return Won(call, leg)  # she asked twice
    if offer.is_second and dialling.open_of(leg.call):
        return Lost(_("You are putting a caller through. Finish that first."))
    lost = _why_lost(offer, call, here, others=hers - {call.pk})
    if lost:
        return Lost(lost)
    for other in locked.values():
        if other.pk in hers and other.state == Call.State.TALKING and other.held_at is None:
            conference.hold(other, by=offer.secretary, at=at)
    offer.settle(Offer.State.ACCEPTED, at=at)
    call.answer(secretary=offer.secretary, at=at)
    offers.withdraw(call, at=at, because=_("answered by somebody else"))
    presence.takes_call(offer.secretary, at=at)
    access.end(Access.Because.OFFER, offer.pk)
    access.grant(offer.secretary, call.client_id, Access.Because.CALL, call.pk, from_at=at)
    legs.send_caller(call, to="calls-caller-join")
    if offer.is_second:
        her_line.join(call, offer.secretary)
    timeline.note(call, timeline.ANSWERED, at=at, secretary_id=offer.secretary_id, line=offer.line)
    ledger.record(
        "call.answered",
        actor_id=offer.secretary.user_id,
        client_id=call.client_id,
        subject=("calls.call", call.pk),
        detail={"line": offer.line},
    )
    live.announce("call.answered", call.pk, call.version, [offer.secretary.user_id])
    return Won(call, leg)


def _calls_of(secretary) -> set:
    return set(Call.objects.at_desk_of(secretary).values_list("pk", flat=True))


def _why_lost(offer, call, here, *, others) -> str:
    """Why this offer no longer takes the call; empty if it does."""
    if call.state == Call.State.TALKING:
        return _("%(name)s answered this call.") % {"name": call.secretary.spoken_name}
    if call.state == Call.State.THROUGH:
        return _("The caller has been put through.")
    if call.state != Call.State.RINGING:
        return _("The caller has gone.")
    if not offer.is_second and Call.objects.filter(pk__in=others, state=Call.State.TALKING).exists():
        return _("You are on another call.")
    if her_line.is_in_a_meeting(offer.secretary):
        return _("You are on another call.")
    if here.state in (Presence.State.OFF, Presence.State.BREAK):
        return _("You are not at work, so the call is offered to somebody else.")
    lasting = Offer.objects.pending().filter(pk=offer.pk, expires_at__gt=clock.Now())
    return "" if lasting.exists() else _("This call is being offered to somebody else.")
