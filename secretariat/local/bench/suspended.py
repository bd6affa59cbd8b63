"""How soon somebody who is suspended is out, with many others at work: pages, stream, what rings, her caller.

Each of them either hears a caller ring or talks with one. Timed is from the moment the firm begins to suspend
her until her stream has ended, her sign-in opens no page, nothing rings at her and no caller is with her.
"""

import asyncio
import sys
import time
from dataclasses import dataclass, field

import psycopg

from . import webhook
from .desks import COOKIE, Desk
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .hotspot import answer
from .office import Office
from .ringing import Line

LIMIT = 10.0  # seconds until all of it is over
PATIENCE = 30.0
BEFORE = 20.0  # seconds in which her caller must ring at her
# Whom each has with her, in the order of `filling.fill`: by the number that was rung.
WITH_HER = """
    SELECT l.number, o.id::text, o.state, c.state FROM calls_offer o
    JOIN calls_call c ON c.id = o.call_id JOIN clients_line l ON l.id = c.line_id
    WHERE o.state = 'pending' OR (c.state = 'talking' AND c.secretary_id = o.secretary_id)
"""


@dataclass
class Watched(Desk):
    """A desk whose stream may be ended. `out` is when it was."""

    out: list[float] = field(default_factory=list)

    async def listen(self, port: int, host: str, session: str) -> None:
        try:
            await super().listen(port, host, session)
        except MeasurementFailed:
            if not self.ready.is_set():
                raise
            self.out.append(time.time())


def suspend_each() -> None:
    """In a process with Django: suspend whoever's address is read, and print when that began."""
    from secretariat import clock
    from secretariat.office import suspending
    from secretariat.office.models import Post, Suspension, User

    firm = User.objects.create(email="firm@bench.example", name="The firm")
    Post.objects.create(user=firm, post=Post.Kind.ADMIN)
    print("ready", flush=True)
    for address in sys.stdin:
        user = User.objects.get(email=address.strip())
        began = time.time()
        suspending.suspend(user, by=firm, reason=Suspension.Reason.LOST, at=clock.now())
        print(began, flush=True)


def measure(office: Office, *, quick: bool) -> list[Figure]:
    desks, people = (100, 20) if quick else (1000, 200)
    office.fill(desks)
    office.collect_static()
    web = office.serve("web", "secretariat.wsgi:application")
    live = office.serve("live", "secretariat.live.asgi:application", interface="asginl")
    words = f"import django; django.setup(); from {__package__} import filling; filling.look_after()"
    office.start("rounds", "-c", words)
    took, rang, talked = asyncio.run(_suspended(office, web, live, desks, people))
    office.stop_all()
    office.filled = {}  # some of them are shut out
    beside = f"{rang} heard a caller ring, {talked} talked with one; {desks} desks"
    worst = tuple(percentile(each, 100) for each in took)
    return [
        Figure("suspended-out", "", "s", LIMIT, AT_MOST, (max(worst),), f"the slowest of {people}; {beside}"),
        Figure("suspended-stream", "", "s", LIMIT, AT_MOST, (percentile(took[0], 50),), "median"),
        Figure("suspended-pages", "", "s", LIMIT, AT_MOST, (percentile(took[1], 50),), "median"),
        Figure("suspended-callers", "", "s", LIMIT, AT_MOST, (percentile(took[2], 50),), "median"),
    ]


async def _suspended(office: Office, web: int, live: int, desks: int, people: int):
    """Seconds until stream, pages and callers were gone, for each; how many rang, and how many talked."""
    host = office.environment["PUBLIC_BASE_URL"].removeprefix("http://")
    watched = [Watched() for _ in range(desks)]
    sessions = office.filled["sessions"]
    listening = [
        asyncio.create_task(desk.listen(live, host, session))
        for desk, session in zip(watched, sessions, strict=False)
    ]
    await asyncio.wait_for(asyncio.gather(*(desk.ready.wait() for desk in watched)), 60)
    process = office.beginning("suspended.suspend_each()")
    if await asyncio.to_thread(process.stdout.readline) != "ready\n":
        raise MeasurementFailed(process.stderr.read())
    streams, pages, callers, rang, talked = [], [], [], 0, 0
    async with await psycopg.AsyncConnection.connect(office.owner_url, autocommit=True) as rows:
        for which in range(people):
            number = office.filled["numbers"][which]
            if await _shut(web, host, sessions[which]):
                raise MeasurementFailed("her desk was shut before she was suspended")
            await _a_caller(office, web, rows, number, talks=which % 2 == 1)
            rang, talked = rang + (which % 2 == 0), talked + which % 2
            process.stdin.write(f"secretary{which}@bench.example\n")
            process.stdin.flush()
            began = float(await asyncio.to_thread(process.stdout.readline))
            gone = await asyncio.gather(
                _when(lambda desk=watched[which]: _ended(desk)),
                _when(lambda session=sessions[which]: _shut(web, host, session)),
                _when(lambda number=number: _alone(rows, number)),
            )
            for times, at in zip((streams, pages, callers), gone, strict=True):
                times.append(at - began)
    process.stdin.close()
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    return (streams, pages, callers), rang, talked


async def _a_caller(office: Office, web: int, rows, number: str, *, talks: bool) -> None:
    """She has a caller ringing, or in conversation. Raises MeasurementFailed if she has not."""
    line = await Line.open(web)
    await line.send(webhook.request(office, number))
    line.close()
    await _when(lambda: _with_her(rows, number), BEFORE)
    if talks:
        [offer] = [each[1] for each in await _with_her(rows, number)]
        if not await answer(office, web, offer):
            raise MeasurementFailed("a line was answered and led to nobody")


async def _with_her(rows, number: str) -> list:
    return [each for each in await (await rows.execute(WITH_HER)).fetchall() if each[0] == number]


async def _alone(rows, number: str) -> bool:
    return not await _with_her(rows, number)


async def _ended(desk: Watched) -> bool:
    return bool(desk.out)


async def _shut(web: int, host: str, session: str) -> bool:
    """Whether her sign-in opens the desk no more."""
    reader, writer = await asyncio.open_connection("127.0.0.1", web)
    cookie = f"Cookie: {COOKIE}={session}\r\nConnection: close\r\n"
    writer.write(f"GET /desk/ HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Proto: https\r\n{cookie}\r\n".encode())
    status = (await reader.readline()).split(b" ")[1]
    writer.close()
    return status in (b"302", b"403")


async def _when(reached, patience: float = PATIENCE) -> float:
    """The moment at which it was so, to a hundredth of a second."""
    deadline = time.monotonic() + patience
    while not await reached():
        if time.monotonic() > deadline:
            raise MeasurementFailed("somebody who was suspended is not out")
        await asyncio.sleep(0.01)
    return time.time()
