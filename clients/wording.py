"""Moments in words, as the people concerned read them. Zones are IANA names."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

WEEK = timedelta(days=7)


def day(on: date, *, today: date) -> str:
    """ "Tue 12 Nov", with the year where it is not this one."""
    return dateformat.format(on, "D j M" if on.year == today.year else "D j M Y")


def weekday(number: int) -> str:
    """ "Tuesday"; Monday is 0."""
    return str(WEEKDAYS[number])


def week(intervals) -> list[str]:
    """Hours of a week, days with the same hours together: "Monday–Friday 09:00–12:30, 13:30–17:00"."""
    by_day = [
        _(", ").join(
            f"{each.opens:%H:%M}–{each.closes:%H:%M}"
            for each in sorted(intervals, key=lambda each: each.opens)
            if each.weekday == day
        )
        for day in range(7)
    ]
    lines, first = [], 0
    for day in range(1, 8):
        if day < 7 and by_day[day] == by_day[first]:
            continue
        if by_day[first]:
            days = weekday(first) if day - first == 1 else f"{weekday(first)}–{weekday(day - 1)}"
            lines.append(_("%(days)s %(hours)s") % {"days": days, "hours": by_day[first]})
        first = day
    return lines


def clock(at: datetime, zone: str) -> str:
    """ "15:00", on the clocks of `zone`."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def moment(at: datetime, zone: str, *, now: datetime) -> str:
    """ "15:00" if that is today in `zone`, "Tue 08:30" in the six days after, else "Tue 24 Nov 08:30"."""
    here = ZoneInfo(zone)
    local, today = at.astimezone(here), now.astimezone(here).date()
    if local.date() == today:
        return f"{local:%H:%M}"
    if today < local.date() < today + WEEK:
        return dateformat.format(local, "D H:i")
    return _("%(day)s %(time)s") % {"day": day(local.date(), today=today), "time": f"{local:%H:%M}"}


def place(zone: str) -> str:
    """The town a zone is named after: "Lagos"."""
    return zone.rsplit("/", 1)[-1].replace("_", " ")


def two_clocks(at: datetime, zone: str, mine: str, *, now: datetime) -> str:
    """ "15:00 Lagos · 14:00 you", or one clock where both show the same at that moment."""
    there = moment(at, zone, now=now)
    if at.astimezone(ZoneInfo(zone)).utcoffset() == at.astimezone(ZoneInfo(mine)).utcoffset():
        return there
    return _("%(there)s %(place)s · %(here)s you") % {
        "there": there,
        "place": place(zone),
        "here": moment(at, mine, now=now),
    }
