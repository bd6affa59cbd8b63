"""A fortnight of work that never happened, the same at every first start."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from calls import records, timeline, wrap_up
from calls.models import Call, Offer, PutThrough, Voicemail
from clients import work
from clients.models import Client, Correspondent
from messages_app.event_log import log
from messages_app.models import Delivery, Message
from secretariat import clock, ids, media
from secretariat.local.carrier import sound
from secretariat.office.models import Secretary

DAYS = 14
CALLS_A_DAY = (3, 4, 5, 5, 2)  # of each client, Monday to Friday
HOURS = (9, 9, 10, 10, 10, 11, 11, 12, 13, 14, 14, 15, 15, 16)  # when people ring, mornings most
WORDS = {
    "Okafor Legal": (
        "Draft lease for 14 Harrow Street has come back from the landlord. Please look at clause 9.",
        "Asks whether the hearing on the 3rd still stands, and who should be there.",
        "Is returning the call about the trust deed. At the desk until five.",
        "Would like to become a client: a tenancy that ended badly.",
        "The registry needs the bundle a day earlier than agreed.",
    ),
    "Brill Dental": (
        "A filling came out last night. No pain, but cannot chew on that side.",
        "Wants to move Thursday’s appointment to the week after.",
        "The delivery of gloves is short by two boxes. Please ring about a credit.",
        "Asks for the price of whitening before she books.",
    ),
    "Tidewell Plumbing": (
        "The boiler shows E119 again. Somebody is home after four.",
        "Water under the kitchen sink, a bucket a day. The stopcock is turned off.",
        "Would like a price for a bathroom on the ground floor.",
    ),
    "Marlowe Architects": (
        "The council asks for the revised elevations by Friday.",
        "Happy with the drawings. One question about the roof light.",
        "Would like to see the site on Tuesday at ten instead of eleven.",
    ),
}
NO_MESSAGE = (Call.NoMessage.SALES, Call.NoMessage.WRONG_NUMBER, Call.NoMessage.INFORMED)


@dataclass
class Day:
    """The hours of one past call."""

    rang_at: datetime
    ring: int  # seconds until it was answered
    talk: int
    held: int
    wrap_up: int


def live_through(clients: list[Client], secretaries: dict[str, Secretary]) -> None:
    """Make the calls and messages of the past. `secretaries` says who answers for each client, by name."""
    random = Random(19)
    today = clock.now().date()
    for client in clients:
        callers = list(Correspondent.objects.filter(client=client).prefetch_related("addresses"))
        counted: dict = {}
        for back in range(DAYS, 0, -1):
            day = today - timedelta(days=back)
            if day.weekday() >= 5:
                continue
            for _ in range(CALLS_A_DAY[day.weekday()]):
                caller = random.choice(callers)
                counted[caller.pk] = counted.get(caller.pk, 0) + 1
                hours, nth = _hours(day, client, random), counted[caller.pk]
                if random.random() < 0.06:
                    _given_up(client, caller, secretaries[client.name], hours, nth)
                else:
                    _call(client, caller, secretaries[client.name], hours, nth, random)


def answer_for(client: Client, secretary: Secretary, first: date, last: date) -> None:
    """Two calls on each working day from the first to the last, so that there is something to bill."""
    random = Random(7)
    callers = list(Correspondent.objects.filter(client=client).prefetch_related("addresses"))
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        for _ in range(2 if day.weekday() < 5 else 0):
            _call(client, random.choice(callers), secretary, _hours(day, client, random), 1, random)


def _hours(day, client, random) -> Day:
    at = datetime.combine(day, time(random.choice(HOURS), random.randint(0, 59)), ZoneInfo(client.zone))
    ring = random.randint(24, 52) if random.random() < 0.1 else random.randint(4, 16)
    return Day(at, ring, random.randint(35, 240), random.choice((0, 0, 25)), random.randint(12, 50))


def _given_up(client, caller, secretary, hours, nth) -> None:
    """She hung up before anybody answered; the offer rang until then."""
    ended = hours.rang_at + timedelta(seconds=hours.ring + 12)
    call = Call.objects.create(
        **_of(client, caller, nth),
        outcome=Call.Outcome.ABANDONED,
        rang_at=hours.rang_at,
        ended_at=ended,
        ended_by="caller",
        closed_at=ended,
    )
    timeline.note(call, timeline.RANG, at=hours.rang_at)
    _missed(call, secretary, hours.rang_at)
    timeline.note(call, timeline.HUNG_UP, at=ended)
    timeline.note(call, timeline.CLOSED, at=ended, outcome=call.outcome)
    records.write(call)


def _of(client, caller, nth) -> dict:
    """What every call of the past has in common."""
    return {
        "client": client,
        "line": client.lines.get(),
        "carrier_id": f"CA{ids.uuid7().hex}",
        "state": Call.State.CLOSED,
        "caller_number": caller.addresses.all()[0].value,
        "caller_name": caller.name,
        "caller_firm": caller.firm,
        "caller_say": caller.pronunciation,
        "correspondent": caller,
        "nth_call": nth,
        "route": "offer",
        "guidance": {"phrase": f"Good day, {client.name}, {{secretary}} speaking. How may I help?"},
    }


def _offer(call, secretary, at, *, state, seconds) -> None:
    Offer.objects.create(
        client=call.client,
        call=call,
        secretary=secretary,
        line=secretary.line,
        state=state,
        offered_at=at,
        expires_at=at + timedelta(seconds=15),
        settled_at=at + timedelta(seconds=seconds),
    )
    timeline.note(call, timeline.OFFERED, at=at, secretary_id=secretary.pk, line=secretary.line)


def _missed(call, secretary, at) -> None:
    _offer(call, secretary, at, state=Offer.State.EXPIRED, seconds=15)
    timeline.note(call, timeline.MISSED, at=at + timedelta(seconds=15), secretary_id=secretary.pk)


def _call(client, caller, secretary, hours, nth, random) -> None:
    answered = hours.rang_at + timedelta(seconds=hours.ring)
    held = answered + timedelta(seconds=hours.talk // 2)
    ended = answered + timedelta(seconds=hours.talk + hours.held)
    closed = ended + timedelta(seconds=hours.wrap_up)
    has_message = random.random() < 0.8
    call = Call.objects.create(
        **_of(client, caller, nth),
        outcome=Call.Outcome.MESSAGE if has_message else Call.Outcome.NO_MESSAGE,
        no_message_reason="" if has_message else random.choice(NO_MESSAGE),
        secretary=secretary,
        rang_at=hours.rang_at,
        answered_at=answered,
        ended_at=ended,
        closed_at=closed,
    )
    by = {"secretary_id": secretary.pk}
    timeline.note(call, timeline.RANG, at=hours.rang_at)
    offered = hours.rang_at
    if hours.ring > 20:  # it rang at her once before, and she was away from her desk
        _missed(call, secretary, offered)
        offered += timedelta(seconds=16)
    took = (answered - offered).seconds
    _offer(call, secretary, offered, state=Offer.State.ACCEPTED, seconds=took)
    timeline.note(call, timeline.ANSWERED, at=answered, line=secretary.line, **by)
    if hours.held:
        timeline.note(call, timeline.HELD, at=held, **by)
        if random.random() < 0.5:
            _put_through(call, secretary, held, hours.held, random)
        timeline.note(call, timeline.RESUMED, at=held + timedelta(seconds=hours.held), **by)
    timeline.note(call, timeline.HUNG_UP, at=ended, **by)
    timeline.note(call, timeline.CLOSED, at=closed, outcome=call.outcome)
    records.write(call)
    if has_message:
        _message(call, secretary, random)


def _put_through(call, secretary, at, seconds, random) -> None:
    """She asks somebody at the client, who takes the call or does not; in the end the caller is back."""
    contact = call.client.contacts.first()
    PutThrough.objects.create(
        client=call.client,
        call=call,
        contact=contact,
        way=PutThrough.Way.ASK,
        state=random.choice(("done", "done", "refused", "unanswered")),
        asked_by=secretary,
        asked_at=at,
        ended_at=at + timedelta(seconds=seconds),
        who=call.caller_name,
    )


def _message(call, secretary, random) -> None:
    owner = call.client.contacts.first()
    urgency = random.choice((1, 1, 1, 1, 1, 2, 2, 3))
    read_at = call.closed_at + timedelta(
        minutes=random.randint(1, 180) if urgency < 3 else random.randint(1, 14)
    )
    message = Message.objects.create(
        client=call.client,
        call=call,
        contact=owner,
        call_type=call.client.call_types.first(),
        correspondent=call.correspondent,
        caller_name=call.caller_name,
        caller_firm=call.caller_firm,
        call_back_on=call.caller_number,
        read_back=True,
        text=random.choice(WORDS[call.client.name]),
        urgency=urgency,
        state=Message.State.ACKNOWLEDGED,
        taken_by=secretary.user,
        taken_at=call.closed_at,
        acknowledged_at=read_at,
        acknowledged_by=owner,
        acknowledged_how="portal",
        guidance=call.guidance,
    )
    log(message, "taken", at=call.closed_at, by=secretary.user)
    for channel, state in (("portal", "accepted"), ("email", "delivered")):
        Delivery.objects.create(
            client=call.client,
            message=message,
            contact=owner,
            channel=channel,
            because="the message is for them",
            state=state,
            created_at=call.closed_at,
            settled_at=call.closed_at + timedelta(seconds=4),
        )
    log(message, "shown", at=call.closed_at, contact=owner, channel="portal")
    log(message, "delivered", at=call.closed_at + timedelta(seconds=4), contact=owner, channel="E-mail")
    log(message, "acknowledged", at=read_at, contact=owner, how="portal")


def leave_something_to_do(clients: list[Client], secretary: Secretary) -> None:
    """A call put aside, a voicemail nobody has heard, and a message the client has not acknowledged."""
    first, second = clients[0], clients[1]
    at = clock.now()
    latest = Message.objects.filter(client=first).first()
    Message.objects.filter(pk=latest.pk).update(
        state=Message.State.DELIVERED,
        taken_at=at - timedelta(minutes=50),
        acknowledged_at=None,
        acknowledged_by=None,
        acknowledged_how="",
    )
    latest.events.filter(verb="acknowledged").delete()
    _put_aside(second, secretary, at - timedelta(minutes=26))
    _voicemail(first, at - timedelta(hours=3))


def _put_aside(client, secretary, at) -> None:
    caller = Correspondent.objects.filter(client=client).prefetch_related("addresses").first()
    call = Call.objects.create(
        client=client,
        line=client.lines.get(),
        carrier_id=f"CA{ids.uuid7().hex}",
        state=Call.State.WRAP_UP,
        caller_number=caller.addresses.all()[0].value,
        caller_name=caller.name,
        correspondent=caller,
        route="offer",
        secretary=secretary,
        rang_at=at,
        answered_at=at + timedelta(seconds=8),
        ended_at=at + timedelta(seconds=52),
    )
    timeline.note(call, timeline.RANG, at=at)
    timeline.note(call, timeline.ANSWERED, at=call.answered_at, secretary_id=secretary.pk)
    timeline.note(call, timeline.HUNG_UP, at=call.ended_at, secretary_id=secretary.pk)
    wrap_up.park(call, by=secretary.user, at=call.ended_at + timedelta(seconds=20))


def _voicemail(client, at) -> None:
    call = Call.objects.create(
        client=client,
        line=client.lines.get(),
        carrier_id=f"CA{ids.uuid7().hex}",
        state=Call.State.CLOSED,
        outcome=Call.Outcome.VOICEMAIL,
        caller_number="+447700900188",
        route="voicemail",
        rang_at=at,
        ended_at=at + timedelta(seconds=40),
        closed_at=at + timedelta(seconds=40),
    )
    timeline.note(call, timeline.RANG, at=at)
    timeline.note(call, timeline.TO_VOICEMAIL, at=at + timedelta(seconds=15))
    timeline.note(call, timeline.VOICEMAIL_LEFT, at=at + timedelta(seconds=40))
    recording = media.store(
        sound.wav(18), client_id=client.pk, kind="voicemail", name="voicemail.wav", content_type="audio/wav"
    )
    voicemail = Voicemail.objects.create(
        client=client,
        call=call,
        recording_id=f"RE{ids.uuid7().hex}",
        seconds=18,
        media_id=recording.pk,
        state=Voicemail.State.READY,
        notice=call.line.recording_notice,
        created_at=at,
    )
    work.open_item(
        "calls.voicemail",
        subject=("calls.call", voicemail.call_id),
        client=client,
        because="A voicemail waits to be heard",
        promised_at=at + timedelta(hours=4),
    )
