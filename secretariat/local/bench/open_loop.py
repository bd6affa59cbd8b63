"""Goal 3: calls that come when they come, not when the one before was answered.

Each call's time runs from the moment it was due: a server that stops for a second is late for all of that
second. On a machine that cannot bear 50 calls a second there are fewer, and the figure says how many.
"""

import asyncio
import itertools
import random
import time

from . import ringing, webhook
from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

WANTED = 50.0  # calls a second
SHARE = 0.4  # of what the machine can do, if that is less
LIMIT = 20.0  # × the floor's median, one call after the other
LEAST = 40  # calls, for the run to prove anything


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Floor and product in turn. Every call must be answered, and be there."""
    seconds, rounds, alone = (8.0, 1, 60) if quick else (60.0, 3, 200)
    office.fill(200)
    web = office.serve("web", "secretariat.wsgi:application")
    webhook.sampled(office, web)
    sample = str(office.folder / "sample.json")
    bare = office.serve("floor", "secretariat.local.bench.floor:application", BENCH_SAMPLE=sample)
    rate = min(WANTED, SHARE * _capacity(office, web))
    ratios, failed, slow = [], 0, []
    for _ in range(rounds):
        office.forget()
        floor = percentile(_one_by_one(office, bare, alone), 50)
        office.forget()
        took, refused = _as_they_come(office, web, rate, seconds)
        failed += refused
        slow.append(percentile(took, 99))
        ratios.append(slow[-1] / floor)
        if (there := office.written().get("calls_call", 0)) != len(took):
            raise MeasurementFailed(f"{len(took)} calls were answered, and {there} are there")
    office.stop("floor")
    told = (
        f"{rate:.0f} calls a second for {seconds:.0f} s; p99 {min(slow) * 1e3:.0f} … {max(slow) * 1e3:.0f} ms"
    )
    return [
        Figure("open-loop-p99", "3", "× floor", LIMIT, AT_MOST, tuple(ratios), told),
        Figure("open-loop-failed", "3", "calls", 0, AT_MOST, (failed,)),
        Figure("open-loop-rate", "3", "calls/s", WANTED, AT_LEAST, (rate,)),
    ]


def _capacity(office: Office, port: int) -> float:
    """Calls a second, once every process has loaded what later ones find."""
    for many in (24, 60):
        requests = [_call(office) for _ in range(many)]
        answers, took = asyncio.run(ringing.at_once(port, requests, 4))
        if any(answer.status != 200 for answer in answers):
            raise MeasurementFailed("the webhook was refused")
    return len(answers) / took


def _one_by_one(office: Office, port: int, many: int) -> list[float]:
    """Seconds of each, without those of the first ten."""
    answers, _ = asyncio.run(ringing.at_once(port, [_call(office) for _ in range(many + 10)], 1))
    return [answer.seconds for answer in answers[10:]]


def _as_they_come(office: Office, port: int, rate: float, seconds: float) -> tuple[list[float], int]:
    """Seconds of each that was answered, from when it was due, and how many were not."""
    until = time.monotonic() + seconds

    async def send(request: bytes) -> int:
        line = await ringing.Line.open(port)
        try:
            return (await line.send(request)).status
        finally:
            line.close()

    requests = (_call(office) for _ in itertools.count())
    heard = asyncio.run(ringing.on_schedule(send, requests, 1 / rate, until=lambda: time.monotonic() > until))
    if len(heard) < LEAST:
        raise MeasurementFailed(f"only {len(heard)} calls came in")
    took = [late for outcome, late in heard if outcome == 200]
    return took, len(heard) - len(took)


def _call(office: Office) -> bytes:
    return webhook.request(office, random.choice(office.filled["numbers"]))
