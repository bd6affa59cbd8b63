"""Offering a call to secretaries, and choosing the one who gets it.

Offering locks nothing: a unique constraint keeps two calls from ringing at one desk. Winning locks all
calls concerned in the order of their ids, then her presence, and only then looks at the offer again.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clients import access
from clients.models import Access
from secretariat import clock, ledger, live, outbox
from secretariat.ids import uuid7
from secretariat.office import presence
from secretariat.office.models import Firm, LineKind, Presence

from . import legs, situation, timeline, voicemail
from .models import Call, IllegalMove, Leg, Offer
from .routing import anybody_may_come, who_is_next

WHISPER_SECONDS = 20  # from picking up to pressing the key
TRIES = 3


def identity(secretary) -> str:
    """Her browser's name at the carrier."""
    return f"sec_{secretary.pk.hex}"


def make_round(call, candidates, *, at: datetime) -> list[Offer]:
    """Offer `call` to these candidates at once. One at whose desk another just began to ring drops out."""
    firm = Firm.current()
    number = (call.offers.order_by("-round").values_list("round", flat=True).first() or 0) + 1
    wanted = [
        Offer(
            id=uuid7(),
            client_id=call.client_id,
            call=call,
            secretary_id=each.secretary_id,
            line=each.line,
            round=number,
            because=each.why(),
            offered_at=at,
            expires_at=at + timedelta(seconds=firm.offer_seconds),
        )
        for each in candidates
    ]
    Offer.objects.bulk_create(wanted, ignore_conflicts=True)
    made = list(
        Offer.objects.filter(pk__in=[each.pk for each in wanted]).select_related("secretary").order_by("pk")
    )
    for offer in made:
        offer.call = call
        _ring(offer, at=at)
    return made


def _ring(offer, *, at) -> None:
    secretary, call = offer.secretary, offer.call
    by_browser = offer.line == LineKind.BROWSER
    offer.leg = Leg.objects.create(
        client_id=call.client_id,
        call=call,
        party=Leg.Party.SECRETARY,
        secretary=secretary,
        to=f"client:{identity(secretary)}" if by_browser else secretary.home_number,
        created_at=at,
        heard_at=at,
    )
    offer.save(update_fields=["leg"])
    access.grant(secretary, offer.client_id, Access.Because.OFFER, offer.pk, from_at=at)
    timeline.note(call, timeline.OFFERED, at=at, secretary_id=secretary.pk, line=offer.line)
    outbox.post(
        "calls.offer",
        key=f"calls.offer:{offer.pk}",
        queue="calls",
        client_id=call.client_id,
        subject=("calls.offer", offer.pk),
        payload={
            "to": offer.leg.to,
            "from": call.line.number,
            "leg": offer.leg.pk.hex,
            "seconds": int((offer.expires_at - at).total_seconds()),
        },
        lane=offer.leg.lane,
    )
    live.announce("call.ringing", call.pk, call.version, [secretary.user_id])


def next_round(call, *, at: datetime, all_at_once: bool = False) -> bool:
    """Offer a call that rings with nobody asked to whoever is next; to voicemail if nobody may come.

    False if the caller just goes on waiting.
    """
    if call.offers.pending().exists():
        return False
    candidates = situation.candidates(call.client, call=call)
    chosen, _passed_over = who_is_next(candidates, all_at_once=all_at_once)
    if chosen:
        return bool(make_round(call, chosen, at=at))
    if anybody_may_come(candidates):
        return False
    to_voicemail(call, at=at)
    legs.send_caller(call, to="calls-voicemail")
    return True


def to_voicemail(call, *, at: datetime) -> None:
    """Nobody is asked any more. Raises IllegalMove if somebody has the caller already."""
    voicemail.begin(call, at=at)
    withdraw(call, at=at, because=_("the caller was sent to voicemail"))


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


