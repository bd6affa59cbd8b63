"""A client's own limit a month, lowered by herself. To raise it is for the two to agree on."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from clients import work
from clients.models import Client, WorkItem
from secretariat import ledger
from secretariat.office.models import User

from . import billing, gathering, own_lines, rules, usage
from .billing import NotNow
from .models import Bill, BillingAccount, digits_of
from .reckoning import NOUGHT

LIMITED = "books.limited"
MONTHS = 12  # so many are looked at that are not billed yet


@transaction.atomic
def lower(client: Client, limit: Decimal, *, by: User, at: datetime) -> BillingAccount:
    """From now on no more than this a month. What is used already is owed all the same."""
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    account = billing.account_of(client)
    if account.spend_cap is not None and limit >= account.spend_cap:
        words = _("Your limit is %(cap)s. Here it can be lowered; to raise it, write to us.")
        digits = digits_of(own_lines.currency_of(client))
        raise NotNow(words % {"cap": f"{account.spend_cap:,.{digits}f}"})
    today = at.astimezone(client.tz).date()
    used = usage.so_far(client, today)
    if used is None:
        raise NotNow(_("Nothing is agreed that a limit could be for."))
    most = max(used.spent, _not_billed_yet(client, used.first))
    if limit < most:
        words = _("%(sum)s is used already and not billed yet: the limit cannot be lower than that.")
        raise NotNow(words % {"sum": rules.money(most, used.currency, digits_of(used.currency))})
    account.spend_cap = limit
    account.save()
    ledger.record(
        "books.limit_lowered",
        actor_id=by.pk,
        client_id=client.pk,
        subject=("books.billingaccount", client.pk),
        detail={"limit": str(limit)},
    )
    because = _("%(name)s has set a limit of %(sum)s a month: talk about what happens beyond it.")
    work.open_item(
        LIMITED,
        subject=("clients.client", client.pk),
        because=because % {"name": client.name, "sum": rules.money(limit, used.currency)},
        urgency=WorkItem.Urgency.TODAY,
    )
    return account


def _not_billed_yet(client: Client, first: date) -> Decimal:
    """The most that was used in any month before this one whose bill is still to come."""
    most, month = NOUGHT, first
    for _each in range(MONTHS):
        month = (month - gathering.DAY).replace(day=1)
        if Bill.objects.issued().filter(client=client, kind=Bill.Kind.BILL, first_on=month).exists():
            break
        if (used := usage.so_far(client, month)) is None:
            break
        most = max(most, used.spent)
    return most
