"""Putting a caller through to somebody at the client: asked first, straight, or by instruction alone.

Whoever is rung must press a key, unless her number says otherwise, so that a mailbox never counts as
reached. Until she has taken the call the caller is the secretary's, who may take her back at any moment;
without a secretary the caller hears it ring, and is offered to secretaries if nobody takes the call.
The call's row is locked in all of this, so that of two things at the same moment one comes first.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from secretariat import ledger, live, outbox
from secretariat.card_numbers import redact

from . import conference, dialling, her_line, legs, offers, reachable, routing, situation, timeline, wrap_up
from .models import Call, IllegalMove, Leg, PutThrough

Way, State = PutThrough.Way, PutThrough.State
LONGEST_WHY = 240
RESULTS = {"busy": "busy", "failed": "failed", "canceled": "failed", "no-answer": "no-answer"}


def ask(call, to, *, by, at: datetime, who="", why="") -> PutThrough:
    """Ask first: the caller is on hold until the other takes the call and the secretary says so.

    `to` is a Contact, or a `reachable.Stranger` at a number the secretary typed.
    Raises IllegalMove if the caller is not with `by`, or is being put through; ValueError if no number of
    the contact may be rung.
    """
    return _begin(call, to, Way.ASK, by=by, at=at, who=who, why=why)


def straight(call, to, *, by, at: datetime, who="", why="") -> PutThrough:
    """Put the caller straight through: whoever takes the call has her, and the secretary is free.

    Raises as `ask`.
    """
    return _begin(call, to, Way.STRAIGHT, by=by, at=at, who=who, why=why)


def by_rule(call, *, contact_id, numbers, at: datetime) -> PutThrough:
    """The client's instruction puts this caller through while she rings."""
    whom = {"contact_id": contact_id, "numbers": numbers}
    put = _open(call, Way.RULE, whom, by=None, at=at, who=reachable.described(call), why="")
    dialling.next_number(put, call, at=at)
    return put


def _begin(call, to, way, *, by, at, who, why):
    if isinstance(to, reachable.Stranger):
        whom = {"name": to.name, "numbers": to.numbers}
    else:
        whom = {"contact_id": to.pk, "numbers": reachable.numbers_of(to)}
    if not whom["numbers"]:
        raise ValueError("no number of hers may be rung")
    if call.state != Call.State.TALKING:
        raise IllegalMove(f"call {call.pk} has nobody to put through")
    put = _open(call, way, whom, by=by, at=at, who=who or reachable.described(call), why=why)
    timeline.note(call, timeline.ASKED, at=at, secretary_id=by.pk, way=way.value, **dialling.whom(put))
    if not call.held_at:
        call.hold(at=at)
        conference.let_caller_wait(call)
    dialling.next_number(put, call, at=at)
    verb = "call.asked" if way == Way.ASK else "call.put_straight_through"
    _record(verb, call, by, **({} if put.contact_id else {"to": "another_number"}))
    return put


def _open(call, way, whom, *, by, at, who, why) -> PutThrough:
    try:
        with transaction.atomic():
            return PutThrough.objects.create(
                client_id=call.client_id,
                call=call,
                way=way,
                **whom,
                who=redact(who)[0][:LONGEST_WHY],
                why=redact(why.strip())[0][:LONGEST_WHY],
                asked_by=by,
                asked_at=at,
            )
    except IntegrityError as already:
        raise IllegalMove(f"call {call.pk} is being put through") from already


def take_back(call, *, by, at: datetime) -> None:
    """The caller is the secretary's again, at whatever point it was. Raises IllegalMove if it is too late."""
    put = _under_way(call)
    if put.state == State.CROSSING:
        raise IllegalMove(f"call {call.pk} is going through")
    dialling.stop(call, State.TAKEN_BACK, at=at, because=_("the caller was taken back"))
    _back(call, put, at=at, because="taken_back")
    _record("call.taken_back", call, by)


def three_of_us(call, *, by, at: datetime) -> None:
    """Caller, client and secretary talk together. Raises IllegalMove unless the client talks with her."""
    put = _under_way(call)
    put.three()
    call.resume()
    conference.let_caller_talk(call)
    timeline.note(call, timeline.THREE, at=at, secretary_id=by.pk, **dialling.whom(put))
    dialling.tell(call)
    _record("call.three", call, by)


