"""A month of a whole firm: who worked when for whom, approved; what it is to be paid and billed, and is told.

Runs in a process with Django; rows by the million are written by the database itself. What the load needs to
know is printed as JSON.
"""

import json
import select
import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone

from calls.models import Call
from clients.models import Client, Contact, ContactAddress, Line
from secretariat import outbox
from secretariat.books import billing, months, paying
from secretariat.books.models import (
    Bill,
    BilledRecord,
    BillItem,
    ClientPlan,
    Issuer,
    MonthRun,
    PayPart,
    PayRun,
    PayStatement,
    Told,
    Week,
)
from secretariat.ids import uuid7
from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import Contract, PayTerm, Post, Secretary, User
from secretariat.outbox import leasing
from secretariat.outbox.models import Effect

from .past import columns_of

LEASE = timedelta(seconds=10)  # production's is 30; a piece between two tellings takes a second or two
FIRST, LAST, PAID_ON = date(2026, 10, 1), date(2026, 10, 31), date(2026, 11, 10)
MONDAYS = [date(2026, 9, 28) + timedelta(days=7 * n) for n in range(5)]
# What a call is kept as: kind of time, from and until, in seconds. Talk is up to LONGER than said here.
PARTS = (("ring", 0.0, 7.3), ("talk", 7.3, 120.0), ("hold", 120.0, 151.7), ("wrap_up", 151.7, 183.9))
LONGER = 200  # seconds

# Each of a secretary's calls in its place of the month; clients take turns.
CALLED = """
    CREATE TEMP TABLE month_of_calls AS
    SELECT uuidv7(at.begins - now()) AS id, c.id AS client_id, s.id AS secretary_id, at.begins,
           s.n * %(each)s + i AS n, (s.n * 7 + i * 13) %% %(longer)s + (i %% 1000) / 1000.0 AS longer
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM office_secretary) s,
         generate_series(0, %(each)s - 1) i,
         LATERAL (SELECT %(since)s::timestamptz + i * %(apart)s * interval '1 second' AS begins) at,
         LATERAL (SELECT 1 + (s.n * %(each)s + i) %% %(clients)s AS k) turn,
         (SELECT id, row_number() OVER (ORDER BY id) AS n FROM clients_client) c
    WHERE c.n = turn.k
"""
WORKED = """
    INSERT INTO clients_workrecord
        (id, client_id, secretary_id, kind, subject_kind, subject_id, started_at, ended_at)
    SELECT uuidv7(m.begins - now()), m.client_id, m.secretary_id, p.kind, 'calls.call', m.id,
           m.begins + (p.since + CASE WHEN p.since > 7.3 THEN m.longer ELSE 0 END) * interval '1 second',
           m.begins + (p.until + CASE WHEN p.since > 0 THEN m.longer ELSE 0 END) * interval '1 second'
    FROM month_of_calls m,
         unnest(%(kinds)s::text[], %(since)s::float8[], %(until)s::float8[]) p (kind, since, until)
    ORDER BY m.begins, p.since
"""
CONFIRMED = """
    INSERT INTO books_confirmedtime (week_id, secretary_id, record_id, client_id, kind, started_at, ended_at)
    SELECT w.id, r.secretary_id, r.id, r.client_id, r.kind, r.started_at, r.ended_at
    FROM clients_workrecord r JOIN books_week w ON w.secretary_id = r.secretary_id
     AND w.starts_on = date_trunc('week', r.started_at AT TIME ZONE 'UTC')::date
    ORDER BY r.started_at
"""
OF_A_CALL = {
    "id": "m.id",
    "client_id": "m.client_id",
    "carrier_id": "'CA' || m.n",
    "rang_at": "m.begins",
    "answered_at": "m.begins + interval '7.3 seconds'",
    "ended_at": "m.begins + interval '150 seconds'",
    "closed_at": "m.begins + interval '150 seconds'",
}


@transaction.atomic
def fill(secretaries: int, intervals: int, clients: int) -> None:
    """So many of each; everybody has a contract by the hour, every client a plan and an owner's mailbox."""
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
    Week.objects.bulk_create(Week(secretary=each, starts_on=on) for each in people for on in MONDAYS)
    served = Client.objects.bulk_create(
        Client(name=f"Billed {n}", zone="UTC", currency="EUR") for n in range(clients)
    )
    ClientPlan.objects.bulk_create(
        ClientPlan(
            client=each,
            name="By six seconds",
            from_on=FIRST,
            currency="EUR",
            price=Decimal("0.95"),
            step_seconds=6,
            counts=["wrap_up"],
        )
        for each in served
    )
    _billed_to(served)
    each = intervals // len(PARTS) // secretaries
    since = datetime.combine(FIRST, datetime.min.time(), UTC)
    apart = (LAST - FIRST + timedelta(days=1)).total_seconds() // each
    if apart <= PARTS[-1][2] + LONGER + 1:
        raise ValueError("so many calls do not fit into a month without overlapping")
    kinds, begins, ends = (list(each) for each in zip(*PARTS, strict=True))
    with connection.cursor() as rows:
        facts = {"each": each, "since": since, "apart": apart, "clients": clients, "longer": LONGER}
        rows.execute(CALLED, facts)
        _called(served[0])
        rows.execute(WORKED, {"kinds": kinds, "since": begins, "until": ends})
        rows.execute(CONFIRMED)
    Week.objects.update(state="approved", confirmed_at=at, approved_at=at, approved_by=helen)
    json.dump({"calls": each * secretaries, "intervals": each * len(PARTS) * secretaries}, sys.stdout)


