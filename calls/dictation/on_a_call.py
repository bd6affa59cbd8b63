"""Dictating to the secretary on a call: a key begins an item, the next key the next one.

An item stands in the queue from its first second, so that she types beside the call; what is said is recorded
besides where she has said so and the line's notice allows it. The recording comes when it comes.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from calls import legs
from calls.models import Call, DiaryLeg, Dictation, IllegalMove, Leg, MeetingCall
from calls.twiml import ASK_AGAIN
from clients.models import Contact
from secretariat import ledger, outbox

from . import dictating

RECORD, STOP = "calls.record_dictation", "calls.stop_dictation"


def notice_of(call: Call | MeetingCall) -> str:
    """What is to be said before anything is recorded; without it nothing is."""
    if isinstance(call, Call):
        return call.line.recording_notice
    line = call.client.lines.filter(number=call.line).first()
    return line.recording_notice if line else ""


@transaction.atomic
def begin(call: Call | MeetingCall, contact: Contact, *, records: bool, by, at: datetime) -> Dictation:
    """The next item on this call; nothing more is recorded of the one before. Raises IllegalMove."""
    if not is_going_on(call):
        raise IllegalMove(f"call {call.pk} is over")
    for before in items_of(call).filter(stopped_at=None):
        stop(before, at=at)
    records = records and bool(notice_of(call)) and bool(_line(call))
    held = {"during": call} if isinstance(call, Call) else {"meeting_call": call}
    item = Dictation.objects.create(
        client_id=call.client_id,
        contact=contact,
        source=Dictation.Source.ROOM,
        began_at=at,
        stopped_at=None if records else at,
        **held,
    )
    item = dictating.finish(item, at=at, to_her=True)
    if records:
        _ask(RECORD, item, _line(call))
    ledger.record(
        "calls.dictation.begun_on_call",
        actor_id=by.pk,
        client_id=call.client_id,
        subject=(dictating.SUBJECT, item.pk),
        detail={"records": records},
    )
    return item


@transaction.atomic
def stop(item: Dictation, *, at: datetime) -> bool:
    """Nothing more of it is recorded. False if nothing was."""
    if not Dictation.objects.filter(pk=item.pk, stopped_at=None).update(stopped_at=at):
        return False
    if line := _line(item.during or item.meeting_call):
        _ask(STOP, item, line)
    return True


def items_of(call: Call | MeetingCall):
    return call.dictated.order_by("number")


def is_going_on(call: Call | MeetingCall) -> bool:
    if isinstance(call, Call):
        return call.state == Call.State.TALKING
    return call.state == MeetingCall.State.TALKING


def is_recorded(item: Dictation) -> bool:
    return item.source == Dictation.Source.ROOM and item.stopped_at is None


def who_may(call: Call | MeetingCall):
    """Who at the client it may be."""
    return Contact.objects.filter(client=call.client_id, is_active=True).order_by("rank", "pk")


def told_at(item: Dictation) -> str:
    """Where the carrier tells of the recording."""
    return f"{settings.PUBLIC_BASE_URL}{reverse('calls-recording')}?dictation={item.pk}{ASK_AGAIN}"


def _line(call) -> Leg | DiaryLeg | None:
    """The caller's line, or the client's: both voices are heard on it."""
    if call is None:
        return None
    if isinstance(call, Call):
        leg = legs.callers(call)
    else:
        leg = call.legs.filter(party=DiaryLeg.Party.CLIENT, took_at__isnull=False).first()
    return leg if leg and leg.is_live and leg.carrier_id else None


def _ask(kind: str, item: Dictation, line) -> None:
    outbox.post(
        kind,
        key=f"{kind}:{item.pk}",
        queue="calls",
        client_id=item.client_id,
        subject=(dictating.SUBJECT, item.pk),
        payload={"leg": line.carrier_id},
        lane=line.lane,
    )
