"""The day before a milestone is due, whoever does it is told, once for each day it may be moved to.

And the day before one that is handed in counts as accepted, the client: once each time it is handed in.
"""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from clients.local_time import day_begins, first_moment
from clients.models import WorkItem
from secretariat.books.models import Milestone

from . import telling
from .milestones import to_do

EARLY = time(8)
DAY = timedelta(days=1)
A_ROUND = 200
UNTOLD_OF_ANSWER = Q(reminded_to_answer=None) | ~Q(reminded_to_answer=F("counts_at"))


def since(due_on: date, zone) -> datetime:
    """From when on she is told: the morning before, by the client's clock."""
    return first_moment(due_on - DAY, EARLY, zone)


def remind(*, at: datetime) -> int:
    """Tell of what is due by tomorrow and still open. Returns how many milestones those were.

    What is late already is left to the list of work, which says so.
    """
    today = at.astimezone(UTC).date()
    soon = Milestone.objects.filter(state=Milestone.State.OPEN, due_on__range=(today - DAY, today + 2 * DAY))
    untold = soon.filter(Q(reminded_of=None) | ~Q(reminded_of=F("due_on"))).select_related("client")
    due = [
        each.pk
        for each in untold.order_by("due_on", "pk")
        if since(each.due_on, each.client.tz) <= at < day_begins(each.due_on + DAY, each.client.tz)
    ]
    return sum(_remind(pk) for pk in due[:A_ROUND])


@transaction.atomic
def _remind(pk: UUID) -> bool:
    rows = Milestone.objects.filter(pk=pk, state=Milestone.State.OPEN)
    if not rows.filter(Q(reminded_of=None) | ~Q(reminded_of=F("due_on"))).update(reminded_of=F("due_on")):
        return False
    milestone = rows.select_related("brief", "client", "secretary__user").get()
    telling.due(milestone)
    to_do(milestone, urgency=WorkItem.Urgency.TODAY)
    return True


def remind_to_answer(*, at: datetime) -> int:
    """Tell clients what counts as accepted within a day. Returns how many milestones those were.

    Where that was no further off when it was handed in, the mail of that moment has said so.
    """
    soon = Milestone.objects.filter(
        state=Milestone.State.HANDED_IN, counts_at__gt=at, counts_at__lte=at + DAY
    ).filter(handed_in_at__lt=F("counts_at") - DAY)
    due = soon.filter(UNTOLD_OF_ANSWER).order_by("counts_at", "pk").values_list("pk", flat=True)
    return sum(_remind_to_answer(pk) for pk in due[:A_ROUND])


@transaction.atomic
def _remind_to_answer(pk: UUID) -> bool:
    rows = Milestone.objects.filter(pk=pk, state=Milestone.State.HANDED_IN)
    if not rows.filter(UNTOLD_OF_ANSWER).update(reminded_to_answer=F("counts_at")):
        return False
    telling.not_answered(rows.select_related("brief__client", "client").get())
    return True
