"""What was laid out for a client and is passed on: postage, paper and print, each with its posting.

Whatever was posted until the month's end and stands on no other bill is part of it, as with time.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from clients.local_time import day_begins
from clients.models import Client
from messages_app.models import Posting

from .models import Bill, BillItem
from .plans import Charge, Item, Measure
from .reckoning import Extra

POSTINGS = "messages_app.posting"


def of_post(client: Client, since: date, first: date, last: date, *, currency: str) -> list[Extra]:
    """One line for what the post cost, with a part for each envelope; none where nothing was paid.

    What was paid in another currency is not on this bill.
    """
    elsewhere = BillItem.objects.filter(client=client, subject_kind=POSTINGS).exclude(
        line__bill__first_on=first, line__bill__state=Bill.State.DRAFT
    )
    rows = Posting.objects.filter(
        client=client,
        currency=currency,
        posted_at__gte=day_begins(since, client.tz),
        posted_at__lt=day_begins(last + timedelta(days=1), client.tz),
    ).exclude(pk__in=elsewhere.values("subject_id"))
    return lines(rows.order_by("posted_at", "pk"))


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
