"""The facts of `fairness`, of everybody at once: shifts, breaks, records of work, contracts, statements."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Q, Sum

from clients.models import WorkRecord
from secretariat import clock
from secretariat.office.models import Break, Contract, PlannedShift, Secretary, Shift
from secretariat.office.odd_hours import is_odd
from secretariat.office.pay_counting import Per, share_of
from secretariat.rounding import half_up

from . import metering
from .fairness import Share
from .metering import Interval
from .models import PayPart, PayStatement

WEEKS = 4
WEEK = timedelta(days=7)


def everybody():
    """All who work here."""
    return Secretary.objects.filter(user__is_active=True).order_by("spoken_name", "pk")


def shares(secretaries: Iterable[Secretary], *, until: datetime) -> list[Share]:
    """Each one's share of the four weeks before `until`: as many queries however many they are."""
    people = list(secretaries)
    ids, since = [each.pk for each in people], until - WEEKS * WEEK
    on_shift = _stretches(Shift, ids, since, until)
    breaks = _stretches(Break, ids, since, until)
    worked = _stretches(WorkRecord, ids, since, until)
    planned = defaultdict(list)
    for each in PlannedShift.objects.published().filter(secretary__in=ids).between(since, until):
        planned[each.secretary_id].append(is_odd(each.starts_at, each.ends_at, each.zone))
    today = clock.day_in("secretary__zone", until)
    holding = Contract.objects.holding(today).filter(secretary__in=ids)
    held = {contract.secretary_id: contract for contract in holding}
    paid = _paid(ids)
    return [
        Share(
            key=each.pk,
            name=each.spoken_name,
            on_shift=_seconds(on_shift[each.pk]),
            worked=_seconds(worked[each.pk]),
            on_breaks=_seconds(breaks[each.pk]),
            breaks=len(breaks[each.pk]),
            least=_least(held.get(each.pk), since, until),
            shifts=len(planned[each.pk]),
            unpopular=sum(planned[each.pk]),
            **paid.get(each.pk, {}),
        )
        for each in people
    ]


def _stretches(model, ids: list[UUID], since: datetime, until: datetime) -> dict[UUID, list[Interval]]:
    """Each row of hers as far as it lies between the two; one that has not ended goes on until then."""
    rows = model.objects.filter(Q(ended_at=None) | Q(ended_at__gt=since), started_at__lt=until)
    found = defaultdict(list)
    for key, begins, ends in rows.filter(secretary__in=ids).values_list(
        "secretary", "started_at", "ended_at"
    ):
        stretch = Interval(None, "", max(begins, since), min(ends or until, until))
        found[key].append(stretch)
    return found


def _seconds(stretches: list[Interval]) -> float:
    return metering.at_work(stretches) / metering.SECOND


def _least(contract: Contract | None, since: datetime, until: datetime) -> Decimal | None:
    """Hours that are promised for these weeks: of a month, as much as they are of it by their days."""
    if contract is None:
        return None
    if contract.min_hours_week is not None:
        return contract.min_hours_week * WEEKS
    if contract.min_hours_month is None:
        return None
    months = share_of(Per.MONTH, since.date(), until.date() - timedelta(days=1))
    return half_up(Fraction(contract.min_hours_month) * months, 2)


def _paid(ids: list[UUID]) -> dict[UUID, dict]:
    """What the newest approved statement of each pays for her work, and for how long."""
    newest = PayStatement.objects.filter(secretary__in=ids, run__state="approved")
    newest = {each.secretary_id: each for each in newest.order_by("last_on", "pk")}
    timed = PayPart.objects.filter(line__statement__in=newest.values(), record__isnull=False)
    micros = dict(timed.order_by().values_list("line__statement").annotate(Sum("micros")))
    return {
        key: {
            "earned": each.gross,
            "earned_seconds": micros.get(each.pk, 0) / metering.SECOND,
            "currency": each.currency,
        }
        for key, each in newest.items()
    }
