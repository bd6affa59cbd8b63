"""Planned shifts beside what happened: who has not come, why, and telling those who must know."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office import signals
from secretariat.office.models import Break, Firm, PlannedShift, Shift, User

from . import attendance, own, telling
from .attendance import Standing, Worked

SUBJECT = "office.plannedshift"


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
    came = Shift.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=OuterRef("starts_at")),
        secretary=OuterRef("secretary"),
        started_at__lt=OuterRef("ends_at"),
    )
    begun = PlannedShift.objects.published().filter(
        secretary__isnull=False, starts_at__lte=at - grace(), ends_at__gt=at, excused=False
    )
    return begun.filter(~Exists(came))


def notice_late(*, at: datetime) -> int:
    """Tell the firm, and her, of each who has not come; and take that back once she has."""
    found = 0
    late = not_come(at=at).filter(late_noticed_at=None).select_related("secretary__user")
    for plan in late.select_for_update(of=("self",), skip_locked=True)[:50]:
        with transaction.atomic():
            PlannedShift.objects.filter(pk=plan.pk).update(late_noticed_at=at)
            ledger.record("office.rota.late", subject=(SUBJECT, plan.pk))
            words = _("%(name)s has not started the shift planned for %(time)s.")
            signals.request_made.send(
                sender=PlannedShift,
                kind="office.late",
                subject=(SUBJECT, plan.pk),
                because=words % {"name": plan.secretary.spoken_name, "time": f"{plan.local[0]:%H:%M}"},
                at=at,
                due_at=plan.starts_at,
            )
            telling.say(
                plan.secretary,
                _("Your shift has begun"),
                _("A shift of yours has begun, and you have not started it."),
            )
            telling.announce([plan.secretary])
            found += 1
    return found + _settle_late(at)


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
