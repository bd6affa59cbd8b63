"""Everything done while two people talk: hold, resume, keypad, hang up.

The far end's truth comes from the carrier's callbacks alone. Rooms are ended here, never by whoever
happens to leave, and nobody is left on hold with no one who can free her.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from secretariat import ledger, live, outbox

from . import dialling, her_line, legs, offers, timeline, wrap_up
from .models import Call, IllegalMove, Leg, PutThrough

KEYS = frozenset("0123456789*#")


def hold(call, *, by, at: datetime) -> None:
    """Let the caller hear music and nothing else.

    Raises IllegalMove if nobody talks, or she is held or being put through.
    """
    _not_while_put_through(call)
    call.hold(at=at)
    let_caller_wait(call)
    timeline.note(call, timeline.HELD, at=at, secretary_id=by.pk)
    _record("call.held", call, by)
    live.announce("call.held", call.pk, call.version, [by.user_id])


def resume(call, *, by, at: datetime) -> None:
    """Talk on. Raises IllegalMove if the caller is not on hold, or she talks to another caller."""
    _not_while_put_through(call)
    if Call.objects.at_desk_of(by).filter(state=Call.State.TALKING, held_at=None).exists():
        raise IllegalMove(f"secretary {by.pk} talks on another call")
    call.resume()
    her_line.join(call, by)
    let_caller_talk(call)
    timeline.note(call, timeline.RESUMED, at=at, secretary_id=by.pk)
    _record("call.resumed", call, by)
    live.announce("call.resumed", call.pk, call.version, [by.user_id])


def let_caller_wait(call) -> None:
    """Ask the carrier to hold the caller."""
    _hold_or_resume(call, "calls.hold", instead_of="calls.resume")


def let_caller_talk(call) -> None:
    """Ask the carrier to hold the caller no more."""
    _hold_or_resume(call, "calls.resume", instead_of="calls.hold")


def return_to(call, *, by, at: datetime) -> None:
    """Talk on with a caller on hold; whomever she talks to now is held. Raises IllegalMove if nobody is.

    All her calls must be locked, in the order of their ids.
    """
    if not call.is_held:
        raise IllegalMove(f"call {call.pk} is not on hold")
    line = her_line.of(by)
    if line and line.call_id != call.pk:
        _not_while_put_through(line.call)  # whom she asks would be left alone
    for other in Call.objects.at_desk_of(by).filter(state=Call.State.TALKING, held_at=None).order_by("pk"):
        hold(other, by=by, at=at)
    resume(call, by=by, at=at)


def press_keys(call, digits: str, *, by, at: datetime) -> None:
    """Play key tones to whom she talks to: the caller, or the client she is asking.

    Raises ValueError for anything but keys, IllegalMove if nobody talks.
    """
    if not digits or not set(digits) <= KEYS:
        raise ValueError("only the keys of a telephone")
    put = dialling.open_of(call)
    asking = put and put.state == PutThrough.State.JOINED
    if call.state != Call.State.TALKING or (call.held_at and not asking):
        raise IllegalMove(f"call {call.pk} has nobody to press keys for")
    call.touch()
    leg = put.leg if asking else legs.callers(call)
    _post("calls.digits", call, leg, f"{leg.pk}:{call.version}", payload={"digits": digits})


def hang_up(call, *, by, at: datetime) -> None:
    """The secretary ends the call. Raises IllegalMove if it has ended, or goes on without her."""
    if call.state == Call.State.THROUGH:
        raise IllegalMove(f"call {call.pk} goes on without her")
    call.end(at=at, by=Leg.Party.SECRETARY)
    offers.withdraw(call, at=at, because=_("the call has ended"))
    _ended(call, at=at)
    _record("call.hung_up", call, by)


def caller_gone(call, *, at: datetime) -> None:
    """The caller's line has ended, whatever was going on."""
    match call.state:
        case Call.State.RINGING if call.answered_at is None:
            offers.withdraw(call, at=at, because=_("the caller hung up"))
            dialling.call_ended(call, at=at)
            timeline.note(call, timeline.HUNG_UP, at=at, by=Leg.Party.CALLER.value)
            wrap_up.close_unspoken(call, Call.Outcome.ABANDONED, at=at)
        case Call.State.RINGING | Call.State.TALKING | Call.State.THROUGH:
            call.end(at=at, by=Leg.Party.CALLER)
            offers.withdraw(call, at=at, because=_("the caller hung up"))
            _ended(call, at=at)


def contact_gone(call, *, at: datetime) -> None:
    """Somebody at the client who had the caller has hung up: the caller is not left alone."""
    call.end(at=at, by=Leg.Party.CONTACT)
    _ended(call, at=at)


def _ended(call, *, at) -> None:
    dialling.call_ended(call, at=at)
    for leg in call.legs.live().exclude(party=Leg.Party.SECRETARY):
        legs.hang_up(leg, at=at, because=_("the call has ended"))
    if call.secretary_id:
        her_line.settle(call.secretary, at=at)
    timeline.note(call, timeline.HUNG_UP, at=at, by=call.ended_by, secretary_id=call.secretary_id)
    wrap_up.begin(call, at=at)


def _not_while_put_through(call) -> None:
    if dialling.open_of(call):
        raise IllegalMove(f"call {call.pk} is being put through")


def _hold_or_resume(call, kind, *, instead_of) -> None:
    leg = legs.callers(call)
    outbox.cancel(lane=leg.lane, kinds=[instead_of], because=_("she changed her mind"))
    _post(kind, call, leg, f"{leg.pk}:{call.version}")


def _post(kind, call, leg, key, payload=None) -> None:
    outbox.post(
        kind,
        key=f"{kind}:{key}",
        queue="calls",
        client_id=call.client_id,
        subject=("calls.leg", leg.pk),
        payload=payload or {},
        lane=leg.lane,
    )


def _record(verb, call, by) -> None:
    ledger.record(verb, actor_id=by.user_id, client_id=call.client_id, subject=("calls.call", call.pk))
