"""The carrier's notices, worked when somebody is free: in any order, twice, or late."""

from email.utils import parsedate_to_datetime
from uuid import UUID

from django.http import QueryDict

from secretariat import clock
from secretariat.outbox.inbox import works

from . import diary_following, following, recovering, voicemail
from .dictation import dictating
from .models import Call, Dictation, Leg

LEFT = "participant-leave"
ENDED = "conference-end"


@works("twilio.call-status", queue="calls")
def call_status(event) -> None:
    """One leg's status. A ring whose question we failed to answer is found again here."""
    fields = event.fields
    named = fields["CallSid"]
    if diary_following.heard(fields, event.headers.get("Query-String", ""), at=clock.now()):
        return
    if fields.get("CallStatus") in recovering.TERMINAL and dictating.ended(named, at=clock.now()):
        return
    leg_id = _leg_id(named, event.headers.get("Query-String", ""))
    if leg_id is None:
        recovering.unknown_call(fields, at=clock.now())
        return
    following.leg_said(leg_id, fields.get("CallStatus", ""), at=clock.now(), carrier_id=named)


@works("twilio.conference", queue="calls")
def conference_event(event) -> None:
    """What happened in a room: who is in it, and who is held."""
    fields = event.fields
    call = _call_of_room(fields.get("FriendlyName", ""))
    if call is None:
        return
    what = fields.get("StatusCallbackEvent", "")
    if not what.startswith("participant-"):
        if what != ENDED:
            Call.objects.filter(pk=call.pk).update(conference_id=fields["ConferenceSid"])
        return
    # Not of this call's legs alone: a secretary's one line goes from room to room.
    leg = Leg.objects.filter(carrier_id=fields.get("CallSid", "")).first()
    if leg is None:
        return
    following.room_said(
        leg.pk,
        in_room=what != LEFT,
        held=fields.get("Hold") == "true",
        event_at=parsedate_to_datetime(fields["Timestamp"]),
        sequence=int(fields.get("SequenceNumber") or 0),
        room=fields["FriendlyName"],
        at=clock.now(),
    )


@works("twilio.recording", queue="calls")
def recording(event) -> None:
    """A voicemail is ready at the carrier, or there is none; or a piece of what was dictated."""
    fields = event.fields
    if dictated := QueryDict(event.headers.get("Query-String", "")).get("dictation"):
        _dictated(UUID(dictated), fields)
        return
    call = recovering.call_of_recording(fields["CallSid"], at=clock.now())
    call = Call.objects.select_for_update(of=["self"]).select_related("client", "line").get(pk=call.pk)
    if fields.get("RecordingStatus") == "absent":
        voicemail.absent(call, at=clock.now())
    else:
        seconds = fields.get("RecordingDuration", "")
        voicemail.recorded(
            call,
            recording_id=fields["RecordingSid"],
            seconds=int(seconds) if seconds.isdigit() else None,
            at=clock.now(),
        )


def _dictated(dictation_id: UUID, fields) -> None:
    seconds = fields.get("RecordingDuration", "")
    if fields.get("RecordingStatus") == "absent" or seconds == "0":
        return
    dictating.recorded(
        Dictation.objects.get(pk=dictation_id),
        recording_id=fields["RecordingSid"],
        seconds=int(seconds) if seconds.isdigit() else None,
        at=clock.now(),
    )


def _leg_id(carrier_id: str, query: str) -> UUID | None:
    """The leg by its name at the carrier, or by the name we gave it before the carrier did."""
    by_name = Leg.objects.filter(carrier_id=carrier_id)
    ours = QueryDict(query).get("leg", "")
    by_ours = Leg.objects.filter(pk=UUID(ours)) if ours else Leg.objects.none()
    return by_name.values_list("pk", flat=True).first() or by_ours.values_list("pk", flat=True).first()


def _call_of_room(room: str) -> Call | None:
    prefix, _dash, name = room.partition("-")
    try:
        return Call.objects.filter(pk=UUID(name)).first() if prefix == "room" else None
    except ValueError:
        return None
