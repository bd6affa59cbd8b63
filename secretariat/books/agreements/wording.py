"""A client agreement in plain words, section by section. Pure but for translation."""

from collections.abc import Sequence

from django.utils.dateformat import format as date_words
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients import promises
from clients.wording import place

DAY = "j F Y"


def sections(agreement, plan_words: Sequence[str]) -> list[dict]:
    """What both sides agree to. `plan_words`: what is paid, as the plan of that day says it."""
    return [
        {"title": _("What we do"), "words": _lines(agreement.services)},
        {"title": _("When we answer"), "words": [*covering(agreement), answering(agreement)]},
        {
            "title": _("What it costs"),
            "words": list(plan_words) or [_("No plan is agreed yet: nothing is billed.")],
        },
        {"title": _("How long it runs"), "words": running(agreement)},
        {"title": _("How we treat what we learn"), "words": _lines(agreement.data_terms)},
        {"title": _("Besides"), "words": _lines(agreement.other_terms)},
    ]


def covering(agreement) -> list[str]:
    """The hours of the week, and what is said of them besides."""
    found = _lines(agreement.cover)
    if agreement.hours:
        facts = {"hours": promises.in_words(agreement.hours), "place": place(agreement.client.zone)}
        found.insert(0, _("%(hours)s, by the clocks of %(place)s") % facts)
        if agreement.cover_on_holidays:
            found.insert(1, _("On the client’s holidays and closures as well"))
        else:
            found.insert(1, _("Not on the client’s holidays and closures"))
    return found


def answering(agreement) -> str:
    return _("%(percent)d percent of calls are answered within %(seconds)d seconds.") % {
        "percent": agreement.answer_percent,
        "seconds": agreement.answer_seconds,
    }


def running(agreement) -> list[str]:
    """Its term, its renewal and the notice."""
    first = {"day": date_words(agreement.from_on, DAY)}
    if agreement.term == "project":
        days = first | {"last": date_words(agreement.until_on, DAY)}
        words = [_("From %(day)s until %(last)s, for one project. It is not renewed.") % days]
    elif agreement.term == "yearly":
        words = [_("From %(day)s for a year, and then from year to year; it ends with a year of it.") % first]
    else:
        words = [_("From %(day)s, from month to month.") % first]
    notice = agreement.notice_days
    said = ngettext(
        "Either side may end it with %(n)d day’s notice.",
        "Either side may end it with %(n)d days’ notice.",
        notice,
    )
    return [*words, said % {"n": notice}]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
