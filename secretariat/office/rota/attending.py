"""Planned shifts beside what happened: who has not come, why, and telling those who must know."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office import signals
from secretariat.office.models import Break, Firm, PlannedShift, Shift, User

from . import attendance, own, telling
from .attendance import Standing, Worked

LATE, SUBJECT = "office.late", "office.plannedshift"
LOOK_BACK = timedelta(days=1)  # for a shift over which no round passed


@dataclass(frozen=True)
class Attended:
    """A planned shift and how it stands."""

    plan: PlannedShift
    standing: Standing


def grace() -> timedelta:
    return timedelta(minutes=Firm.figure("late_after_minutes"))


def of(plans: Iterable[PlannedShift], *, at: datetime) -> list[Attended]:
    """How each of these stands; two queries however many they are."""
    plans = [each for each in plans if each.secretary_id]
    if not plans:
        return []
    people = {each.secretary_id for each in plans}
    begins, ends = min(each.starts_at for each in plans), max(each.ends_at for each in plans)
    lasting = Q(ended_at=None) | Q(ended_at__gt=begins)
    shifts, breaks = defaultdict(list), defaultdict(list)
    for model, found in ((Shift, shifts), (Break, breaks)):
        rows = model.objects.filter(lasting, secretary__in=people, started_at__lt=ends)
        for whose, began, ended in rows.values_list("secretary_id", "started_at", "ended_at"):
            found[whose].append(Worked(began, ended))
    allowed = grace()
    return [
        Attended(
            each,
            attendance.stand(
                each.stretch, shifts[each.secretary_id], breaks[each.secretary_id], grace=allowed, at=at
            ),
        )
        for each in plans
    ]


def not_come(*, at: datetime):
    """Published shifts that began longer ago than the grace, whose secretary has not started work."""
    return _missed(at).filter(starts_at__lte=at - grace(), ends_at__gt=at)


def missed_lately(*, at: datetime):
    """Those that ended within the last day, to none of which she came: no round looked while they lasted, or
    they were shorter than the grace. One that was published afterwards was nobody's to come to."""
    return _missed(at).filter(ends_at__lte=at, ends_at__gt=at - LOOK_BACK, published_at__lt=F("ends_at"))


def _missed(at: datetime):
    came = Shift.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=OuterRef("starts_at")),
        secretary=OuterRef("secretary"),
        started_at__lt=OuterRef("ends_at"),
    )
    of_somebody = PlannedShift.objects.published().filter(secretary__isnull=False, excused=False)
    return of_somebody.filter(~Exists(came), starts_at__lte=at)


def notice_late(*, at: datetime) -> int:
    """Tell the firm, and her, of each who has not come; and take that back once she has."""
    found = 0
    for missing, is_over in ((not_come(at=at), False), (missed_lately(at=at), True)):
        late = missing.filter(late_noticed_at=None).select_related("secretary__user")
        for plan in late.select_for_update(of=("self",), skip_locked=True)[:50]:
            _notice(plan, is_over=is_over, at=at)
            found += 1
    return found + _settle_late(at)


@transaction.atomic
def _notice(plan: PlannedShift, *, is_over: bool, at: datetime) -> None:
    PlannedShift.objects.filter(pk=plan.pk).update(late_noticed_at=at)
    ledger.record("office.rota.late", subject=(SUBJECT, plan.pk))
    words = (
        _("%(name)s did not come to the shift planned for %(time)s.")
        if is_over
        else _("%(name)s has not started the shift planned for %(time)s.")
    )
    signals.request_made.send(
        sender=PlannedShift,
        kind=LATE,
        subject=(SUBJECT, plan.pk),
        because=words % {"name": plan.secretary.spoken_name, "time": f"{plan.local[0]:%H:%M}"},
        at=at,
        due_at=plan.starts_at,
    )
    if is_over:
        told = _("A shift of yours is over"), _("A shift of yours is over, and you did not start it.")
    else:
        told = _("Your shift has begun"), _("A shift of yours has begun, and you have not started it.")
    telling.say(plan.secretary, *told)
    telling.announce([plan.secretary])


def _settle_late(at: datetime) -> int:
    waiting = PlannedShift.objects.filter(late_settled_at=None).exclude(late_noticed_at=None)
    waiting = waiting.exclude(pk__in=not_come(at=at).values("pk")).select_related("secretary")
    settled = 0
    for each in of(waiting[:50], at=at):
        PlannedShift.objects.filter(pk=each.plan.pk).update(late_settled_at=at)
        telling.announce([each.plan.secretary])
        settled += 1
        if each.standing.came_at:  # who never came stays before somebody until it is judged
            came = each.standing.came_at.astimezone(each.plan.local[0].tzinfo)
            signals.request_settled.send(
                sender=PlannedShift,
                subject=(SUBJECT, each.plan.pk),
                by=None,
                outcome=_("Came at %(time)s") % {"time": f"{came:%H:%M}"},
            )
    return settled


@transaction.atomic
def explain(
    plan: PlannedShift, *, reason: str, by: User, at: datetime, excused: bool | None = None
) -> PlannedShift:
    """Why she was late, did not come or left early: her own word, or the firm's, who may excuse it.

    What was said before is replaced; that it was is on the ledger.
    """
    if excused is not None and plan.secretary:
        own.refuse(by, plan.secretary)
    facts = {"reason": reason, "reason_by": by, "reason_at": at}
    if excused is not None:
        facts["excused"] = excused
    PlannedShift.objects.filter(pk=plan.pk).update(**facts)
    plan.refresh_from_db()
    ledger.record(
        "office.rota.explained",
        actor_id=by.pk,
        subject=(SUBJECT, plan.pk),
        detail={"excused": int(plan.excused)},
    )
    if excused is not None:
        signals.request_settled.send(
            sender=PlannedShift,
            subject=(SUBJECT, plan.pk),
            by=by,
            outcome=_("Excused") if excused else _("Noted"),
        )
    telling.announce([plan.secretary] if plan.secretary else [])
    return plan
