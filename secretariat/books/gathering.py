"""What happened for a client in a month, gathered for the rules that bill it.

Whatever was recorded until the month's end and stands on no other bill is part of it, so that a call opened
again after its bill is on the next one, and nothing falls between two months. Months are billed in order.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from calls.models import Call
from clients.local_time import day_begins
from clients.models import Client, WorkRecord
from secretariat.by_the_thousand import one_of, read_out

from . import costs, metering, taken, texts
from .briefs import caps, charging
from .metering import Interval
from .models import Bill, BilledRecord, BillItem, BillLine, ClientPlan, Correction, Waiver
from .plans import Item, Measure
from .reckoning import Extra, Stretch, outcome_of

DAY = timedelta(days=1)
OF_CALLS = ("calls.call", "calls.meetingcall")


@dataclass(frozen=True)
class Month:
    """A client's calendar month, in her zone. `intervals` are those of each item, by its key.

    Where no plan holds in it there are no stretches; what was laid out, agreed or written down late may still
    be owed. `late`: what is of an earlier month and of a plan that has `ended` since, a stretch for each.
    """

    client: Client
    first: date
    last: date
    plans: list[ClientPlan]
    stretches: list[Stretch]
    intervals: dict[tuple[str, str], list[Interval]]
    extras: tuple[Extra, ...] = ()
    currency: str = ""
    late: tuple[Stretch, ...] = ()
    ended: tuple[ClientPlan, ...] = ()

    @property
    def agreed(self) -> list[tuple[ClientPlan, Stretch]]:
        """Every plan by which something in it is billed, with what that is."""
        plans, stretches = [*self.plans, *self.ended], [*self.stretches, *self.late]
        return list(zip(plans, stretches, strict=True))


@dataclass(frozen=True)
class _Wanted:
    """A client with the plans of her month, and the day from which on what is on no bill belongs to it.

    `held`: all her plans until the month's end, of which some may have ended before it. `begins_on`: since
    when they have followed each other without a day between.
    """

    client: Client
    plans: list[ClientPlan]
    held: list[ClientPlan]
    begins_on: date
    since: date

    @property
    def currency(self) -> str:
        return self.held[-1].currency

    def of_day(self, on: date) -> ClientPlan | None:
        """What was agreed for this day."""
        return next((each for each in self.held if each.from_on <= on <= (each.until_on or on)), None)


def with_other_messages(drafts: Iterable[Bill]) -> set[UUID]:
    """On which of these a message has gone to another client, or one of the month is not."""
    known = {each.pk: each for each in drafts}
    by_message = BillLine.objects.filter(bill__in=known, measure=Measure.MESSAGE)
    keys = by_message.order_by().values_list("bill", flat=True).distinct()
    return {key for key in keys if _has_other_messages(known[key])}


def _has_other_messages(draft: Bill) -> bool:
    stretches = gather(draft.client, draft.first_on).stretches
    now = {each.key[1] for one in stretches for each in one.items if each.measure == Measure.MESSAGE}
    on_it = BillItem.objects.filter(line__bill=draft, subject_kind=taken.MESSAGES)
    return now != {str(pk) for pk in on_it.values_list("subject_id", flat=True)}


def month_of(day: date) -> tuple[date, date]:
    """First and last day of its month."""
    first = day.replace(day=1)
    return first, (first + 31 * DAY).replace(day=1) - DAY


def gather(client: Client, day: date) -> Month:
    """The month of this day."""
    return gather_all([client], day)[client.pk]


def gather_all(clients: Collection[Client], day: date) -> dict[UUID, Month]:
    """The month of this day of each, by the client's id: as many queries however many there are.

    But for those who pay by the message.
    """
    first, last = month_of(day)
    known = [each for each in _wanted(clients, first, last) if each.held]
    # What was laid out, agreed or written down late is owed after the end of a plan, too, in its currency.
    intervals = _intervals(known, first, last)
    items = _items(known, intervals, first)
    money = {each.client.pk: each.currency for each in known}
    paid = costs.of_post([(each.client, each.since, money[each.client.pk]) for each in known], first, last)
    proposed = charging.of_clients(money, first, last)
    earned = costs.of_commission([(each.client, each.since, each.held) for each in known], first, last)
    once = costs.of_our_own(money, first)
    passed_on = texts.of_clients([(each.client, each.since, each.held) for each in known], first, last)
    found = {each.pk: Month(each, first, last, [], [], {}) for each in clients}
    for each in known:
        key = each.client.pk
        extras, of_milestones = proposed[key]
        extras = [*paid[key], *earned[key], *extras, *once[key]]
        sent = [text for text in passed_on.get(key, []) if text[0].currency == money[key]]
        month = _month(each, first, last, intervals.get(key, {}), items.get(key, []), sent, extras)
        month.intervals.update(of_milestones)
        found[key] = month
    return found


def _wanted(clients: Collection[Client], first: date, last: date) -> list[_Wanted]:
    held = defaultdict(list)
    for plan in ClientPlan.objects.filter(client__in=clients).order_by("from_on"):
        held[plan.client_id].append(plan)
    to_come = not_in_turn(clients, first)
    found = []
    for client in clients:
        plans = [each for each in held[client.pk] if each.from_on <= last]
        current = [each for each in plans if each.until_on is None or each.until_on >= first]
        begun = plans[0].from_on if plans else first
        # What comes late belongs to this month only where the one before has its bill.
        since = max(begun, first) if client.pk in to_come else begun
        found.append(_Wanted(client, current, plans, _without_a_gap(plans) or first, since))
    return found


def _without_a_gap(plans: list[ClientPlan]) -> date | None:
    """The day on which the first of those began that have followed each other to the last."""
    begins_on = None
    for place, plan in enumerate(plans):
        ended = plans[place - 1].until_on if place else None
        if begins_on is None or (ended and ended + DAY < plan.from_on):
            begins_on = plan.from_on
    return begins_on


def _month(wanted: _Wanted, first, last, intervals, items, sent, extras) -> Month:
    client, plans = wanted.client, wanted.plans
    items = [*items, *_messages(client, plans, first, last)]
    dated = [(item.at.astimezone(client.tz).date(), item) for item in items]
    agreed = [(plan, on, item) for on, item in dated if (plan := wanted.of_day(on))]
    late = [each for each in agreed if each[0] not in plans and each[0].currency == wanted.currency]
    in_turn = [(on, item) for plan, on, item in agreed if plan in plans or plan.currency != wanted.currency]
    stretches = []
    for place, plan in enumerate(plans):
        since, until = max(plan.from_on, first), min(plan.until_on or last, last)
        # What came late, of a plan that goes on, or in money of which this bill is not.
        begins = date.min if place == 0 else since
        stretches.append(
            Stretch(
                plan=plan.rules,
                first=since,
                last=until,
                of_days=last.day,
                items=tuple(item for on, item in in_turn if begins <= on <= until),
                texts=tuple(item for of, _on, item in sent if of == plan),
                begins=plan.from_on == since,
                anniversary=since <= _anniversary(wanted.begins_on, first.year) <= until,
            )
        )
    ended = _ended(late, [each for each in sent if each[0] not in plans])
    placed = {item.key for stretch in [*stretches, *ended.values()] for item in stretch.items}
    kept = {key: rows for key, rows in intervals.items() if key in placed}
    facts = {"late": tuple(ended.values()), "ended": tuple(ended)}
    return Month(client, first, last, plans, stretches, kept, tuple(extras), wanted.currency, **facts)


def _ended(
    worked: list[tuple[ClientPlan, date, Item]], sent: list[tuple[ClientPlan, date, Item]]
) -> dict[ClientPlan, Stretch]:
    """What is of an earlier month and of a plan that has ended since: it is billed as that plan says."""
    plans = sorted({plan for plan, _on, _item in (*worked, *sent)}, key=lambda plan: plan.from_on)
    found = {}
    for plan in plans:
        days = [on for of, on, _item in (*worked, *sent) if of == plan]
        items = tuple(item for of, _on, item in worked if of == plan)
        texts = tuple(item for of, _on, item in sent if of == plan)
        found[plan] = Stretch(plan.rules, min(days), max(days), 1, items, texts)
    return found


def not_in_turn(clients: Collection[Client], first: date) -> dict[UUID, date]:
    """Whose bill of an earlier month comes first, and of which: the last one before in which a plan held."""
    plans = ClientPlan.objects.filter(client__in=clients, from_on__lt=first)
    months: dict[UUID, date] = {}
    for client, until in plans.values_list("client", "until_on"):
        month = min(until or first, first - DAY).replace(day=1)
        months[client] = max(month, months.get(client, month))
    bills = Bill.objects.filter(client__in=months, kind=Bill.Kind.BILL, first_on__in=set(months.values()))
    billed = set(bills.values_list("client", "first_on"))
    return {client: month for client, month in months.items() if (client, month) not in billed}


def with_plan(clients: Collection[Client], first: date) -> set[UUID]:
    """Those with whom something is agreed for a day of this month."""
    first, last = month_of(first)
    plans = ClientPlan.objects.filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)
    return set(plans.filter(client__in=clients).values_list("client", flat=True))


def without_end(clients: Collection[Client]) -> set[UUID]:
    """Those whose plan goes on until somebody says otherwise."""
    plans = ClientPlan.objects.filter(client__in=clients, until_on=None)
    return set(plans.values_list("client", flat=True))


def currencies(clients: Collection[Client], day: date) -> dict[UUID, set[str]]:
    """In which each is billed for the month of this day."""
    first, last = month_of(day)
    plans = ClientPlan.objects.filter(Q(until_on=None) | Q(until_on__gte=first), from_on__lte=last)
    found = {each.pk: set() for each in clients}
    for client, currency in plans.filter(client__in=clients).values_list("client", "currency"):
        found[client].add(currency)
    return found


def _anniversary(begins_on: date, year: int) -> date:
    """The day on which a year begins anew. Who began on 29 February has it on the 28th in other years."""
    try:
        return begins_on.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _intervals(wanted: list[_Wanted], first: date, last: date) -> dict:
    """{client: {item's key: its intervals}}, as recorded, or as the correction that holds says."""
    between = {
        each.client.pk: (day_begins(each.since, each.client.tz), day_begins(last + DAY, each.client.tz))
        for each in wanted
    }
    found: dict[UUID, dict] = {key: defaultdict(list) for key in between}
    if not between:
        return found
    since, until = min(since for since, _ in between.values()), max(until for _, until in between.values())
    # Not `billed=None`: of that outer join PostgreSQL expects a handful of rows, and reads every client's.
    elsewhere = BilledRecord.objects.filter(record=OuterRef("pk"))
    drafts = Bill.objects.filter(client__in=between, first_on=first, state=Bill.State.DRAFT)
    if drafts := list(drafts.values_list("pk", flat=True)):
        elsewhere = elsewhere.exclude(item__line__bill__in=drafts)  # nor on any other than this month's own
    rows = WorkRecord.objects.filter(
        ~Exists(elsewhere), client__in=between, started_at__gte=since, started_at__lt=until
    ).exclude(subject_kind=caps.MILESTONE)  # by the price of its proposal, and not by the plan
    corrected = {
        record: facts
        for record, *facts in Correction.objects.filter(
            client__in=between, record__started_at__gte=since, replaced_at=None
        ).values_list("record", "started_at", "ended_at")
    }
    told = rows.order_by("started_at", "pk").values_list(
        "pk", "client", "kind", "subject_kind", "subject_id", "started_at", "ended_at"
    )
    for pk, client, kind, subject_kind, subject_id, started_at, ended_at in read_out(told):
        begins, ends = between[client]
        if begins <= started_at < ends:
            counts = corrected.get(pk) or (started_at, ended_at)
            found[client][subject_kind, str(subject_id)].append(Interval(pk, kind, *counts))
    return found


def _items(wanted: list[_Wanted], intervals: dict, first: date) -> dict[UUID, list[Item]]:
    """{client: what its intervals are parts of}."""
    clients = [each.client for each in wanted]
    ids = one_of(UUID(pk) for of_client in intervals.values() for _kind, pk in of_client)
    calls = {
        (client, str(pk)): facts
        for client, pk, *facts in Call.objects.filter(client__in=clients, pk__in=ids).values_list(
            "client", "pk", "outcome", "no_message_reason", "answered_at"
        )
    }
    waived = _keys(Waiver.objects.filter(client__in=clients, subject_id__in=ids))
    elsewhere = BillItem.objects.exclude(line__bill__first_on=first, line__bill__state=Bill.State.DRAFT)
    billed = _keys(elsewhere.filter(client__in=clients, subject_id__in=ids))
    return {
        client: [
            _item(key, rows, calls.get((client, key[1])), (client, *key) in waived, (client, *key) in billed)
            for key, rows in of_client.items()
        ]
        for client, of_client in intervals.items()
    }


def _item(key: tuple[str, str], rows: list[Interval], call, waived: bool, billed: bool) -> Item:
    outcome, reason, answered_at = call or ("", "", None)
    return Item(
        key=key,
        measure=_measure(key, rows),
        at=min(each.started_at for each in rows),
        micros=metering.by_kind(rows),
        outcome=outcome_of(outcome, reason, answered=answered_at is not None, mistake=waived),
        answered=answered_at is not None,
        again=billed,
    )


def _measure(key: tuple[str, str], rows: list[Interval]) -> Measure:
    """A call, or a task; what was read or put in order beside is time alone, and no task."""
    if key[0] in OF_CALLS:
        return Measure.CALL
    return Measure.TIME if all(each.kind in WorkRecord.NO_PIECE for each in rows) else Measure.TASK


def _keys(rows) -> set[tuple]:
    """Client, kind and id of the subject of each."""
    told = rows.values_list("client", "subject_kind", "subject_id")
    return {(client, kind, str(pk)) for client, kind, pk in told}


def _messages(client: Client, plans: list[ClientPlan], first: date, last: date) -> list[Item]:
    """Messages that stand, where a plan bills them."""
    if not any(plan.measure == Measure.MESSAGE for plan in plans):
        return []
    slips = taken.between(client, first, last)
    waived = taken.waived(client, slips)
    return [
        Item(
            key=(taken.MESSAGES, str(slip.first)),
            measure=Measure.MESSAGE,
            at=slip.at,
            outcome=outcome_of("", "", answered=False, mistake=slip.first in waived),
        )
        for slip in slips
    ]
