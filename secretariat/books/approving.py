"""Weeks that wait, approved all at once: those that stand as they were recorded, and nothing asked of them.

What somebody has to look at is left out and says why. What was approved can be taken back until pay was
reckoned from it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients import work
from clients.models import WorkItem
from secretariat import ledger
from secretariat.office.models import Secretary, User

from .hours import WEEK, WRITTEN_DOWN, NotNow, runs_the_firm_alone
from .models import ConfirmedTime, HoursQuestion, PayPart, PayRun, PayStatement, Week
from .supervision import reminding, telling


@dataclass(frozen=True)
class LeftOut:
    """A week that somebody looks at first."""

    week: Week
    because: list[str]


@dataclass(frozen=True)
class Waiting:
    """What is confirmed and not approved, as it stands."""

    ready: list[Week]
    left_out: list[LeftOut]


def waiting(user: User, *, weeks: QuerySet[Week] | None = None, shown_at: datetime | None = None) -> Waiting:
    """Of all weeks that wait, or of these: which need no look. As many queries however many they are.

    What was asked and not answered at `shown_at` counts as a question still: nobody has read the answer.
    """
    rows = weeks if weeks is not None else Week.objects.visible_to(user)
    times = ConfirmedTime.objects.filter(week=OuterRef("pk"))
    unanswered = Q(answered_at=None)
    if shown_at is not None:
        unanswered |= Q(answered_at__gt=shown_at)
    questions = HoursQuestion.objects.filter(
        unanswered,
        secretary=OuterRef("secretary"),
        on__gte=OuterRef("starts_on"),
        on__lt=OuterRef("starts_on") + WEEK,
    )
    rows = rows.filter(state=Week.State.CONFIRMED).select_related("secretary__user")
    rows = rows.annotate(
        is_asked=Exists(questions),
        is_corrected=Exists(times.filter(correction__isnull=False)),
        is_empty=~Exists(times),
    )
    rows = list(rows.order_by("starts_on", "secretary__spoken_name", "pk"))
    counts = _corrected(each for each in rows if each.is_corrected)
    is_alone = runs_the_firm_alone(user)
    found = Waiting([], [])
    for each in rows:
        is_for_others = each.secretary.user_id == user.pk and not is_alone
        if because := _why_not(each, is_for_others, *counts.get(each.pk, (0, 0))):
            found.left_out.append(LeftOut(each, because))
        else:
            found.ready.append(each)
    return found


def _corrected(weeks) -> dict[UUID, tuple[int, int]]:
    """By week: how many intervals were corrected, and how many were written down by hand."""
    by_hand = Q(record__subject_kind__in=WRITTEN_DOWN)
    times = ConfirmedTime.objects.filter(week__in=[each.pk for each in weeks], correction__isnull=False)
    told = (
        times.order_by()
        .values("week")
        .annotate(corrected=Count("pk", filter=~by_hand), written=Count("pk", filter=by_hand))
    )
    return {each["week"]: (each["corrected"], each["written"]) for each in told}


def _why_not(week, is_for_others: bool, corrected: int, written: int) -> list[str]:
    because = []
    if week.confirmed_by_id:
        because.append(_("confirmed in her place"))
    if is_for_others:
        because.append(_("your own hours"))
    if corrected:
        words = ngettext("%(n)d interval was corrected", "%(n)d intervals were corrected", corrected)
        because.append(words % {"n": corrected})
    if written:
        words = ngettext(
            "%(n)d piece of work was written down by hand",
            "%(n)d pieces of work were written down by hand",
            written,
        )
        because.append(words % {"n": written})
    if week.is_asked:
        because.append(_("a question about its days is not answered"))
    if week.is_empty:
        because.append(_("no time stands in it"))
    return because


@transaction.atomic
def approve_all(*, shown_at: datetime, by: User, at: datetime) -> list[Week]:
    """Close every week that was ready when the list was shown, and still is. Returns them.

    One that was sent back meanwhile and confirmed again was not on the list, and waits; so does one that
    was left out for a question that has been answered meanwhile.
    """
    rows = Week.objects.visible_to(by).filter(state=Week.State.CONFIRMED, confirmed_at__lte=shown_at)
    locked = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    ready = waiting(by, weeks=Week.objects.filter(pk__in=locked), shown_at=shown_at).ready
    keys = [each.pk for each in ready]
    if not keys:
        return []
    Week.objects.filter(pk__in=keys).update(state=Week.State.APPROVED, approved_at=at, approved_by=by)
    ledger.record_all("books.week_approved", actor_id=by.pk, subjects=[("books.week", key) for key in keys])
    _settle(keys, by)
    telling.show_all({each.secretary.user_id for each in ready})
    return ready


def _settle(keys: Collection[UUID], by: User) -> None:
    """Nobody has to look at these any more."""
    items = WorkItem.objects.open().filter(subject_kind=reminding.WEEK_OF_HERS, subject_id__in=keys)
    for each in items:
        work.finish(each, by=by, outcome=_("Approved"))


def last_of(user: User) -> tuple[datetime, int] | None:
    """When this person last approved weeks, and how many of that moment could be taken back."""
    mine = Week.objects.filter(approved_by=user, state=Week.State.APPROVED)
    newest = mine.order_by("-approved_at").values_list("approved_at", flat=True).first()
    if newest is None:
        return None
    n = _not_reckoned(mine.filter(approved_at=newest)).count()
    return (newest, n) if n else None


def _not_reckoned(weeks: QuerySet[Week]) -> QuerySet[Week]:
    """No pay is reckoned from it, nor may be just now. The database asks the same: see migration 0028."""
    paid = PayPart.objects.filter(record__confirmed__week=OuterRef("pk"))
    runs = PayStatement.objects.filter(
        ~Q(run__state=PayRun.State.APPROVED) | Q(run__approved_at__gte=OuterRef("approved_at")),
        secretary=OuterRef("secretary"),
        run__last_on__gte=OuterRef("starts_on"),
    )
    return weeks.filter(~Exists(paid), ~Exists(runs))


def may_reopen(week: Week) -> bool:
    """Whether its approval can be taken back."""
    return week.is_closed and _not_reckoned(Week.objects.filter(pk=week.pk)).exists()


@transaction.atomic
def reopen(week: Week, *, by: User) -> None:
    """Take the approval back: the week waits again, as she confirmed it. Raises NotNow once it is in pay."""
    if not _reopen([week.pk], by):
        raise NotNow(_("Pay is reckoned from this week, or it is not approved. It stays as it is."))


@transaction.atomic
def reopen_all(approved_at: datetime, *, by: User) -> int:
    """Take back what this person approved at this moment, as far as no pay is reckoned from it."""
    mine = Week.objects.filter(approved_by=by, approved_at=approved_at, state=Week.State.APPROVED)
    return _reopen(list(mine.values_list("pk", flat=True)), by)


def _reopen(keys: Collection[UUID], by: User) -> int:
    # Whoever writes her statement has her row first: so it is there, or does not see these weeks.
    people = Secretary.objects.filter(weeks__in=keys).order_by("pk")
    list(people.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
    rows = _not_reckoned(Week.objects.filter(pk__in=keys, state=Week.State.APPROVED))
    locked = dict(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", "secretary__user"))
    Week.objects.filter(pk__in=locked).update(
        state=Week.State.CONFIRMED, approved_at=None, approved_by=None, approving_asked_at=None
    )
    subjects = [("books.week", key) for key in locked]
    ledger.record_all("books.week_reopened", actor_id=by.pk, subjects=subjects)
    telling.show_all(set(locked.values()))
    return len(locked)
