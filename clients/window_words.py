"""Days of the week and hours in words: "Tue, Thu 14:00–16:00". Pure."""

from datetime import time

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from .windows import Window

WORKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})


def of(window: Window) -> str:
    """The days and the hours; empty for a window that is always open."""
    days = _days(window.weekdays)
    if window.begins is None and window.ends is None:
        return days
    begins, ends = window.begins or time.min, window.ends or time.min
    hours = f"{begins:%H:%M}–{'24:00' if ends == time.min else f'{ends:%H:%M}'}"
    return (
        _("%(days)s %(hours)s") % {"days": days, "hours": hours}
        if days
        else (_("every day %(hours)s") % {"hours": hours})
    )


def _days(weekdays: frozenset[int]) -> str:
    if weekdays == WORKDAYS:
        return _("Mon–Fri")
    if weekdays == WEEKEND:
        return _("Sat, Sun")
    if len(weekdays) == 7:
        return _("every day")
    return _(", ").join(str(WEEKDAYS_ABBR[day]) for day in sorted(weekdays))
