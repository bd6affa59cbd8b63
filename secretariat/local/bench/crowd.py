"""Goal 5: thousands of desks in one process: what each costs, that each hears, and who holds a connection.

The floor keeps as many streams open and does nothing else. Memory is the processes' proportional share (PSS),
with the streams less without them.
"""

import asyncio
import json
import resource
import sys
import time
import uuid
from pathlib import Path

import psycopg

from .desks import PATIENCE, Desk
from .figures import AT_MOST, Figure, MeasurementFailed
from .office import Office

LIMIT, SLOWEST = 1.5, 0.5  # × the floor's kilobytes; seconds until the last desk has heard
AT_REST = 2.0  # seconds for what opening took to be given back
BROADCASTS = 3
HELD = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app' AND backend_type = 'client backend'"


def announce() -> None:
    """Tell everybody, in a process with Django; print when."""
    from secretariat import live
    from secretariat.office.models import User

    audience = list(User.objects.values_list("pk", flat=True))
    at = time.time()
    live.announce("queue.changed", uuid.uuid4(), 1, audience)
    json.dump(at, sys.stdout)


def measure(office: Office, *, quick: bool) -> list[Figure]:
    many = 1000 if quick else 5000
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most < 2 * many:
        raise MeasurementFailed(f"only {most} files may be open; `ulimit -n` must allow {2 * many}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    office.fill(many)
    floor, _, _ = asyncio.run(
        _kept(office, "bare-live", "secretariat.local.bench.bare_live:application", many)
    )
    ours, late, held = asyncio.run(
        _kept(office, "live", "secretariat.live.asgi:application", many, told=True)
    )
    beside = f"{ours:.0f} and {floor:.0f} kB for each of {many:,} desks in one process"
    return [
        Figure("crowd-memory", "5", "× floor", LIMIT, AT_MOST, (ours / floor,), beside),
        Figure("crowd-last-desk", "5", "s", SLOWEST, AT_MOST, tuple(late), "from the word to the last desk"),
        Figure("crowd-lost", "5", "events", 0, AT_MOST, (0,), f"of {many * BROADCASTS:,}"),
        Figure("crowd-connections", "5", "held", 1, AT_MOST, (held,), "to PostgreSQL, by all desks together"),
    ]


async def _kept(
    office: Office, name: str, application: str, many: int, *, told: bool = False
) -> tuple[float, list[float], int]:
    """Kilobytes for each stream, seconds until the last desk heard of each broadcast, connections held."""
    port = office.serve(name, application, interface="asginl")
    [server] = [child for child in office.children.running if child.name == name]
    host = office.environment["PUBLIC_BASE_URL"].removeprefix("http://")
    desks = [Desk() for _ in range(many)]
    before, listening = _kilobytes(server.process.pid), []
    for desk, session in zip(desks, office.filled["sessions"], strict=False):
        listening.append(asyncio.create_task(desk.listen(port, host, session)))
        if len(listening) % 20 == 0:
            await asyncio.sleep(0.02)
    await _until(lambda: all(desk.ready.is_set() for desk in desks), listening, "not all streams opened", 120)
    await asyncio.sleep(AT_REST)
    each = (_kilobytes(server.process.pid) - before) / many
    with psycopg.connect(office.owner_url) as rows:
        held = rows.execute(HELD).fetchone()[0]
    late = [await _broadcast(office, desks, listening, n + 1) for n in range(BROADCASTS)] if told else []
    for task in listening:
        task.cancel()
    await asyncio.gather(*listening, return_exceptions=True)
    office.stop(name)
    return each, late, held


async def _broadcast(office: Office, desks: list[Desk], listening: list, times: int) -> float:
    """Seconds from the word until the last of them has heard it. Raises MeasurementFailed if one does not."""
    at = json.loads(await asyncio.to_thread(office.with_django, "crowd.announce()"))
    heard = lambda: all(len(desk.heard) >= times for desk in desks)  # noqa: E731  said once, asked often
    await _until(heard, listening, "a desk heard nothing", PATIENCE + 5)
    ahead = time.time() - time.perf_counter()
    return max(desk.heard[times - 1] for desk in desks) + ahead - at


async def _until(reached, listening: list, otherwise: str, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not reached():
        if ended := [task for task in listening if task.done()]:
            raise MeasurementFailed(f"{len(ended)} streams ended: {ended[0].exception()!r}")
        if time.monotonic() > deadline:
            raise MeasurementFailed(otherwise)
        await asyncio.sleep(0.05)


def _kilobytes(leader: int) -> int:
    """The proportional share of all processes of this group."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            group = int((process / "stat").read_text().rpartition(")")[2].split()[2])
            if group == leader:
                words = (process / "smaps_rollup").read_text()
                total += int(words.partition("\nPss:")[2].split()[0])
        except (OSError, IndexError):  # it ended meanwhile
            continue
    return total
