"""Goal 14: both web processes are replaced, one after the other, while calls come in; none may fail.

What the proxy of docker-compose.yml does is done here by whoever sends: a process that refuses the
connection is passed over for the other. A request that was taken on and then dropped has failed, for no proxy
repeats it. The carrier does, where our address tells it to (`calls.twiml.ASK_AGAIN`), and so does the sender
here: what is not answered then either is a caller lost.
"""

import asyncio
import itertools
import random
import threading
import time
from collections import Counter

from . import ringing
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

NAMES = ("web-a", "web-b")
WANTED = 50.0  # calls a second
SHARE = 0.5  # of what one process can do, if that is less: for a while there is but one
SLOWEST = 15.0  # seconds that the carrier waits
AGAIN = 3  # times a carrier asks once more
COUNTED = 120  # calls by which it is judged what a process can do
LEAST = 40  # calls that must have come in for the run to prove anything


def measure(office: Office, *, quick: bool) -> list[Figure]:
    office.fill(200)
    ports = {name: _served(office, name) for name in NAMES}
    rate = min(WANTED, SHARE * _capacity(office, ports))
    over = threading.Event()
    heard: list = []
    dropped: list[str] = []
    caller = threading.Thread(target=lambda: heard.extend(_ring(office, ports, 1 / rate, over, dropped)))
    caller.start()
    try:
        for _ in range(1 if quick else 3):
            for name in NAMES:
                office.stop(name)
                ports[name] = _served(office, name)
    finally:
        over.set()
        caller.join()
    office.stop(*NAMES)
    statuses = Counter(_named(outcome) for outcome, _ in heard)
    if len(heard) < LEAST:
        raise MeasurementFailed(f"only {len(heard)} calls came in while the processes were replaced")
    unanswered = len(heard) - statuses["200"]
    late = sum(seconds > SLOWEST for _, seconds in heard)
    slowest = percentile([seconds for _, seconds in heard], 99)
    beside = (
        f"{len(heard)} calls, {rate:.0f} a second: {dict(statuses)}; p99 {slowest:.1f} s, {late} over 15 s"
    )
    failed = unanswered + len(dropped)
    return [
        Figure("restart-failed", "14", "requests", 0, AT_MOST, (failed,), f"{len(dropped)} dropped"),
        Figure("restart-unanswered", "14", "calls", 0, AT_MOST, (unanswered,), beside),
    ]


def _served(office: Office, name: str) -> int:
    """As docker-compose.yml serves it, also to its end."""
    return office.serve(name, "secretariat.wsgi:application", workers=1, as_in_production=True)


def _capacity(office: Office, ports: dict[str, int]) -> float:
    """Calls a second that one of the two answers, once its first ones have loaded what later ones find."""
    for name in NAMES:
        _at_once(office, ports[name], 20)
    began = time.monotonic()
    _at_once(office, ports[NAMES[0]], COUNTED)
    return COUNTED / (time.monotonic() - began)


def _at_once(office: Office, port: int, calls: int) -> None:
    """So many calls, four at a time. Raises MeasurementFailed if one is refused."""
    waiting, statuses = itertools.islice(_requests(office), calls), []

    async def keep_sending():
        for request in waiting:
            line = await ringing.Line.open(port)
            statuses.append((await line.send(request)).status)
            line.close()

    async def at_once():
        await asyncio.gather(*(keep_sending() for _ in range(4)))

    asyncio.run(at_once())
    if set(statuses) != {200}:
        raise MeasurementFailed("the webhook was refused before anything was restarted")


def _ring(office: Office, ports: dict[str, int], apart: float, over: threading.Event, dropped: list) -> list:
    turns = itertools.cycle(NAMES)

    async def send(request: bytes) -> int:
        for more in reversed(range(1 + AGAIN)):
            try:
                return await through_the_proxy(request)
            except (asyncio.IncompleteReadError, ConnectionResetError) as cut:
                dropped.append(_named(cut))
                if not more:
                    raise
        raise AssertionError("unreachable")

    async def through_the_proxy(request: bytes) -> int:
        first = next(turns)
        for name in (first, next(each for each in NAMES if each != first), first):
            try:
                line = await ringing.Line.open(ports[name])
            except ConnectionRefusedError:
                continue
            try:
                return (await line.send(request)).status
            finally:
                line.close()
        raise ConnectionRefusedError("by both")

    return asyncio.run(ringing.on_schedule(send, _requests(office), apart, until=over.is_set))


def _requests(office: Office):
    environment = office.environment
    signed = {"account": environment["TWILIO_ACCOUNT_SID"], "token": environment["TWILIO_AUTH_TOKEN"]}
    while True:
        yield ringing.incoming_call(office.signed_url, random.choice(office.filled["numbers"]), **signed)


def _named(outcome) -> str:
    return type(outcome).__name__ if isinstance(outcome, Exception) else str(outcome)
