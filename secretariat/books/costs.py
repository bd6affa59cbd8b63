"""What was laid out for a client and is passed on: postage, paper and print, each with its posting.

Whatever was posted until the month's end and stands on no other bill is part of it, as with time.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from clients.local_time import day_begins
from clients.models import Client
from messages_app.models import Posting

from .models import Bill, BillItem
from .plans import Charge, Item, Measure
from .reckoning import Extra

POSTINGS = "messages_app.posting"


def of_post(wanted: Iterable[tuple[Client, date, str]], first: date, last: date) -> dict[UUID, list[Extra]]:
    """For each client, from her day on: one line for what the post cost, with a part for each envelope.

    Nothing where nothing was paid. What was paid in another currency than the client's is not on this bill.
    """
    after = last + timedelta(days=1)
    told = {
        client.pk: (day_begins(since, client.tz), day_begins(after, client.tz), currency)
        for client, since, currency in wanted
    }
    if not told:
        return {}
    elsewhere = BillItem.objects.filter(client__in=told, subject_kind=POSTINGS).exclude(
        line__bill__first_on=first, line__bill__state=Bill.State.DRAFT
    )
    rows = Posting.objects.filter(
        client__in=told,
        posted_at__gte=min(since for since, _until, _currency in told.values()),
        posted_at__lt=max(until for _since, until, _currency in told.values()),
    ).exclude(pk__in=elsewhere.values("subject_id"))
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