def win(offer_id, *, carrier_id: str, at: datetime) -> Won | Lost:
    """Give the call to the one who answered this offer, if it is still hers to take."""
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
    leg = offer.leg
    _connected(leg, carrier_id, at)
    if offer.state == Offer.State.ACCEPTED and call.state == Call.State.TALKING:
        return Won(call, leg)  # she asked twice
    lost = _why_lost(offer, call, here, others=hers - {call.pk})
    if lost:
        return Lost(lost)
    offer.settle(Offer.State.ACCEPTED, at=at)
    call.answer(secretary=offer.secretary, at=at)
    withdraw(call, at=at, because=_("answered by somebody else"))
    presence.takes_call(offer.secretary, at=at)
    access.end(Access.Because.OFFER, offer.pk)
    access.grant(offer.secretary, call.client_id, Access.Because.CALL, call.pk, from_at=at)
    legs.send_caller(call, to="calls-caller-join")
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


def _connected(leg, carrier_id, at) -> None:
    if leg.carrier_id != carrier_id:
        leg.carrier_id = carrier_id
        leg.save(update_fields=["carrier_id"])
    leg.hear_status(Leg.Status.IN_PROGRESS, at=at)


def _calls_of(secretary) -> set:
    return set(Call.objects.at_desk_of(secretary).values_list("pk", flat=True))


def _why_lost(offer, call, here, *, others) -> str:
    """Why this offer no longer takes the call; empty if it does."""
    if call.state == Call.State.TALKING:
        return _("%(name)s answered this call.") % {"name": call.secretary.spoken_name}
    if call.state != Call.State.RINGING:
        return _("The caller has gone.")
    if Call.objects.filter(pk__in=others, state=Call.State.TALKING).exists():
        return _("You are on another call.")
    if here.state in (Presence.State.OFF, Presence.State.BREAK):
        return _("You are not at work, so the call is offered to somebody else.")
    lasting = Offer.objects.pending().filter(pk=offer.pk, expires_at__gt=clock.Now())
    return "" if lasting.exists() else _("This call is being offered to somebody else.")


def picked_up(offer, *, carrier_id: str, at: datetime) -> bool:
    """Her telephone was picked up: she has time to hear whose call it is. False if it is too late."""
    _connected(offer.leg, carrier_id, at)
    lasting = Offer.objects.pending().filter(pk=offer.pk, expires_at__gt=clock.Now())
    return bool(lasting.update(expires_at=at + timedelta(seconds=WHISPER_SECONDS)))


def decline(offer, *, at: datetime, because="") -> None:
    """She said not now. Raises IllegalMove if the offer had its end already."""
    call = _lock(offer.call_id)
    if not offer.settle(Offer.State.DECLINED, at=at, because=because):
        raise IllegalMove(f"offer {offer.pk} is over")
    timeline.note(call, timeline.DECLINED, at=at, secretary_id=offer.secretary_id)
    _stop(offer, call, at=at, because=_("she said not now"))
    _go_on(call, at=at)


def expire(offer, *, at: datetime) -> bool:
    """Nobody picked up in time: the one kind of end that counts as missed."""
    call = _lock(offer.call_id)
    if not offer.settle(Offer.State.EXPIRED, at=at):
        return False
    presence.missed(offer.secretary, at=at)
    timeline.note(call, timeline.MISSED, at=at, secretary_id=offer.secretary_id)
    _stop(offer, call, at=at, because=_("nobody picked up in time"))
    _go_on(call, at=at)
    return True


def unreachable(offer, *, at: datetime) -> None:
    """Her line could not be rung at all. That is no fault of hers and no miss."""
    call = _lock(offer.call_id)
    if offer.settle(Offer.State.WITHDRAWN, at=at, because=_("her line could not be reached")):
        _stop(offer, call, at=at, because=offer.because)
        _go_on(call, at=at)


def withdraw(call, *, at: datetime, because: str) -> None:
    """Stop every ring of this call that nobody has answered."""
    for offer in call.offers.pending().select_related("secretary", "leg").order_by("pk"):
        if offer.settle(Offer.State.WITHDRAWN, at=at, because=because):
            _stop(offer, call, at=at, because=because)


def _stop(offer, call, *, at, because) -> None:
    access.end(Access.Because.OFFER, offer.pk)
    if offer.leg:
        legs.hang_up(offer.leg, at=at, because=because)
    live.announce("call.withdrawn", call.pk, call.version, [offer.secretary.user_id])


def _go_on(call, *, at) -> None:
    if call.state == Call.State.RINGING:
        next_round(call, at=at)


def _lock(call_id) -> Call:
    return Call.objects.select_for_update(of=["self"]).select_related("client", "line").get(pk=call_id)
