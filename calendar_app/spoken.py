"""Times as a secretary reads them out on the telephone. Pure: no clock, no database, no settings."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import wording

HOURS = (
    gettext_lazy("twelve"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
    gettext_lazy("eleven"),
)
MINUTES = {5: gettext_lazy("five"), 10: gettext_lazy("ten"), 20: gettext_lazy("twenty")}
MINUTES |= {25: gettext_lazy("twenty-five")}
DAYS = (
    gettext_lazy("first"),
    gettext_lazy("second"),
    gettext_lazy("third"),
    gettext_lazy("fourth"),
    gettext_lazy("fifth"),
    gettext_lazy("sixth"),
    gettext_lazy("seventh"),
    gettext_lazy("eighth"),
    gettext_lazy("ninth"),
    gettext_lazy("tenth"),
    gettext_lazy("eleventh"),
    gettext_lazy("twelfth"),
    gettext_lazy("thirteenth"),
    gettext_lazy("fourteenth"),
    gettext_lazy("fifteenth"),
    gettext_lazy("sixteenth"),
    gettext_lazy("seventeenth"),
    gettext_lazy("eighteenth"),
    gettext_lazy("nineteenth"),
    gettext_lazy("twentieth"),
    gettext_lazy("twenty-first"),
    gettext_lazy("twenty-second"),
    gettext_lazy("twenty-third"),
    gettext_lazy("twenty-fourth"),
    gettext_lazy("twenty-fifth"),
    gettext_lazy("twenty-sixth"),
    gettext_lazy("twenty-seventh"),
    gettext_lazy("twenty-eighth"),
    gettext_lazy("twenty-ninth"),
    gettext_lazy("thirtieth"),
    gettext_lazy("thirty-first"),
)


def two_times(at: datetime, theirs: str, yours: str) -> str:
    """ "Tuesday the second of December at half past two, your time half past three".

    Said to somebody on the clocks of `yours` about a time of `theirs`; the second only where they differ,
    and with its day where that is another.
    """
    there, here = at.astimezone(ZoneInfo(theirs)), at.astimezone(ZoneInfo(yours))
    words = {"day": day(there.date()), "time": time_of_day(there)}
    if there.utcoffset() == here.utcoffset():
        return _("%(day)s at %(time)s") % words
    words["yours"] = time_of_day(here)
    if there.date() == here.date():
        return _("%(day)s at %(time)s, your time %(yours)s") % words
    words["your_day"] = wording.weekday(here.weekday())
    return _("%(day)s at %(time)s, your time %(your_day)s at %(yours)s") % words


def day(on: date) -> str:
    """ "Tuesday the second of December"."""
    return _("%(weekday)s the %(day)s of %(month)s") % {
        "weekday": wording.weekday(on.weekday()),
        "day": DAYS[on.day - 1],
        "month": MONTHS[on.month],
    }


def time_of_day(at: datetime) -> str:
    """ "half past two", "a quarter to nine in the morning": the part of the day where one could take it for
    another, which is before eight and after six."""
    words = _on_the_clock(at.hour, at.minute)
    if 8 <= at.hour < 18 or (at.minute == 0 and at.hour in (0, 12)):
        return words
    if at.hour < 5 or at.hour >= 22:
        return _("%(time)s at night") % {"time": words}
    if at.hour < 12:
        return _("%(time)s in the morning") % {"time": words}
    return _("%(time)s in the evening") % {"time": words}


def _on_the_clock(hour: int, minute: int) -> str:
    this, following = HOURS[hour % 12], HOURS[(hour + 1) % 12]
    if minute == 0:
        if hour == 12:
            return _("noon")
        return _("midnight") if hour == 0 else _("%(hour)s o’clock") % {"hour": this}
    if minute == 15:
        return _("a quarter past %(hour)s") % {"hour": this}
    if minute == 30:
        return _("half past %(hour)s") % {"hour": this}
    if minute == 45:
        return _("a quarter to %(hour)s") % {"hour": following}
    if minute in MINUTES:
        return _("%(minutes)s past %(hour)s") % {"minutes": MINUTES[minute], "hour": this}
    if 60 - minute in MINUTES:
        return _("%(minutes)s to %(hour)s") % {"minutes": MINUTES[60 - minute], "hour": following}
    return f"{hour}:{minute:02}"
