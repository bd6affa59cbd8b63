"""Goal 4: from the carrier's request to the first byte on the right desk, with many others listening."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from . import ringing
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

LIMIT = 10.0  # ms
BETWEEN_CALLS = 0.05  # seconds
PATIENCE = 5.0  # seconds in which a desk must have heard
ROUNDS = 3
WARM_UP = 5  # the first requests load what later ones find
COOKIE = "__Host-session"


@dataclass
class Desk:
    """One browser's open stream. `heard` holds when each event came, of all or of one name."""

    name: str = ""
    heard: list[float] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    async def listen(self, port: int, host: str, session: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(
                f"GET /live/ HTTP/1.1\r\nHost: {host}\r\nCookie: {COOKIE}={session}\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.split(b"\r\n")[0]:
                raise MeasurementFailed(f"a stream was refused: {head.splitlines()[0]!r}")
            while words := await reader.readline():
                if words.startswith(b"event: beat"):
                    self.ready.set()
                elif words.startswith(b"event: session.ended"):
                    raise MeasurementFailed("a desk was not signed in")
                elif words.startswith(b"event: " + self.name.encode()):
                    self.heard.append(time.perf_counter())
                    self.told.set()
        finally:
            writer.close()


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """Every round rings other clients. A call of which no desk hears fails the run."""
    desks, calls = (100, 20) if quick else (1000, 200)
    office.fill(desks)
    web = office.serve("web", "secretariat.wsgi:application")
    live = office.serve("live", "secretariat.live.asgi:application", interface="asginl")
    late, beside = asyncio.run(_rounds(office, web, live, desks, calls))
    office.stop_all()
    written = office.written()
    rung = calls * ROUNDS + WARM_UP
    if written.get("calls_call") != rung or written.get("calls_offer") != rung:
        raise MeasurementFailed(f"{rung} calls were answered, but the rows are {written}")
    return [Figure("call-to-desk", "4", "ms", LIMIT, AT_MOST, tuple(late), f"{desks} desks, {beside}")]


async def _rounds(office, web: int, live: int, count: int, calls: int) -> tuple[list[float], str]:
    host = office.environment["PUBLIC_BASE_URL"].removeprefix("http://")
    desks = [Desk() for _ in range(count)]
    listening = []
    for desk, session in zip(desks, office.filled["sessions"], strict=False):
        listening.append(asyncio.create_task(desk.listen(live, host, session)))
        if len(listening) % 20 == 0:
            await asyncio.sleep(0.01)
    await within(60, asyncio.gather(*(desk.ready.wait() for desk in desks)), "not all streams opened")
    line = await ringing.Line.open(web)
    for which in range(len(desks) - WARM_UP, len(desks)):
        await _ring(office, line, which, desks[which])
    late, pops = [], []
    for number in range(ROUNDS):
        answered, heard = [], []
        for which in range(number * calls, (number + 1) * calls):
            answer, pop = await _ring(office, line, which, desks[which])
            answered.append(answer * 1e3)
            heard.append(pop * 1e3)
            await asyncio.sleep(BETWEEN_CALLS)
        late.append(percentile(heard, 99) - percentile(answered, 99))
        pops += heard
    for task in listening:
        task.cancel()
    ended = await asyncio.gather(*listening, return_exceptions=True)
    if faults := Counter(repr(each) for each in ended if not isinstance(each, asyncio.CancelledError)):
        raise MeasurementFailed(f"streams ended: {faults}")
    return late, f"request to desk p50 {percentile(pops, 50):.0f} ms, p99 {percentile(pops, 99):.0f} ms"


async def _ring(office, line, which: int, desk: Desk) -> tuple[float, float]:
    """Ring one client: the seconds until the carrier had its answer, and until her secretary's desk heard."""
    environment = office.environment
    request = ringing.incoming_call(
        office.signed_url,
        office.filled["numbers"][which],
        account=environment["TWILIO_ACCOUNT_SID"],
        token=environment["TWILIO_AUTH_TOKEN"],
    )
    answer = await line.send(request)
    if answer.status != 200:
        raise MeasurementFailed(f"the webhook answered {answer.status}")
    await within(PATIENCE, desk.told.wait(), "a desk heard nothing of its call")
    return answer.seconds, desk.heard[0] - answer.sent


async def within(seconds: float, waited_for, otherwise: str) -> None:
    try:
        async with asyncio.timeout(seconds):
            await waited_for
    except TimeoutError:
        raise MeasurementFailed(otherwise) from None
