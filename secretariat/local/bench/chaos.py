"""R5: the provider refuses some, says nothing to some, and drops some that it took, and then is well again.

Where it can be asked, nothing is lost and nothing comes twice. Where it cannot, nothing is sent again that
may have arrived: a person is shown it.
"""

import os
import signal
import time

import psycopg

from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed
from .office import Office
from .outbox import PostRoom, compared, post_room, wait_for_the_end

WORKERS = 12
GAP = 0.05
TROUBLES = "SELECT count(*) FROM outbox_effect WHERE attempts > 1 AND starts_with(key, %s)"
SHOWN = """
    SELECT count(*) FILTER (WHERE state = 'unknown'),
           count(*) FILTER (WHERE state = 'unknown' AND shown_at IS NOT NULL),
           count(*) FILTER (WHERE state NOT IN ('unknown', 'done'))
    FROM outbox_effect WHERE starts_with(key, %s)
"""


def measure(office: Office, *, quick: bool) -> list[Figure]:
    letters, troubled = (200, 10.0) if quick else (10_000, 600.0)
    with post_room(office, GAP, troubled=troubled) as room:
        took = _sent(room, "careful", letters)
        lost, doubled = compared(room, "careful", letters)
        again = _asked(office, TROUBLES, "careful")[0]
    with post_room(office, GAP, troubled=troubled) as room:
        _sent(room, "unable", letters)
        _, sent_again = compared(room, "unable", letters)
        unknown, shown, otherwise = _asked(office, SHOWN, "unable")
    if not again or not unknown:
        raise MeasurementFailed(
            f"{again} letters took more than one attempt, {unknown} are unknown: no trouble"
        )
    beside = f"of {letters}; {again} took more than one attempt; {took:.0f} s"
    told = f"{unknown} unknown and {otherwise} neither sent nor unknown, of {letters}"
    return [
        Figure("chaos-lost", "R5", "letters", 0, AT_MOST, (lost,), beside),
        Figure("chaos-doubled", "R5", "letters", 0, AT_MOST, (doubled,)),
        Figure("chaos-unasked-shown", "R5", "of unknown", 1, AT_LEAST, (shown / unknown,), told),
        Figure("chaos-unasked-sent-again", "R5", "letters", 0, AT_MOST, (sent_again,)),
    ]


def _sent(room: PostRoom, manner: str, letters: int) -> float:
    room.asks(f"post {manner} {letters}")
    began = time.monotonic()
    workers = [room.asks(manner) for _ in range(WORKERS)]
    wait_for_the_end(room.office)
    for number in workers:
        os.kill(number, signal.SIGKILL)  # nothing is left to do
    return time.monotonic() - began


def _asked(office: Office, question: str, name: str) -> tuple:
    with psycopg.connect(office.owner_url) as rows:
        return rows.execute(question, [f"{name}-"]).fetchone()
