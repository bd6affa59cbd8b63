"""The time, as the product tells it.

In production it is simply the time. A demo or a test may live at another moment: there a one-row
table holds a shift, or the moment at which the clock stands still, so that every process of that office,
and its SQL, agree on the hour.
Leases and heartbeats never use this clock: they compare `statement_timestamp()` with itself.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import DateField, DateTimeField, F, Func, Value
from django.db.models.functions import Cast
from django.utils import timezone

NOW_SQL = "(SELECT COALESCE(stands_at, statement_timestamp() + shift) FROM local_clock)"


def shift() -> timedelta:
    """How far this office's clock is ahead of the computer's. Nought in production."""
    return _as_set()[0]


def now() -> datetime:
    """This moment as an aware datetime in UTC."""
    ahead, stands_at = _as_set()
    return stands_at or timezone.now() + ahead


def _as_set() -> tuple[timedelta, datetime | None]:
    """How far this office's clock is ahead of the computer's, and where it stands if it does."""
    if not settings.CLOCK_MAY_SHIFT:
        return timedelta(), None
    connection.ensure_connection()
    # Straight through psycopg: reading the clock is no query of the page that asks for the time.
    if not _has_its_table():  # while the tables are being made
        return timedelta(), None
    found = connection.connection.execute("SELECT shift, stands_at FROM local_clock").fetchone()
    return found or (timedelta(), None)


_seen: set[str] = set()  # databases that have the table, which they keep


def _has_its_table() -> bool:
    name = connection.settings_dict["NAME"]
    if name not in _seen:
        [there] = connection.connection.execute("SELECT to_regclass('local_clock')").fetchone()
        if there is None:
            return False
        _seen.add(name)
    return True


class Now(Func):
    """This moment on the database's clock, for comparing and storing in SQL."""

    template = "statement_timestamp()"
    output_field = DateTimeField()

    def as_sql(self, compiler, connection, **extra):  # type: ignore[override]  # it takes no template
        template = NOW_SQL if settings.CLOCK_MAY_SHIFT else self.template
        return super().as_sql(compiler, connection, template=template, **extra)


def day_in(zone: F | str, at: datetime | None = None) -> Cast:
    """The day it is in the zone that a column names, for comparing in SQL: each row has a day of its own.

    `zone`: a field or a reference to one. `at`: a moment; without one, now on the database's clock.
    """
    moment = Now() if at is None else Value(at, DateTimeField())
    return Cast(Func(zone, moment, function="TIMEZONE"), DateField())
