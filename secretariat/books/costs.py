"""What a client owes beside usage: what was laid out for her, commission, and lines of the firm's own.

Whatever was posted or reported until the month's end and stands on no other bill is part of it, as with time.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext as _

from clients.local_time import day_begins
from clients.models import Client
from messages_app.models import Posting
from secretariat.rounding import digits_of, half_up, shares

from . import behind, metering, rules
from .models import Bill, BillItem, ClientPlan, OneOff, Outcome
from .plans import Charge, Item, Measure
from .reckoning import Extra

POSTINGS, OUTCOME, OUR_OWN = "messages_app.posting", "books.outcome", "books.oneoff"
NOT_KNOWN_YET = (Posting.State.HANDING, Posting.State.UNSURE)
NOON = timedelta(hours=12)


def of_post(wanted: Iterable[tuple[Client, date, str]], first: date, last: date) -> dict[UUID, list[Extra]]:
    """For each client, from her day on: one line for what the post cost, with a part for each envelope.

    Nothing where nothing was paid. What was paid in another currency than the client's is not on this bill,
    nor what no carrier is known to have yet: it is on the next one once that is known.
    """
    after = last + timedelta(days=1)
    told = {
        client.pk: (day_begins(since, client.tz), day_begins(after, client.tz), currency)
        for client, since, currency in wanted
    }
    if not told:
        return {}
    elsewhere = _on_other_bills(POSTINGS, told, first)
    rows = Posting.objects.filter(
        client__in=told,
        posted_at__gte=min(since for since, _until, _currency in told.values()),
        posted_at__lt=max(until for _since, until, _currency in told.values()),
    ).exclude(Q(pk__in=elsewhere.values("subject_id")) | Q(state__in=NOT_KNOWN_YET))
    found: dict[UUID, list[Posting]] = {client: [] for client in told}
    for each in rows.order_by("posted_at", "pk"):
        since, until, currency = told[each.client_id]
        if since <= each.posted_at < until and each.currency == currency:
            found[each.client_id].append(each)
    return {client: lines(postings) for client, postings in found.items()}


def lines(postings: Iterable[Posting]) -> list[Extra]:
    charges = tuple(
        Charge(
            item=Item(key=(POSTINGS, str(each.pk)), measure=Measure.TASK, at=each.posted_at),
            units=1,
            free=0,
            amount=each.cost,
        )
        for each in postings
        if each.cost
    )
    if not charges:
        return []
    total = sum((each.amount for each in charges), Decimal(0))
    return [Extra(_("Postage, paper and print"), total, charges)]


def of_commission(
    wanted: Iterable[tuple[Client, date, list[ClientPlan]]], first: date, last: date
) -> dict[UUID, list[Extra]]:
    """For each client, from her day on: a line for each kind of outcome that her plan of its day pays for.

    Each item has the seconds of the work it came out of, as they are when it is drafted. What is owed in
    another currency than that of her last plan is not on this bill.
    """
    told = {client.pk: (client, since, plans) for client, since, plans in wanted}
    if not told:
        return {}
    earliest = min(since for _client, since, _plans in told.values())
    rows = Outcome.objects.counting().filter(client__in=told, on__gte=earliest, on__lte=last)
    rows = rows.exclude(pk__in=_on_other_bills(OUTCOME, told, first).values("subject_id"))
    owed: dict[UUID, dict[str, list]] = {client: defaultdict(list) for client in told}
    rows = list(rows.order_by("on", "pk"))
    worked = behind.intervals(rows)
    for each in rows:
        client, since, plans = told[each.client_id]
        plan = _of_day(plans, each.on)
        if plan.currency != plans[-1].currency:
            continue
        if each.on >= since and (exact := plan.rules.commission(each.kind, each.worth)):
            at = day_begins(each.on, client.tz) + NOON
            micros = metering.by_kind(worked.get(each.pk, ()))
            item = Item(key=(OUTCOME, str(each.pk)), measure=Measure.TASK, at=at, micros=micros)
            owed[each.client_id][each.kind].append((item, exact, plan))
    return {client: [commission(kind, its) for kind, its in kinds.items()] for client, kinds in owed.items()}


def in_other_money(draft: Bill) -> list[tuple[Decimal, str]]:
    """Commission that began to count in this month, and is on no bill: it is owed by an earlier plan, in each
    of these currencies so much."""
    plans = list(
        ClientPlan.objects.filter(client=draft.client_id, from_on__lt=draft.first_on).order_by("from_on")
    )
    if all(plan.currency == draft.currency for plan in plans):
        return []
    billed = BillItem.objects.filter(client=draft.client_id, subject_kind=OUTCOME)
    rows = Outcome.objects.counting().filter(
        client=draft.client_id,
        on__gte=plans[0].from_on,
        on__lt=draft.first_on,
        decided_at__gte=day_begins(draft.first_on, draft.client.tz),
        decided_at__lt=day_begins(draft.last_on + timedelta(days=1), draft.client.tz),
    )
    owed: dict[str, Fraction] = defaultdict(Fraction)
    for each in rows.exclude(pk__in=billed.values("subject_id")):
        plan = _of_day(plans, each.on)
        owed[plan.currency] += plan.rules.commission(each.kind, each.worth)
    return [
        (half_up(exact, digits_of(currency)), currency)
        for currency, exact in sorted(owed.items())
        if exact and currency != draft.currency
    ]


def put_right_since(drafts: Iterable[Bill]) -> set[UUID]:
    """On which of these drafts an envelope costs otherwise now than when they were made."""
    items = BillItem.objects.filter(line__bill__in=list(drafts), subject_kind=POSTINGS)
    cost = Posting.objects.filter(pk=OuterRef("subject_id")).values(cost=F("postage") + F("paper"))
    otherwise = items.annotate(cost=Subquery(cost)).exclude(amount=F("cost"))
    return set(otherwise.values_list("line__bill", flat=True))


def count_no_more(drafts: Iterable[Bill]) -> set[UUID]:
    """On which of these drafts stands what earns no commission any more."""
    items = BillItem.objects.filter(line__bill__in=list(drafts), subject_kind=OUTCOME)
    over = Outcome.objects.filter(pk=OuterRef("subject_id")).exclude(state=Outcome.State.COUNTS)
    return set(items.filter(Exists(over)).values_list("line__bill", flat=True))


def commission(kind: str, its: list[tuple[Item, Fraction, ClientPlan]]) -> Extra:
    """The line of one kind: each item with what is exactly owed for it, and the plan that says so."""
    amounts = shares((exact for _item, exact, _plan in its), its[0][2].rules.digits)
    charges = tuple(Charge(item, 1, 0, amount) for (item, *_), amount in zip(its, amounts, strict=True))
    what = {
        Outcome.Kind.MEETING: _("Commission for meetings booked"),
        Outcome.Kind.LEAD: _("Commission for leads"),
        Outcome.Kind.ORDER: _("Commission on orders"),
    }[kind]
    plans = dict.fromkeys(plan for _item, _exact, plan in its)
    rule = rules.earned(kind, [(plan.rules, plan.from_on) for plan in plans])
    return Extra(what, sum(amounts, Decimal(0)), charges, rule)


def _of_day(plans: list[ClientPlan], on: date) -> ClientPlan:
    """The one that holds on this day, or was the last to, or the first to come."""
    return next((plan for plan in reversed(plans) if plan.from_on <= on), plans[0])


def of_our_own(currencies: dict[UUID, str], first: date) -> dict[UUID, list[Extra]]:
    """For each client, in the currency of her bill: what the firm has added or takes off once, and is on no
    other bill. Goodwill that was more than a bill came to goes on where that one ended.
    """
    found: dict[UUID, list[Extra]] = {client: [] for client in currencies}
    billed = _on_other_bills(OUR_OWN, currencies, first).filter(credits=None).order_by()
    used = dict(billed.values_list("subject_id").annotate(Sum("amount")))
    for each in OneOff.objects.filter(client__in=currencies).order_by("made_at", "pk"):
        left = each.amount - used.get(each.pk, Decimal(0))
        if not left or each.currency != currencies[each.client_id]:
            continue
        item = Item(key=(OUR_OWN, str(each.pk)), measure=Measure.TASK, at=each.made_at)
        rule = _("As agreed.") if left > 0 else _("We take it off.")
        extra = Extra(each.words, left, (Charge(item, 1, 0, left),), rule, at_most=left < 0)
        found[each.client_id].append(extra)
    return found


def _on_other_bills(kind: str, clients: Collection, first: date):
    """Items of this kind, but for those of the month's own draft."""
    return BillItem.objects.filter(client__in=clients, subject_kind=kind).exclude(
        line__bill__first_on=first, line__bill__state=Bill.State.DRAFT
    )