def _billed_to(clients: list[Client]) -> None:
    """By whom, and whose mailbox is told of it."""
    Issuer.objects.create(name="The Firm", address="1 High Street", vat_percent=20)
    owners = Contact.objects.bulk_create(
        Contact(client=each, name=f"Owner of {each.name}", standing=Contact.Standing.OWNER)
        for each in clients
    )
    ContactAddress.objects.bulk_create(
        ContactAddress(client_id=each.client_id, contact=each, kind="email", value=f"{n}@owners.example")
        for n, each in enumerate(owners)
    )


def _called(client: Client) -> None:
    """The calls themselves: copies of one, but for what differs."""
    line = Line.objects.create(client=client, number="+442079460000")
    sample = Call.objects.create(
        client=client,
        line=line,
        carrier_id="CA",
        state="closed",
        outcome="message",
        **dict.fromkeys(("rang_at", "answered_at", "ended_at", "closed_at"), timezone.now()),
    )
    names = columns_of(connection.connection, "calls_call")
    values = [OF_A_CALL.get(name, f'o."{name}"') for name in names]
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as rows:
        rows.execute(
            f"INSERT INTO calls_call ({quoted}) SELECT {', '.join(values)} "
            "FROM calls_call o, month_of_calls m WHERE o.id = %s",
            [sample.pk],
        )


def work() -> None:
    """Take up parts for as long as the standard input is open; a line says that it has begun."""
    leasing.LEASE = LEASE
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        if not outbox.drain("cpu"):
            time.sleep(0.02)


def pay() -> None:
    """Begin the run anew; whoever works writes everybody's statement."""
    ruth, at = User.objects.get(email="ruth@bench.example"), timezone.now()
    paying.prepare(paying.begin(FIRST, LAST, PAID_ON, by=ruth, at=at), by=ruth, at=at)


def clear() -> None:
    """Take everything away that the run has written; print how long that took."""
    began = time.perf_counter()
    paying.clear(PayRun.objects.get())
    json.dump({"seconds": time.perf_counter() - began}, sys.stdout)


def paid() -> None:
    """What the run comes to."""
    statements = PayStatement.objects.aggregate(n=Count("pk"), total=Sum("total"))
    parts = PayPart.objects.aggregate(n=Count("record", distinct=True), total=Sum("amount"))
    told = {
        "statements": statements["n"],
        "total": str(statements["total"]),
        "intervals": parts["n"],
        "parts": str(parts["total"]),
        "prepared": PayRun.objects.get().state == PayRun.State.PREPARED,
    }
    json.dump(told, sys.stdout)


def bill() -> None:
    """Begin drafting the month's bills; whoever works drafts them."""
    months.draft(FIRST, by=User.objects.get(email="ruth@bench.example"), at=timezone.now())


def billed() -> None:
    """What the month's bills come to."""
    bills = Bill.objects.aggregate(n=Count("pk"), net=Sum("net"), total=Sum("total"))
    told = {"bills": bills["n"], "net": str(bills["net"]), "total": str(bills["total"])}
    told |= {"intervals": BilledRecord.objects.count(), "items": BillItem.objects.count()}
    told |= {"of items": str(BillItem.objects.aggregate(all=Sum("amount"))["all"])}
    told |= {"hindered": len(MonthRun.objects.get().hindered)}
    json.dump(told, sys.stdout)


def issue() -> None:
    """Begin issuing the month's drafts; whoever works issues them."""
    months.issue(FIRST, by=User.objects.get(email="ruth@bench.example"), at=timezone.now())


def issued() -> None:
    """What has been issued: under which numbers, who is told of it, and what stands of it in the ledger."""
    bills = Bill.objects.aggregate(
        n=Count("number"), drafts=Count("pk", filter=Q(state=Bill.State.DRAFT)), total=Sum("total")
    )
    given = Bill.objects.exclude(number=None).values_list("number", flat=True)
    numbers = sorted(int(each.partition("-")[2]) for each in given)
    told = {"issued": bills["n"], "drafts": bills["drafts"], "total": str(bills["total"])}
    told |= {"without a gap": numbers == list(range(1, len(numbers) + 1))}
    told |= {"told": Told.objects.filter(about=Told.About.ISSUED).values("bill").distinct().count()}
    mails = Effect.objects.filter(kind="books.mail")
    told |= {"mails": mails.count(), "mailed": mails.values("client_id").distinct().count()}
    told |= {"entries": LedgerEntry.objects.filter(verb="books.bill_issued").count()}
    told |= {"hindered": len(MonthRun.objects.get().hindered)}
    json.dump(told, sys.stdout)


def draft_none() -> None:
    """Take every draft away; print how long that took."""
    began = time.perf_counter()
    with transaction.atomic():
        billing.take_away(Bill.objects.all())
    json.dump({"seconds": time.perf_counter() - began}, sys.stdout)
