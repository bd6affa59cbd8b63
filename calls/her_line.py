"""The one line a secretary has at her desk: in whose room it stands, and when it may end.

Holding one caller for another moves it from room to room; it belongs to the call in whose room it is.
"""

from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from secretariat import outbox

from . import legs
from .models import Call, DiaryLeg, Leg, Offer


def of(secretary) -> Leg | None:
    """Her line, answered and not ended; None if she has none."""
    return _answered(secretary).order_by("-answered_at", "-pk").first()


def is_in_a_meeting(secretary) -> bool:
    """Whether she is on the line of a dictation or a meeting, which is no call of the desk's."""
    lines = DiaryLeg.objects.filter(guest__secretary=secretary, took_at__isnull=False, ended_at=None)
    return lines.exists()


def join(call, secretary) -> None:
    """Into this call's room, if her line is not there. Without a line nothing is done."""
    line = of(secretary)
    if line and line.call_id != call.pk:
        _move(line, call)


def settle(secretary, *, at: datetime) -> None:
    """After a call of hers has ended: her line waits with a caller she holds, or ends with the last of them.

    While a second call is offered to her it stays where it is, to be there for that one.
    """
    # The caller she talks to first, then who was put on hold last.
    calls = list(_talking(secretary).order_by(F("held_at").desc(nulls_first=True)))
    line = of(secretary)
    if line is None or line.call_id in [call.pk for call in calls]:
        return
    if calls:
        _move(line, calls[0])
    elif not _second_offers(secretary).exists():
        for each in _answered(secretary):
            legs.hang_up(each, at=at, because=_("the call has ended"))


def has_others(call) -> bool:
    """Whether callers of other calls are on hold for the secretary of this one."""
    return bool(call.secretary_id) and _talking(call.secretary_id).exclude(pk=call.pk).exists()


def _move(line: Leg, call) -> None:
    line.call, line.client_id, line.moving_to = call, call.client_id, call.room
    line.save(update_fields=["call", "client", "moving_to"])
    outbox.cancel(lane=line.lane, kinds=["calls.move"], because=_("she went on to another caller"))
    outbox.post(
        "calls.move",
        key=f"calls.move:{line.pk}:{call.pk}:{call.version}",
        queue="calls",
        client_id=call.client_id,
        subject=("calls.leg", line.pk),
        payload={"call": str(call.pk)},
        lane=line.lane,
    )


def _answered(secretary):
    return Leg.objects.live().filter(
        party=Leg.Party.SECRETARY, secretary=secretary, offer__state=Offer.State.ACCEPTED
    )


def _talking(secretary):
    return Call.objects.filter(state=Call.State.TALKING, secretary=secretary)


def _second_offers(secretary):
    return Offer.objects.pending().filter(secretary=secretary, is_second=True)
