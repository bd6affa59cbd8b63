"""What the carrier asks and tells us about calls.

A *question* is answered with TwiML in one transaction with the raw request, everything decided, and the
answer; the same request again gets the same answer. If that fails the raw request is kept alone and the
carrier, told 500, takes the fallback. A *notice* is kept, acknowledged, and worked later (`inbox.py`).
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, transaction
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from psycopg.errors import DeadlockDetected

from clients import work
from secretariat import clock
from secretariat.channels import twilio
from secretariat.office.models import LineKind
from secretariat.outbox import inbox

from . import (
    at_once,
    incoming,
    legs,
    offers,
    put_through,
    situation,
    twiml,
    winning,
)
from .dictation import dictating, ringing
from .models import Call, Leg, Offer, PutThrough

UNKNOWN_LINE = "calls.unknown_line"
TRIES = 3
TO_VOICEMAIL = "1"
ANSWERS = "1"


def webhook(view):
    """Asked by the carrier alone, which signs what it says: no session, no token of ours."""

    @csrf_exempt
    @login_not_required
    @transaction.non_atomic_requests
    @require_http_methods(["GET", "POST"])
    @wraps(view)
    def answered(request, **which):
        return view(request, twilio.verified(request), **which)

    return answered


def question(step):
    """A webhook whose answer is decided once: the view returns TwiML, which repetitions get again."""

    def decorate(view):
        @webhook
        @wraps(view)
        def answered(request, notice, **which):
            for more in reversed(range(TRIES)):
                try:
                    with inbox.kept(notice, step, notice.action_key(step)) as asked:
                        if not asked.is_answered:
                            asked.answer = view(notice, **which)
                    break
                except OperationalError as fault:
                    # Of two that wait for each other the database gives one up: for her to ask again.
                    if not more or not isinstance(fault.__cause__, DeadlockDetected):
                        raise
            return twiml.response(asked.answer)

        return answered

    return decorate


@webhook
def incoming_call(request, notice):
    """Tell the carrier what to do with a ringing call. The same request, repeated, gets the same answer."""
    if document := at_once.answer(notice):
        return twiml.response(document)
    with inbox.kept(notice, at_once.KIND, notice.params["CallSid"]) as asked:
        if not asked.is_answered:
            asked.answer = _answer_ring(notice, asked.event)
    return twiml.response(asked.answer)


def _answer_ring(notice, event) -> str:
    number = notice.params.get("To", "")
    line = situation.line_called(number)
    if line is None:
        if dictation := dictating.line_called(number):
            return ringing.first_words(dictation, notice)
        work.open_item(
            UNKNOWN_LINE,
            subject=("outbox.inboundevent", event.pk),
            because=_("Somebody rang %(number)s, which is no line of ours") % {"number": number[:20]},
        )
        return twiml.reject("rejected")
    return incoming.first_words(incoming.ring(line, params=notice.params, at=notice.received_at))


def _where_now(call) -> str:
    """Where this caller belongs at this moment."""
    match call.state:
        case Call.State.RINGING:
            return twiml.wait_in_queue(call)
        case Call.State.TALKING | Call.State.THROUGH:
            return twiml.join_room(call, legs.callers(call))
        case Call.State.VOICEMAIL:
            return twiml.take_voicemail(call)
        case _:
            return twiml.hang_up()


def _locked(call_id) -> Call:
    calls = Call.objects.select_for_update(of=["self"]).select_related("client", "line")
    return get_object_or_404(calls, pk=call_id)


@webhook
def fallback(request, notice):
    """What a caller hears when we cannot answer at all. Fixed: it asks neither the database nor the clock."""
    return twiml.response(twiml.apologise_and_record())


@webhook
def fallback_recorded(request, notice):
    return twiml.response(twiml.thank_after_fallback())


@webhook
def wait(request, notice, call_id):
    """What a waiting caller hears next. Asked over and over, so neither stored nor deduplicated."""
    call = get_object_or_404(Call.objects.select_related("client", "line"), pk=call_id)
    time_is_up = call.voicemail_at and call.voicemail_at <= clock.now()
    if call.state == Call.State.VOICEMAIL or (call.state == Call.State.RINGING and time_is_up):
        return twiml.response(twiml.leave_queue())
    place = notice.params.get("QueuePosition", "")
    document = twiml.while_waiting(
        call,
        waited=_seconds(notice.params.get("QueueTime", "")),
        place=int(place) if call.line.announce_place and place.isdigit() else None,
    )
    return twiml.response(document)


@question("waiting-key")
def waiting_key(notice, call_id):
    """A key pressed while waiting: 1 leaves a message, the others change nothing."""
    call = _locked(call_id)
    if notice.params.get("Digits") != TO_VOICEMAIL:
        return twiml.while_waiting(call, waited=0, place=None)
    if call.state == Call.State.RINGING:
        offers.to_voicemail(call, at=notice.received_at)
    return twiml.leave_queue()


@question("queue-action")
def queue_action(notice, call_id):
    """The caller has left the queue. Where she was sent on or has hung up, this answer is not heard."""
    call = _locked(call_id)
    if notice.params.get("QueueResult") in ("redirected", "hangup", "bridged", "redirected-from-bridged"):
        return twiml.nothing()
    if call.state == Call.State.RINGING:
        offers.to_voicemail(call, at=notice.received_at)
    return _where_now(call)


@question("caller")
def send_on(notice, call_id):
    """The caller is sent on to where she belongs by now, whatever it was when we asked for it."""
    return _where_now(_locked(call_id))


@question("caller-returned")
def returned(notice, call_id):
    """The secretary's line was lost: the caller hears so, and waits for the next."""
    call = _locked(call_id)
    if call.state != Call.State.RINGING:
        return _where_now(call)
    return twiml.wait_in_queue(call, after_line_lost=True)


