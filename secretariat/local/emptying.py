"""Take every row away that tests wrote, and leave what migrations wrote.

A DELETE from the few tables that hold rows takes a millisecond; TRUNCATE of all takes tens.
"""

import time

import psycopg
from psycopg import sql

KEPT = ("django_migrations", "django_content_type", "auth_permission", "local_clock")
WITHIN = 120  # seconds


def empty(owner_url: str, *, within: float = WITHIN) -> None:
    """Empty the database as its owner, foreign keys and triggers set aside, and set the clock right.

    Processes may still be at work on it, and are let finish what they began: where one of them has a table,
    we let go of all we have and begin anew. So we never wait with something in our hands, and nobody is ever
    in a deadlock with us, who might be the one it ends. Raises psycopg.errors.LockNotAvailable if there is
    no moment in `within` seconds in which nobody is at work.
    """
    until = time.monotonic() + within
    while True:
        try:
            with psycopg.connect(owner_url) as connection:
                _empty(connection)
            return
        except psycopg.errors.LockNotAvailable:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _empty(connection: psycopg.Connection) -> None:
    connection.execute("SET LOCAL session_replication_role = replica")
    tables = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition "
        "AND relnamespace = 'public'::regnamespace AND relname <> ALL (%s) ORDER BY relname",
        [list(KEPT)],
    ).fetchall()
    if not tables:
        return
    # From here on readers go on; whoever would write, or keep a row for writing, waits until all is gone.
    names = sql.SQL(", ").join(sql.Identifier(table) for table in [*(t for (t,) in tables), "local_clock"])
    connection.execute(sql.SQL("LOCK TABLE {} IN EXCLUSIVE MODE NOWAIT").format(names))
    asked = [
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(t), sql.Identifier(t))
        for (t,) in tables
    ]
    for (table,) in connection.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall():
        connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
    connection.execute("UPDATE local_clock SET shift = '0', stands_at = NULL")
