"""What a month brought and what it cost, client by client and secretary by secretary, from what stands.

Bills that are issued, less credit notes, stand against pay that two people have approved. A client's cost is
the time and the milestones that were paid for her; fixed amounts, pieces and commission are nobody's alone
and stand with the secretary. An item's amount, less what of it was given back, is shared among those who
worked on it by their seconds; a sum given back for no item of its own is nobody's. No currencies are added.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from clients.models import Client
from secretariat.office.models import Secretary
from secretariat.rounding import half_up

from .briefs import charging
from .models import Bill, PayPart, PayStatement, digits_of
from .reckoning import NOUGHT

SHARED = """
    WITH lengths AS (
        SELECT r.item_id, w.secretary_id, sum(extract(epoch FROM r.ended_at - r.started_at)) AS seconds
        FROM books_billedrecord r
        JOIN clients_workrecord w ON w.id = r.record_id
        JOIN books_billitem i ON i.id = r.item_id
        JOIN books_billline l ON l.id = i.line_id
        JOIN books_bill b ON b.id = l.bill_id
        WHERE b.first_on = %s AND b.state = 'issued' AND i.amount <> 0
        GROUP BY r.item_id, w.secretary_id
    ), given_back AS (
        SELECT i.credits_id, sum(i.amount) AS amount
        FROM books_billitem i
        JOIN books_billline l ON l.id = i.line_id
        JOIN books_bill b ON b.id = l.bill_id
        WHERE b.first_on = %s AND b.state = 'issued' AND i.credits_id IS NOT NULL
        GROUP BY i.credits_id
    )
    SELECT s.secretary_id, b.currency, sum((i.amount + coalesce(g.amount, 0)) * s.seconds / s.of_all)
    FROM (SELECT *, sum(seconds) OVER (PARTITION BY item_id) AS of_all FROM lengths) s
    JOIN books_billitem i ON i.id = s.item_id
    LEFT JOIN given_back g ON g.credits_id = i.id
    JOIN books_billline l ON l.id = i.line_id
    JOIN books_bill b ON b.id = l.bill_id
    WHERE s.of_all > 0 AND s.secretary_id IS NOT NULL
    GROUP BY s.secretary_id, b.currency
"""


@dataclass(frozen=True)
class Row:
    """One client or secretary, by her id, in one currency."""

    key: UUID
    name: str
    currency: str
    billed: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        return self.billed - self.paid


def of_clients(first: date, last: date) -> list[Row]:
    """Each client for whom anything was billed or paid in this month."""
    found: dict[tuple[UUID, str], list[Decimal]] = defaultdict(lambda: [NOUGHT, NOUGHT])
    bills = Bill.objects.issued().filter(first_on=first).order_by()
    # What a credit note comes to stands on it with a minus.
    for client, currency, net in bills.values_list("client", "currency").annotate(Sum("net")):
        found[client, currency][0] += net
    parts = PayPart.objects.filter(
        statement__run__state="approved", since__gte=_midnight(first), since__lt=_midnight(last, after=1)
    )
    sums = parts.order_by().values_list("record__client", "statement__currency").annotate(Sum("amount"))
    for client, currency, paid in sums:
        found[client, currency][1] += paid
    for client, currency, hers in charging.paid_for(first, last):
        found[client, currency][1] += hers
    names = dict(Client.objects.filter(pk__in={client for client, _ in found}).values_list("pk", "name"))
    return _rows(found, names)


def of_secretaries(first: date, last: date) -> list[Row]:
    """Each secretary with her part of what was billed, and all that she was paid for days that end here."""
    found: dict[tuple[UUID, str], list[Decimal]] = defaultdict(lambda: [NOUGHT, NOUGHT])
    with connection.cursor() as rows:
        rows.execute(SHARED, [first, first])
        for secretary, currency, billed in rows.fetchall():
            found[secretary, currency][0] += half_up(billed, digits_of(currency))
    for secretary, currency, amount in charging.billed_without_time(first):
        found[secretary, currency][0] += amount
    statements = PayStatement.objects.filter(run__state="approved", last_on__range=(first, last))
    sums = statements.order_by().values_list("secretary", "currency").annotate(Sum("gross"))
    for secretary, currency, paid in sums:
        found[secretary, currency][1] += paid
    people = Secretary.objects.filter(pk__in={key for key, _ in found})
    return _rows(found, dict(people.values_list("pk", "user__name")))


def _rows(found: dict, names: dict) -> list[Row]:
    rows = [Row(key, names[key], currency, *sums) for (key, currency), sums in found.items()]
    return sorted(rows, key=lambda row: (row.name, row.currency))


def _midnight(on: date, *, after: int = 0) -> datetime:
    return datetime.combine(on + timedelta(days=after), time.min, UTC)