@question("secretary")
def secretary_join(notice, leg_id, call_id):
    """A secretary's line goes into the room of another call of hers, or of the one she has gone to since."""
    leg = get_object_or_404(Leg, pk=leg_id, party=Leg.Party.SECRETARY)
    return _her_place(leg, _locked(call_id))


def _her_place(leg, call) -> str:
    if call.state == Call.State.TALKING and call.secretary_id == leg.secretary_id:
        return twiml.join_room(call, leg)
    others = Call.objects.filter(state=Call.State.TALKING, secretary=leg.secretary_id)
    other = others.select_related("client", "line").order_by(F("held_at").desc(nulls_first=True)).first()
    return twiml.join_room(other, leg) if other else twiml.hang_up()


@question("left-room")
def left_room(notice, leg_id):
    """Somebody has come out of a room with her line still open."""
    leg = get_object_or_404(Leg, pk=leg_id)
    call = _locked(leg.call_id)
    if leg.party != Leg.Party.CALLER:
        return twiml.hang_up()
    return _where_now(call)


@question("offer")
def offer(notice, offer_id):
    """A secretary's line was answered: the one place where a winner is chosen."""
    offered = get_object_or_404(Offer.objects.select_related("call__client", "secretary", "leg"), pk=offer_id)
    carrier_id, at = notice.params["CallSid"], notice.received_at
    if offered.line == LineKind.PHONE:
        key = notice.params.get("Digits")
        if key is None:
            return _picked_up(offered, carrier_id, at)
        if key != ANSWERS:
            if offered.state == Offer.State.PENDING:
                offers.decline(offered, at=at)
            return twiml.hang_up()
    outcome = winning.win(offer_id, carrier_id=carrier_id, at=at)
    if isinstance(outcome, winning.Lost):
        return twiml.say_and_end(outcome.sentence)
    return twiml.join_room(outcome.call, outcome.leg)


def _picked_up(offered, carrier_id, at) -> str:
    if offers.picked_up(offered, carrier_id=carrier_id, at=at):
        return twiml.whisper(offered.call, offered)
    return twiml.say_and_end(_("This call is being offered to somebody else."))


@question("contact")
def contact(notice, leg_id):
    """Somebody at the client picked up, or her mailbox did: she hears who calls and why."""
    call, leg, put = _contact(leg_id)
    if not put_through.picked_up(put, call, leg, carrier_id=notice.params["CallSid"], at=notice.received_at):
        return twiml.gone_back(call)
    if put.needs_key:
        return twiml.whisper_to_contact(call, put, leg)
    return _taken(put, call, leg, notice.received_at)


@question("contact-key")
def contact_key(notice, leg_id):
    """She pressed a key: 1 takes the call, 2 sends it back, with others she hears it again."""
    call, leg, put = _contact(leg_id)
    match notice.params.get("Digits"):
        case "1":
            return _taken(put, call, leg, notice.received_at)
        case "2":
            put_through.refuse(put, call, leg, at=notice.received_at)
            return twiml.hang_up()
        case _ if put and put.is_trying and put.leg_id == leg.pk:
            return twiml.whisper_to_contact(call, put, leg)
    return twiml.gone_back(call)


def _contact(leg_id):
    """The call, locked; the leg, and what put it through."""
    call = _locked(get_object_or_404(Leg, pk=leg_id, party=Leg.Party.CONTACT).call_id)
    puts = PutThrough.objects.select_related("contact", "leg", "asked_by")
    return call, Leg.objects.get(pk=leg_id), puts.filter(leg=leg_id).first()


def _taken(put, call, leg, at) -> str:
    if put_through.take(put, call, leg, at=at):
        return twiml.join_room(call, leg)
    return twiml.gone_back(call)


@question("recorded")
def recorded(notice, call_id):
    """The caller has finished her message; the recording itself is told of later."""
    return twiml.thank_for_voicemail(_locked(call_id))


@webhook
def hold_music(request, notice):
    return twiml.response(twiml.hold_music())


@webhook
def hold_ringing(request, notice, country):
    return twiml.response(twiml.hold_ringing(country))


@webhook
def keys(request, notice, named):
    return twiml.response(twiml.keys(twiml.keys_named(named)))


def _keep(notice, kind, *fields) -> HttpResponse:
    inbox.keep(
        notice.provider,
        kind,
        notice.key(*fields),
        token=notice.token,
        body=notice.body,
        headers=notice.headers,
    )
    return HttpResponse(status=204)


@webhook
def call_status(request, notice):
    return _keep(notice, "call-status", "CallSid", "CallStatus", "SequenceNumber", "Timestamp")


@webhook
def conference(request, notice):
    return _keep(
        notice, "conference", "ConferenceSid", "StatusCallbackEvent", "CallSid", "SequenceNumber", "Timestamp"
    )


@webhook
def recording(request, notice):
    return _keep(notice, "recording", "RecordingSid", "RecordingStatus", "CallSid")


def _seconds(text: str) -> int:
    return int(text) if text.isdigit() else 0
