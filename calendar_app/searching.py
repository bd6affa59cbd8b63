"""The next good times of a diary, found without reading every entry that stands in the way.

What stands in the client's own calendars is joined by the database where it touches: a search needs to know
when nothing is possible, and not because of what. Judging one time, and saying why not, is for `busy.book`.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from . import busy, free_time
from .free_time import PREFERRED_WITHIN, Book, GoodTime, Kind, Rules, Taken, Wish
from .models import Calendar, Diary, Meeting, Place, RemoteEvent

LOOKED_FIRST = timedelta(days=28)  # where good times are nearly always found

JOINED = """
    SELECT "where", busy, all_day, lower(span), upper(span) FROM (
        SELECT CASE WHEN %(by_place)s THEN o."where" ELSE '' END AS "where", o.busy, o.all_day,
               unnest(range_agg(o.during)) AS span
        FROM calendar_app_occurrence o
        WHERE o.calendar_id = ANY(%(calendars)s) AND o.during && tstzrange(%(begins)s, %(until)s)
          AND o.busy <> 'free' AND o.event_id <> ALL(%(apart)s)
        GROUP BY 1, 2, 3
    ) joined
"""


def next_good_times(
    diary: Diary,
    wish: Wish,
    *,
    at: datetime,
    reader,
    begins: datetime | None = None,
    until: datetime | None = None,
    at_most: int = 8,
    **how,
) -> list[GoodTime]:
    """As `free_time.next_good_times` has them, straight from the rows, and read no further than need be."""
    rules = busy.rules_of(diary)
    first = (begins or at) - busy.AROUND
    soon = max(begins or at, at) + LOOKED_FIRST
    found: list[GoodTime] = []
    for reach in [soon, until] if until is None or soon < until else [until]:
        stands = _stands(diary, rules, wish, first, reach, at=at, reader=reader)
        found = free_time.next_good_times(
            Book(rules, stands, at), wish, begins=begins, until=reach, at_most=at_most, **how
        )
        if _is_enough(found, rules, reach, at_most):
            break
    return found


def _is_enough(found: list[GoodTime], rules: Rules, reach: datetime | None, at_most: int) -> bool:
    """Whether a look beyond `reach` would find nothing else."""
    if reach is None or sum(each.preferred for each in found) >= at_most:
        return True
    if len(found) < at_most or not rules.preferred:
        return len(found) >= at_most
    return min(each.starts for each in found) + PREFERRED_WITHIN < reach


def _stands(
    diary: Diary, rules: Rules, wish: Wish, begins: datetime, reach: datetime | None, *, at: datetime, reader
) -> list[Taken]:
    """As `busy.taken`, but that what stands elsewhere is joined and nameless."""
    if diary._state.adding:
        return []
    until = (reach or at + timedelta(days=rules.days_ahead)) + busy.AROUND
    places = {place.pk: place for place in Place.objects.filter(client=diary.client_id)}
    apart = _perhaps_ours(diary, begins)
    found = busy.arranged(diary, begins, until, at=at, reader=reader)
    if apart:
        standing = busy.standing_elsewhere(diary, begins, until).filter(event__in=apart)
        found += busy.elsewhere(diary, standing, places, reader=reader)
    by_place = bool(wish.place and rules.travel)
    for where, counts_as, all_day, starts, ends in _joined(diary, begins, until, apart, by_place=by_place):
        place = busy.place_key(where, places)
        found.append(Taken(starts, ends, kind=Kind.ELSEWHERE, place=place, busy=counts_as, all_day=all_day))
    return found


def _perhaps_ours(diary: Diary, begins: datetime) -> list[UUID]:
    """The entries elsewhere that may be meetings of ours, which count by our own rows."""
    ahead = Q(ends_at__gt=begins) | Q(writing=Meeting.Writing.WAITING)
    ours = Meeting.objects.filter(ahead, diary=diary).only("uid", "series_id", "remote_id")
    names = {name for each in ours for name in (each.uid, each.uid_there, each.remote_id)} - {""}
    if not names:
        return []
    named = RemoteEvent.objects.filter(Q(uid__in=names) | Q(remote_id__in=names), calendar__diary=diary)
    return list(named.values_list("pk", flat=True))


def _joined(diary: Diary, begins: datetime, until: datetime, apart: list[UUID], *, by_place: bool):
    """(where, busy, all day, begins, ends) of what stands elsewhere; where it is only if that matters."""
    counting = Calendar.objects.filter(diary=diary, counts_as_busy=True)
    calendars = list(counting.values_list("pk", flat=True))
    if not calendars:
        return []
    span = {"begins": begins, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(JOINED, span | {"by_place": by_place, "calendars": calendars, "apart": apart})
        return cursor.fetchall()
