"""Calls that are still to be finished when their secretary goes home: put aside, and given on as work."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from clients import going_home as work_left
from clients.models import WorkItem
from secretariat.office.going_home import Left
from secretariat.office.models import Secretary, User

from . import wrap_up
from .models import Call


def left(secretary: Secretary) -> list[Left]:
    """Calls on her desk whose line has ended. One that is live is no thing to be left."""
    calls = list(_to_finish(secretary).select_related("client").order_by("pk"))
    takers = work_left.takers_of({call.client_id for call in calls}, but=secretary) if calls else {}
    return [
        Left(
            key=f"call:{call.pk}",
            what=_("Finish the call of %(time)s") % {"time": f"{_local(call, secretary):%H:%M}"},
            client=call.client.name,
            band=call.client.band,
            takers=takers[call.client_id],
        )
        for call in calls
    ]


def hand(secretary: Secretary, key: str, *, to: UUID | None, note: str, by: User, at: datetime) -> None:
    """Put it aside; what is typed stays with it as a draft. Then it is a piece of work like any other."""
    call = _to_finish(secretary).filter(pk=key.removeprefix("call:")).first()
    if call is None:
        return
    wrap_up.park(call, by=by, at=at)
    item = WorkItem.objects.open().filter(kind=wrap_up.WORK_KIND, subject_id=call.pk).get()
    work_left.hand(secretary, f"work:{item.pk}", to=to, note=note, by=by, at=at)


def _to_finish(secretary: Secretary):
    return Call.objects.filter(secretary=secretary, state=Call.State.WRAP_UP, parked_at=None)


def _local(call: Call, secretary: Secretary):
    return call.rang_at.astimezone(ZoneInfo(secretary.user.zone))
