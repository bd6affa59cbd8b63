"""Lines of the firm's own on a client's next bill: an agreed fee, or goodwill. Taken back before."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from clients.models import Client
from secretariat import ledger
from secretariat.office.models import User

from . import costs, planning
from .billing import NotNow
from .models import Bill, BillItem, ClientPlan, OneOff

NOUGHT = Decimal(0)


def currency_of(client: Client) -> str:
    """In which her next bill is: that of her last plan."""
    last = (
        ClientPlan.objects.filter(client=client).order_by("from_on").values_list("currency", flat=True).last()
    )
    return last or client.currency


def waiting(client: Client) -> list[tuple[OneOff, Decimal]]:
    """Each with what of it stands on no bill that is issued."""
    rows = list(OneOff.objects.filter(client=client).select_related("made_by"))
    used = _used(rows)
    left = [(each, each.amount - used.get(each.pk, NOUGHT)) for each in rows]
    return [(each, rest) for each, rest in left if rest]


@transaction.atomic
def add(client: Client, *, words: str, amount: Decimal, by: User) -> OneOff:
    """Put it on the next bill. A draft that is there has it at once."""
    made = OneOff.objects.create(
        client=client, words=words, amount=amount, currency=currency_of(client), made_by=by
    )
    _record("added", made, by)
    planning.draft_anew(client, date.min)
    return made


@transaction.atomic
def take_back(row: OneOff, *, by: User) -> None:
    """It is on no bill to come. What of it is issued already stands there."""
    client = Client.objects.select_for_update(of=("self",), no_key=True).get(pk=row.client_id)
    rows = OneOff.objects.filter(pk=row.pk)
    used = _used(rows).get(row.pk, NOUGHT)
    if used == row.amount:
        raise NotNow(_("This stands on a bill that is issued. It can only be credited."))
    _record("taken_back", row, by)
    if used:
        rows.update(amount=used)
    else:
        rows.delete()
    planning.draft_anew(client, date.min)


def _used(rows) -> dict:
    """What of each stands on bills that are issued."""
    items = BillItem.objects.filter(
        subject_kind=costs.OUR_OWN,
        subject_id__in=[each.pk for each in rows],
        credits=None,
        line__bill__state=Bill.State.ISSUED,
    )
    return dict(items.order_by().values_list("subject_id").annotate(Sum("amount")))


def _record(verb: str, row: OneOff, by: User) -> None:
    ledger.record(
        f"books.own_line.{verb}",
        actor_id=by.pk,
        client_id=row.client_id,
        subject=("books.oneoff", row.pk),
        detail={"amount": str(row.amount)},
    )
