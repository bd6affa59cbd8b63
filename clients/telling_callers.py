"""What callers are told of somebody they cannot reach. Her words for the desk are not among it. Pure."""

from datetime import datetime

from django.utils.translation import gettext as _

from . import wording


def about(
    name: str, *, kind: str, until_at: datetime, zone: str, now: datetime, note: str = "", stand_in: str = ""
) -> str:
    """What a secretary may say of `name`, in whole sentences. `kind` is a Status.Kind."""
    if stand_in:
        return _about_absence(name, stand_in, until=wording.moment(until_at, zone, now=now), note=note)
    until = {"name": name, "until": wording.moment(until_at, zone, now=now)}
    match kind:
        case "available":
            return _("One moment, I will see whether %(name)s can take your call.") % until
        case "meeting":
            said = _("%(name)s is in a meeting until %(until)s. May I take a message?") % until
        case "lunch":
            said = _("%(name)s is at lunch until %(until)s. May I take a message?") % until
        case "gone":
            said = _("%(name)s has left for the day. May I take a message?") % until
        case "away":
            said = _("%(name)s is away until %(until)s. May I take a message?") % until
        case "out":
            said = _("%(name)s is out until %(until)s. May I take a message?") % until
        case _:
            said = _("%(name)s cannot be reached until %(until)s. May I take a message?") % until
    return f"{said} {note}" if note else said


def _about_absence(name: str, stand_in: str, *, until: str, note: str) -> str:
    said = _("%(name)s is away until %(until)s, and %(stand_in)s stands in. May I take a message?") % {
        "name": name,
        "until": until,
        "stand_in": stand_in,
    }
    return f"{said} {note}" if note else said
