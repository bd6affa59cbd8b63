"""What a client was promised of how soon callers are answered, and what became of it, month by month.

A call is judged as on the wallboard and in reports, by the seconds that are agreed with this client.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _

from calls.models import Call
from clients import work
from clients.local_time import day_begins
from clients.models import Client, WorkItem
from secretariat import clock
from secretariat.books.gathering import month_of
from secretariat.books.models import Agreement
from secretariat.overview.firm.service_level import ServiceLevel, Wait, service_level

from .word import KIND

MISSED = "books.promise_missed"
DAY = timedelta(days=1)
MONTHS = 3  # shown on its page
AT_ONCE = 200  # agreements that one round looks at
WAITED = ("outcome", "rang_at", "answered_at", "ended_at")


@dataclass(frozen=True)
class Kept:
    """Days of one month, what was promised for them, and how callers were answered."""

    first: date
    last: date
    percent: int
    seconds: int
    level: ServiceLevel
    is_over: bool

    @property
    def is_broken(self) -> bool:
        """Of no calls at all nothing was broken."""
        return self.level.within * 100 < self.percent * self.level.calls


def months(agreement: Agreement, *, at: datetime) -> list[Kept]:
    """This month so far and those before it in which it held, the newest first."""
    if agreement.state != Agreement.State.ACCEPTED:
        return []
    first, _last = month_of(at.astimezone(agreement.client.tz).date())
    found = []
    for _n in range(MONTHS):
        if kept := of(agreement, first, at=at):
            found.append(kept)
        first, _last = month_of(first - DAY)
    return found


def of(agreement: Agreement, month: date, *, at: datetime) -> Kept | None:
    """Of the month of this day, as far as it has come; none where the agreement holds on no day of it."""
    zone = agreement.client.tz
    first, last = month_of(month)
    today = at.astimezone(zone).date()
    since, until = max(first, agreement.from_on), min(last, agreement.until_on or last, today)
    if since > until:
        return None
    calls = Call.objects.filter(
        client=agreement.client_id,
        rang_at__gte=day_begins(since, zone),
        rang_at__lt=day_begins(until + DAY, zone),
    )
    level = service_level(
        (Wait(*row) for row in calls.for_secretaries().order_by().values_list(*WAITED)),
        within=timedelta(seconds=agreement.answer_seconds),
        at=at,
    )
    return Kept(since, until, agreement.answer_percent, agreement.answer_seconds, level, until < today)


def held(client: Client, on: date) -> Agreement | None:
    """By which agreement a report on this client is judged: the one that holds on its last day."""
    return Agreement.objects.filter(client=client).holding(on).order_by("-version").first()


def missed(agreements: Iterable[Agreement]) -> set[UUID]:
    """Those that were not kept as the firm was told, and nobody has said yet that this is settled."""
    items = WorkItem.objects.open().filter(kind=MISSED, subject_id__in=[each.pk for each in agreements])
    return set(items.values_list("subject_id", flat=True))


def notice(*, at: datetime) -> int:
    """Once a month is over where the client is, the firm is told of each promise that was not kept in it."""
    this_month = at.date().replace(day=1)
    first, last = month_of(this_month - DAY)
    due = Agreement.objects.annotate(today=clock.day_in("client__zone", at)).filter(
        Q(until_on=None) | Q(until_on__gte=first),
        Q(judged_until=None) | Q(judged_until__lt=last),
        state=Agreement.State.ACCEPTED,
        from_on__lte=last,
        today__gte=this_month,
    )
    due = due.select_related("client").order_by("pk")[:AT_ONCE]
    return sum(_judge(each, last, at=at) for each in due)


@transaction.atomic
def _judge(agreement: Agreement, last: date, *, at: datetime) -> bool:
    rows = Agreement.objects.filter(Q(judged_until=None) | Q(judged_until__lt=last), pk=agreement.pk)
    if not rows.update(judged_until=last):
        return False
    work.finish_all(subject=(KIND, agreement.pk), by=None, outcome=_("A month later"), kind=MISSED)
    kept = of(agreement, last, at=at)
    if kept is None or not kept.is_broken:
        return False
    words = _(
        "%(name)s was promised %(percent)d %% within %(seconds)d s; in %(month)s it was %(fact)d %% of "
        "%(n)d calls"
    )
    work.open_item(
        MISSED,
        subject=(KIND, agreement.pk),
        because=words
        % {
            "name": agreement.client.name,
            "percent": kept.percent,
            "seconds": kept.seconds,
            "month": date_words(last, "F Y"),
            "fact": kept.level.percent,
            "n": kept.level.calls,
        },
        urgency=WorkItem.Urgency.TODAY,
    )
    return True
