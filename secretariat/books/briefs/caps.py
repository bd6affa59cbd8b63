"""What may be written down for a milestone: nothing once it was handed in, and nothing above its cap."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from clients.models import WorkRecord
from secretariat.books import metering, rules
from secretariat.books.counted import as_counted
from secretariat.books.metering import Interval
from secretariat.books.models import Milestone

from .amounts import Pays, Price

MILESTONE = "books.milestone"


def price_of(milestone: Milestone) -> Price:
    """Its price, as the pure rules read it."""
    return Price(
        pays=Pays(milestone.pays),
        most=milestone.amount,
        rate=milestone.rate or 0,
        hours=milestone.hours,
        digits=milestone.brief.digits,
    )


def records_of(milestones: Iterable[UUID]):
    return WorkRecord.objects.filter(subject_kind=MILESTONE, subject_id__in=list(milestones))


def intervals_of(milestone: Milestone) -> list[Interval]:
    """Everything that was written down for it, in order, as it counts."""
    return as_counted(records_of([milestone.pk]).order_by("started_at", "pk"))


def left_micros(milestone: Milestone) -> int | None:
    """How much of the time that its cap pays for is left; None where time is not what is paid."""
    cap = price_of(milestone).cap_micros
    return None if cap is None else cap - metering.at_work(intervals_of(milestone))


def why_not(record: WorkRecord, started_at: datetime, ended_at: datetime) -> str:
    """Why this interval cannot stand there, in words; empty if it can. Locks its milestone."""
    if record.subject_kind != MILESTONE:
        return ""
    rows = Milestone.objects.select_for_update(of=("self",), no_key=True).select_related("brief")
    milestone = rows.get(pk=record.subject_id)
    if not milestone.is_open:
        return _("This milestone was handed in, or is over. Its time stands as it is.")
    cap = price_of(milestone).cap_micros
    others = [each for each in intervals_of(milestone) if each.record_id != record.pk]
    mine = Interval(record.pk, record.kind, started_at, ended_at)
    if cap is None or metering.at_work([*others, mine]) <= cap:
        return ""
    left = max(0, cap - metering.at_work(others)) // metering.SECOND
    return _("The cap of this milestone leaves %(time)s. Ask for a change before you go on.") % {
        "time": rules.length(left)
    }
