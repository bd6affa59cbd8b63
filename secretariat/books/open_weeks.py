"""Weeks with work in them that are not closed: what they hold may still be corrected, and is not paid yet."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from clients.models import Client
from secretariat.office.models import Secretary

from .coming_late import LATE

AT_MOST = 30  # are named; a large firm's page of hours has the rest
WEEK = timedelta(days=7)
# Whether she worked is asked of one week after the other, and no further than so many are found. What came
# late for closed weeks stands in the first one after them, which may begin after the days asked about. For a
# whole firm that is looked for where she did nothing else in it: all others confirm it for their own work.
OPEN = """
    SELECT c.id, c.spoken_name, c.monday
    FROM (
        SELECT s.id, s.spoken_name, s.zone, w.monday, k.id AS week, k.state = 'confirmed' AS is_confirmed
        FROM office_secretary s CROSS JOIN unnest(%(mondays)s::date[]) AS w(monday)
        LEFT JOIN books_week k ON k.secretary_id = s.id AND k.starts_on = w.monday
        WHERE (%(secretary)s::uuid IS NULL OR s.id = %(secretary)s::uuid)
            AND k.state IS DISTINCT FROM 'approved'
        ORDER BY w.monday, s.spoken_name, s.id
    ) c
    CROSS JOIN LATERAL (
        (
            SELECT 1 FROM clients_workrecord r
            WHERE r.secretary_id = c.id
                AND (%(client)s::uuid IS NULL OR r.client_id = %(client)s::uuid)
                AND r.started_at >= greatest(c.monday, %(first)s::date)::timestamp AT TIME ZONE c.zone
                AND r.started_at < least(c.monday + 7, %(last)s::date + 1)::timestamp AT TIME ZONE c.zone
            LIMIT 1
        )
        UNION ALL
        (
            SELECT 1 FROM books_confirmedtime t
            WHERE c.is_confirmed AND t.week_id = c.week
                AND (%(client)s::uuid IS NULL OR t.client_id = %(client)s::uuid)
                AND t.started_at >= %(first)s::date::timestamp AT TIME ZONE c.zone
                AND t.started_at < least(c.monday, %(last)s::date + 1)::timestamp AT TIME ZONE c.zone
            LIMIT 1
        )
        UNION ALL
        (
            SELECT 1 FROM clients_workrecord r
            WHERE c.is_confirmed IS NOT TRUE AND r.secretary_id = c.id
                AND (%(client)s::uuid IS NULL OR r.client_id = %(client)s::uuid)
                AND r.started_at >= greatest(c.monday - 7 * (
                    SELECT count(*)::int
                    FROM (
                        SELECT k.starts_on, row_number() OVER (ORDER BY k.starts_on DESC)::int AS nth
                        FROM books_week k
                        WHERE k.secretary_id = c.id AND k.state <> 'open'
                            AND k.starts_on < c.monday AND k.starts_on >= c.monday - %(late)s
                    ) k
                    WHERE k.starts_on = c.monday - 7 * k.nth
                ), %(first)s::date)::timestamp AT TIME ZONE c.zone
                AND r.started_at < least(c.monday, %(last)s::date + 1)::timestamp AT TIME ZONE c.zone
                AND NOT EXISTS (SELECT FROM books_confirmedtime t WHERE t.record_id = r.id)
                AND (%(secretary)s::uuid IS NOT NULL OR NOT EXISTS (
                    SELECT FROM clients_workrecord o
                    WHERE o.secretary_id = c.id
                        AND o.started_at >= c.monday::timestamp AT TIME ZONE c.zone
                        AND o.started_at < (c.monday + 7)::timestamp AT TIME ZONE c.zone
                ))
            LIMIT 1
        )
        LIMIT 1
    ) r
    LIMIT %(most)s
"""


@dataclass(frozen=True)
class OpenWeek:
    secretary_id: UUID
    name: str
    starts_on: date


@dataclass(frozen=True)
class Open:
    """`are_more`: than are named."""

    weeks: list[OpenWeek]
    are_more: bool = False


def between(
    first: date, last: date, *, client: Client | None = None, secretary: Secretary | None = None
) -> Open:
    """Weeks that are not closed, in which work of these days stands: for this client, or for anybody.

    `secretary`: of her alone.
    """
    monday = first - timedelta(days=first.weekday())
    mondays = [monday + n * WEEK for n in range((last + LATE - monday).days // 7 + 1)]
    asked = {
        "mondays": mondays,
        "client": client and client.pk,
        "secretary": secretary and secretary.pk,
        "first": first,
        "last": last,
        "late": LATE.days,
        "most": AT_MOST + 1,
    }
    with connection.cursor() as rows:
        rows.execute(OPEN, asked)
        found = [OpenWeek(*row) for row in rows.fetchall()]
    return Open(found[:AT_MOST], len(found) > AT_MOST)
