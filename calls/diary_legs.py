"""Lines rung for the diary: how they are rung, and ended."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from clients.models import Line
from secretariat import live, outbox
from secretariat.outbox.models import Effect

from . import twiml
from .models import DiaryLeg, Leg, MeetingCall

REMIND, MEET = "calls.remind", "calls.ring_for_meeting"
HANG_UP, WORD, CHECK = "calls.hang_up_for_diary", "calls.meeting_word", "calls.check_for_diary"
SUBJECT = "calls.diaryleg"


def line_of(client_id) -> str:
    """Our number that the client's guests know, or none."""
    line = Line.objects.filter(client=client_id, is_active=True).order_by("number").first()
    return line.number if line else ""


def ring(leg: DiaryLeg, kind: str, *, line: str, seconds: int, due_at: datetime | None = None) -> None:
    """Ring it, now or at `due_at`."""
    outbox.post(
        kind,
        key=f"{kind}:{leg.pk}",
        queue="calls",
        client_id=leg.client_id,
        subject=(SUBJECT, leg.pk),
        payload={"to": leg.to, "from": line, "seconds": seconds, "leg": leg.pk.hex},
        lane=leg.lane,
        due_at=due_at,
    )


def hang_up(leg: DiaryLeg, *, at: datetime, because: str) -> None:
    """End this line, whatever still waits to be done to it. Ended ones are left alone."""
    if not leg.is_live:
        return
    outbox.cancel(lane=leg.lane, kinds=[REMIND, MEET, WORD], because=because)
    asked = Effect.objects.filter(lane=leg.lane, kind__in=[REMIND, MEET])
    if not leg.carrier_id and asked.filter(state=Effect.State.CANCELLED, attempts=0).exists():
        leg.hear_status(Leg.Status.CANCELED, at=at)
        return
    outbox.post(
        HANG_UP,
        key=f"{HANG_UP}:{leg.pk}",
        queue="calls",
        client_id=leg.client_id,
        subject=(SUBJECT, leg.pk),
        lane=leg.lane,
    )


def told_at(leg_hex: str) -> str:
    """Where the carrier tells us of one such line."""
    return f"{settings.PUBLIC_BASE_URL}{reverse('calls-status')}?diary={UUID(leg_hex)}{twiml.ASK_AGAIN}"


def locked(leg_id) -> DiaryLeg:
    """The line, and the meeting it is rung for, which is locked first."""
    seen = DiaryLeg.objects.get(pk=leg_id)
    if seen.meeting_call_id:
        MeetingCall.objects.select_for_update().get(pk=seen.meeting_call_id)
    legs = DiaryLeg.objects.select_for_update(of=("self",))
    return legs.select_related("meeting__client", "meeting__diary", "guest").get(pk=leg_id)


def tell_her(leg: DiaryLeg) -> None:
    """One of ours whose line this is sees at her desk how it stands with it."""
    if not leg.guest or not leg.guest.secretary:
        return
    told = {Leg.ENDED: "call.ended", Leg.RANK[Leg.Status.IN_PROGRESS]: "call.answered"}
    event = told.get(leg.rank, "call.ringing")
    live.announce(event, leg.pk, leg.rank, [leg.guest.secretary.user_id])


def connected(leg: DiaryLeg, carrier_id: str, *, at: datetime) -> None:
    """It was answered, and this is the carrier's name for it."""
    if leg.carrier_id != carrier_id:
        DiaryLeg.objects.filter(pk=leg.pk).update(carrier_id=carrier_id)
        leg.carrier_id = carrier_id
    if leg.hear_status(Leg.Status.IN_PROGRESS, at=at):
        tell_her(leg)
