"""Parts of the frames that this package fills: (template, context)."""

from secretariat import clock

from . import breaks
from .forms.shift import BreakForm
from .models import Presence, Shift


def presence(secretary, row: Presence | None = None) -> tuple[str, dict]:
    """Where she is, since when, and what she can say next, in the top bar. `row`: if it was read before."""
    row = row or Presence.objects.visible_to(secretary.user).filter(secretary=secretary).first()
    shift = Shift.objects.visible_to(secretary.user).filter(secretary=secretary, ended_at=None).first()
    row = row or Presence(secretary=secretary)
    can_leave = shift and row.state in (Presence.State.READY, Presence.State.WRAP_UP)
    reasons = breaks.reasons(secretary.user) if can_leave else []
    return "office/_presence.html", {
        "presence": row,
        "shift": shift,
        "reasons": reasons,
        "break_form": BreakForm(reasons=reasons),
        "overdue": row.minutes_overdue(clock.now()),
    }
