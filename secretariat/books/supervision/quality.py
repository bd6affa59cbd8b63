"""What was said of her work, summed up: results of quality over three months, and what still stands open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from uuid import UUID

from django.db.models import Avg, Count, Q

from secretariat.books.models import Remark
from secretariat.office.contracts import holding
from secretariat.office.models import Secretary
from secretariat.rounding import half_up

QUARTER = timedelta(days=90)


@dataclass(frozen=True)
class Quality:
    """`percent` is the average of `results` of the last 90 days; `before` that of the 90 days before."""

    results: int = 0
    percent: int | None = None
    before: int | None = None
    complaints: int = 0  # that are not settled
    overdue: int = 0  # training

    @property
    def change(self) -> int | None:
        return None if self.percent is None or self.before is None else self.percent - self.before


def of(secretary: Secretary, *, at: datetime) -> Quality:
    return of_all([secretary], at=at)[secretary.pk]


def of_all(secretaries: Iterable[Secretary], *, at: datetime) -> dict[UUID, Quality]:
    """By secretary: two queries however many they are."""
    people = list(secretaries)
    remarks = Remark.objects.filter(secretary__in=people).order_by()
    lately, earlier = Q(at__gt=at - QUARTER), Q(at__gt=at - 2 * QUARTER, at__lte=at - QUARTER)
    scored = remarks.filter(score__isnull=False, at__lte=at).values("secretary")
    scores = {
        each["secretary"]: (each["n"], each["now"], each["before"])
        for each in scored.annotate(
            n=Count("pk", filter=lately),
            now=Avg("score", filter=lately),
            before=Avg("score", filter=earlier),
        )
    }
    complaints: dict[UUID, int] = {}
    overdue: dict[UUID, int] = {}
    today = {each.pk: holding.today(each, at) for each in people}
    open_ones = remarks.filter(done_at=None, kind__in=[Remark.Kind.COMPLAINT, Remark.Kind.TRAINING])
    for key, kind, state, due_on in open_ones.values_list("secretary", "kind", "state", "due_on"):
        if kind == Remark.Kind.COMPLAINT and state not in Remark.SETTLED:
            complaints[key] = complaints.get(key, 0) + 1
        elif kind == Remark.Kind.TRAINING and due_on < today[key]:
            overdue[key] = overdue.get(key, 0) + 1
    return {
        each.pk: _quality(
            *scores.get(each.pk, (0, None, None)), complaints.get(each.pk, 0), overdue.get(each.pk, 0)
        )
        for each in people
    }


def _quality(results, now, before, complaints: int, overdue: int) -> Quality:
    percents = (None if each is None else int(half_up(Fraction(each), 0)) for each in (now, before))
    return Quality(results, *percents, complaints, overdue)
