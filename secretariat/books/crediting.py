"""What is given back of an issued bill: whole lines, some of their parts, or a sum, by a note of its own.

What limit and discount had taken off falls away with it, so that no more comes back than was charged; and
the VAT of bill and notes together is that of what is left, so that one credited line by line ends at nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from . import billing
from .billing import NotNow
from .models import Bill, BillItem, BillLine, digits_of
from .reckoning import NOUGHT, Of, Part, less, tax


@dataclass(frozen=True)
class GivenBack:
    """What a note comes to, each with its sign: `changes` by line, and what of them was given back before."""

    changes: dict[UUID, Decimal]
    before: Decimal
    net: Decimal
    vat: Decimal

    @property
    def total(self) -> Decimal:
        return self.net + self.vat


@dataclass(frozen=True)
class Standing:
    """A bill with what its notes have left of it."""

    bill: Bill
    parts: tuple[Part, ...]
    net: Decimal
    vat: Decimal

    @property
    def left(self) -> dict[UUID, Decimal]:
        return {each.key: each.left for each in self.parts}

    def lines(self, keys: Iterable[UUID]) -> GivenBack:
        """All that is left of these lines."""
        left = self.left
        return self.give_back({key: max(NOUGHT, left[key]) for key in keys})

    def give_back(self, off: Mapping[UUID, Decimal], amount: Decimal = NOUGHT) -> GivenBack:
        """So much of each line, and a sum beside them: never more than is left of the whole."""
        digits = digits_of(self.bill.currency)
        changes = less(self.parts, off, digits=digits)
        net = sum(changes.values(), NOUGHT) - amount
        before = max(NOUGHT, -(self.net + net)) if net < 0 else NOUGHT
        net += before
        vat = tax(self.net + net, self.bill.vat_percent, digits=digits) - self.vat if net else NOUGHT
        return GivenBack(changes, before, net, vat)


def standing(bill: Bill) -> Standing:
    return standing_of([bill])[bill.pk]


def standing_of(bills: Iterable[Bill]) -> dict[UUID, Standing]:
    """Of several at once, by the bill's id."""
    by_key = {bill.pk: bill for bill in bills}
    if not by_key:
        return {}
    off: dict[UUID | None, Decimal] = defaultdict(Decimal)
    given = BillLine.objects.filter(bill__credits__in=by_key, bill__state=Bill.State.ISSUED)
    for line, asked, rank, amount in given.values_list("credits", "bill__answers__line", "rank", "amount"):
        # A note that names no line, as they once were, is about the line that was asked about.
        off[line or (asked if rank == 0 else None)] += amount
    parts: dict[UUID, list[Part]] = defaultdict(list)
    lines = BillLine.objects.filter(bill__in=by_key).order_by("rank")
    for bill, key, kind, stretch, amount in lines.values_list("bill", "pk", "kind", "stretch", "amount"):
        parts[bill].append(Part(key, kind, stretch, was=amount, left=amount + off.get(key, NOUGHT)))
    notes = Bill.objects.filter(credits__in=by_key, state=Bill.State.ISSUED).order_by()
    sums = {pk: (net, vat) for pk, net, vat in notes.values_list("credits").annotate(Sum("net"), Sum("vat"))}
    found = {}
    for key, bill in by_key.items():
        net, vat = sums.get(key, (NOUGHT, NOUGHT))
        found[key] = Standing(bill, tuple(parts[key]), bill.net + net, bill.vat + vat)
    return found


def items_left(lines: Iterable[UUID]) -> list[tuple[BillItem, Decimal]]:
    """Each part of these lines with what is left of it, in order of time."""
    items = list(BillItem.objects.filter(line__in=lines).select_related("line"))
    given = BillItem.objects.filter(credits__in=items, line__bill__state=Bill.State.ISSUED).order_by()
    off = dict(given.values_list("credits").annotate(Sum("amount")))
    return [(each, each.amount + off.get(each.pk, NOUGHT)) for each in items]


