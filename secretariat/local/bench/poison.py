"""R9: letters that kill every worker that takes them up. They end, are shown, and keep nobody waiting."""

import contextlib
import os
import signal
import time

import psycopg

from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed
from .office import Office
from .outbox import compared, post_room, unfinished
from .post_office import POISON

WORKERS = 8
MOST_ATTEMPTS = 8
PATIENCE = 900.0  # seconds until all of them have ended
ENDED = "SELECT state, attempts, shown_at IS NOT NULL FROM outbox_effect WHERE starts_with(key, %s)"


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Workers that died are replaced, as any supervisor of processes does."""
    letters, poisoned = (200, 5) if quick else (10_000, 100)
    with post_room(office, 0.05) as room:
        room.asks(f"post {POISON} {poisoned}")
        room.asks(f"post careful {letters}")
        workers, deaths = [room.asks("careful") for _ in range(WORKERS)], 0
        began = time.monotonic()
        with psycopg.connect(office.owner_url, autocommit=True) as rows:
            while unfinished(rows):
                for number in [each for each in workers if not _lives(each)]:
                    deaths += 1
                    workers[workers.index(number)] = room.asks("careful")
                if time.monotonic() - began > PATIENCE:
                    raise MeasurementFailed(f"{unfinished(rows)} letters do not end")
                time.sleep(0.1)
            ended = rows.execute(ENDED, [POISON]).fetchall()
        for number in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)  # nothing is left to do
        lost, doubled = compared(room, "careful", letters)
    if deaths < poisoned:
        raise MeasurementFailed(f"{poisoned} letters killed only {deaths} workers")
    shown = sum(state in ("dead", "unknown") and known for state, _, known in ended)
    attempts = max(attempts for _, attempts, _ in ended)
    beside = f"{deaths} workers died, {time.monotonic() - began:.0f} s"
    return [
        Figure("poison-others-lost", "R9", "letters", 0, AT_MOST, (lost,), f"of {letters}"),
        Figure("poison-others-doubled", "R9", "letters", 0, AT_MOST, (doubled,)),
        Figure("poison-shown", "R9", "letters", poisoned, AT_LEAST, (shown,), beside),
        Figure("poison-attempts", "R9", "at most", MOST_ATTEMPTS, AT_MOST, (attempts,)),
    ]


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
