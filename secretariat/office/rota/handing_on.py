"""A shift that was one's and is another's: what became of it with the one is not said of the other."""

from datetime import datetime

from django.utils.translation import gettext as _

from secretariat.office import signals
from secretariat.office.models import PlannedShift, User

from . import attending

BEGUN_ANEW = {
    "late_noticed_at": None,
    "late_settled_at": None,
    "reason": "",
    "reason_by": None,
    "reason_at": None,
    "excused": False,
}


def is_due(shift: PlannedShift, at: datetime) -> bool:
    """Whether somebody should have come to it by now: who has not is asked why."""
    if shift.secretary is None or shift.state != PlannedShift.State.PUBLISHED or shift.starts_at >= at:
        return False
    return shift.late_noticed_at is not None or shift.starts_at + attending.grace() <= at


def rest_of(shift: PlannedShift, at: datetime) -> PlannedShift:
    """Let it end now, hers with what became of it. Returns another in its place, to be planned and saved."""
    shift.ends_at, shift.version = min(shift.ends_at, at), shift.version + 1
    shift.save(update_fields=["ends_at", "version"])
    return PlannedShift(zone=shift.zone, state=shift.state, published_at=at, instead_of=shift)


def begin_anew(shift: PlannedShift, by: User) -> None:
    """Nobody is late for it any more, and nobody excused. Whoever calls this saves it."""
    if shift.late_noticed_at:
        signals.request_settled.send(
            sender=PlannedShift,
            subject=(attending.SUBJECT, shift.pk),
            by=by,
            outcome=_("The plan changed"),
            kind=attending.LATE,
        )
    for name, value in BEGUN_ANEW.items():
        setattr(shift, name, value)
