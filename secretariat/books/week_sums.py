"""One week of many secretaries: how each stands and how long she was at work; as many queries however many.

The same as `hours.of` comes to for each, reckoned by the database: nobody opens all of a large firm.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from clients.local_time import day_begins
from clients.models import WorkRecord
from secretariat.office.models import Secretary

from .coming_late import LATE
from .models import Week

WEEK, DAY = timedelta(days=7), timedelta(days=1)
# What overlaps, as a second call on hold, counts once.
CONFIRMED = """
    SELECT w.week_id, w.n,
        coalesce((SELECT extract(epoch FROM sum(upper(r) - lower(r))) FROM unnest(w.whole) r), 0)
    FROM (
        SELECT week_id, count(*) AS n, range_agg(tstzrange(started_at, ended_at)) AS whole
        FROM books_confirmedtime WHERE week_id = ANY(%(weeks)s::uuid[]) GROUP BY week_id
    ) w
"""
RECORDED = """
    SELECT w.id, w.n,
        coalesce((SELECT extract(epoch FROM sum(upper(r) - lower(r))) FROM unnest(w.whole) r), 0)
    FROM (
        SELECT a.id, count(*) AS n, range_agg(tstzrange(
            CASE WHEN c.id IS NULL THEN r.started_at ELSE c.started_at END,
            CASE WHEN c.id IS NULL THEN r.ended_at ELSE c.ended_at END
        )) AS whole
        FROM unnest(%(people)s::uuid[], %(since)s::timestamptz[], %(until)s::timestamptz[])
            AS a(id, since, until)
        JOIN clients_workrecord r
            ON r.secretary_id = a.id AND r.started_at >= a.since AND r.started_at < a.until
        LEFT JOIN books_correction c ON c.record_id = r.id AND c.replaced_at IS NULL
        WHERE NOT EXISTS (SELECT FROM books_confirmedtime t WHERE t.record_id = r.id)
        GROUP BY a.id
    ) w
"""


@dataclass(frozen=True)
class WeekSum:
    """`intervals`: how many there are. `week` is none where nobody has said anything of it yet."""

    secretary: Secretary
    week: Week | None
    intervals: int
    at_work_seconds: float

    @property
    def state(self) -> str:
        return self.week.state if self.week else Week.State.OPEN


def people_of(people: QuerySet[Secretary], starts_on: date) -> QuerySet[Secretary]:
    """Whoever has worked in this week, has a word on it, or may have time in it that came late for the one
    before; with some who worked on a day beside it.
    """
    noon = datetime.fromisoformat(
        f"{starts_on}T12:00+00:00"
    )  # each zone's own midnight is within a day of it
    worked = WorkRecord.objects.filter(
        secretary=OuterRef("pk"), started_at__gte=noon - 2 * DAY, started_at__lt=noon + WEEK + DAY
    )
    late = WorkRecord.objects.filter(
        secretary=OuterRef("pk"), confirmed=None, started_at__gte=noon - LATE, started_at__lt=noon
    )
    weeks = Week.objects.filter(secretary=OuterRef("pk"))
    closed = weeks.filter(starts_on=starts_on - WEEK).exclude(state=Week.State.OPEN)
    said = weeks.filter(starts_on=starts_on)
    return people.filter(Exists(worked) | Exists(said) | Exists(closed) & Exists(late))


def of(secretaries: Iterable[Secretary], starts_on: date) -> list[WeekSum]:
    """Each one's week that begins on this Monday; without those who have nothing in it."""
    people = list(secretaries)
    weeks = {
        each.secretary_id: each for each in Week.objects.filter(secretary__in=people, starts_on=starts_on)
    }
    closed = [each for each in weeks.values() if each.state != Week.State.OPEN]
    sums: dict[UUID, tuple[int, float]] = {}
    by_week = _confirmed(each.pk for each in closed)
    for each in closed:
        sums[each.secretary_id] = by_week.get(each.pk, (0, 0.0))
    sums |= _recorded([each for each in people if each.pk not in sums], starts_on)
    rows = [WeekSum(each, weeks.get(each.pk), *sums.get(each.pk, (0, 0.0))) for each in people]
    return [row for row in rows if row.intervals or row.week]


def of_weeks(weeks: Iterable[Week]) -> dict[UUID, float]:
    """Of weeks that are confirmed: seconds at work, by the week's id."""
    keys = [each.pk for each in weeks]
    found = _confirmed(keys)
    return {key: found.get(key, (0, 0.0))[1] for key in keys}


def _confirmed(keys: Iterable[UUID]) -> dict[UUID, tuple[int, float]]:
    keys = list(keys)
    return _asked(CONFIRMED, {"weeks": keys}) if keys else {}


def _recorded(people: list[Secretary], starts_on: date) -> dict[UUID, tuple[int, float]]:
    """What is recorded in open weeks, each record as it counts, and what came late for closed ones."""
    if not people:
        return {}
    closed = defaultdict(set)
    before = Week.objects.filter(secretary__in=people, starts_on__lt=starts_on).exclude(state=Week.State.OPEN)
    for whose, monday in before.values_list("secretary", "starts_on"):
        closed[whose].add(monday)
    since, until = [], []
    for each in people:
        monday, zone = starts_on, ZoneInfo(each.zone)
        while monday - WEEK in closed[each.pk]:  # back to the last week that is still open
            monday -= WEEK
        since.append(day_begins(monday, zone))
        until.append(day_begins(starts_on + WEEK, zone))
    return _asked(RECORDED, {"people": [each.pk for each in people], "since": since, "until": until})


def _asked(words: str, facts: dict) -> dict[UUID, tuple[int, float]]:
    with connection.cursor() as rows:
        rows.execute(words, facts)
        return {key: (n, float(seconds)) for key, n, seconds in rows.fetchall()}
