"""Nobody forgets what pay hangs on: to confirm a week, and to approve it; nor training that is due."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import DateField, Exists, OuterRef, Q
from django.db.models.functions import TruncWeek
from django.utils.translation import gettext as _

from clients import work
from clients.local_time import day_begins, first_moment
from clients.models import WorkRecord
from secretariat.books import coming_late
from secretariat.books.coming_late import LATE
from secretariat.books.models import Remark, Week
from secretariat.office.contracts import holding
from secretariat.office.models import Secretary, User

from . import supervising, telling

WEEK_OF_HERS = "books.week"
TO_CONFIRM, SENT_BACK, TO_APPROVE = "books.week_to_confirm", "books.week_sent_back", "books.week_to_approve"
DAY, WEEK = timedelta(days=1), timedelta(days=7)
EARLY = time(8)  # of the Monday after it, by her clock
PATIENCE = timedelta(days=2)  # for which a confirmed week may lie
AHEAD = 7 * DAY  # before training is due
A_ROUND = 200


def to_confirm(*, at: datetime) -> int:
    """On Monday morning, of her zone, who has worked in the week before and has not confirmed it is told."""
    zones = Secretary.objects.filter(user__is_active=True).values_list("zone", flat=True)
    told = 0
    for zone in zones.order_by().distinct():
        here = ZoneInfo(zone)
        today = at.astimezone(here).date()
        monday = today - timedelta(days=today.weekday())
        if first_moment(monday, EARLY, here) <= at:
            told += _to_confirm(zone, monday - WEEK, at=at)
    return told


def _to_confirm(zone: str, starts_on: date, *, at: datetime) -> int:
    here = ZoneInfo(zone)
    begins, ends = day_begins(starts_on, here), day_begins(starts_on + WEEK, here)
    worked = WorkRecord.objects.filter(
        secretary=OuterRef("pk"), confirmed=None, started_at__gte=begins, started_at__lt=ends
    )
    done = Week.objects.filter(secretary=OuterRef("pk"), starts_on=starts_on)
    done = done.filter(~Q(state=Week.State.OPEN) | Q(confirming_asked_at__isnull=False))
    people = Secretary.objects.filter(Exists(worked), ~Exists(done), zone=zone, user__is_active=True)
    people = people.select_related("user").order_by("pk")
    return sum(_ask_to_confirm(each, starts_on, at=at) for each in people[:A_ROUND])


def came_late(*, at: datetime) -> int:
    """Of what came late for a closed week she is told where the week in which it stands is over, too, and she
    was not asked about that one: she may have done nothing else in it.
    """
    zones = Secretary.objects.filter(user__is_active=True).values_list("zone", flat=True)
    return sum(_came_late(zone, at=at) for zone in zones.order_by().distinct())


def _came_late(zone: str, *, at: datetime) -> int:
    here = ZoneInfo(zone)
    today = at.astimezone(here).date()
    this = today - timedelta(days=today.weekday())
    weeks = Week.objects.exclude(state=Week.State.OPEN)
    following = Week.objects.filter(secretary=OuterRef("secretary"), starts_on=OuterRef("starts_on") + WEEK)
    known = following.exclude(state=Week.State.OPEN, confirming_asked_at=None)
    gaps = weeks.filter(~Exists(known), starts_on__gte=this - LATE, starts_on__lt=this - WEEK)
    rows = WorkRecord.objects.filter(
        secretary__in=gaps.values("secretary"),  # of nobody else are weeks of records read
        secretary__zone=zone,
        secretary__user__is_active=True,
        confirmed=None,
        started_at__gte=day_begins(this - LATE, here),
        started_at__lt=day_begins(this, here),
    ).annotate(monday=TruncWeek("started_at", tzinfo=here, output_field=DateField()))
    late = rows.filter(Exists(weeks.filter(secretary=OuterRef("secretary"), starts_on=OuterRef("monday"))))
    found = set(late.order_by().values_list("secretary", "monday").distinct())
    people = Secretary.objects.select_related("user").in_bulk({whose for whose, _monday in found})
    closed = defaultdict(set)
    for whose, monday in weeks.filter(secretary__in=people).values_list("secretary", "starts_on"):
        closed[whose].add(monday)
    shown = {(whose, coming_late.stands_in(monday, closed[whose])) for whose, monday in found}
    return sum(
        _ask_to_confirm(people[whose], starts_on, at=at)
        for whose, starts_on in sorted(shown)
        if starts_on < this
    )


@transaction.atomic
def _ask_to_confirm(secretary: Secretary, starts_on: date, *, at: datetime) -> bool:
    Week.objects.get_or_create(secretary=secretary, starts_on=starts_on)
    mine = Week.objects.filter(secretary=secretary, starts_on=starts_on, confirming_asked_at=None)
    if not mine.filter(state=Week.State.OPEN).update(confirming_asked_at=at):
        return False
    week = Week.objects.get(secretary=secretary, starts_on=starts_on)
    because = _("Confirm your week from %(day)s") % {"day": f"{starts_on:%d.%m.%Y}"}
    supervising.for_her(secretary, TO_CONFIRM, (WEEK_OF_HERS, week.pk), because)
    telling.to_confirm(week)
    return True


def to_approve(*, at: datetime) -> int:
    """A confirmed week that nobody has looked at for days becomes work of whoever supervises her."""
    lying = Week.objects.filter(
        state=Week.State.CONFIRMED, confirmed_at__lte=at - PATIENCE, approving_asked_at=None
    )
    return sum(
        _ask_to_approve(pk, at=at) for pk in lying.order_by("pk").values_list("pk", flat=True)[:A_ROUND]
    )


@transaction.atomic
def _ask_to_approve(pk: UUID, *, at: datetime) -> bool:
    rows = Week.objects.filter(pk=pk, state=Week.State.CONFIRMED, approving_asked_at=None)
    if not rows.update(approving_asked_at=at):
        return False
    week = Week.objects.select_related("secretary__user", "confirmed_by").get(pk=pk)
    facts = {"name": week.secretary.spoken_name, "day": f"{week.starts_on:%d.%m.%Y}"}
    if week.confirmed_by:
        facts["by"] = week.confirmed_by.name
        said = _("%(by)s has confirmed the week from %(day)s in the place of %(name)s")
    else:
        said = _("%(name)s has confirmed the week from %(day)s")
    because = _("%(said)s: approve it, or send it back") % {"said": said % facts}
    subject = (WEEK_OF_HERS, week.pk)
    supervising.for_the_firm(week.secretary, TO_APPROVE, subject, because, but=week.confirmed_by)
    return True


def confirmed(week: Week) -> None:
    """She has done her part, or somebody did it in her place, of which she is told."""
    _settle(week, by=week.confirmed_by or week.secretary.user, outcome=_("Confirmed"))
    if week.confirmed_by:
        telling.confirmed_for_her(week)


def approved(week: Week, *, by: User) -> None:
    _settle(week, by=by, outcome=_("Approved"))
    telling.show(week.secretary)


def sent_back(week: Week, *, by: User) -> None:
    """It is hers to look at again, and she is told."""
    _settle(week, by=by, outcome=_("Sent back"))
    because = _("Your week from %(day)s is sent back to you") % {"day": f"{week.starts_on:%d.%m.%Y}"}
    supervising.for_her(week.secretary, SENT_BACK, (WEEK_OF_HERS, week.pk), because)
    telling.sent_back(week)


def _settle(week: Week, *, by: User, outcome: str) -> None:
    work.finish_all(subject=(WEEK_OF_HERS, week.pk), by=by, outcome=outcome)


def of_training(*, at: datetime) -> int:
    """A week before it is due she is told; once it is overdue, whoever supervises her is."""
    today = at.date()
    due = Remark.objects.filter(kind=Remark.Kind.TRAINING, done_at=None, secretary__user__is_active=True)
    open_ones = due.filter(due_on__lte=today + AHEAD + DAY).filter(
        Q(warned_at=None) | Q(overdue_at=None, due_on__lte=today + DAY)
    )
    rows = open_ones.select_related("secretary__user").order_by("due_on", "pk")[:A_ROUND]
    return sum(_warn(each, at=at) for each in rows)


@transaction.atomic
def _warn(remark: Remark, *, at: datetime) -> bool:
    secretary, today = remark.secretary, holding.today(remark.secretary, at)
    mine, facts = Remark.objects.filter(pk=remark.pk, done_at=None), {"day": f"{remark.due_on:%d.%m.%Y}"}
    subject = (supervising.REMARK, remark.pk)
    warned = False
    if remark.due_on - today <= AHEAD and mine.filter(warned_at=None).update(warned_at=at):
        because = _("A training of yours is due by %(day)s") % facts
        supervising.for_her(secretary, supervising.TRAINING, subject, because)
        telling.training(remark)
        warned = True
    if remark.due_on < today and mine.filter(overdue_at=None).update(overdue_at=at):
        because = _("A training of %(name)s is overdue since %(day)s")
        words = because % {"name": secretary.spoken_name, **facts}
        supervising.for_the_firm(secretary, supervising.OVERDUE, subject, words)
        warned = True
    return warned
