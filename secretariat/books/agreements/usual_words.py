"""Words a first client agreement may begin with. The firm changes them as it likes, with its own lawyer."""

from collections.abc import Iterable
from datetime import time

from django.utils.translation import gettext as _

from clients import guidance, promises
from clients.availability import Hours, Interval
from clients.models import Client, Line

OFFICE_HOURS = tuple(Interval(day, time(9), time(17)) for day in range(5))


def to_begin_with(client: Client | None = None) -> dict:
    """`client`: whose hours of cover are those in which her lines are answered, where she has any."""
    data = [
        _("The client decides what personal data is kept, and we keep it for the client alone."),
        _("We do with it what the client asks, and nothing else; everybody who sees it is bound to silence."),
        _("It is kept sealed, each look at it is on record, and the client may read who looked."),
        _("Whoever helps us to keep it is named, and the client may object before another is chosen."),
        _("We tell the client of a breach as soon as we know of it, and within 24 hours."),
        _("When the agreement ends we give the data back, and erase what no law asks us to keep."),
    ]
    return {
        "services": "\n".join([_("Calls answered in the client’s name"), _("Messages passed on at once")]),
        **hours_of(client),
        "data_terms": "\n".join(data),
    }


def hours_of(client: Client | None) -> dict:
    """When we are to be there, as it is set for her lines."""
    lines = lines_of(client) if client else []
    hours = promises.joined(each for line in lines for each in promises.due(line)) or OFFICE_HOURS
    return {
        "cover_hours": written(hours),
        # A line with hours of its own is answered whether she is closed or not.
        "cover_on_holidays": any(line.answers != "always" for line in lines),
    }


def written(hours: Iterable[Interval]) -> list[list]:
    """As an agreement keeps them."""
    return [[each.weekday, f"{each.opens:%H:%M}", f"{each.closes:%H:%M}"] for each in hours]


def lines_of(client: Client) -> list[Hours]:
    """The hours of every line that is in use."""
    lines = Line.objects.filter(client=client, is_active=True).prefetch_related("hours")
    return [guidance.hours_of(client, line, holidays=[]) for line in lines]
