"""Calls whose first question we could not answer: the carrier took its fallback, and here they are found."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils.translation import gettext as _

from clients import numbers, work
from clients.models import WorkItem
from secretariat.outbox.models import InboundEvent

from . import situation, timeline
from .models import Call, Leg

WORK_KIND = "calls.missed"
TERMINAL = {"completed", "busy", "no-answer", "failed", "canceled"}


def unknown_call(fields, *, at) -> Call | None:
    """A leg we do not know. If it rang one of our lines and is over, somebody must ring back."""
    if fields.get("Direction") != "inbound" or fields.get("CallStatus") not in TERMINAL:
        return None
    at = min(at, _told_at(fields) or at)
    return _found_again(fields["CallSid"], fields.get("To", ""), fields.get("From", ""), at=at)


def _told_at(fields) -> datetime | None:
    """The moment the carrier names, if it names one."""
    try:
        return parsedate_to_datetime(fields.get("Timestamp", "")).astimezone(UTC)
    except (TypeError, ValueError):
        return None


def call_of_recording(carrier_id: str, *, at) -> Call:
    """The call a recording belongs to. Raises LookupError if nothing at all is known of it."""
    call = Call.objects.filter(carrier_id=carrier_id).first()
    if call:
        return call
    asked = InboundEvent.objects.filter(provider="twilio", kind="incoming-call", key=carrier_id).first()
    fields = asked.fields if asked else {}
    call = _found_again(carrier_id, fields.get("To", ""), fields.get("From", ""), at=at)
    if call is None:
        raise LookupError(f"nothing is known of call {carrier_id}")
    return call


def _found_again(carrier_id, to, caller, *, at) -> Call | None:
    line = situation.line_called(to)
    if line is None:
        return None
    number = numbers.normalise(caller, line.client.country)
    call, created = Call.objects.get_or_create(
        carrier="twilio",
        carrier_id=carrier_id,
        defaults={
            "client": line.client,
            "line": line,
            "state": Call.State.CLOSED,
            "outcome": Call.Outcome.FAILED,
            "caller_number": number,
            "caller_as_sent": caller[:80],
            "rang_at": at,
            "ended_at": at,
            "closed_at": at,
            "reasons": [
                {
                    "question": _("Could we answer?"),
                    "answer": _("No"),
                    "because": _("our system failed, and the carrier said so to the caller"),
                    "decided": True,
                }
            ],
        },
    )
    if created:
        Leg.objects.create(
            client=line.client,
            call=call,
            party=Leg.Party.CALLER,
            to=number,
            carrier_id=carrier_id,
            status=Leg.Status.COMPLETED,
            rank=Leg.ENDED,
            created_at=at,
            ended_at=at,
        )
        timeline.note(call, timeline.RANG, at=at)
        timeline.note(call, timeline.CLOSED, at=at, outcome=call.outcome)
        work.open_item(
            WORK_KIND,
            subject=("calls.call", call.pk),
            client=line.client,
            because=_("Our system could not answer this call"),
            urgency=WorkItem.Urgency.URGENT,
        )
    return call
