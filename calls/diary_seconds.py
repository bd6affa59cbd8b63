"""The seconds of what is rung for the diary: raw, as they are billed and paid for."""

from datetime import datetime

from clients.models import WorkRecord
from clients.stretches import keep_beside

from . import signals
from .models import DiaryLeg, MeetingCall


def keep(call: MeetingCall) -> None:
    """Ringing, and talking without us, as the client's other calls have them."""
    begun, over = call.talking_at or call.ended_at, call.ended_at
    stretches = [(WorkRecord.Kind.RING, call.began_at, begun), (WorkRecord.Kind.PUT_THROUGH, begun, over)]
    WorkRecord.objects.bulk_create(
        [
            WorkRecord(
                client_id=call.client_id,
                kind=kind,
                subject_kind="calls.meetingcall",
                subject_id=call.pk,
                started_at=since,
                ended_at=until,
            )
            for kind, since, until in stretches
            if until > since
        ],
        ignore_conflicts=True,
    )


def keep_hers(call: MeetingCall, leg: DiaryLeg, *, at: datetime) -> None:
    """What one of ours was on the line, but for what is kept of it already: she types while she listens."""
    signals.listened.send(DiaryLeg, secretary=leg.guest.secretary, at=at)
    keep_beside(
        leg.guest.secretary,
        leg.took_at,
        at,
        kind=WorkRecord.Kind.DESK,
        client_id=call.client_id,
        subject=("calls.meetingcall", call.pk),
    )
