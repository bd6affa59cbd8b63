"""A week told to whoever reads it: its days, its intervals with what they were, and its sums."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from calls.models import Call
from clients.models import Client, WorkRecord
from secretariat.office.contracts import holding
from secretariat.office.pay import By

from . import hours, metering, shifts_and_days
from .hours import Hours
from .metering import SECOND, Interval


@dataclass(frozen=True)
class Line:
    """One interval. `url` opens the call it was part of, for whoever may see that.

    `may_correct`: a client whom she serves no more is the firm's to look at.
    """

    interval: Interval
    kind: str
    client: str
    band: str
    url: str = ""
    may_correct: bool = False

    @property
    def seconds(self) -> float:
        return self.interval.micros / SECOND


def _waited(found: Hours, at: datetime) -> int:
    """Time on shift with nothing to do, where her contract of that week pays for it."""
    contract = holding.of(found.secretary, found.ends_on) or holding.of(found.secretary, found.starts_on)
    if contract is None or not shifts_and_days.pays_for([contract], By.WAITING):
        return 0
    # A shift of its last night may hold calls of the next week.
    after = hours.of(found.secretary, found.starts_on + hours.WEEK, at=at)
    work = [*found.intervals, *after.intervals]
    return shifts_and_days.in_week(found.secretary, found.starts_on, work, at=at)


def week(user, found: Hours, *, at: datetime) -> dict:
    """What the page of a week shows. Times are those of the secretary's zone."""
    clients = Client.objects.in_bulk(
        {each.client_id for each in [*found.intervals, *found.going_on] if each.client_id}
    )
    calls = {each.subject[1] for each in found.intervals if each.subject and each.subject[0] == "calls.call"}
    seen = set(Call.objects.visible_to(user).filter(pk__in=calls).values_list("pk", flat=True))
    records = {each.record_id for each in found.intervals if found.is_open}
    mine = WorkRecord.objects.visible_to(user).filter(pk__in=records)
    may_correct = set(mine.values_list("pk", flat=True))
    names = dict(WorkRecord.Kind.choices)

    def line(each: Interval) -> Line:
        client = clients.get(each.client_id)
        of_call = each.subject and each.subject[1] in seen
        url = reverse("calls-record", args=[each.subject[1]]) if of_call else ""
        name, band = (client.name, client.band) if client else (_("For no client"), "")
        return Line(each, names[each.kind], name, band, url, each.record_id in may_correct)

    kinds = metering.by_kind(found.intervals)
    return {
        "hours": found,
        "zone": found.secretary.zone,
        "days": [
            (day, [line(each) for each in rows], metering.at_work(rows) / SECOND)
            for day, rows in metering.by_day(found.intervals, found.zone).items()
        ],
        "going_on": [line(each) for each in found.going_on],
        "kinds": [(names[kind], kinds[kind] / SECOND) for kind in names if kinds.get(kind)],
        "worked": found.worked / SECOND,
        "waited": _waited(found, at) / SECOND,
        "corrected": [line(each) for each in found.intervals if each.was],
    }
