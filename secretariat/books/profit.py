"""What a month, or some months, brought and cost, client by client and secretary by secretary.

Bills that are issued, less credit notes, stand against pay that two people have approved. A client's cost is
what was paid for her: time, and what is paid on top of it for a language, on the days of her own zone as on
her bill, pieces on the day of the first time spent on them, commission on the day of what it is for,
milestones, and what was laid out at the post, with the bill on which it is passed on. Time for no client,
fixed amounts and what is topped up or taken off are nobody's alone and stand with the secretary. An item's
amount, less what of it was given back, is shared among those who worked on it by their seconds, and
commission is hers whose work led to it; a sum given back for no item of its own is nobody's. No currencies
are added.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery, Sum
from django.utils.translation import gettext as _

from clients.models import Client
from secretariat.office.models import Secretary
from secretariat.rounding import half_up

from . import costs
from .briefs import charging
from .models import Bill, BillItem, Outcome, PayPart, PayStatement, digits_of
from .pay_gathering import OUTCOME
from .reckoning import NOUGHT

SHARED = """
    WITH lengths AS (
        SELECT r.item_id, w.secretary_id, sum(extract(epoch FROM r.ended_at - r.started_at)) AS seconds
        FROM books_billedrecord r
        JOIN clients_workrecord w ON w.id = r.record_id
        JOIN books_billitem i ON i.id = r.item_id
        JOIN books_billline l ON l.id = i.line_id
        JOIN books_bill b ON b.id = l.bill_id
        WHERE b.first_on BETWEEN %s AND %s AND b.state = 'issued' AND i.amount <> 0
        GROUP BY r.item_id, w.secretary_id
        UNION ALL
        SELECT i.id, o.secretary_id, 1
        FROM books_billitem i
        JOIN books_outcome o ON o.id = i.subject_id
        JOIN books_billline l ON l.id = i.line_id
        JOIN books_bill b ON b.id = l.bill_id
        WHERE b.first_on BETWEEN %s AND %s AND b.state = 'issued' AND i.amount <> 0
        AND i.subject_kind = 'books.outcome' AND i.credits_id IS NULL
    ), given_back AS (
        SELECT i.credits_id, sum(i.amount) AS amount
        FROM books_billitem i
        JOIN books_billline l ON l.id = i.line_id
        JOIN books_bill b ON b.id = l.bill_id
        WHERE b.first_on BETWEEN %s AND %s AND b.state = 'issued' AND i.credits_id IS NOT NULL
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

# A statement pays for days until its last; the client's may be a day further on.
PAID = """
    SELECT f.client_id, f.currency, sum(f.amount)
    FROM (
        SELECT w.client_id, s.currency, p.amount, p.since AS at
        FROM books_paypart p
        JOIN books_paystatement s ON s.id = p.statement_id
        JOIN books_payrun r ON r.id = s.run_id
        JOIN clients_workrecord w ON w.id = p.record_id
        WHERE r.state = 'approved' AND s.last_on >= %(first)s::date - 1 AND p.amount <> 0
        AND p.since >= %(first)s::date - 1 AND p.since < %(last)s::date + 3
        UNION ALL
        SELECT w.client_id, s.currency, p.amount, w.started_at
        FROM books_paypart p
        JOIN books_paystatement s ON s.id = p.statement_id
        JOIN books_payrun r ON r.id = s.run_id
        CROSS JOIN LATERAL (
            SELECT client_id, started_at FROM clients_workrecord
            WHERE subject_kind = p.subject_kind AND subject_id = p.subject_id
            AND secretary_id = p.secretary_id AND client_id IS NOT NULL
            ORDER BY started_at LIMIT 1
        ) w
        WHERE r.state = 'approved' AND s.last_on >= %(first)s::date - 1 AND p.subject_id IS NOT NULL
        UNION ALL
        SELECT w.client_id, s.currency, p.amount, p.since
        FROM books_paypart p
        JOIN books_paystatement s ON s.id = p.statement_id
        JOIN books_payrun r ON r.id = s.run_id
        JOIN clients_workrecord w ON w.id = p.subject_id
        WHERE r.state = 'approved' AND s.last_on >= %(first)s::date - 1
        AND p.subject_kind = 'clients.workrecord'
        AND p.since >= %(first)s::date - 1 AND p.since < %(last)s::date + 3
    ) f
    JOIN clients_client c ON c.id = f.client_id
    WHERE (f.at AT TIME ZONE c.zone)::date BETWEEN %(first)s AND %(last)s
    GROUP BY f.client_id, f.currency
"""


@dataclass(frozen=True)
class Row:
    """One client or secretary, by her id, in one currency."""

    key: UUID | None  # None: all of these together
    name: str
    currency: str
    billed: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        return self.billed - self.paid

    @property
    def margin(self) -> Decimal | None:
        """What is left, in percent of what was billed; None where nothing was."""
        return half_up(Fraction(self.left) * 100 / Fraction(self.billed), 1) if self.billed > 0 else None


def of_clients(first: date, last: date) -> list[Row]:
    """Each client for whom anything was billed or paid in these months."""
    found: dict[tuple[UUID, str], list[Decimal]] = defaultdict(lambda: [NOUGHT, NOUGHT])
    bills = Bill.objects.issued().filter(first_on__range=(first, last)).order_by()
    # What a credit note comes to stands on it with a minus.
    for client, currency, net in bills.values_list("client", "currency").annotate(Sum("net")):
        found[client, currency][0] += net
    with connection.cursor() as rows:
        rows.execute(PAID, {"first": first, "last": last})
        for client, currency, paid in rows.fetchall():
            found[client, currency][1] += paid
    for client, currency, paid in _commission(first, last):
        found[client, currency][1] += paid
    for client, currency, hers in charging.paid_for(first, last):
        found[client, currency][1] += hers
    for client, currency, cost in _laid_out(first, last):
        found[client, currency][1] += cost
    clients = Client.objects.filter(pk__in={key for key, _currency in found})
    return _rows(found, dict(clients.values_list("pk", "name")))


def _commission(first: date, last: date) -> Iterable[tuple]:
    """(client, currency, sum) of what approved pay holds for outcomes of these days."""
    parts = PayPart.objects.filter(statement__run__state="approved", subject_kind=OUTCOME)
    rows = Outcome.objects.filter(on__range=(first, last), pk=OuterRef("subject_id"))
    parts = parts.annotate(whose=Subquery(rows.values("client"))).filter(whose__isnull=False)
    return parts.order_by().values_list("whose", "statement__currency").annotate(Sum("amount"))


def _laid_out(first: date, last: date) -> Iterable[tuple]:
    """(client, currency, sum) of postage on these bills: it was paid before it was passed on, and whatever is
    given back of it later.
    """
    items = BillItem.objects.filter(subject_kind=costs.POSTINGS, credits=None)
    items = items.filter(line__bill__state=Bill.State.ISSUED, line__bill__first_on__range=(first, last))
    return items.order_by().values_list("client", "line__bill__currency").annotate(Sum("amount"))


def of_secretaries(first: date, last: date) -> list[Row]:
    """Each secretary with her part of what was billed, and all that she was paid for days that end here."""
    found: dict[tuple[UUID, str], list[Decimal]] = defaultdict(lambda: [NOUGHT, NOUGHT])
    with connection.cursor() as rows:
        rows.execute(SHARED, [first, last] * 3)
        for secretary, currency, billed in rows.fetchall():
            found[secretary, currency][0] += half_up(billed, digits_of(currency))
    for secretary, currency, amount in charging.billed_without_time(first, last):
        found[secretary, currency][0] += amount
    statements = PayStatement.objects.filter(run__state="approved", last_on__range=(first, last))
    sums = statements.order_by().values_list("secretary", "currency").annotate(Sum("gross"))
    for secretary, currency, paid in sums:
        found[secretary, currency][1] += paid
    people = Secretary.objects.filter(pk__in={key for key, _currency in found})
    return _rows(found, dict(people.values_list("pk", "user__name")))


def together(rows: Iterable[Row]) -> list[Row]:
    """All of them, in each currency."""
    found: dict[str, list[Decimal]] = defaultdict(lambda: [NOUGHT, NOUGHT])
    for row in rows:
        found[row.currency][0] += row.billed
        found[row.currency][1] += row.paid
    return [Row(None, _("Together"), currency, *sums) for currency, sums in sorted(found.items())]


def _rows(found: dict, names: dict) -> list[Row]:
    rows = [Row(key, names[key], currency, *sums) for (key, currency), sums in found.items()]
    return sorted(rows, key=lambda row: (row.name, row.currency))
