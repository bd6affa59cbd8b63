"""All bills of a month: drafted as often as one likes, and issued, by workers where they are many."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from clients.models import Client
from secretariat import clock
from secretariat.office.models import User

from . import billing, gathering, parts
from .models import Bill, ClientPlan, MonthRun

DRAFT, ISSUE = "books.draft_some", "books.issue_some"
CLIENTS, BILLS = 100, 100  # of a part: a second or two
Doing = MonthRun.Doing


def draft(day: date, *, by: User, at: datetime, anew: bool = True) -> MonthRun:
    """Every bill of the month of this day; unless `anew`, of those clients alone who have none.

    Those who have left are among them: they may still owe what came late, or a draft of theirs has to go.
    """
    first, last = gathering.month_of(day)
    plans = ClientPlan.objects.filter(client=OuterRef("pk"), from_on__lte=last)
    clients = Client.objects.filter(Exists(plans)).order_by("name", "pk")
    if not anew:
        there = Bill.objects.filter(client=OuterRef("pk"), kind=Bill.Kind.BILL, first_on=first)
        clients = clients.exclude(Exists(there))
    keys = list(clients.values_list("pk", flat=True))
    with transaction.atomic():
        run = _begun(first, Doing.DRAFT, by=by, at=at)
        by_workers = parts.begin(run, DRAFT, keys, size=CLIENTS)
    if not by_workers:
        draft_some(run, keys)
    run.refresh_from_db()
    return run


def draft_some(run: MonthRun, keys: Collection[UUID]) -> None:
    """Each once, however often it is called: an earlier draft gives way."""
    clients = list(Client.objects.filter(pk__in=keys).order_by("name", "pk"))
    _bills, hindered = billing.draft_all(clients, run.first_on, at=clock.now())
    parts.hinder(run, hindered)


def issue(day: date, *, by: User, at: datetime) -> MonthRun:
    """Every draft of the month of this day."""
    first, _last = gathering.month_of(day)
    drafts = Bill.objects.filter(first_on=first, state=Bill.State.DRAFT)
    keys = list(drafts.order_by("client__name", "pk").values_list("pk", flat=True))
    with transaction.atomic():
        run = _begun(first, Doing.ISSUE, by=by, at=at)
        by_workers = parts.begin(run, ISSUE, keys, size=BILLS)
    if not by_workers:
        issue_some(run, keys)
    run.refresh_from_db()
    return run


def issue_some(run: MonthRun, keys: Collection[UUID]) -> None:
    """All of these in one transaction, so that no number is lost. What is issued stays."""
    _bills, hindered = billing.issue_all(keys, by=run.begun_by, at=clock.now())
    before = set(Bill.objects.issued().filter(pk__in=hindered).values_list("pk", flat=True))  # no hindrance
    parts.hinder(run, {key: words for key, words in hindered.items() if key not in before})


def of(day: date) -> MonthRun | None:
    """How far the newest run of this month is."""
    return MonthRun.objects.filter(first_on=gathering.month_of(day)[0]).first()


def _begun(first: date, doing: str, *, by: User, at: datetime) -> MonthRun:
    facts = {"doing": doing, "begun_by": by, "begun_at": at}
    return MonthRun.objects.update_or_create(first_on=first, defaults=facts)[0]
