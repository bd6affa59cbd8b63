"""Parts of the frames that this package fills: (template, context)."""

from .models import Presence, Shift


def presence(secretary) -> tuple[str, dict]:
    """Where she is, since when, and what she can say next. In the desk's top bar."""
    row = Presence.objects.visible_to(secretary.user).filter(secretary=secretary).first()
    shift = Shift.objects.visible_to(secretary.user).filter(secretary=secretary, ended_at=None).first()
    return "office/_presence.html", {"presence": row or Presence(secretary=secretary), "shift": shift}
