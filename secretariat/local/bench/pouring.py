"""Fifty mails a second, while workers are killed and PostgreSQL crashes: each that was taken is there, once.

The sender does what a provider does: it goes on at its pace whoever answers, asks again for what was refused
or cut off, and now and then posts a mail twice though it was thanked for it. Two workers are killed with
`kill -9` in turn, and begun again; half-way a server process of PostgreSQL is, upon which all of it recovers.
"""

import asyncio
import os
import random
import signal
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import psycopg

from . import arriving, crash, mails, ringing
from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

A_SECOND = 50.0
NEARLY = 0.95  # of them are taken in the time: for a moment there is no PostgreSQL
CLIENTS = 20
READY, STARTING = " ready.", 90.0  # what a worker says when it listens; seconds until it does
WORKERS = ("worker-a", "worker-b")
AGAIN_AFTER, LONGEST = 1.0, 8.0  # seconds until what was refused is posted again: each time twice as many
AGAIN = 20  # times
TWICE = 0.05  # of the mails are posted again although they were taken
PATIENCE = 120.0  # seconds in which at least one mail must have been filed, as long as any has not
WAITING = "SELECT count(*) FROM outbox_inboundevent WHERE provider = 'anymail' AND state = 'kept'"
TAKEN_UP_AGAIN = "SELECT count(*) FROM outbox_inboundevent WHERE provider = 'anymail' AND attempts > 1"
NOT_WORKED = "SELECT count(*) FROM outbox_inboundevent WHERE provider = 'anymail' AND state <> 'worked'"
FILED = "SELECT message_id, count(*), count(DISTINCT thread_id) FROM messages_app_mail GROUP BY message_id"
ON_DESK = "SELECT count(*) FROM clients_workitem WHERE kind = 'messages.correspondence'"
BEGUN = "SELECT count(*) FROM messages_app_mailthread"


@dataclass
class Heard:
    """What the sender was told. `taken` holds the seconds until each mail was, from when it was due."""

    taken: dict[str, float] = field(default_factory=dict)
    refused: Counter = field(default_factory=Counter)
    never: list[str] = field(default_factory=list)
    twice: int = 0
    seconds: float = 0.0  # from the first mail until the last one was taken


def measure(office: Office, *, quick: bool) -> list[Figure]:
    seconds, kill_every = (20.0, 2.5) if quick else (60.0, 5.0)
    office.fill(CLIENTS)
    office.with_django(f"mailboxes.connect({CLIENTS})")
    web = office.serve("web", "secretariat.wsgi:application")
    office.start("sweep", "manage.py", "sweep", "--watch")
    for name in WORKERS:
        arriving.worker(office, name, says="INFO")
    _until_ready(office)
    heard, requests = Heard(), _requests(office, int(seconds * A_SECOND))
    sender = threading.Thread(target=lambda: asyncio.run(_pour(web, requests, heard)))
    began = time.monotonic()
    sender.start()
    try:
        kills = _kill_and_crash(office, until=began + seconds, every=kill_every)
    finally:
        sender.join()
    poured = time.monotonic() - began
    drained = _until_worked(office)
    return _figures(
        office, heard, f"{kills} kills of a worker, 1 crash; {poured:.0f} s, then {drained:.0f} s"
    )


def _requests(office: Office, many: int) -> list[tuple[str, bytes]]:
    clients = [random.randrange(CLIENTS) for _ in range(many)]
    return [mails.posting(office, mails.address(which), n, "Poured") for n, which in enumerate(clients)]


async def _pour(web: int, requests: list[tuple[str, bytes]], heard: Heard) -> None:
    began = time.perf_counter()

    async def once(request: bytes) -> int | str:
        try:
            line = await ringing.Line.open(web)
            try:
                return (await line.send(request)).status
            finally:
                line.close()
        except (OSError, EOFError) as fault:
            return type(fault).__name__

    async def bring(each: tuple[str, bytes]) -> None:
        (name, request), due = each, time.perf_counter()
        for number in range(1 + AGAIN):
            status = await once(request)
            if status == 200:
                now = time.perf_counter()
                heard.taken[name], heard.seconds = now - due, now - began
                break
            heard.refused[status] += 1
            await asyncio.sleep(min(LONGEST, AGAIN_AFTER * 2**number))
        else:
            heard.never.append(name)
        if random.random() < TWICE:
            heard.twice += await once(request) == 200

    await ringing.on_schedule(bring, iter(requests), 1 / A_SECOND, until=lambda: False)


