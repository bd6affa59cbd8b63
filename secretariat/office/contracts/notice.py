"""How either side ends what was agreed, and from which day on: contracts, and agreements with clients."""

from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

DAY, A_DAY = "j F Y", timedelta(days=1)


class How(TextChoices):
    NOTICE = "notice", gettext_lazy("With the notice that was agreed")
    AGREED = "agreed", gettext_lazy("Earlier, as both sides have agreed")
    CAUSE = "cause", gettext_lazy("At once, for cause")


def earliest(today: date, notice_days: int, until_on: date | None = None) -> date:
    """The first day that can be the last one. What ends by itself before that needs no notice."""
    last = today + timedelta(days=notice_days)
    return last if until_on is None else min(last, until_on)


def end_of_year(begins: date, day: date) -> date:
    """The last day of the year from `begins`, or of a later one, that is this day or comes after it."""
    years = max(1, day.year - begins.year)
    return next(last for n in (years, years + 1) if (last := _begins_again(begins, n) - A_DAY) >= day)


def _begins_again(begins: date, years: int) -> date:
    try:
        return begins.replace(year=begins.year + years)
    except ValueError:  # the 29th of February
        return date(begins.year + years, 3, 1)


def why_not(on: date, how: str, *, today: date, first: date, notice_days: int) -> str:
    """Why this cannot be its last day, in words; empty if it can. `first`: the earliest with notice."""
    if on < today:
        return _("Its last day is today at the earliest.")
    if how != How.NOTICE or on >= first:
        return ""
    words = ngettext(
        "With %(n)d day’s notice its last day is %(day)s at the earliest.",
        "With %(n)d days’ notice its last day is %(day)s at the earliest.",
        notice_days,
    )
    return words % {"n": notice_days, "day": date_words(first, DAY)}


def held_before(until_on: date | None, *, is_changed: bool) -> str:
    """To both sides: how what held before ends now that the version after it never begins.

    `is_changed`: somebody has said something else of its end since, and that stays.
    """
    if until_on is None:
        return _("What held before goes on as before, without a last day.")
    if is_changed:
        words = _("The last day of what held before was changed meanwhile and stays as it is: %(day)s.")
    else:
        words = _("What held before goes on as before. Its last day is %(day)s.")
    return words % {"day": date_words(until_on, DAY)}


def said(how: str, because: str) -> str:
    """Why it ends, as it is kept: an end before its time is called what it is."""
    words = because if how == How.NOTICE else f"{How(how).label}: {because}"
    return words[:240]
