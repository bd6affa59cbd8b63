"""A call begins: it is written down with the decision, and the first secretaries are rung.

All of it in the transaction of the carrier's question; nothing here leaves the database.
"""

from datetime import timedelta

from clients import correspondents, numbers
from clients.guidance import guidance_at
from clients.models import Line
from secretariat import ledger

from . import guidance as call_guidance
from . import offers, routing, situation, timeline, voicemail
from .models import Call, Leg

ENDS_AT_ONCE = {
    routing.REFUSE: Call.Outcome.REFUSED,
    routing.LOOPED: Call.Outcome.LOOPED,
}


def ring(line: Line, *, params, at) -> Call:
    """The call that these fields of the carrier announce, routed. `at` is when it began to ring."""
    number = numbers.normalise(params.get("From", ""), line.client.country)
    known = correspondents.by_number(line.client_id, number)
    guidance = guidance_at(line.client, line, correspondents.described(known, number), at)
    route = routing.choose_route(situation.of(guidance, loop=situation.came_round(number, line)))
    call = Call.objects.create(
        client=line.client,
        line=line,
        carrier_id=params["CallSid"],
        caller_number=number,
        caller_as_sent=params.get("From", "")[:80],
        caller_name=known.name if known else "",
        caller_firm=known.firm if known else "",
        caller_say=known.pronunciation if known else "",
        correspondent=known,
        nth_call=_times_called(line, number) + 1,
        forwarded_from=params.get("ForwardedFrom", "")[:32],
        guidance=call_guidance.as_kept(guidance),
        rang_at=at,
        voicemail_at=at + timedelta(seconds=line.voicemail_after_seconds),
        **route.as_kept(),
    )
    Leg.objects.create(
        client=line.client,
        call=call,
        party=Leg.Party.CALLER,
        to=number,
        carrier_id=call.carrier_id,
        status=Leg.Status.RINGING,
        rank=Leg.RANK[Leg.Status.RINGING],
        created_at=at,
        heard_at=at,
    )
    timeline.note(call, timeline.RANG, at=at)
    _follow(call, route, at=at)
    return call


def _follow(call, route, *, at) -> None:
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
    else:
        offers.make_round(call, route.offered, at=at)


def _times_called(line, number) -> int:
    if not number:
        return 0
    return Call.objects.filter(client=line.client_id, caller_number=number).count()