def _until_ready(office: Office) -> None:
    deadline = time.monotonic() + STARTING
    while not all(READY in office.children.last_words(name) for name in WORKERS):
        if time.monotonic() > deadline:
            raise MeasurementFailed("the workers do not listen")
        time.sleep(0.1)


def _kill_and_crash(office: Office, *, until: float, every: float) -> int:
    """A worker every so many seconds, and PostgreSQL half-way. Returns how many workers died."""
    faults: list[MeasurementFailed] = []

    def crashes() -> None:
        time.sleep((until - time.monotonic()) / 2)
        try:
            crash.crash(office.owner_url)
        except MeasurementFailed as fault:
            faults.append(fault)

    crashing = threading.Thread(target=crashes)
    crashing.start()
    kills = 0
    while time.monotonic() + every < until:
        time.sleep(every)
        _killed(office, WORKERS[kills % len(WORKERS)])
        kills += 1
    crashing.join()
    if faults:
        raise faults[0]
    return kills


def _killed(office: Office, name: str) -> None:
    [worker] = [child for child in office.children.running if child.name == name]
    if worker.process.poll() is not None:
        raise MeasurementFailed(f"{name} ended by itself:\n{office.children.last_words(name)}")
    os.killpg(worker.process.pid, signal.SIGKILL)
    worker.stop()
    office.children.running.remove(worker)
    arriving.worker(office, name, says="INFO")


def _until_worked(office: Office) -> float:
    """Seconds until nothing waits any more."""
    began = last = time.monotonic()
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        before = -1
        while waiting := rows.execute(WAITING).fetchone()[0]:
            if waiting != before:
                before, last = waiting, time.monotonic()
            if time.monotonic() - last > PATIENCE:
                raise MeasurementFailed(f"{waiting} mails are not filed")
            time.sleep(0.2)
    return time.monotonic() - began


def _figures(office: Office, heard: Heard, told: str) -> list[Figure]:
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        filed = {name: most for name, *most in rows.execute(FILED)}
        again = rows.execute(TAKEN_UP_AGAIN).fetchone()[0]
        not_worked = rows.execute(NOT_WORKED).fetchone()[0]
        [begun], [on_desk] = rows.execute(BEGUN).fetchone(), rows.execute(ON_DESK).fetchone()
    if not heard.taken:
        raise MeasurementFailed(f"no mail was taken: {dict(heard.refused)}")
    if not again:
        raise MeasurementFailed(f"nobody died at a mail, so the run proves nothing ({told})")
    lost = heard.taken.keys() - filed.keys()
    doubled = [name for name, (rows_of, threads) in filed.items() if rows_of > 1 or threads > 1]
    extra = abs(begun - len(filed)) + abs(
        on_desk - len(filed)
    )  # a second conversation, or a second piece of work
    took, many = list(heard.taken.values()), len(heard.taken)
    refused = f"refused or cut off, and asked again: {dict(heard.refused)}; {heard.twice} posted twice"
    p50, p95 = (percentile(took, percent) for percent in (50, 95))
    taken = f"of {A_SECOND:.0f} posted; taken p50 {p50 * 1e3:.0f} ms, p95 {p95 * 1e3:.0f} ms from when due"
    return [
        Figure("poured-lost", "post", "mails", 0, AT_MOST, (len(lost) + not_worked,), f"of {many}; {told}"),
        Figure("poured-twice", "post", "mails", 0, AT_MOST, (len(doubled) + extra,), refused),
        Figure("poured-never-taken", "post", "mails", 0, AT_MOST, (len(heard.never),)),
        Figure("poured-taken-up-again", "post", "mails", 1, AT_LEAST, (again,), "whoever was at them died"),
        Figure(
            "poured-a-second", "post", "mails/s", NEARLY * A_SECOND, AT_LEAST, (many / heard.seconds,), taken
        ),
    ]
