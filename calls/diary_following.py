"""What follows from the carrier's word about a line rung for the diary, and from its silence."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.http import QueryDict

from secretariat import clock, outbox
from secretariat.outbox.models import Effect

from . import diary_legs, reminder_calls, telephone_meetings
from .models import DiaryLeg, Leg

UNHEARD_FOR, NEVER_NAMED_FOR = timedelta(seconds=90), timedelta(minutes=5)
AT_MOST = 50


def heard(fields, query: str, *, at: datetime) -> bool:
    """Work the carrier's word on a line, if it is one of these."""
    named = QueryDict(query).get("diary", "").split("#")[0]
    if not named:
        return False
    leg = DiaryLeg.objects.filter(pk=UUID(named)).first()
    if leg is not None:
        said(leg.pk, fields.get("CallStatus", ""), at=at, carrier_id=fields.get("CallSid", ""))
    return True


@transaction.atomic
def said(leg_id, status: str, *, at: datetime, carrier_id: str = "") -> None:
    """The carrier says that this line now has `status`. Old news changes nothing."""
    leg = diary_legs.locked(leg_id)
    if carrier_id and not leg.carrier_id:
        DiaryLeg.objects.filter(pk=leg.pk).update(carrier_id=carrier_id)
        leg.carrier_id = carrier_id
    if not leg.hear_status(status, at=at):
        return
    diary_legs.tell_her(leg)
    if leg.rank != Leg.ENDED:
        return
    if leg.reminder_id:
        reminder_calls.ended(leg, at=at)
    else:
        telephone_meetings.ended(leg, at=at)


def look_after(*, at: datetime) -> int:
    """Lines of which nothing was heard for long: the carrier is asked. One it never named is over."""
    nameless = DiaryLeg.objects.filter(
        ended_at=None, carrier_id="", heard_at__lte=clock.Now() - NEVER_NAMED_FOR
    )
    waiting = Effect.objects.filter(
        kind__in=[diary_legs.REMIND, diary_legs.MEET], state__in=Effect.UNFINISHED
    )
    nameless = nameless.exclude(pk__in=waiting.values("subject_id"))
    done = 0
    for leg in nameless[:AT_MOST]:
        said(leg.pk, Leg.Status.FAILED, at=at)
        done += 1
    silent = DiaryLeg.objects.filter(ended_at=None, heard_at__lte=clock.Now() - UNHEARD_FOR)
    for leg in silent.exclude(carrier_id="").order_by("heard_at")[:AT_MOST]:
        outbox.post(
            diary_legs.CHECK,
            key=f"{diary_legs.CHECK}:{leg.pk}:{leg.heard_at:%Y%m%d%H%M%S}",
            queue="urgent",
            client_id=leg.client_id,
            subject=(diary_legs.SUBJECT, leg.pk),
        )
        # The answer counts as hearing of it; until then one question at a time is enough.
        DiaryLeg.objects.filter(pk=leg.pk).update(heard_at=clock.Now())
        done += 1
    return done
