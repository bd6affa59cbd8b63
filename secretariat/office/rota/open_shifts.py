"""An open shift that nobody has taken becomes work of the firm as it nears, until it is open no more."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office import signals
from secretariat.office.models import PlannedShift

from . import rules

KIND, SUBJECT = "office.open_shift", "office.plannedshift"
AHEAD = timedelta(hours=24)
A_ROUND = 50


def notice(*, at: datetime) -> int:
    """Put before the firm what begins within a day and is nobody's. Returns how many came to it or went."""
    near = PlannedShift.objects.open().filter(open_noticed_at=None, starts_at__lte=at + AHEAD, ends_at__gt=at)
    ids = list(near.order_by("starts_at", "pk").values_list("pk", flat=True)[:A_ROUND])
    return sum(_notice(pk, at=at) for pk in ids) + _settle(at)


@transaction.atomic
def _notice(pk: UUID, *, at: datetime) -> bool:
    if not PlannedShift.objects.open().filter(pk=pk, open_noticed_at=None).update(open_noticed_at=at):
        return False
    shift = PlannedShift.objects.get(pk=pk)
    ledger.record("office.rota.open", subject=(SUBJECT, pk))
    words = _("Nobody has taken the open shift: %(when)s.")
    signals.request_made.send(
        sender=PlannedShift,
        kind=KIND,
        subject=(SUBJECT, pk),
        because=words % {"when": rules.said(shift.stretch, shift.zone)},
        at=at,
        due_at=shift.starts_at,
    )
    return True


def _settle(at: datetime) -> int:
    """One that comes open once more is noticed once more."""
    open_still = PlannedShift.objects.open().filter(ends_at__gt=at)
    gone = PlannedShift.objects.exclude(open_noticed_at=None).exclude(pk__in=open_still.values("pk"))
    ids = list(gone.order_by("pk").values_list("pk", flat=True)[:A_ROUND])
    return sum(_settled(pk, at=at) for pk in ids)


@transaction.atomic
def _settled(pk: UUID, *, at: datetime) -> bool:
    shift = PlannedShift.objects.select_for_update(of=("self",)).select_related("secretary").get(pk=pk)
    if shift.open_noticed_at is None:
        return False
    PlannedShift.objects.filter(pk=pk).update(open_noticed_at=None)
    signals.request_settled.send(
        sender=PlannedShift, subject=(SUBJECT, pk), by=None, outcome=_outcome(shift), kind=KIND
    )
    return True


def _outcome(shift: PlannedShift) -> str:
    if shift.state != PlannedShift.State.PUBLISHED:
        return _("Taken out of the plan")
    if shift.secretary:
        return _("%(name)s has it") % {"name": shift.secretary.spoken_name}
    return _("It is over, and nobody took it")
