"""A month's bills: drafted as often as one likes, issued once, each with the next number of its series."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Client
from secretariat import ledger
from secretariat.by_the_thousand import copy_in
from secretariat.ids import uuid7
from secretariat.office.models import Firm

from . import after_issue, costs, gathering, rules, signals, texts
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
from .plans import Charge, Measure
from .reckoning import NOUGHT, Line, Of, Reckoned, reckon, tax

PREFIX = {Bill.Kind.BILL: "B", Bill.Kind.CREDIT: "C"}
DAY = timedelta(days=1)
A_BATCH = 2000  # rows of one statement
OF_AN_ITEM = (
    *("id", "line", "client", "subject_kind", "subject_id"),
    *("at", "micros", "units", "free", "amount", "because"),
)
OF_A_RECORD = ("record", "item", "client", "started_at", "ended_at")


NOBODY_BILLS = gettext_lazy(
    "Nobody has said yet who bills: under “Firm on bills” stand the firm’s name, address and VAT. "
    "Until then no bill is issued."
)


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
    return _accounts([client])[client.pk]


def _accounts(clients: Collection[Client]) -> dict[UUID, BillingAccount]:
    found = BillingAccount.objects.in_bulk([each.pk for each in clients])
    return {
        each.pk: found.get(each.pk) or BillingAccount(client=each, made_out_to=each.name) for each in clients
    }


def preview(client: Client, day: date) -> Preview:
    """The month of this day as it would be billed now."""
    return _previews([client], day, _accounts([client]))[client.pk]


def _previews(clients: Collection[Client], day: date, accounts: dict) -> dict[UUID, Preview]:
    first, _last = gathering.month_of(day)
    before = Bill.objects.filter(client__in=clients, kind=Bill.Kind.BILL, last_on=first - DAY)
    left = dict(before.values_list("client", "left"))
    found = {}
    for key, month in gathering.gather_all(clients, day).items():
        carried, cap = left.get(key, 0), accounts[key].spend_cap
        made = reckon(month.stretches, carried=carried, extras=month.extras, late=month.late, cap=cap)
        found[key] = Preview(month, made, carried, cap)
    return found


def draft(client: Client, day: date, *, at: datetime) -> Bill | None:
    """Draft the bill of this month, or draft it anew. None where no plan holds; one that is issued stays."""
    bills, hindered = draft_all([client], day, at=at)
    for words in hindered.values():
        raise NotNow(words)
    return bills[0] if bills else None


@transaction.atomic
def draft_all(clients: Collection[Client], day: date, *, at: datetime) -> tuple[list[Bill], dict[UUID, str]]:
    """The bills of this month, issued ones as they are, and what hindered any, by the client."""
    list(_locked(clients))
    first, _last = gathering.month_of(day)
    there = Bill.objects.filter(client__in=clients, kind=Bill.Kind.BILL, first_on=first)
    bills = {each.client_id: each for each in there.exclude(state=Bill.State.DRAFT)}
    open_ones = [each for each in clients if each.pk not in bills]
    to_come = gathering.not_in_turn(open_ones, first)
    hindered = _hindered(open_ones, first, to_come)
    # Who has left may still owe what came late, in its turn; of what is not there nobody is warned.
    ready = [each for each in open_ones if each.pk not in hindered and each.pk not in to_come]
    take_away(there.filter(state=Bill.State.DRAFT, client__in=ready))
    accounts, issuer = _accounts(ready), Issuer.objects.first()
    found = _previews(ready, day, accounts)
    made = [
        (_bill(each, accounts[key], issuer, at), each)
        for key, each in found.items()
        if each.month.stretches or each.made.lines
    ]
    _write(made)
    bills |= {bill.client_id: bill for bill, _preview in made}
    return [bills[each.pk] for each in clients if each.pk in bills], hindered


def _hindered(clients: Collection[Client], first: date, to_come: dict[UUID, date]) -> dict[UUID, str]:
    """Of those with a plan: whose bill of the month cannot be drafted yet, and why."""
    served = gathering.with_plan(clients, first)
    without_end = gathering.without_end(clients)
    currencies = gathering.currencies(clients, first)
    found = {}
    for each in (each for each in clients if each.pk in served):
        if month := to_come.get(each.pk):
            words = _("%(name)s: the bill of %(month)s comes first.")
            found[each.pk] = words % {"name": each.name, "month": f"{month:%B %Y}"}
        elif len(currencies[each.pk]) > 1:
            words = _("%(name)s: two currencies in one month cannot be on one bill.")
            found[each.pk] = words % {"name": each.name}
        elif not each.is_active and each.pk in without_end:
            words = _("%(name)s is no client any more: first write down the last day of the plan.")
            found[each.pk] = words % {"name": each.name}
    return found


def _locked(clients: Collection[Client]):
    """Always in the same order, so that two who draft at once wait for each other and no more."""
    rows = Client.objects.filter(pk__in=[each.pk for each in clients]).order_by("pk")
    return rows.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True)


def take_away(drafts) -> None:
    """What was on them is on no bill again."""
    if not (ids := list(drafts.values_list("pk", flat=True))):
        return
    for rows in (
        BilledRecord.objects.filter(item__line__bill__in=ids),
        BillItem.objects.filter(line__bill__in=ids),
        BillLine.objects.filter(bill__in=ids),
    ):
        rows._raw_delete(rows.db)  # hundreds for each bill, of which nothing else hangs
    drafts.delete()


def _bill(found: Preview, account: BillingAccount, issuer: Issuer | None, at: datetime) -> Bill:
    currency = found.month.currency
    percent = issuer.vat_percent if issuer and account.tax == BillingAccount.Tax.STANDARD else NOUGHT
    net = found.made.net
    vat = tax(net, percent, digits=digits_of(currency))
    return Bill(
        client=found.month.client,
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
            for plan, _stretch in found.month.agreed
        ],
        carried=found.carried,
        left=found.made.left,
        made_at=at,
    )


def parties(account: BillingAccount, issuer: Issuer | None) -> dict:
    return {
        "from": of_firm(issuer),
        "to": {
            "name": account.made_out_to,
            "address": account.address.splitlines(),
            "vat": account.vat_number,
        },
        "days_to_pay": account.days_to_pay,
    }


def of_firm(issuer: Issuer | None) -> dict:
    """Who bills. A draft can be looked at before anybody has said; it is not issued like that."""
    return {
        "name": issuer.name if issuer else Firm.current().name,
        "address": issuer.address.splitlines() if issuer else [],
        "vat": issuer.vat_number if issuer else "",
        "pay_to": issuer.pay_to.splitlines() if issuer else [],
    }


def _write(made: list[tuple[Bill, Preview]]) -> None:
    """Bills with their lines, the items of those, and the intervals of which each is made."""
    Bill.objects.bulk_create(bill for bill, _found in made)
    pairs = [
        (row, line, found.month.intervals)
        for bill, found in made
        for row, line in zip(_lines(bill, found), found.made.lines, strict=True)
    ]
    BillLine.objects.bulk_create([row for row, _line, _intervals in pairs], batch_size=A_BATCH)
    items = [
        (uuid7(), row, line, charge, intervals) for row, line, intervals in pairs for charge in line.charges
    ]
    copy_in(BillItem, OF_AN_ITEM, (_item(pk, row, charge) for pk, row, _line, charge, _its in items))
    copy_in(BilledRecord, OF_A_RECORD, _records(items))


def _lines(bill: Bill, found: Preview) -> list[BillLine]:
    agreed = found.month.agreed
    places = {id(stretch): place for place, (_plan, stretch) in enumerate(agreed)}
    lines = []
    for rank, line in enumerate(found.made.lines):
        words = rules.words(line)
        place = places.get(id(line.stretch))
        if len(agreed) > 1 and place is not None:
            words = _("%(what)s, %(plan)s") % {"what": words, "plan": agreed[place][0].name}
        lines.append(
            BillLine(
                bill=bill,
                client_id=bill.client_id,
                rank=rank,
                kind=line.of,
                stretch=place,
                measure=_measure(line),
                words=words,
                rule=rules.rule(line, found.cap, digits_of(bill.currency)),
                quantity=rules.quantity(line),
                amount=line.amount,
            )
        )
    return lines


def _measure(line: Line) -> str:
    """What the units of its items are. What is put through is always time."""
    if line.of in (Of.EXTRA, Of.TEXTS):
        return Measure.TASK
    return Measure.TIME if line.stretch is None or line.of == Of.THROUGH else line.stretch.plan.measure


def _item(pk: UUID, row: BillLine, charge: Charge) -> tuple:
    """The values of an item, as they are named in OF_AN_ITEM."""
    item = charge.item
    told = (charge.units, charge.free, charge.amount, charge.because)
    return (pk, row.pk, row.client_id, *item.key, item.at, json.dumps(dict(item.micros)), *told)


def _records(items: Iterable[tuple]) -> Iterator[tuple]:
    """Each interval belongs to its item of usage, billed or not, or to its milestone.

    What is passed on only refers to it.
    """
    for pk, row, line, charge, intervals in items:
        if line.of in (Of.USAGE, Of.NOT_BILLED, Of.EXTRA):
            for each in intervals.get(charge.item.key, ()):
                yield each.record_id, pk, row.client_id, each.started_at, each.ended_at


def issue(bill: Bill, *, by, at: datetime) -> Bill:
    """Give it its number and send it. From then on it stands as it is."""
    issued, hindered = issue_all([bill.pk], by=by, at=at)
    for words in hindered.values():
        raise NotNow(words)
    return issued[0]


@transaction.atomic
def issue_all(keys: Collection[UUID], *, by, at: datetime) -> tuple[list[Bill], dict[UUID, str]]:
    """All of these that can be issued, numbered in the order of names, and what hindered any, by the bill.

    As many queries however many there are. The numbers are kept with the bills or not at all: whoever dies
    over them leaves no gap.
    """
    rows = Bill.objects.filter(pk__in=keys).select_for_update(of=("self",)).select_related("client")
    bills = list(rows.order_by("client__name", "pk"))
    today = {each.pk: at.astimezone(each.client.tz).date() for each in bills}
    hindered = _not_issued(bills, today)
    ready = [each for each in bills if each.pk not in hindered]
    _number(ready, today)
    for bill in ready:
        bill.state, bill.issued_on, bill.issued_by = Bill.State.ISSUED, today[bill.pk], by
        bill.due_on = bill.issued_on + timedelta(days=bill.parties.get("days_to_pay", 14))
    Bill.objects.bulk_update(ready, ["number", "state", "issued_on", "due_on", "issued_by"])
    ledger.record_all(
        "books.bill_issued",
        actor_id=by and by.pk,
        subjects=[("books.bill", each.pk) for each in ready],
        clients=[each.client_id for each in ready],
    )
    signals.bills_issued.send(Bill, bills=ready, at=at)
    return ready, hindered


def _not_issued(bills: Collection[Bill], today: dict[UUID, date]) -> dict[UUID, str]:
    """Which of these cannot be issued, and why: the first that is true of each."""
    issuer, hindered = Issuer.objects.first(), {}
    for bill in bills:
        if not bill.is_draft:
            hindered[bill.pk] = _("This bill was issued before.")
        elif bill.kind == Bill.Kind.BILL and bill.last_on >= today[bill.pk]:
            words = _("This month is not over. Its bill can be issued from the first of the next.")
            hindered[bill.pk] = words
        elif bill.kind == Bill.Kind.BILL and (words := _by_another(bill, issuer)):
            hindered[bill.pk] = words
    for look in (_out_of_order, _otherwise_now):  # a credit note is what its bill was
        others = [each for each in bills if each.kind == Bill.Kind.BILL and each.pk not in hindered]
        hindered |= look(others)
    return hindered


def _by_another(bill: Bill, issuer: Issuer | None) -> str:
    """No bill without who bills: their name, address and VAT stand on it as they are now."""
    if issuer is None:
        return str(NOBODY_BILLS)
    percent = issuer.vat_percent if bill.tax == BillingAccount.Tax.STANDARD else NOUGHT
    if bill.parties["from"] != of_firm(issuer) or bill.vat_percent != percent:
        words = _("%(name)s: the firm’s details have changed since this was drafted. Draft it anew.")
        return words % {"name": bill.client.name}
    return ""


def _out_of_order(bills: Collection[Bill]) -> dict[UUID, str]:
    """One month after the other, and each with what the one before left."""
    clients = {each.client_id for each in bills}
    there: dict[UUID, list[Bill]] = {key: [] for key in clients}
    ours = Bill.objects.filter(client__in=clients, kind=Bill.Kind.BILL).order_by("first_on")
    for each in ours.only("client_id", "state", "first_on", "last_on", "left"):
        there[each.client_id].append(each)
    hindered = {}
    for bill in bills:
        name = bill.client.name
        before = next(
            (each for each in reversed(there[bill.client_id]) if each.first_on < bill.first_on), None
        )
        if before and before.is_draft:
            words = _("%(name)s: the bill of %(month)s comes first.")
            hindered[bill.pk] = words % {"name": name, "month": f"{before.first_on:%B %Y}"}
        elif before and before.last_on + DAY == bill.first_on and before.left != bill.carried:
            words = _("%(name)s: the month before has changed. Draft this one anew.")
            hindered[bill.pk] = words % {"name": name}
    return hindered


def _otherwise_now(bills: Collection[Bill]) -> dict[UUID, str]:
    """What was corrected since it was drafted would never reach the client."""
    stale = after_issue.stale_among(bills)
    others = gathering.with_other_messages(each for each in bills if each.pk not in stale)
    found = {}
    for keys, words in (
        (texts.came_to_nothing(bills), _("%(name)s: a text on it did not arrive. Draft it anew.")),
        (costs.count_no_more(bills), _("%(name)s: commission on it counts no more. Draft it anew.")),
        (
            costs.put_right_since(bills),
            _("%(name)s: what its post cost was put right since it was drafted. Draft it anew."),
        ),
        (
            after_issue.ended_otherwise(bills),
            _("%(name)s: a call on it was opened again. Once it has ended, draft it anew."),
        ),
        (others, _("%(name)s: its messages are not those of the month any more. Draft it anew.")),
        (stale, _("%(name)s: time on it has been corrected since it was drafted. Draft it anew.")),
    ):
        found |= dict.fromkeys(keys, words)
    return {each.pk: found[each.pk] % {"name": each.client.name} for each in bills if each.pk in found}


def _number(bills: Collection[Bill], today: dict[UUID, date]) -> None:
    """The next ones of each series. Its row stays locked until the bills are written or are not."""
    of_series = defaultdict(list)
    for each in bills:
        of_series[f"{PREFIX[each.kind]}{today[each.pk].year}"].append(each)
    for series, its in sorted(of_series.items(), key=lambda pair: pair[0]):
        Numbering.objects.get_or_create(series=series)
        row = Numbering.objects.select_for_update().get(series=series)
        for bill in its:
            row.last += 1
            bill.number = f"{series}-{row.last:05}"
        row.save(update_fields=["last"])
