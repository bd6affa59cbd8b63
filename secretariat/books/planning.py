"""A client's plans: each version from a day on. None is overwritten, and no bill that is issued is undone."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client
from secretariat import ledger

from .billing import NotNow
from .models import Bill, ClientPlan


def on(client: Client, day: date) -> ClientPlan | None:
    """The plan that holds on this day."""
    return ClientPlan.objects.filter(client=client, from_on__lte=day).exclude(until_on__lt=day).first()


@transaction.atomic
def change(client: Client, plan: ClientPlan, *, by) -> ClientPlan:
    """Let `plan` (not saved yet) hold from its day on, in place of what held then or was to begin later."""
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)
    issued = Bill.objects.issued().filter(client=client, kind=Bill.Kind.BILL, last_on__gte=plan.from_on)
    if last := issued.order_by("-last_on").first():
        raise NotNow(
            _("The bill until %(day)s is issued. A plan can begin on the day after it, or later.")
            % {"day": f"{last.last_on:%d %b %Y}"}
        )
    ClientPlan.objects.filter(client=client, from_on__gte=plan.from_on).delete()
    before = ClientPlan.objects.filter(client=client, from_on__lt=plan.from_on)
    before.exclude(until_on__lt=plan.from_on).update(until_on=plan.from_on - timedelta(days=1))
    plan.client, plan.made_by = client, by
    plan.save()
    ledger.record(
        "books.plan_changed", actor_id=by.pk, client_id=client.pk, subject=("books.clientplan", plan.pk)
    )
    return plan
