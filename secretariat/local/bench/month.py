"""A month of a whole firm: who worked when for whom, approved; and what it is to be paid and billed.

Runs in a process with Django; rows by the million are written by the database itself. What the load needs to
know is printed as JSON.
"""

import json
import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Count, Sum
from django.utils import timezone

from clients.models import Client
from secretariat.books import billing, paying
from secretariat.books.models import Bill, BilledRecord, ClientPlan, PayPart, PayRun, PayStatement, Week
from secretariat.ids import uuid7
from secretariat.office.models import Contract, PayTerm, Post, Secretary, User

FIRST, LAST, PAID_ON = date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 10)
MONDAYS = [date(2026, 9, 28) + timedelta(days=7 * n) for n in range(5)]
LONGEST = 5 * 60  # seconds of an interval; each of hers begins well after the one before

# Each of a secretary's intervals in its place of the month; clients take turns.
WORKED = """
    INSERT INTO clients_workrecord
        (id, client_id, secretary_id, kind, subject_kind, subject_id, started_at, ended_at)
    SELECT gen_random_uuid(), c.id, s.id, 'talk', 'calls.call', gen_random_uuid(), at.begins,
           at.begins + make_interval(secs => 20 + (s.n * 7 + i * 13) %% %(longest)s)
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM office_secretary) s,
         generate_series(0, %(each)s - 1) i,
         LATERAL (SELECT %(since)s::timestamptz + i * %(apart)s * interval '1 second' AS begins) at,
         LATERAL (SELECT 1 + (s.n * %(each)s + i) %% %(clients)s AS k) turn,
         (SELECT id, row_number() OVER (ORDER BY id) AS n FROM clients_client) c
    WHERE c.n = turn.k
"""
CONFIRMED = """
    INSERT INTO books_confirmedtime (week_id, secretary_id, record_id, client_id, kind, started_at, ended_at)
    SELECT w.id, r.secretary_id, r.id, r.client_id, r.kind, r.started_at, r.ended_at
    FROM clients_workrecord r JOIN books_week w ON w.secretary_id = r.secretary_id
     AND w.starts_on = date_trunc('week', r.started_at AT TIME ZONE 'UTC')::date
"""


@transaction.atomic
def fill(secretaries: int, intervals: int, clients: int) -> None:
    """So many of each; everybody has a contract by the hour, every client a plan by the second."""
    at = timezone.now()
    ruth, helen = (
        User.objects.create(email=f"{name}@bench.example", name=name) for name in ("ruth", "helen")
    )
    Post.objects.bulk_create(Post(user=each, post=Post.Kind.ADMIN, from_at=at) for each in (ruth, helen))
    users = User.objects.bulk_create(
        User(email=f"paid{n}@bench.example", name=f"Secretary {n}", password="!") for n in range(secretaries)
    )
    people = Secretary.objects.bulk_create(
        Secretary(user=user, spoken_name=user.name, zone="UTC") for user in users
    )
    words = dict.fromkeys(
        ("role", "duties", "rights", "obligations", "confidentiality", "breach"), "As agreed"
    )
    contracts = Contract.objects.bulk_create(
        Contract(secretary=each, version=1, from_on=date(2026, 1, 1), currency="EUR", made_by=ruth, **words)
        for each in people
    )
    PayTerm.objects.bulk_create(
        PayTerm(contract=each, by="hour", amount=Decimal("14.40") + n % 7) for n, each in enumerate(contracts)
    )
    Contract.objects.update(state=Contract.State.SIGNED, sha256="0" * 64, media_id=uuid7(), offered_at=at)
    Week.objects.bulk_create(
        Week(
            secretary=each, starts_on=on, state="approved", confirmed_at=at, approved_at=at, approved_by=helen
        )
        for each in people
        for on in MONDAYS
    )
    served = Client.objects.bulk_create(
        Client(name=f"Billed {n}", zone="UTC", currency="EUR") for n in range(clients)
    )
    ClientPlan.objects.bulk_create(
        ClientPlan(client=each, name="By the second", from_on=FIRST, currency="EUR", price=Decimal("0.95"))
        for each in served
    )
    each = intervals // secretaries
    since = datetime.combine(FIRST, datetime.min.time(), UTC)
    apart = (LAST - FIRST + timedelta(days=1)).total_seconds() // each
    if apart <= LONGEST + 20:
        raise ValueError("so many intervals do not fit into a month without overlapping")
    facts = {"each": each, "since": since, "apart": apart, "clients": clients, "longest": LONGEST}
    with connection.cursor() as rows:
        rows.execute(WORKED, facts)
        rows.execute(CONFIRMED)
    json.dump({"intervals": each * secretaries}, sys.stdout)


def pay(*, anew: bool) -> None:
    """Prepare the run, or go on with it; print how long that took and what it comes to."""
    ruth, at = User.objects.get(email="ruth@bench.example"), timezone.now()
    run = paying.begin(FIRST, LAST, PAID_ON, by=ruth, at=at)
    began = time.perf_counter()
    paying.prepare(run, by=ruth, at=at, anew=anew)
    json.dump({"seconds": time.perf_counter() - began} | paid(), sys.stdout)


def paid() -> dict:
    statements = PayStatement.objects.aggregate(n=Count("pk"), total=Sum("total"))
    parts = PayPart.objects.aggregate(n=Count("record", distinct=True), total=Sum("amount"))
    return {
        "statements": statements["n"],
        "total": str(statements["total"]),
        "intervals": parts["n"],
        "parts": str(parts["total"]),
        "prepared": PayRun.objects.get().state == PayRun.State.PREPARED,
    }


def bill() -> None:
    """Draft the month's bills, or go on with it; print how long that took and what they come to."""
    began = time.perf_counter()
    _done, hindered = billing.run(FIRST, at=timezone.now())
    took = time.perf_counter() - began
    bills = Bill.objects.aggregate(n=Count("pk"), net=Sum("net"), total=Sum("total"))
    told = {"bills": bills["n"], "net": str(bills["net"]), "total": str(bills["total"])}
    told |= {"intervals": BilledRecord.objects.count(), "hindered": len(hindered), "seconds": took}
    json.dump(told, sys.stdout)
