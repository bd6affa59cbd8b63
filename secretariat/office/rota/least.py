"""Whether a week or a month has as many hours as she was promised. Pure: no clock, database or settings."""

from datetime import date

from django.utils import dateformat
from django.utils.translation import gettext as _

from .rules import Facts, Finding, Grade, hours, month_of, planned, week_of


def of_week(on: date, facts: Facts) -> list[Finding]:
    """What speaks against her week as a whole, whose shifts are `facts.others`: too few hours."""
    sum_ = planned(facts.others, week_of(on, facts.zone))
    least = facts.limits.week_least
    if least is None or sum_ >= least:
        return []
    words = _("%(hours)s are planned; %(least)s a week are agreed.")
    return [Finding("week_least", Grade.NOTED, words % {"hours": hours(sum_), "least": hours(least)})]


def of_month(on: date, facts: Facts) -> list[Finding]:
    """The same of her month, once its last week is looked at: until then more may be planned."""
    month = month_of(on, facts.zone)
    sum_, least = planned(facts.others, month), facts.limits.month_least
    if least is None or sum_ >= least:
        return []
    words = _("%(hours)s are planned in %(month)s; %(least)s a month are agreed.")
    named = {"hours": hours(sum_), "month": dateformat.format(on, "F Y"), "least": hours(least)}
    return [Finding("month_least", Grade.NOTED, words % named)]
