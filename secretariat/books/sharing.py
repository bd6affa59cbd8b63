"""The facts of `fairness`, of everybody at once: shifts, breaks, records of work, contracts, statements."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db import connection
from django.db.models import Q, Sum

from clients.models import WorkRecord
from secretariat.office.models import Break, Contract, PlannedShift, Secretary, Shift
from secretariat.office.odd_hours import is_odd
from secretariat.office.pay import NOUGHT, Of
from secretariat.office.pay_counting import Per, share_of
from secretariat.rounding import half_up

from . import metering
from .fairness import BESIDES, Share
from .models import Correction, PayLine, PayPart, PayStatement

WEEKS = 4
WEEK = timedelta(days=7)
NONE = 0, 0.0
# What lasts from one moment to another between two, cut there; what overlaps counts once. A large firm has a
# million records in these weeks: the database adds them up.
LASTING = """
    SELECT secretary_id, started_at, ended_at FROM {table} t
    WHERE secretary_id = ANY(%(ids)s::uuid[]) AND started_at < %(until)s
    AND (ended_at IS NULL OR ended_at > greatest(started_at, %(since)s))
"""
# A corrected record counts as its correction says, wherever that lies. Each half is found by its own index.
COUNTED = """
    {lasting_records} AND NOT EXISTS (
        SELECT FROM {corrections} c WHERE c.record_id = t.id AND c.replaced_at IS NULL
    ) UNION ALL {lasting_corrections} AND replaced_at IS NULL
"""
WHOLE = """
    SELECT g.secretary_id, g.n,
        coalesce((SELECT extract(epoch FROM sum(upper(r) - lower(r))) FROM unnest(g.whole) r), 0)
    FROM (
        SELECT secretary_id, count(*) AS n, range_agg(tstzrange(
            greatest(started_at, %(since)s), least(coalesce(ended_at, %(until)s), %(until)s)
        )) AS whole
        FROM ({rows}) counted
        GROUP BY secretary_id
    ) g
"""


def everybody():
    """All who work here."""
    return Secretary.objects.filter(user__is_active=True).order_by("spoken_name", "pk")


def shares(secretaries: Iterable[Secretary], *, until: datetime) -> list[Share]:
    """Each one's share of the four weeks before `until`: as many queries however many they are."""
    people = list(secretaries)
    ids, since = [each.pk for each in people], until - WEEKS * WEEK
    on_shift, breaks = (_whole(_lasting(model), ids, since, until) for model in (Shift, Break))
    worked = _whole(_counted(), ids, since, until)
    planned = defaultdict(list)
    for each in PlannedShift.objects.published().filter(secretary__in=ids).between(since, until):
        planned[each.secretary_id].append(is_odd(each.starts_at, each.ends_at, each.zone))
    first, last = since.date(), until.date() - timedelta(days=1)
    held = defaultdict(list)
    signed = Contract.objects.signed().filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)
    for contract in signed.filter(secretary__in=ids).order_by("from_on"):
        held[contract.secretary_id].append(contract)
    paid = _paid(ids)
    return [
        Share(
            key=each.pk,
            name=each.spoken_name,
            on_shift=on_shift.get(each.pk, NONE)[1],
            worked=worked.get(each.pk, NONE)[1],
            on_breaks=breaks.get(each.pk, NONE)[1],
            breaks=breaks.get(each.pk, NONE)[0],
            least=_least(held[each.pk], first, last),
            shifts=len(planned[each.pk]),
            unpopular=sum(planned[each.pk]),
            **paid.get(each.pk, {}),
        )
        for each in people
    ]


def _whole(rows: str, ids: list[UUID], since: datetime, until: datetime) -> dict[UUID, tuple[int, float]]:
    """How many of them are hers between the two, for how many seconds; what goes on lasts until then."""
    with connection.cursor() as cursor:
        cursor.execute(WHOLE.format(rows=rows), {"ids": ids, "since": since, "until": until})
        return {key: (n, float(seconds)) for key, n, seconds in cursor.fetchall()}


def _lasting(model) -> str:
    return LASTING.format(table=_table(model))


def _counted() -> str:
    """Time worked as it counts for pay: as it was recorded, or as the correction that holds says."""
    return COUNTED.format(
        lasting_records=_lasting(WorkRecord),
        lasting_corrections=_lasting(Correction),
        corrections=_table(Correction),
    )


def _table(model) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _least(contracts: Iterable[Contract], first: date, last: date) -> Decimal | None:
    """Hours that are promised from the first to the last day: by each contract for those on which it holds.

    Of a week or a month as much as these days are of it. None where none promises any.
    """
    promised = []
    for each in contracts:
        days = max(each.from_on, first), min(each.until_on or last, last)
        if each.min_hours_week is not None:
            promised.append(Fraction(each.min_hours_week) * share_of(Per.WEEK, *days))
        elif each.min_hours_month is not None:
            promised.append(Fraction(each.min_hours_month) * share_of(Per.MONTH, *days))
    return half_up(sum(promised, Fraction(0)), 2) if promised else None


def _paid(ids: list[UUID]) -> dict[UUID, dict]:
    """What the newest approved run pays for the work of each and besides, and for how long.

    Of whoever worked directly and through a company that is both statements.
    """
    newest = _newest(ids)
    statements = [each.pk for its in newest.values() for each in its]
    timed = PayPart.objects.filter(line__statement__in=statements, record__isnull=False)
    owner = "line__statement__secretary"
    micros = dict(timed.order_by().values_list(owner).annotate(Sum("micros")))
    sums: dict[UUID, dict[str, Decimal]] = defaultdict(dict)
    lines = PayLine.objects.filter(statement__in=statements).exclude(kind=Of.EXPENSE)
    by_kind = lines.order_by().values_list("statement__secretary", "kind").annotate(Sum("amount"))
    for secretary, kind, amount in by_kind:
        sums[secretary][kind] = amount
    return {
        key: {
            "earned": sum((of for kind, of in sums[key].items() if kind not in BESIDES), NOUGHT),
            "besides": tuple((kind, sums[key][kind]) for kind in BESIDES if sums[key].get(kind)),
            "earned_seconds": micros.get(key, 0) / metering.SECOND,
            "currency": its[0].currency,
        }
        for key, its in newest.items()
    }


def _newest(ids: list[UUID]) -> dict[UUID, list[PayStatement]]:
    """The statements of each one's newest approved run, of one currency."""
    approved = PayStatement.objects.filter(secretary__in=ids, run__state="approved")
    found: dict[UUID, list[PayStatement]] = {}
    for each in approved.order_by("last_on", "run", "currency", "pk"):
        its = found.get(each.secretary_id, [])
        is_same = its and (its[0].run_id, its[0].currency) == (each.run_id, each.currency)
        found[each.secretary_id] = [*its, each] if is_same else [each]
    return found