def connect(call, *, by, at: datetime) -> None:
    """The client has the caller now, and the secretary leaves. Raises IllegalMove unless she is there."""
    put = _under_way(call)
    put.cross()
    _cross(put, call)
    dialling.tell(call)
    _record("call.connected", call, by)


def picked_up(put, call, leg, *, carrier_id: str, at: datetime) -> bool:
    """Somebody picked up, or a mailbox did. False if the caller is not waiting for her any more."""
    legs.connected(leg, carrier_id, at=at)
    if not (put and put.is_trying and put.leg_id == leg.pk):
        return False
    if put.hear(Leg.Status.IN_PROGRESS, at=at):
        dialling.tell(call)
    return True


def take(put, call, leg, *, at: datetime) -> bool:
    """She takes the call. False if the caller has gone, or back to the secretary."""
    if put is None or put.leg_id != leg.pk:
        return False
    if put.state in (State.JOINED, State.CROSSING, State.THREE, State.DONE):
        return True  # asked twice
    if not put.is_trying:
        return False
    timeline.note(call, timeline.TAKEN, at=at, **dialling.whom(put))
    match put.way:
        case Way.ASK:
            put.take(State.JOINED, at=at)
        case Way.STRAIGHT:
            put.take(State.CROSSING, at=at)
            _cross(put, call)
        case Way.RULE:
            put.take(State.CROSSING, at=at)
            _through(put, call, at=at)
            legs.send_caller(call, to="calls-caller-join")
    dialling.tell(call)
    return True


def refuse(put, call, leg, *, at: datetime) -> None:
    """She sends the caller back."""
    if put and put.is_trying and put.leg_id == leg.pk:
        dialling.not_taken(put, call, "refused", at=at)
        put.end(State.REFUSED, at=at)
        _back(call, put, at=at, because="refused")


def heard(leg, call, status: str, *, at: datetime) -> None:
    """The carrier's news of a leg of somebody at the client. The call is locked."""
    put = PutThrough.objects.select_related("contact", "leg").filter(leg=leg).first()
    if put is None:
        return
    if leg.rank < Leg.ENDED:
        if put.hear(status, at=at):
            dialling.tell(call)
    elif put.is_open:
        _gone(put, call, leg, at=at)
    elif put.state == State.DONE and call.state == Call.State.THROUGH:
        conference.contact_gone(call, at=at)


def _gone(put, call, leg, *, at) -> None:
    """Her line has ended while the caller was not hers yet."""
    if put.is_trying:
        _try_next(put, call, leg, _result(put, leg), at=at)
    elif put.state == State.THREE:  # the two others talk on
        put.end(State.DONE, at=at)
        _note_back(put, call, at=at, because="left_three")
        dialling.tell(call)
    else:
        put.end(State.REFUSED, at=at)
        outbox.cancel(lane=legs.callers(call).lane, kinds=["calls.cross"], because=_("she has hung up"))
        _back(call, put, at=at, because="hung_up")


def _result(put, leg) -> str:
    if Call.objects.filter(loop_of=leg).exists():
        return "looped"
    if leg.status in RESULTS:
        return RESULTS[leg.status]
    return "no-key" if put.picked_up_at else "no-answer"


def _try_next(put, call, leg, result, *, at) -> None:
    dialling.not_taken(put, call, result, at=at)
    if not dialling.is_last(put):
        dialling.next_number(put, call, at=at)
        return
    results = {each["result"] for each in put.tried}
    state = State.UNANSWERED
    if "looped" in results:
        state = State.LOOPED
    elif results == {"failed"}:
        state = State.FAILED
    put.end(state, at=at)
    _back(call, put, at=at, because=put.tried[-1]["result"])


def fell_silent(put, *, at: datetime) -> bool:
    """The carrier has said nothing of this number for too long: on to the next."""
    call = dialling.lock(put.call_id)
    put.refresh_from_db()
    if not put.is_trying or put.give_up_at is None or put.give_up_at > at or put.leg is None:
        return False
    legs.hang_up(put.leg, at=at, because=_("nobody took the call in time"))
    _try_next(put, call, put.leg, "no-key" if put.picked_up_at else "no-answer", at=at)
    return True


def she_left(call, *, at: datetime) -> bool:
    """The secretary's line has ended. True where caller and client talk on without her."""
    put = dialling.open_of(call)
    if put is None or put.state not in (State.THREE, State.CROSSING):
        return False
    if put.state == State.THREE:
        put.cross()
        # Nobody is held here; what is asked for makes sure of it.
        _cross(put, call)
    _through(put, call, at=at)
    return True


