"""What an outsourcing company is paid: one payment of each run, which opens to statements and their hours."""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from .models import Payout, PayPart, PayRun, PayStatement, digits_of
from .statement import amount

RUNS = 36  # the newest: three years of months


@dataclass
class Payment:
    """All statements of one run in one currency. `payout`: how it stands, as its newest try says."""

    run: PayRun
    currency: str
    statements: list[PayStatement] = field(default_factory=list)
    payout: Payout | None = None

    @property
    def total(self) -> str:
        total = sum((each.total for each in self.statements), Decimal(0))
        return f"{amount(total, digits_of(self.currency))} {self.currency}"

    @property
    def is_due(self) -> bool:
        return any(each.total > 0 for each in self.statements)


@dataclass(frozen=True)
class Row:
    """One statement of a payment, with the time at work that it pays for."""

    statement: PayStatement
    worked: timedelta
    total: str


def listed(user) -> list[Payment]:
    """Those of the newest runs, the newest first."""
    theirs = PayStatement.objects.visible_to(user).filter(partner=user.roles.partner)
    runs = PayRun.objects.filter(pk__in=theirs.values("run")).order_by("-last_on", "-pk")
    return _payments(user, theirs.filter(run__in=list(runs.values_list("pk", flat=True)[:RUNS])))


def of_run(user, run_id: UUID) -> list[Payment]:
    """One for each currency; none where the run paid this company nothing, or nobody has approved it."""
    theirs = PayStatement.objects.visible_to(user).filter(partner=user.roles.partner)
    return _payments(user, theirs.filter(run=run_id))


def _payments(user, statements) -> list[Payment]:
    rows = statements.select_related("run", "secretary__user")
    rows = rows.order_by("-run__last_on", "-run", "currency", "secretary__user__name", "pk")
    found: dict[tuple, Payment] = {}
    for each in rows:
        payment = found.setdefault((each.run_id, each.currency), Payment(each.run, each.currency))
        payment.statements.append(each)
    tries = Payout.objects.visible_to(user).filter(statement__in=statements)
    for payout in tries.select_related("statement", "bank").order_by("made_at", "pk"):
        found[payout.statement.run_id, payout.statement.currency].payout = payout
    return list(found.values())


def rows(payment: Payment) -> list[Row]:
    keys = [each.pk for each in payment.statements]
    parts = PayPart.objects.filter(line__statement__in=keys, record__isnull=False)
    worked = dict(parts.values_list("line__statement").annotate(Sum("micros")))
    digits = digits_of(payment.currency)
    return [
        Row(each, timedelta(microseconds=worked.get(each.pk, 0)), amount(each.total, digits))
        for each in payment.statements
    ]
