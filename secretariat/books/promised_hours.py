"""What client agreements promise of the hours in which we answer; `clients.promises` reads it."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from clients import promises
from clients.promises import Promise

from .agreements import usual_words
from .models import Agreement


def _agreed(clients: Iterable[UUID], first: date, last: date) -> list[Promise]:
    rows = Agreement.objects.filter(
        Q(until_on=None) | Q(until_on__gte=first),
        client__in=list(clients),
        state=Agreement.State.ACCEPTED,
        from_on__lte=last,
    )
    return [
        Promise(
            client_id=each.client_id,
            first=each.from_on,
            last=each.until_on,
            hours=each.hours,
            on_holidays=each.cover_on_holidays,
            words=_on_one_line(each.cover),
            address=reverse("agreement", args=[each.pk]),
        )
        for each in rows.order_by("from_on", "pk")
    ]


def against_the_lines(agreement: Agreement) -> list[str]:
    """Where the lines are set otherwise than this version says, or that its hours are in words alone."""
    if agreement.hours:
        return promises.differences(agreement.hours, usual_words.lines_of(agreement.client))
    return [promises.in_words_alone(_on_one_line(agreement.cover))] if agreement.cover else []


def _on_one_line(words: str) -> str:
    return "; ".join(filter(None, map(str.strip, words.splitlines())))


SOURCES = (_agreed,)
