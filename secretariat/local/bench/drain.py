"""Goal 6: how fast a full queue empties with a slow provider, and what a kill -9 half-way costs."""

import os
import signal
import time

from . import delivering, post_office
from .figures import AT_LEAST, AT_MOST, Figure
from .office import Office

THREADS = 64
IDEAL = THREADS / post_office.DELAY  # letters a second, if nothing but the provider took time
LIMIT = 0.5


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Kill the worker half-way; another one and the sweep go on. The rate is that before the kill."""
    many = 600 if quick else 10_000
    with post_office.beside(office) as post:
        office.with_django(f"delivering.post_many('bulk', {many})")
        worker = post.starts("worker-bulk", *delivering.bulk(THREADS))
        office.with_django(f"delivering.hint('bulk', {THREADS})")
        post.until(lambda: len(post.arrived("bulk")) > many / 20, "no letter left", seconds=60)
        early, since = len(post.arrived("bulk")), time.monotonic()
        post.until(lambda: len(post.arrived("bulk")) > many / 2, "half of them do not leave", seconds=300)
        rate = (len(post.arrived("bulk")) - early) / (time.monotonic() - since)
        os.kill(worker.process.pid, signal.SIGKILL)
        post.starts("worker-again", *delivering.bulk(THREADS))
        post.starts("sweep", "sweep")
        post.until(lambda: not post.waiting(), "letters do not end", seconds=300)
        arrived, done = post.arrived("bulk"), post.ended("done")
    lost = many - len(done & set(arrived))
    doubled = sum(len(times) > 1 for times in arrived.values())
    beside = f"{rate:.0f} letters a second of {IDEAL:.0f}, {THREADS} threads"
    return [
        Figure("drain-rate", "6", "× ideal", LIMIT, AT_LEAST, (rate / IDEAL,), beside),
        Figure("drain-lost", "6", "letters", 0, AT_MOST, (lost,), f"of {many:,}, over a kill -9"),
        Figure("drain-doubled", "6", "letters", 0, AT_MOST, (doubled,)),
    ]
