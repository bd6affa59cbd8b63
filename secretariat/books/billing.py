"""A month's bills: drafted as often as one likes, issued once, each with the next number of its series."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client
from secretariat import ledger
from secretariat.office.models import Firm

from . import gathering, rules, signals
from .models import (
    Bill,
    BilledRecord,
    BillingAccount,
    BillItem,
    BillLine,
    Issuer,
    Numbering,
    digits_of,
)
from .plans import Measure
from .reckoning import NOUGHT, Line, Of, Reckoned, reckon, tax

PREFIX = {Bill.Kind.BILL: "B", Bill.Kind.CREDIT: "C"}
A_BATCH = 2000


class NotNow(Exception):
    """It does not stand as somebody thought. Says in plain words how it stands."""


@dataclass(frozen=True)
class Preview:
    """What a month comes to so far."""

    month: gathering.Month
    made: Reckoned
    carried: int
    cap: Decimal | None


def account_of(client: Client) -> BillingAccount:
    """To whom her bills are made out; to herself, with VAT, until somebody says otherwise."""
    found = BillingAccount.objects.filter(client=client).first()
    return found or BillingAccount(client=client, made_out_to=client.name)


def preview(client: Client, day: date) -> Preview:
    """The month of this day as it would be billed now."""
    month = gathering.gather(client, day)
    before = Bill.objects.filter(
        client=client, kind=Bill.Kind.BILL, last_on=month.first - timedelta(days=1)
    ).first()
    carried = before.left if before else 0
    cap = account_of(client).spend_cap
    return Preview(
        month, reckon(month.stretches, carried=carried, extras=month.extras, cap=cap), carried, cap
    )


@transaction.atomic
def draft(client: Client, day: date, *, at: datetime) -> Bill | None:
    """Draft the bill of this month, or draft it anew. None where no plan holds; one that is issued stays."""
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    first, _last = gathering.month_of(day)
    old = Bill.objects.filter(client=client, kind=Bill.Kind.BILL, first_on=first).first()
    if old and not old.is_draft:
        return old
    before = first - timedelta(days=1)
    if not (gathering.has_bill(client, before) or gathering.is_before_first(client, before)):
        words = _("%(name)s: the bill of %(month)s comes first.")
        raise NotNow(words % {"name": client.name, "month": f"{before:%B %Y}"})
    if old:
        old.delete()
    found = preview(client, day)
    if not found.month.stretches:
        return None
    account, issuer = account_of(client), Issuer.objects.first()
    currency = found.month.plans[-1].currency
    if any(plan.currency != currency for plan in found.month.plans):
        raise NotNow(
            _("%(name)s: two currencies in one month cannot be on one bill.") % {"name": client.name}
        )
    percent = issuer.vat_percent if issuer and account.tax == BillingAccount.Tax.STANDARD else NOUGHT
    net = found.made.net
    vat = tax(net, percent, digits=digits_of(currency))
    bill = Bill.objects.create(
        client=client,
        first_on=found.month.first,
        last_on=found.month.last,
        currency=currency,
        net=net,
        vat=vat,
        total=net + vat,
        vat_percent=percent,
        tax=account.tax,
        parties=parties(account, issuer),
        rules=[
            {"name": plan.name, "from": plan.from_on.isoformat(), "words": rules.in_words(plan.rules)}
            for plan in found.month.plans
        ],
        carried=found.carried,
        left=found.made.left,
        made_at=at,
    )
    _write(bill, found)
    return bill


def parties(account: BillingAccount, issuer: Issuer | None) -> dict:
    return {
        "from": {
            "name": issuer.name if issuer else Firm.current().name,
            "address": issuer.address.splitlines() if issuer else [],
            "vat": issuer.vat_number if issuer else "",
            "pay_to": issuer.pay_to.splitlines() if issuer else [],
        },
        "to": {
            "name": account.made_out_to,
            "address": account.address.splitlines(),
            "vat": account.vat_number,
        },
        "days_to_pay": account.days_to_pay,
    }


def _write(bill: Bill, found: Preview) -> None:
    several = len(found.month.stretches) > 1
    lines = []
    for rank, line in enumerate(found.made.lines):
        words = rules.words(line)
        if several and line.stretch:
            plan = found.month.plan_of(line.stretch.plan)
            words = _("%(what)s, %(plan)s") % {"what": words, "plan": plan.name}
        lines.append(
            BillLine(
                bill=bill,
                client_id=bill.client_id,
                rank=rank,
                kind=line.of,
                measure=_measure(line),
                words=words,
                rule=rules.rule(line, found.cap),
                quantity=rules.quantity(line),
                amount=line.amount,
            )
        )
    BillLine.objects.bulk_create(lines)
    pairs = list(zip(lines, found.made.lines, strict=True))
    items = BillItem.objects.bulk_create(_items(bill, pairs), batch_size=A_BATCH)
    _write_records(bill, pairs, items, found)


def _measure(line: Line) -> str:
    """What the units of its items are. What is put through is always time."""
    if line.of == Of.EXTRA:
        return Measure.TASK
    return Measure.TIME if line.stretch is None or line.of == Of.THROUGH else line.stretch.plan.measure


def _items(bill: Bill, pairs: Iterable[tuple[BillLine, Line]]) -> list[BillItem]:
    return [
        BillItem(
            line=row,
            client_id=bill.client_id,
            subject_kind=charge.item.key[0],
            subject_id=charge.item.key[1],
            at=charge.item.at,
            micros=dict(charge.item.micros),
            units=charge.units,
            free=charge.free,
            amount=charge.amount,
            because=charge.because,
        )
        for row, line in pairs
        for charge in line.charges
    ]


def _write_records(bill, pairs, items, found) -> None:
    """Each interval belongs to its item of usage, billed or not, or to its milestone.

    What is passed on only refers to it.
    """
    owning = {row.pk for row, line in pairs if line.of in (Of.USAGE, Of.NOT_BILLED, Of.EXTRA)}
    BilledRecord.objects.bulk_create(
        [
            BilledRecord(
                record_id=each.record_id,
                item=item,
                client_id=bill.client_id,
                started_at=each.started_at,
                ended_at=each.ended_at,
            )
            for item in items
            if item.line_id in owning
            for each in found.month.intervals.get((item.subject_kind, str(item.subject_id)), ())
        ],
        batch_size=A_BATCH,
    )


def run(day: date, *, at: datetime) -> tuple[list[Bill], list[str]]:
    """Draft this month's bill of every client with a plan. Returns them, and in words what hindered any.

    Each client is a transaction of her own: a run that was cut short is taken up where it stopped.
    """
    first, last = gathering.month_of(day)
    clients = (
        Client.objects.filter(plans__from_on__lte=last).exclude(plans=None).distinct().order_by("name", "pk")
    )
    done, hindered = [], []
    for client in clients:
        try:
            bill = draft(client, first, at=at)
        except NotNow as words:
            hindered.append(str(words))
        else:
            if bill:
                done.append(bill)
    return done, hindered


@transaction.atomic
def issue(bill: Bill, *, by, at: datetime) -> Bill:
    """Give it its number and send it. From then on it stands as it is."""
    bill = Bill.objects.select_for_update(of=("self",)).select_related("client").get(pk=bill.pk)
    if not bill.is_draft:
        raise NotNow(_("This bill was issued before."))
    today = at.astimezone(bill.client.tz).date()
    if bill.kind == Bill.Kind.BILL and bill.last_on >= today:
        raise NotNow(_("This month is not over. Its bill can be issued from the first of the next."))
    if bill.kind == Bill.Kind.BILL:
        _in_order(bill)
    bill.number = _next_number(bill.kind, today.year)
    bill.state, bill.issued_on, bill.issued_by = Bill.State.ISSUED, today, by
    bill.due_on = today + timedelta(days=bill.parties.get("days_to_pay", 14))
    bill.save(update_fields=["number", "state", "issued_on", "due_on", "issued_by"])
    ledger.record(
        "books.bill_issued", actor_id=by and by.pk, client_id=bill.client_id, subject=("books.bill", bill.pk)
    )
    signals.bill_issued.send(Bill, bill=bill, at=at)
    return bill


def _in_order(bill: Bill) -> None:
    """One month after the other, and each with what the one before left."""
    earlier = Bill.objects.filter(client=bill.client_id, kind=Bill.Kind.BILL, first_on__lt=bill.first_on)
    before = earlier.order_by("-first_on").first()
    if before and before.is_draft:
        words = _("%(name)s: the bill of %(month)s comes first.")
        raise NotNow(words % {"name": bill.client.name, "month": f"{before.first_on:%B %Y}"})
    if before and before.last_on + timedelta(days=1) == bill.first_on and before.left != bill.carried:
        words = _("%(name)s: the month before has changed. Draft this one anew.")
        raise NotNow(words % {"name": bill.client.name})


def _next_number(kind: str, year: int) -> str:
    """The next one of this series. The row stays locked until the bill is written or is not."""
    series = f"{PREFIX[kind]}{year}"
    Numbering.objects.get_or_create(series=series)
    row = Numbering.objects.select_for_update().get(series=series)
    row.last += 1
    row.save(update_fields=["last"])
    return f"{series}-{row.last:05}"