def crossed(put_id, *, at: datetime) -> None:
    """The carrier has let the two talk, and the secretary out."""
    call = dialling.lock(PutThrough.objects.values_list("call_id", flat=True).get(pk=put_id))
    put = PutThrough.objects.select_related("contact", "leg").get(pk=put_id)
    if put.state == State.CROSSING and call.state == Call.State.TALKING:
        _through(put, call, at=at)


def could_not_cross(put_id, *, at: datetime) -> None:
    """The carrier would not let the two talk: the caller stays with the secretary."""
    call = dialling.lock(PutThrough.objects.values_list("call_id", flat=True).get(pk=put_id))
    put = PutThrough.objects.select_related("contact", "leg").get(pk=put_id)
    if put.state == State.CROSSING and call.state == Call.State.TALKING:
        dialling.stop(call, State.FAILED, at=at, because=_("they could not be connected"))
        _back(call, put, at=at, because="failed")


def _cross(put, call) -> None:
    """Let the caller hear the client, see that she does, and only then let the secretary go."""
    caller = legs.callers(call)
    hers = call.legs.live().filter(party=Leg.Party.SECRETARY, secretary=call.secretary_id)
    hers = hers.exclude(carrier_id="").filter(offer__state="accepted", offer__lost_at=None).first()
    outbox.cancel(lane=caller.lane, kinds=["calls.hold", "calls.resume"], because=_("she is put through"))
    outbox.post(
        "calls.cross",
        key=f"calls.cross:{put.pk}",
        queue="calls",
        client_id=call.client_id,
        subject=("calls.leg", caller.pk),
        payload={
            "put_through": put.pk.hex,
            "contact": put.leg_id.hex,
            # With another caller on hold she keeps her line, and goes to that one's room.
            "secretary": hers.pk.hex if hers and not her_line.has_others(call) else "",
        },
        lane=caller.lane,
    )


def _through(put, call, *, at) -> None:
    """Caller and client talk, and nobody of ours with them."""
    put.end(State.DONE, at=at)
    call.go_through(at=at)
    timeline.note(
        call, timeline.THROUGH, at=at, secretary_id=call.secretary_id, way=put.way, **dialling.whom(put)
    )
    if call.secretary_id:
        if her_line.has_others(call):
            her_line.settle(call.secretary, at=at)
        wrap_up.settle_presence(call.secretary, at=at)
        live.announce("call.wrapup", call.pk, call.version, [call.secretary.user_id])
    ledger.record(
        "call.through",
        actor_id=call.secretary.user_id if call.secretary_id else None,
        client_id=call.client_id,
        subject=("calls.call", call.pk),
        detail={"way": put.way},
    )


def _back(call, put, *, at, because) -> None:
    """The caller is with the secretary as before; or, where there is none, is offered to them now."""
    if put.way == Way.RULE:
        _to_secretaries(call, put, at=at)
        return
    if call.state != Call.State.TALKING:
        return
    _note_back(put, call, at=at, because=because)
    if call.held_at:
        try:
            call.resume()
        except IllegalMove:
            pass  # she talks to another caller by now: this one waits, and she returns to her
        else:
            conference.let_caller_talk(call)
    dialling.tell(call)


def _note_back(put, call, *, at, because) -> None:
    timeline.note(
        call,
        timeline.BACK,
        at=at,
        secretary_id=call.secretary_id,
        because=because,
        **dialling.whom(put),
    )


def _to_secretaries(call, put, *, at) -> None:
    if call.state != Call.State.RINGING:
        return
    candidates = situation.candidates(call.client, call=call)
    reasons = routing.fallen_back(put.to_name, reachable.told(put), candidates)
    call.fall_back(
        reasons=[{**each, "decided": False} for each in call.reasons] + reasons,
        voicemail_at=at + timedelta(seconds=call.line.voicemail_after_seconds),
    )
    offers.next_round(call, at=at)


def _under_way(call) -> PutThrough:
    put = dialling.open_of(call)
    if put is None or put.way == Way.RULE or call.state != Call.State.TALKING:
        raise IllegalMove(f"call {call.pk} is not being put through")
    return put


def _record(verb, call, by, **detail) -> None:
    subject = ("calls.call", call.pk)
    ledger.record(verb, actor_id=by.user_id, client_id=call.client_id, subject=subject, detail=detail)
