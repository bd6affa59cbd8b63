"""What happened for a client in a month, gathered for the rules that bill it.

Whatever was recorded until the month's end and stands on no other bill is part of it, so that a call opened
again after its bill is on the next one, and nothing falls between two months. Months are billed in order.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from calls.models import Call
from clients.local_time import day_begins
from clients.models import Channel, Client, WorkRecord
from messages_app.models import Delivery, Message

from . import costs, metering
from .briefs import caps, charging
from .counted import as_counted
from .metering import Interval
from .models import Bill, BillItem, ClientPlan, Waiver
from .plans import Item, Measure, Plan
from .reckoning import Extra, Stretch, outcome_of

DAY = timedelta(days=1)
OF_CALLS, MESSAGES = ("calls.call", "calls.meetingcall"), "messages_app.message"


@dataclass(frozen=True)
class Month:
    """A client's calendar month, in her zone. `intervals` are those of each item, by its key."""

    client: Client
    first: date
    last: date
    plans: list[ClientPlan]
    stretches: list[Stretch]
    intervals: dict[tuple[str, str], list[Interval]]
    extras: tuple[Extra, ...] = ()

    def plan_of(self, rules: Plan) -> ClientPlan:
        return next(plan for plan in self.plans if plan.rules == rules)


def month_of(day: date) -> tuple[date, date]:
    """First and last day of its month."""
    first = day.replace(day=1)
    return first, (first + 31 * DAY).replace(day=1) - DAY


def gather(client: Client, day: date) -> Month:
    """The month of this day."""
    first, last = month_of(day)
    held = ClientPlan.objects.filter(client=client).order_by("from_on")
    begins_on = next((plan.from_on for plan in held), None)
    plans = [
        plan for plan in held if plan.from_on <= last and (plan.until_on is None or plan.until_on >= first)
    ]
    if not plans:
        return Month(client, first, last, [], [], {})
    # What comes late belongs to this month only where the one before has its bill.
    since = begins_on_bill = begins_on if has_bill(client, first - DAY) else max(begins_on, first)
    intervals = _intervals(client, since, first, last)
    items = _items(client, intervals, first) + _messages(client, plans, first, last)
    stretches = []
    for place, plan in enumerate(plans):
        since, until = max(plan.from_on, first), min(plan.until_on or last, last)
        # What came late, from before the month, is with the first of its plans.
        begins = date.min if place == 0 else since
        mine = [item for item in items if begins <= item.at.astimezone(client.tz).date() <= until]
        stretches.append(
            Stretch(
                plan=plan.rules,
                first=since,
                last=until,
                of_days=last.day,
                items=tuple(mine),
                texts=_texts(client, since, until) if plan.text_price else 0,
                begins=begins_on == since,
                anniversary=since <= _anniversary(begins_on, first.year) <= until,
            )
        )
    placed = {item.key for stretch in stretches for item in stretch.items}
    kept = {key: rows for key, rows in intervals.items() if key in placed}
    currency = plans[-1].currency
    paid = costs.of_post(client, begins_on_bill, first, last, currency=currency)
    proposed, of_milestones = charging.of_client(client, first, last, currency=currency)
    return Month(client, first, last, plans, stretches, kept | of_milestones, (*paid, *proposed))


def has_bill(client: Client, day: date) -> bool:
    """Whether the month of this day is on a bill, be it a draft."""
    return Bill.objects.filter(client=client, kind=Bill.Kind.BILL, first_on=day.replace(day=1)).exists()


def is_before_first(client: Client, day: date) -> bool:
    """Whether nothing was agreed yet on this day."""
    return not ClientPlan.objects.filter(client=client, from_on__lte=day).exists()


def _anniversary(begins_on: date, year: int) -> date:
    """The day on which a year begins anew. Who began on 29 February has it on the 28th in other years."""
    try:
        return begins_on.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


def _intervals(client: Client, since: date, first: date, last: date) -> dict:
    on_this_draft = Q(
        billed__item__line__bill__first_on=first, billed__item__line__bill__state=Bill.State.DRAFT
    )
    rows = WorkRecord.objects.filter(
        Q(billed=None) | on_this_draft,
        client=client,
        started_at__gte=day_begins(since, client.tz),
        started_at__lt=day_begins(last + DAY, client.tz),
    ).exclude(subject_kind=caps.MILESTONE)  # by the price of its proposal, and not by the plan
    found = defaultdict(list)
    for each in as_counted(rows.order_by("started_at", "pk")):
        kind, pk = each.subject
        found[kind, str(pk)].append(each)
    return dict(found)


def _items(client: Client, intervals: dict[tuple[str, str], list[Interval]], first: date) -> list[Item]:
    ids = [UUID(pk) for _kind, pk in intervals]
    calls = {str(call.pk): call for call in Call.objects.filter(client=client, pk__in=ids)}
    waived = _keys(Waiver.objects.filter(client=client, subject_id__in=ids))
    elsewhere = BillItem.objects.exclude(line__bill__first_on=first, line__bill__state=Bill.State.DRAFT)
    billed = _keys(elsewhere.filter(client=client, subject_id__in=ids))
    found = []
    for key, rows in intervals.items():
        kind, pk = key
        call = calls.get(pk)
        answered = call is not None and call.answered_at is not None
        outcome = (
            outcome_of(call.outcome, call.no_message_reason, answered=answered, mistake=key in waived)
            if call
            else outcome_of("", "", answered=False, mistake=key in waived)
        )
        found.append(
            Item(
                key=key,
                measure=Measure.CALL if kind in OF_CALLS else Measure.TASK,
                at=min(each.started_at for each in rows),
                micros=metering.by_kind(rows),
                outcome=outcome,
                answered=answered,
                again=key in billed,
            )
        )
    return found


def _keys(rows) -> set[tuple[str, str]]:
    return {(kind, str(pk)) for kind, pk in rows.values_list("subject_kind", "subject_id")}


def _messages(client: Client, plans: list[ClientPlan], first: date, last: date) -> list[Item]:
    """Messages that stand, where a plan bills them."""
    if not any(plan.measure == Measure.MESSAGE for plan in plans):
        return []
    rows = Message.objects.filter(
        client=client,
        corrected_by=None,
        taken_at__gte=day_begins(first, client.tz),
        taken_at__lt=day_begins(last + DAY, client.tz),
    ).exclude(state=Message.State.WITHDRAWN)
    waived = _keys(Waiver.objects.filter(client=client, subject_kind=MESSAGES))
    return [
        Item(
            key=(MESSAGES, str(pk)),
            measure=Measure.MESSAGE,
            at=at,
            outcome=outcome_of("", "", answered=False, mistake=(MESSAGES, str(pk)) in waived),
        )
        for pk, at in rows.values_list("pk", "taken_at")
    ]


def _texts(client: Client, first: date, last: date) -> int:
    """Text messages that left for the client's people."""
    return Delivery.objects.filter(
        client=client,
        channel=Channel.TEXT,
        state__in=[Delivery.State.ACCEPTED, Delivery.State.DELIVERED],
        created_at__gte=day_begins(first, client.tz),
        created_at__lt=day_begins(last + DAY, client.tz),
    ).count()


def cap_of(client: Client) -> Decimal | None:
    account = getattr(client, "billing", None)
    return account.spend_cap if account else None
