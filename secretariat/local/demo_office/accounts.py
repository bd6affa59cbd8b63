"""What the demo's clients have agreed to pay, last month's bills, and a week of hours to approve."""

from datetime import date, timedelta
from decimal import Decimal

from clients.models import Client
from secretariat import clock
from secretariat.books import billing, gathering, hours, owing
from secretariat.books.models import BillingAccount, ClientPlan, Issuer
from secretariat.office.models import Post, Secretary

from . import past

ALL = tuple(each.value for each in ClientPlan.NotBilled)
PLANS = {
    "Okafor Legal": {
        "name": "Two hours, to the second",
        "price": Decimal("1.20"),
        "overage_price": Decimal("1.05"),
        "retainer": Decimal("110.00"),
        "included": 120,
        "roll_over": True,
        "counts": ["wrap_up"],
        "through_price": Decimal("0.08"),
    },
    "Brill Dental": {"name": "Each call", "measure": "call", "price": Decimal("1.90"), "included": 20},
    "Tidewell Plumbing": {
        "name": "In steps of six seconds",
        "price": Decimal("1.10"),
        "step_seconds": 6,
        "counts": ["wrap_up", "hold"],
    },
    "Marlowe Architects": {
        "name": "Each message",
        "measure": "message",
        "price": Decimal("2.50"),
        "monthly_fee": Decimal("25.00"),
        "discount_percent": Decimal("10.00"),
    },
}
BILLED = ("Okafor Legal", "Brill Dental")  # last month already


def keep(clients: list[Client], secretaries: dict[str, Secretary]) -> None:
    """`secretaries` says who answers for each client, by name."""
    at = clock.now()
    this = at.date().replace(day=1)
    first, last = gathering.month_of(this - timedelta(days=1))
    Issuer.objects.create(
        name="Harbour Row Secretaries",
        address="4 Harbour Row\nWhitby YO21 3PU\nUnited Kingdom",
        vat_number="GB 000 0000 00",
        vat_percent=20,
        pay_to="Harbour Row Secretaries\nSort code 00-00-00, account 00000000\nReference: the bill’s number",
    )
    helen = Post.objects.filter(post=Post.Kind.SUPERVISOR).select_related("user").first()
    for client in clients:
        billed = client.name in BILLED
        plan = {"not_billed": list(ALL), "currency": client.currency} | PLANS[client.name]
        ClientPlan.objects.create(client=client, from_on=first if billed else this, **plan)
        BillingAccount.objects.create(client=client, made_out_to=client.name, address="1 High Street\nYork")
        if billed:
            past.answer_for(client, secretaries[client.name], first, last)
    _bill(clients, first, helen and helen.user, at)
    _confirm_last_week(secretaries["Okafor Legal"], at)


def _bill(clients: list[Client], first: date, supervisor, at) -> None:
    for client in clients:
        if client.name not in BILLED:
            continue
        bill = billing.draft(client, first, at=at)
        bill = billing.issue(bill, by=supervisor, at=at)
        if client.name == "Brill Dental":
            owner = client.contacts.filter(user__isnull=False).first()
            line = bill.lines.get(kind="usage")
            owing.ask(line, words="There seem to be more calls than I remember.", by=owner.user, at=at)


def _confirm_last_week(secretary: Secretary, at) -> None:
    monday = hours.this_monday(secretary, at) - timedelta(days=7)
    seen = hours.of(secretary, monday, at=at).seen
    hours.confirm(secretary, monday, seen=seen, at=at)
