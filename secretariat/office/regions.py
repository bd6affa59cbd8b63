"""Parts of the frames that this package fills: (template, context)."""

from .models import Presence, Shift


def presence(secretary) -> tuple[str, dict]:
    """Where she is, since when, and what she can say next. In the desk's top bar."""
    row = Presence.objects.filter(secretary=secretary).first() or Presence(secretary=secretary)
    shift = Shift.objects.filter(secretary=secretary, ended_at=None).first()
    return "office/_presence.html", {"presence": row, "shift": shift}
