"""Goal 6: how fast a full queue empties with a slow provider, and what a kill -9 half-way costs.

A rate is that between the first tenth of the letters and the last, by the provider's book. The threads are in
two processes, as docker-compose.yml has them: those of one share one processor. The floor, a bare worker of
as many threads, empties the same queue in turn with the product: on two cores no program comes near to what
the provider would allow.
"""

import os
import signal

from secretariat.local.children import Child

from . import delivering, post_office
from .figures import AT_LEAST, AT_MOST, Figure
from .office import Office
from .post_office import PostOffice

THREADS, PROCESSES = 64, 2
IDEAL = THREADS / post_office.DELAY  # letters a second, if nothing but the provider took time
LIMIT = 0.5
FLOOR = 0.5  # of the bare worker's rate


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Floor and product in turn; then a worker is killed half-way, and another one and the sweep go on."""
    rounds, each, many = (1, 1000, 400) if quick else (5, 5000, 10_000)
    bare, ours = [], []
    for _ in range(rounds):
        bare.append(_rate(office, each, "bare"))
        ours.append(_rate(office, each, "ours"))
    lost, doubled = _killed(office, many)
    told = f"{min(ours):.0f} … {max(ours):.0f} letters a second of {IDEAL:.0f}, {THREADS} threads"
    beside = f"bare: {min(bare):.0f} … {max(bare):.0f} letters a second"
    ideal, floor = (tuple(rate / IDEAL for rate in rates) for rates in (ours, bare))
    ratios = tuple(our / its for our, its in zip(ours, bare, strict=True))
    return [
        Figure("drain-rate", "6", "× ideal", LIMIT, AT_LEAST, ideal, told),
        Figure("drain-rate-bare", "6", "× ideal", LIMIT, AT_LEAST, floor, beside),
        Figure("drain-rate-of-bare", "6", "× floor", FLOOR, AT_LEAST, ratios),
        Figure("drain-lost", "6", "letters", 0, AT_MOST, (lost,), f"of {many:,}, over a kill -9"),
        Figure("drain-doubled", "6", "letters", 0, AT_MOST, (doubled,)),
    ]


def _rate(office: Office, many: int, whose: str) -> float:
    with post_office.beside(office) as post:
        office.with_django(f"delivering.post_many('bulk', {many})")
        if whose == "bare":
            post.runs("bare-worker", "bare_worker", str(THREADS))
        else:
            _begin(post)
        post.until(lambda: post.came() >= many, "letters do not leave", seconds=300)
        moments = sorted(times[0] for times in post.arrived("bulk").values())
    first, last = many // 10, many - many // 10
    return (last - first) / (moments[last] - moments[first])


def _killed(office: Office, many: int) -> tuple[int, int]:
    """How many letters were lost, and how many came twice."""
    with post_office.beside(office) as post:
        office.with_django(f"delivering.post_many('bulk', {many})")
        workers = _begin(post)
        post.until(lambda: post.came() > many / 2, "half of them do not leave", seconds=300)
        for worker in workers:
            os.kill(worker.process.pid, signal.SIGKILL)
        post.starts("worker-again", *delivering.bulk(THREADS))
        post.starts("sweep", "sweep")
        post.until(lambda: not post.waiting(), "letters do not end", seconds=300)
        arrived, done = post.arrived("bulk"), post.ended("done")
    return many - len(done & set(arrived)), sum(len(times) > 1 for times in arrived.values())


def _begin(post: PostOffice) -> list[Child]:
    command = delivering.bulk(THREADS // PROCESSES)
    workers = [post.starts(f"worker-bulk-{number}", *command) for number in range(PROCESSES)]
    post.office.with_django(f"delivering.hint('bulk', {THREADS})")
    return workers
