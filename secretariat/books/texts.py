"""Texts that were passed on to a client's people: each on one bill, once, by the plan of its own day.

What leaves us after its month was issued, as it waited or the carrier did not answer, is on the next bill.
"""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Coalesce

from clients.local_time import day_begins
from clients.models import Channel, Client
from messages_app.delivering import SENT
from messages_app.models import Delivery

from .models import Bill, BillItem, BillLine, ClientPlan
from .plans import Item, Measure
from .reckoning import Of

TEXTS = "messages_app.delivery"
DAY = timedelta(days=1)
WAITS_NOT = Coalesce("not_before", "created_at")  # written down, or at the end of quiet hours


def of_clients(
    wanted: Iterable[tuple[Client, date, list[ClientPlan]]], first: date, last: date
) -> dict[UUID, list[tuple[ClientPlan, date, Item]]]:
    """For each client, from her day on: her texts that are on no other bill, with the plan that charges each.

    None of a day whose plan does not charge them.
    """
    told = {
        client.pk: (client, since, plans)
        for client, since, plans in wanted
        if any(plan.text_price for plan in plans)
    }
    found: dict[UUID, list[tuple[ClientPlan, date, Item]]] = {key: [] for key in told}
    if not told:
        return found
    counted = _only_counted(told)
    begins = {
        key: max(since, counted[key] + DAY) if key in counted else since
        for key, (_client, since, _plans) in told.items()
    }
    for client_id, pk, at in _rows(told, begins, first, last):
        client, _since, plans = told[client_id]
        on = at.astimezone(client.tz).date()
        plan = _of_day(plans, on)
        if begins[client_id] <= on <= last and plan and plan.text_price:
            item = Item(key=(TEXTS, str(pk)), measure=Measure.TASK, at=at)
            found[client_id].append((plan, on, item))
    return found


def came_to_nothing(drafts: Collection[Bill]) -> set[UUID]:
    """On which of these drafts stands a text of which the carrier says by now that it did not arrive."""
    items = BillItem.objects.filter(line__bill__in=list(drafts), subject_kind=TEXTS)
    failed = Delivery.objects.filter(pk=OuterRef("subject_id")).exclude(state__in=SENT)
    return set(items.filter(Exists(failed)).values_list("line__bill", flat=True))


def _rows(told: dict, begins: dict, first: date, last: date):
    elsewhere = BillItem.objects.filter(subject_kind=TEXTS, subject_id=OuterRef("pk")).exclude(
        line__bill__first_on=first, line__bill__state=Bill.State.DRAFT
    )
    zones = [client.tz for client, *_ in told.values()]
    since = min(day_begins(min(begins.values()), zone) for zone in zones)
    until = max(day_begins(last + DAY, zone) for zone in zones)
    rows = Delivery.objects.filter(
        ~Exists(elsewhere), client__in=told, channel=Channel.TEXT, state__in=SENT
    ).annotate(at=WAITS_NOT)
    rows = rows.filter(at__gte=since, at__lt=until).order_by("at", "pk")
    return rows.values_list("client", "pk", "at")


def _of_day(plans: list[ClientPlan], on: date) -> ClientPlan | None:
    return next((each for each in plans if each.from_on <= on <= (each.until_on or on)), None)


def _only_counted(clients) -> dict[UUID, date]:
    """Until when issued bills say how many texts there were, and not which: all of them are billed."""
    lines = BillLine.objects.filter(
        ~Exists(BillItem.objects.filter(line=OuterRef("pk"))),
        client__in=clients,
        kind=Of.TEXTS,
        bill__state=Bill.State.ISSUED,
    )
    return dict(lines.order_by().values_list("client").annotate(Max("bill__last_on")))
