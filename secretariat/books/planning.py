"""A client's plans: each version from a day on. None is overwritten, and no bill that is issued is undone."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clients.models import Client
from secretariat import clock, ledger

from . import billing, gathering
from .billing import NotNow
from .models import Bill, ClientPlan

DAY = timedelta(days=1)


def on(client: Client, day: date) -> ClientPlan | None:
    """The plan that holds on this day."""
    return ClientPlan.objects.filter(client=client, from_on__lte=day).exclude(until_on__lt=day).first()


@transaction.atomic
def change(client: Client, plan: ClientPlan, *, by) -> ClientPlan:
    """Let `plan` (not saved yet) hold from its day on, in place of what held then or was to begin later."""
    _lock(client)
    if last := issued_from(client, plan.from_on):
        raise NotNow(
            _("The bill until %(day)s is issued. A plan can begin on the day after it, or later.")
            % {"day": f"{last.last_on:%d %b %Y}"}
        )
    _in_one_currency(client, plan)
    _cut(client, plan.from_on - DAY)
    plan.client, plan.made_by = client, by
    plan.save()
    ledger.record(
        "books.plan_changed", actor_id=by.pk, client_id=client.pk, subject=("books.clientplan", plan.pk)
    )
    draft_anew(client, plan.from_on)
    return plan


@transaction.atomic
def end(client: Client, last_on: date, *, by) -> bool:
    """Let nothing be agreed after this day any more. False where nothing was. What is issued stays."""
    _lock(client)
    plans = ClientPlan.objects.filter(client=client)
    if not plans.filter(Q(until_on=None) | Q(until_on__gt=last_on)).exists():
        return False
    later = plans.filter(from_on__gt=last_on).order_by("from_on").first()
    if later and (last := issued_from(client, later.from_on)):
        words = _(
            "The bill until %(day)s is issued, by a plan that began after this day. Choose a later one."
        )
        raise NotNow(words % {"day": f"{last.last_on:%d %b %Y}"})
    _cut(client, last_on)
    ledger.record(
        "books.plan_ended",
        actor_id=by.pk,
        client_id=client.pk,
        subject=("clients.client", client.pk),
        detail={"last_on": last_on.isoformat()},
    )
    draft_anew(client, last_on)
    return True


@transaction.atomic
def never_begins(client: Client, from_on: date, until_on: date | None, *, by) -> None:
    """What was agreed from this day on, until `until_on`, is called off. So is the plan that was to begin
    with it, and whichever was to end because of it goes on."""
    _lock(client)
    plans = ClientPlan.objects.filter(client=client)
    with_it = plans.filter(from_on=from_on)
    ends = [until_on] if until_on else []
    if with_it.delete()[0]:
        ends.append(from_on - DAY)
    before = plans.filter(from_on__lt=from_on, until_on__in=ends).order_by("-from_on").first()
    if before is None:
        return
    later = plans.filter(from_on__gt=from_on).order_by("from_on").first()
    before.until_on = later.from_on - DAY if later else None
    before.save(update_fields=["until_on"])
    ledger.record(
        "books.plan_goes_on", actor_id=by.pk, client_id=client.pk, subject=("books.clientplan", before.pk)
    )
    draft_anew(client, from_on)


def goes_on(client: Client) -> bool:
    """Whether anything is agreed whose last day nobody has said."""
    return ClientPlan.objects.filter(client=client, until_on=None).exists()


def issued_from(client: Client, day: date) -> Bill | None:
    """The last bill that is issued for this day or a later one."""
    issued = Bill.objects.issued().filter(client=client, kind=Bill.Kind.BILL, last_on__gte=day)
    return issued.order_by("-last_on").first()


def _lock(client: Client) -> None:
    Client.objects.select_for_update(of=("self",), no_key=True).get(pk=client.pk)


def _in_one_currency(client: Client, plan: ClientPlan) -> None:
    """A bill is of one month and in one currency."""
    first, _last = gathering.month_of(plan.from_on)
    if plan.from_on == first:
        return
    earlier = ClientPlan.objects.filter(client=client, from_on__lt=plan.from_on)
    other = earlier.exclude(until_on__lt=first).exclude(currency=plan.currency).first()
    if other:
        words = _(
            "Until the day before, %(month)s is billed in %(currency)s, and a bill has one currency. "
            "Let this one begin on the first of a month."
        )
        raise NotNow(words % {"month": f"{first:%B %Y}", "currency": other.currency})


def _cut(client: Client, last_on: date) -> None:
    """Nothing holds after this day any more."""
    plans = ClientPlan.objects.filter(client=client)
    plans.filter(from_on__gt=last_on).delete()
    plans.filter(Q(until_on=None) | Q(until_on__gt=last_on)).update(until_on=last_on)


def draft_anew(client: Client, since: date) -> None:
    """No draft stays as it was reckoned before."""
    drafts = Bill.objects.filter(client=client, kind=Bill.Kind.BILL, state=Bill.State.DRAFT)
    for draft in list(drafts.filter(last_on__gte=since).order_by("first_on")):
        try:
            billing.draft(client, draft.first_on, at=clock.now())
        except NotNow:
            billing.take_away(Bill.objects.filter(pk=draft.pk))
