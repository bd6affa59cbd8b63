"""The floor of `drain`: the least that empties the same queue, with as many threads, into the same provider.

`python -m secretariat.local.bench.bare_worker PORT THREADS`, with DATABASE_URL in the environment. A thread
takes one letter with SKIP LOCKED, hands it over and marks it. It neither fences nor asks, keeps no lane and
knows no breaker: what dies in its hands is lost. psycopg and the standard library, nothing of the product.
"""

import os
import sys
import threading
import uuid

import psycopg

from .letterbox import said

TAKE = """
    UPDATE outbox_effect SET state = 'leased', attempts = attempts + 1, lease_owner = %s,
        leased_until = statement_timestamp() + interval '30 s', changed_at = statement_timestamp()
    WHERE id = (
        SELECT id FROM outbox_effect
        WHERE queue = 'bulk' AND state = 'pending' AND due_at <= statement_timestamp()
        ORDER BY due_at, place LIMIT 1 FOR UPDATE SKIP LOCKED
    ) RETURNING id, key, payload
"""
MARK = """
    UPDATE outbox_effect SET state = 'done', receipt = %s, lease_owner = NULL, leased_until = NULL,
        changed_at = statement_timestamp()
    WHERE id = %s
"""


def work(port: int) -> None:
    """Until nothing is left."""
    owner = uuid.uuid4()
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=0) as rows:
        while taken := rows.execute(TAKE, [owner]).fetchone():
            number, key, _ = taken
            if said(port, "POST", key, timeout=5) == 201:
                rows.execute(MARK, [key, number])


if __name__ == "__main__":
    for _ in range(int(sys.argv[2])):
        threading.Thread(target=work, args=[int(sys.argv[1])]).start()
