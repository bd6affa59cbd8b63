"""Ringing somebody at the client for a caller: her numbers in order, until a key is pressed or none is left.

What follows from it for the caller and her secretary is `put_through`'s to say.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from secretariat import live, outbox
from secretariat.ids import uuid7

from . import legs, timeline
from .models import Call, Leg, PutThrough

# From picking up to the key: the words twice, and time to press. After that the carrier has fallen silent.
KEY_WITHIN = timedelta(seconds=60)


def open_of(call) -> PutThrough | None:
    """What is under way for this call's caller."""
    return PutThrough.objects.open().select_related("contact", "leg").filter(call=call).first()


def shown_of(call) -> PutThrough | None:
    """As `open_of`, looked up once for all the parts of a page."""
    if not hasattr(call, "put_shown"):
        call.put_shown = open_of(call)
    return call.put_shown


def is_open(call: str) -> Exists:
    """Whether there is such a thing, for a query in which this column names the call."""
    return Exists(PutThrough.objects.open().filter(call=OuterRef(call)))


def next_number(put, call, *, at: datetime) -> None:
    """Ring the number whose turn it is. It is shown our line's number, or the caller's where that may be."""
    number = put.number
    leg = Leg.objects.create(
        id=uuid7(),
        client_id=call.client_id,
        call=call,
        party=Leg.Party.CONTACT,
        contact_id=put.contact_id,
        to=number["number"],
        created_at=at,
        heard_at=at,
    )
    put.dial(leg, give_up_at=at + timedelta(seconds=number["seconds"]) + KEY_WITHIN)
    shown, token = shown_number(call)
    outbox.post(
        "calls.dial_contact",
        key=f"calls.dial_contact:{leg.pk}",
        queue="calls",
        client_id=call.client_id,
        subject=("calls.put_through", put.pk),
        payload={
            "to": leg.to,
            "from": shown,
            "leg": leg.pk.hex,
            "seconds": number["seconds"],
            "call_token": token,
        },
        lane=leg.lane,
    )
    timeline.note(call, timeline.RUNG, at=at, label=number["label"], **whom(put))
    tell(call)


def shown_number(call) -> tuple[str, str]:
    """The number shown to whom we ring, and the token without which the carrier would not show it.

    The caller's own only where the client wants it and the carrier gave us leave; else our line's.
    """
    if call.client.shows_caller_number and call.caller_number and call.call_token:
        return call.caller_number, call.call_token
    return call.line.number, ""


def not_taken(put, call, result: str, *, at: datetime) -> None:
    """Keep what became of the number just tried, and go on to the next in the list: `put.number`."""
    number = put.number
    seconds = int(((put.picked_up_at or at) - put.rang_at).total_seconds()) if put.rang_at else None
    put.tried = [
        *put.tried,
        {"number": number["number"], "label": number["label"], "result": result, "seconds": seconds},
    ]
    timeline.note(
        call,
        timeline.NOT_TAKEN,
        at=at,
        **whom(put),
        label=number["label"],
        result=result,
        seconds=seconds,
    )


def whom(put) -> dict:
    """To whom, for a line of the timeline."""
    if put.contact_id:
        return {"contact_id": put.contact_id}
    return {"to": put.name, "number": put.numbers[0]["number"]}


def is_last(put) -> bool:
    """Whether every number has been tried."""
    return len(put.tried) >= len(put.numbers)


def stop(call, state, *, at: datetime, because: str) -> PutThrough | None:
    """Whatever is under way for this caller ends as `state`, and whoever is being rung is let go."""
    put = open_of(call)
    if put is None:
        return None
    put.end(state, at=at)
    if put.leg:
        legs.hang_up(put.leg, at=at, because=because)
    return put


def call_ended(call, *, at: datetime) -> None:
    """The call is over, or goes on otherwise: nobody is rung for it any more."""
    stop(call, PutThrough.State.ABANDONED, at=at, because=_("the call has ended"))


def tell(call) -> None:
    """What the desk shows of it has changed."""
    call.touch()
    if call.secretary_id:
        live.announce("call.transfer", call.pk, call.version, [call.secretary.user_id])


def lock(call_id) -> Call:
    return Call.objects.select_for_update(of=["self"]).select_related("client", "line").get(pk=call_id)
