"""Two who meet at a lock: how one of them knows that the other has come, and waits for her.

Of sessions and locks PostgreSQL shows a transaction one picture, taken at its first look. Whoever looks from
within a transaction must throw it away each time, or she never sees a session that began after it.
"""

import time

from django.db import connection

from .patience import PATIENCE

WAITS_FOR_ME = "SELECT 1 FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def until_another_waits_for_me(another=None) -> None:
    """Until another session waits for a lock that this one has, whoever else waits for whom beside it.

    `another` is the Future of whoever is to come: where she ends without having waited, so does this.
    """
    latest = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITS_FOR_ME)
            if cursor.fetchone():
                return
            if another and another.done():
                raise AssertionError(f"the two did not meet: the other came to {another.result()!r} first")
            assert time.monotonic() < latest, "nobody waited"
            time.sleep(0.01)