@transaction.atomic
def write(
    bill: Bill,
    *,
    lines: Collection[UUID] = (),
    items: Collection[UUID] = (),
    amount: Decimal = NOUGHT,
    because: str,
    by,
    at: datetime,
) -> Bill:
    """The note for these lines, these parts of others, and a sum before VAT beside them; issued at once."""
    bill = Bill.objects.select_for_update(of=("self",), no_key=True).select_related("client").get(pk=bill.pk)
    if bill.is_draft or bill.kind != Bill.Kind.BILL:
        raise NotNow(_("Only a bill that is issued can be credited."))
    now = standing(bill)
    touched = BillItem.objects.filter(pk__in=items, line__bill=bill).values_list("line", flat=True)
    chosen = [
        (item, left)
        for item, left in items_left({*lines, *touched})
        if left and (item.line_id in lines or (item.pk in items and left > 0))
    ]
    off = {each.key: each.left for each in now.parts if each.key in lines and each.left > 0}
    for item, left in chosen:
        if item.line_id not in lines:
            off[item.line_id] = off.get(item.line_id, NOUGHT) + left
    found = now.give_back(off, amount)
    if amount and found.before:
        left = now.net + now.give_back(off).net
        words = _("Before VAT %(left)s is left of this bill: more cannot be given back.")
        raise NotNow(words % {"left": f"{left:,.{digits_of(bill.currency)}f} {bill.currency}"})
    if found.net >= 0:
        raise NotNow(
            _(
                "Nothing is charged for this any more: limit, discount or an earlier note have taken it off. "
                "Explain it instead."
            )
        )
    note = _note(bill, found, at)
    rows = _lines(note, bill, now, found, amount, because)
    BillLine.objects.bulk_create(rows.values())
    BillItem.objects.bulk_create(
        _item(item, rows[item.line_id], left) for item, left in chosen if item.line_id in rows
    )
    return billing.issue(note, by=by, at=at)


def _note(bill: Bill, found: GivenBack, at: datetime) -> Bill:
    return Bill.objects.create(
        client_id=bill.client_id,
        kind=Bill.Kind.CREDIT,
        credits=bill,
        first_on=bill.first_on,
        last_on=bill.last_on,
        currency=bill.currency,
        net=found.net,
        vat=found.vat,
        total=found.total,
        vat_percent=bill.vat_percent,
        tax=bill.tax,
        parties=bill.parties,
        made_at=at,
    )


def _lines(note, bill, now: Standing, found: GivenBack, amount: Decimal, because: str) -> dict:
    """By the line that each is about: first what is given back, then what falls away with it."""
    of_bill = {each.pk: each for each in BillLine.objects.filter(pk__in=found.changes)}
    facts = {"bill": note, "client_id": bill.client_id, "kind": Of.CREDIT}
    rows: dict = {}
    for key, change in sorted(found.changes.items(), key=lambda each: (each[1] > 0, of_bill[each[0]].rank)):
        line = of_bill[key]
        words = _("%(what)s, of bill %(number)s") % {"what": line.words, "number": bill.number}
        rule = because if change < 0 else _("Had been taken off what is credited here.")
        rows[key] = BillLine(
            **facts,
            rank=len(rows),
            credits=line,
            measure=line.measure,
            words=words[:240],
            rule=rule,
            amount=change,
        )
    if amount:
        words = _("Given back of bill %(number)s") % {"number": bill.number}
        rows["amount"] = BillLine(**facts, rank=len(rows), words=words, rule=because, amount=-amount)
    if found.before:
        words = _("Given back or taken off before")
        rows["before"] = BillLine(**facts, rank=len(rows), words=words, amount=found.before)
    return rows


def _item(item: BillItem, row: BillLine, left: Decimal) -> BillItem:
    return BillItem(
        line=row,
        client_id=item.client_id,
        subject_kind=item.subject_kind,
        subject_id=item.subject_id,
        at=item.at,
        micros=item.micros,
        units=item.units,
        free=item.free,
        amount=-left,
        credits=item,
    )
