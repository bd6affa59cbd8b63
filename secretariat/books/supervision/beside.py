"""Who was at work beside somebody who learns, at the moment at which she took each of her first calls."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from calls.models import Call
from secretariat.books.models import Supervision
from secretariat.office.models import Application, Break, Shift, User

Times = dict[UUID, list[tuple[datetime, datetime | None]]]


def of(application: Application, calls: Sequence[Call]) -> dict[UUID, User]:
    """By call: who was on shift, and on no break, when it was taken. Of a call taken alone there is none.

    That is whoever was named for her first calls by then, her supervisor at that time, or the stand-in.
    """
    if not calls:
        return {}
    held = Supervision.objects.filter(secretary=application.secretary_id)
    rows = list(held.select_related("supervisor", "stand_in"))
    named = application.first_calls_with
    people = {each.pk for row in rows for each in (row.supervisor, row.stand_in) if each}
    people |= {named.pk} if named else set()
    shifts, breaks = (_times(model, people, calls) for model in (Shift, Break))
    found = {}
    for call in calls:
        at = call.answered_at
        for each in _meant(application, rows, at):
            if _is_in(shifts[each.pk], at) and not _is_in(breaks[each.pk], at):
                found[call.pk] = each
                break
    return found


def _meant(application: Application, rows: Iterable[Supervision], at: datetime) -> Iterator[User]:
    """Whose part it was at this moment, whoever is named for it first."""
    since = application.first_calls_with_since
    if application.first_calls_with and since and since <= at:
        yield application.first_calls_with
    for row in rows:
        if row.from_at <= at and (row.until_at is None or at < row.until_at):
            yield row.supervisor
            if row.stand_in:
                yield row.stand_in


def _times(model: type[Shift | Break], people: Iterable[UUID], calls: Sequence[Call]) -> Times:
    moments = [each.answered_at for each in calls]
    lasting = Q(ended_at=None) | Q(ended_at__gt=min(moments))
    rows = model.objects.filter(lasting, secretary__user__in=people, started_at__lte=max(moments))
    found: Times = defaultdict(list)
    for whose, began, ended in rows.values_list("secretary__user", "started_at", "ended_at"):
        found[whose].append((began, ended))
    return found


def _is_in(times: Iterable[tuple[datetime, datetime | None]], at: datetime) -> bool:
    return any(began <= at and (ended is None or at < ended) for began, ended in times)
