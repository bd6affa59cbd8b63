"""Which line at the carrier is ours, where we asked for one and did not hear the answer.

The carrier's list of calls names numbers and times and nothing of ours, so a line is ours if nobody else's
is like it. Its own notices name our leg: where two may be meant, they are waited for.
"""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from secretariat import clock
from secretariat.channels import twilio
from secretariat.outbox import CannotAsk
from secretariat.outbox.models import Effect

from .models import DiaryLeg, Leg

SKEW = timedelta(seconds=30)  # by which the carrier's clock may be behind ours


class NotYetClear(Exception):
    """A line was rung that may be this one or another: the carrier's notices will tell."""


def rung_for(effect: Effect):
    """The carrier's id of the line that this effect asked for, None if it has rung none, or CannotAsk.

    Raises NotYetClear where somebody else, too, waits to hear which line is hers.
    """
    told = effect.payload
    if named := _named(told["leg"]):
        return named
    found = twilio.client().calls.list(
        to=told["to"], from_=told["from"], start_time_after=_since(effect.posted_at), limit=20
    )
    unclaimed = _unclaimed([each.sid for each in found])
    if unclaimed and _also_asked_for(effect).exists():
        raise NotYetClear
    if len(unclaimed) > 1:
        return CannotAsk
    return unclaimed[0] if unclaimed else None


def _since(posted_at: datetime) -> datetime:
    """By the carrier's clock, which is the computer's and not the office's."""
    return timezone.now() - (clock.now() - posted_at) - SKEW


def _named(leg: str) -> str:
    """The carrier's id of this leg, if a notice has told it by now."""
    for rows in (Leg.objects, DiaryLeg.objects):
        if named := rows.filter(pk=leg).values_list("carrier_id", flat=True).first():
            return named
    return ""


def _unclaimed(named: list[str]) -> list[str]:
    claimed = set()
    for rows in (Leg.objects, DiaryLeg.objects):
        claimed.update(rows.filter(carrier_id__in=named).values_list("carrier_id", flat=True))
    return [each for each in named if each not in claimed]


def _also_asked_for(effect: Effect):
    """What may have rung the same number and has not heard yet what became of it."""
    alike = Effect.objects.filter(~Q(lane=""), state__in=Effect.UNFINISHED, perhaps_sent=True)
    told = effect.payload
    alike = alike.filter(queue=effect.queue, payload__to=told["to"], payload__from=told["from"])
    return alike.exclude(pk=effect.pk)
