"""Take every row away that tests wrote, and leave what migrations wrote.

A DELETE from the few tables that hold rows takes a millisecond; TRUNCATE of all takes tens.
"""

import time

import psycopg
from psycopg import sql

KEPT = ("django_migrations", "django_content_type", "auth_permission", "local_clock")
GIVES_WAY_AFTER = "200ms"  # under PostgreSQL's deadlock_timeout of 1 s
WITHIN = 30  # seconds


def empty(owner_url: str, *, within: float = WITHIN) -> None:
    """Empty the database as its owner, foreign keys and triggers set aside, and set the clock right.

    Processes may still be at work on it. They are let finish what they began, and meanwhile nobody else
    begins; whoever waits for us while we wait for her goes first, and we begin anew. Raises
    psycopg.errors.LockNotAvailable if somebody holds a row for longer than `within` seconds.
    """
    until = time.monotonic() + within
    while True:
        try:
            with psycopg.connect(owner_url) as connection:
                _empty(connection)
            return
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            if time.monotonic() > until:
                raise


def _empty(connection: psycopg.Connection) -> None:
    connection.execute("SET LOCAL session_replication_role = replica")
    connection.execute(f"SET LOCAL lock_timeout = '{GIVES_WAY_AFTER}'")
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition "
        "AND relnamespace = 'public'::regnamespace AND relname <> ALL (%s) ORDER BY relname",
        [list(KEPT)],
    ).fetchall()
    if not tables:
        return
    # Readers go on; whoever would write, or keep a row for writing, waits until all is gone.
    names = sql.SQL(", ").join(sql.Identifier(table) for table in [*(t for (t,) in tables), "local_clock"])
    connection.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(names))
    asked = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(t), sql.Identifier(t))
        for (t,) in tables
    ]
    for (table,) in connection.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall():
        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    connection.execute("UPDATE local_clock SET shift = '0', stands_at = NULL")
