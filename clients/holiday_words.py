"""Holidays and closures in words. Pure; days are local ones of the client."""

from datetime import date, time

from django.utils.translation import gettext as _

from . import wording


def days(first: date, last: date, *, today: date) -> str:
    """ "Mon 6 Apr", or "Thu 24 Dec – Sat 2 Jan 2027" where there are several."""
    if first == last:
        return wording.day(first, today=today)
    return _("%(first)s – %(last)s") % {
        "first": wording.day(first, today=today),
        "last": wording.day(last, today=today),
    }


def then(says: str, opens: time | None, closes: time | None) -> str:
    """What the client says of such a day: "Closed all day", "Open until 13:00"."""
    hours = {"opens": f"{opens:%H:%M}" if opens else "", "closes": f"{closes:%H:%M}" if closes else ""}
    match says:
        case "closed":
            return _("Closed all day")
        case "open":
            return _("Open as usual")
        case "half" if opens and closes:
            return _("Open from %(opens)s until %(closes)s") % hours
        case "half" if opens:
            return _("Open from %(opens)s") % hours
        case "half":
            return _("Open until %(closes)s") % hours
    return _("Not answered yet")


def question(name: str, on: date, *, today: date) -> str:
    """ "Easter Monday, Mon 6 Apr: are you open?" """
    return _("%(name)s, %(day)s: are you open?") % {"name": name, "day": wording.day(on, today=today)}
