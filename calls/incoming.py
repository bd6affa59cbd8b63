"""A call begins: it is written down with the decision, and the first secretaries are rung.

All of it in the transaction of the carrier's question; nothing here leaves the database. `ring` looks things
up one after the other; `at_once` has looked up the same in one statement, and joins in at `begin`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from clients import correspondents, numbers
from clients.guidance import Guidance, guidance_at
from clients.models import Correspondent, Line
from secretariat import ledger
from secretariat.office.models import Firm
from secretariat.one_trip.writing import Rows

from . import guidance as call_guidance
from . import offers, put_through, routing, situation, timeline, twiml, voicemail
from .models import Call, Leg

ENDS_AT_ONCE = {
    routing.REFUSE: Call.Outcome.REFUSED,
    routing.LOOPED: Call.Outcome.LOOPED,
}


@dataclass(frozen=True)
class Ring:
    """What is known of a call that begins to ring. `number` is the caller's, E.164, empty if withheld."""

    line: Line
    number: str
    known: Correspondent | None
    guidance: Guidance
    situation: routing.Situation
    earlier_calls: int
    offer_seconds: int
    at: datetime
    loop_of: Leg | None = None  # the leg of ours that came back, where that is certain
    contact_id: UUID | None = None  # whom the client wants rung without a secretary, on these numbers
    numbers: tuple[dict, ...] = ()


def ring(line: Line, *, params, at) -> Call:
    """The call that these fields of the carrier announce, routed. `at` is when it began to ring."""
    rows = Rows()
    known = looked_up(line, params=params, at=at)
    call, route = begin(rows, known, params=params)
    rows.write()
    follow(call, route, at=at)
    if route.kind == routing.PUT_THROUGH:
        put_through.by_rule(call, contact_id=known.contact_id, numbers=list(known.numbers), at=at)
    return call


def looked_up(line: Line, *, params, at) -> Ring:
    """Everything the decision follows from, one query after the other."""
    number = numbers.normalise(params.get("From", ""), line.client.country)
    known = correspondents.by_number(line.client_id, number)
    guidance = guidance_at(line.client, line, correspondents.described(known, number), at)
    forwarded_from = numbers.normalise(params.get("ForwardedFrom", ""), line.client.country)
    loop, loop_of = situation.came_round(number, line, forwarded_from=forwarded_from)
    contact, to_ring = situation.numbers_to_ring(guidance)
    return Ring(
        line=line,
        number=number,
        known=known,
        guidance=guidance,
        situation=situation.of(guidance, loop=loop, numbers=to_ring),
        earlier_calls=situation.earlier_calls(line.client_id, number).count() if number else 0,
        offer_seconds=line.client.offer_seconds or Firm.current().offer_seconds,
        at=at,
        loop_of=loop_of,
        contact_id=contact.pk if contact else None,
        numbers=tuple(to_ring),
    )


def begin(rows: Rows, ring: Ring, *, params) -> tuple[Call, routing.Route]:
    """Decide, and add the call with its first round to `rows`. What else the route asks for, `follow` does
    once they are written."""
    line, known, at = ring.line, ring.known, ring.at
    route = routing.choose_route(ring.situation)
    call = Call(
        client=line.client,
        line=line,
        carrier_id=params["CallSid"],
        caller_number=ring.number,
        caller_as_sent=params.get("From", "")[:80],
        caller_name=known.name if known else "",
        caller_firm=known.firm if known else "",
        caller_say=known.pronunciation if known else "",
        correspondent=known,
        nth_call=ring.earlier_calls + 1,
        forwarded_from=params.get("ForwardedFrom", "")[:32],
        call_token=params.get("CallToken", "") if line.client.shows_caller_number else "",
        loop_of=ring.loop_of,
        guidance=call_guidance.as_kept(ring.guidance),
        rang_at=at,
        # Where the client is rung, secretaries come after her, and only then the voicemail.
        voicemail_at=None
        if route.kind == routing.PUT_THROUGH
        else at + timedelta(seconds=line.voicemail_after_seconds),
        **route.as_kept(),
    )
    leg = Leg(
        client_id=line.client_id,
        call=call,
        party=Leg.Party.CALLER,
        to=ring.number,
        carrier_id=call.carrier_id,
        status=Leg.Status.RINGING,
        rank=Leg.RANK[Leg.Status.RINGING],
        created_at=at,
        heard_at=at,
    )
    rows.add(call)
    rows.add(leg)
    rows.add(timeline.line(call, timeline.RANG, at=at))
    if route.kind == routing.OFFER:
        offers.add_round(rows, call, route.offered, seconds=ring.offer_seconds, at=at)
    return call, route


def first_words(call) -> str:
    """What the carrier is told to do with a call that has just been written down."""
    match call.route:
        case routing.REFUSE:
            return twiml.reject("rejected")
        case routing.LOOPED:
            return twiml.reject("busy")
    if call.state == Call.State.VOICEMAIL:
        return twiml.take_voicemail(call)
    return twiml.wait_in_queue(call)


def follow(call, route, *, at) -> None:
    """What a route other than an offer asks for besides."""
    if route.kind in ENDS_AT_ONCE:
        call.close(ENDS_AT_ONCE[route.kind], at=at)
        timeline.note(call, timeline.TURNED_AWAY, at=at, outcome=call.outcome)
        ledger.record(
            "call.turned_away",
            client_id=call.client_id,
            subject=("calls.call", call.pk),
            detail={"outcome": call.outcome},
        )
    elif route.kind == routing.VOICEMAIL:
        voicemail.begin(call, at=at)
