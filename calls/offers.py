"""Offering a call to secretaries, round after round, until one takes it or nobody may come.

Offering locks nothing: a unique constraint keeps two calls from ringing at one desk. See `winning`.
"""

from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.translation import gettext as _

from clients import access
from clients.models import Access
from secretariat import clock, live, outbox
from secretariat.live import announcing
from secretariat.office import presence
from secretariat.office.models import Firm
from secretariat.one_trip.writing import Rows

from . import dialling, her_line, legs, situation, timeline, voicemail
from .models import Call, IllegalMove, Leg, Offer
from .routing import ON_CALL, anybody_may_come, who_is_next

WHISPER_SECONDS = 20  # from picking up to pressing the key


def make_round(call, candidates, *, at: datetime, number: int = 1, because: str = "") -> list[Offer]:
    """Offer `call` to these candidates at once, each for her own reason or `because`.

    One at whose desk another call just began to ring drops out.
    """
    rows = Rows()
    seconds = call.client.offer_seconds or Firm.current().offer_seconds
    wanted = add_round(rows, call, candidates, seconds=seconds, at=at, number=number, because=because)
    rows.write()
    return [offer for offer in wanted if not offer._state.adding]


def add_round(
    rows: Rows, call, candidates, *, seconds: int, at: datetime, number: int = 1, because: str = ""
) -> list[Offer]:
    """Add to `rows` what such a round consists of. An offer rings for so many seconds."""
    return [
        _add(rows, call, each, seconds=seconds, at=at, number=number, because=because) for each in candidates
    ]


def _add(rows, call, candidate, *, seconds, at, number, because) -> Offer:
    # Whoever is on a call has her one line in use: a second one is answered at her desk.
    leg = None if candidate.state == ON_CALL else _leg(call, candidate, at=at)
    offer = Offer(
        client_id=call.client_id,
        call=call,
        secretary_id=candidate.secretary_id,
        leg=leg,
        is_second=leg is None,
        line=candidate.line,
        round=number,
        because=because or candidate.why(),
        offered_at=at,
        expires_at=at + timedelta(seconds=seconds),
    )
    # Everything hangs on the offer: it is left out where another call began to ring at her desk meanwhile.
    rows.add(offer, unless_taken=True)
    offered = timeline.line(
        call, timeline.OFFERED, at=at, secretary_id=offer.secretary_id, line=str(offer.line)
    )
    rows.add(offered, only_with=offer)
    given = access.given(offer.secretary_id, call.client_id, Access.Because.OFFER, offer.pk, from_at=at)
    rows.add(given, only_with=offer)
    if leg:
        rows.add(leg, only_with=offer)
        rows.add(_effect(offer, leg, call, seconds), only_with=offer, then=outbox.hint)
    if candidate.user_id:
        rings = announcing.unannounced("call.ringing", call.pk, call.version, [candidate.user_id])
        rows.add(rings, only_with=offer, then=announcing.hint_at)
    return offer


def _leg(call, candidate, *, at) -> Leg:
    return Leg(
        client_id=call.client_id,
        call=call,
        party=Leg.Party.SECRETARY,
        secretary_id=candidate.secretary_id,
        to=candidate.to,
        created_at=at,
        heard_at=at,
    )


def _effect(offer, leg, call, seconds):
    return outbox.unposted(
        "calls.offer",
        key=f"calls.offer:{offer.pk}",
        queue="calls",
        client_id=call.client_id,
        subject=("calls.offer", offer.pk),
        payload={"to": leg.to, "from": call.line.number, "leg": leg.pk.hex, "seconds": seconds},
        lane=leg.lane,
    )


def next_round(call, *, at: datetime, all_at_once: bool = False) -> bool:
    """Offer a call that rings with nobody asked to whoever is next; to voicemail if nobody may come.

    False if the caller just goes on waiting.
    """
    if call.offers.pending().exists() or dialling.open_of(call):
        return False
    candidates = situation.candidates(call.client, call=call)
    chosen, _passed_over = who_is_next(candidates, all_at_once=all_at_once)
    if chosen:
        return bool(make_round(call, chosen, at=at, number=next_number(call)))
    if anybody_may_come(candidates):
        return False
    to_voicemail(call, at=at)
    legs.send_caller(call, to="calls-voicemail")
    return True


def next_number(call) -> int:
    """The number of the round after those there have been."""
    return (call.offers.aggregate(last=Max("round"))["last"] or 0) + 1


def to_voicemail(call, *, at: datetime) -> None:
    """Nobody is asked any more. Raises IllegalMove if somebody has the caller already."""
    voicemail.begin(call, at=at)
    withdraw(call, at=at, because=_("the caller was sent to voicemail"))
    dialling.call_ended(call, at=at)


def picked_up(offer, *, carrier_id: str, at: datetime) -> bool:
    """Her telephone was picked up: she has time to hear whose call it is. False if it is too late."""
    _lock(offer.call_id)
    offer.refresh_from_db(fields=["leg"])
    legs.connected(offer.leg, carrier_id, at=at)
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


def give_up(offer, *, at: datetime, because: str) -> None:
    """Her offer is taken back for a reason that is nobody's fault. The call goes on to the next."""
    call = _lock(offer.call_id)
    if offer.settle(Offer.State.WITHDRAWN, at=at, because=because):
        _stop(offer, call, at=at, because=because)


def expire(offer, *, at: datetime) -> bool:
    """Nobody picked up in time: the one kind of end that counts as missed.

    Not against her who was talking to another caller, whose line had just dropped, or was never rung at all.
    """
    call = _lock(offer.call_id)
    if not offer.settle(Offer.State.EXPIRED, at=at):
        return False
    never_rung = offer.leg is None or not offer.leg.carrier_id
    if not (offer.is_second or never_rung or _lost_it_before(offer)):
        presence.missed(offer.secretary, at=at)
    timeline.note(call, timeline.MISSED, at=at, secretary_id=offer.secretary_id)
    _stop(offer, call, at=at, because=_("nobody picked up in time"))
    _go_on(call, at=at)
    return True


def unreachable(offer, *, at: datetime) -> None:
    """Her line could not be rung at all. That is no fault of hers and no miss."""
    call = _lock(offer.call_id)
    if offer.settle(Offer.State.WITHDRAWN, at=at, because=_("her line could not be reached")):
        Offer.objects.filter(pk=offer.pk).update(unreached=True)
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
    else:
        her_line.settle(offer.secretary, at=at)  # it may have been kept for this call alone
    live.announce("call.withdrawn", call.pk, call.version, [offer.secretary.user_id])


def _lost_it_before(offer) -> bool:
    return Offer.objects.filter(
        call=offer.call_id, secretary=offer.secretary_id, lost_at__isnull=False
    ).exists()


def _go_on(call, *, at) -> None:
    if call.state == Call.State.RINGING:
        next_round(call, at=at)


def _lock(call_id) -> Call:
    return Call.objects.select_for_update(of=["self"]).select_related("client", "line").get(pk=call_id)
