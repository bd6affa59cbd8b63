"""The last change of a week of the rota is taken back, as long as nothing of it has changed since."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from secretariat import ledger
from secretariat.office.models import PlanChange, PlannedShift, Secretary, User

from . import circumstances, handing_on, planning, rules, telling
from .planning import KEPT, NotNow
from .rules import Grade

State, Because = PlannedShift.State, PlannedShift.Because


@transaction.atomic
def undo(change: PlanChange, *, by: User, at: datetime) -> int:
    """Take back the last change of a week. Returns how many shifts that concerned. Raises NotNow."""
    change = PlanChange.objects.select_for_update().get(pk=change.pk)
    if change.undone_at:
        raise NotNow(_("That was undone before."))
    ids = set(change.after)
    before_it = {each["secretary_id"] for each in change.before.values()} - {None}
    theirs = Q(planned_shifts__in=ids) | Q(pk__in=before_it)
    planning.hold(Secretary.objects.filter(theirs))
    rows = {str(each.pk): each for each in PlannedShift.objects.select_for_update().filter(pk__in=ids)}
    if any(rows[pk].version != change.after[pk]["version"] for pk in ids):
        raise NotNow(_("Something has been changed or published since. It cannot be undone as a whole."))
    back = []
    for pk, shift in rows.items():
        concerned, told = {shift.secretary}, shift.state == State.PUBLISHED
        before = change.before.get(pk)
        if before is None:
            planning.cancel(shift, Because.UNDONE)
        else:
            _restore(shift, before)
            back.append(shift)
        if told or shift.state == State.PUBLISHED:
            telling.tell_changed({*concerned, shift.secretary} - {None}, shift)
    for shift in back:
        _judge(shift)
    PlanChange.objects.filter(pk=change.pk).update(undone_at=at)
    ledger.record(
        "office.rota.undone",
        actor_id=by.pk,
        subject=("office.planchange", change.pk),
        detail={"shifts": sorted(ids)},
    )
    return len(ids)


def _restore(shift: PlannedShift, before: dict) -> None:
    facts = {name: before[name] for name in KEPT}
    cleared = {} if before["state"] == State.CANCELLED else {"cancelled_because": ""}
    if before["secretary_id"] != (str(shift.secretary_id) if shift.secretary_id else None):
        cleared |= handing_on.BEGUN_ANEW
    try:
        with transaction.atomic():
            PlannedShift.objects.filter(pk=shift.pk).update(version=F("version") + 1, **facts, **cleared)
    except IntegrityError:
        raise NotNow(_("She has another shift then by now. It cannot be undone.")) from None
    shift.refresh_from_db()


def _judge(shift: PlannedShift) -> None:
    """It is hers once more only where it could be planned for her now, be it with a reason. Raises NotNow."""
    if shift.secretary is None or shift.state == State.CANCELLED:
        return
    found = circumstances.judge(shift.secretary, shift, but=[shift.pk])
    never = [each.words for each in found if each.grade == Grade.NEVER]
    if never:
        words = _("It cannot be undone. %(name)s, %(when)s: %(why)s")
        when = rules.said(shift.stretch, shift.zone)
        raise NotNow(words % {"name": shift.secretary.spoken_name, "when": when, "why": " ".join(never)})
