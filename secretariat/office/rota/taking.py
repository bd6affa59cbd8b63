"""Open shifts: whoever takes one first has it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office import signals
from secretariat.office.models import PlannedShift, Secretary

from . import circumstances, handing_on, planning, telling
from .planning import NotNow, Refused
from .rules import Finding, Grade, Stretch


def open_for(secretary: Secretary, *, at: datetime) -> list[tuple[PlannedShift, list[Finding]]]:
    """The open shifts to come, each with what speaks against her taking it."""
    shifts = list(PlannedShift.objects.open().filter(ends_at__gt=at).select_related("skill"))
    if not shifts:
        return []
    whole = Stretch(min(each.starts_at for each in shifts), max(each.ends_at for each in shifts))
    known = circumstances.Around([secretary], whole)
    return [
        (each, circumstances.weigh_to_take(each, known.facts(secretary.pk, each.stretch))) for each in shifts
    ]


@transaction.atomic
def take(shift: PlannedShift, secretary: Secretary, *, at: datetime) -> PlannedShift:
    """It is hers, or the rest of it where it has begun.

    Raises NotNow when somebody was quicker, Refused where the rules say no.
    """
    planning.hold([secretary])
    shift = PlannedShift.objects.select_for_update(of=("self",)).select_related("skill").get(pk=shift.pk)
    if shift.secretary_id == secretary.pk:
        return shift
    if shift.secretary_id is not None or shift.state != PlannedShift.State.PUBLISHED:
        raise NotNow(_("Somebody was quicker: this shift is taken."))
    if shift.ends_at <= at:
        raise NotNow(_("This shift is over."))
    grave = [each for each in _against(shift, secretary) if each.grade >= Grade.REASONED]
    if grave:
        raise Refused(grave)
    shift.secretary, shift.zone, shift.version = secretary, secretary.zone, shift.version + 1
    shift.starts_at = max(shift.starts_at, at)
    handing_on.begin_anew(shift, secretary.user)
    planning.save(shift)
    ledger.record(
        "office.rota.taken",
        actor_id=secretary.user_id,
        subject=("office.plannedshift", shift.pk),
        detail={"secretary": secretary.pk},
    )
    signals.request_settled.send(
        sender=PlannedShift,
        subject=("office.plannedshift", shift.pk),
        by=secretary.user,
        outcome=_("Taken by %(name)s") % {"name": secretary.spoken_name},
    )
    everybody = Secretary.objects.filter(user__is_active=True)
    telling.announce(everybody)
    return shift


def _against(shift: PlannedShift, secretary: Secretary) -> list[Finding]:
    return circumstances.weigh_to_take(shift, circumstances.of(secretary, shift.stretch))
