"""From a mail's arrival to the event on the right desk: by our provider, and from a mailbox elsewhere.

Everything runs as docker-compose.yml has it. A mail is timed from before it is handed over, to the provider's
webhook or to a real mail server, until the stream of the desk that answers for its client tells of it.
"""

import asyncio
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import psycopg

from secretariat.local import dovecot

from . import mails, ringing
from .delivering import QUIETLY, URGENT
from .desks import Desk, within
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

ARRIVED = "mail.arrived"
PATIENCE = 90.0  # seconds in which a desk must have heard; whoever waits for a poll waits for a minute
APART = (0.05, 0.5)  # seconds between two mails
NO_SERVER = "post: no Dovecot here (apt-get install dovecot-imapd), so what lies elsewhere is not measured"


@dataclass(frozen=True)
class Size:
    desks: int  # of which each hears of one client
    mails: int  # a round
    rounds: int
    elsewhere: int  # of the clients have a mailbox on the mail server


FULL, QUICK = Size(200, 100, 3, 20), Size(30, 20, 2, 5)


def measure(office: Office, *, quick: bool) -> list[Figure]:
    size = QUICK if quick else FULL
    office.fill(size.desks)
    figures = [_brought(office, size)]
    if dovecot.program() is None:
        print(NO_SERVER, file=sys.stderr, flush=True)
        return figures
    office.filled = {}
    office.fill(size.desks)
    with dovecot.running() as port:
        figures.append(_lying_elsewhere(_reaching(office), size, port))
    if quick:  # a look comes every 40 s, however few are asked for
        return figures
    office.filled = {}
    office.fill(size.desks)
    with dovecot.running(tells=False) as port:
        return [*figures, _looked_for(_reaching(office), size, port)]


def _reaching(office: Office) -> Office:
    return replace(office, environment=office.environment | {"FETCH_PRIVATE_HOSTS": "127.0.0.1"}, _ports={})


@contextmanager
def at_work(office: Office) -> Iterator[None]:
    """The processes that see to mail, beside web and live."""
    worker(office, "worker-urgent")
    office.start("sweep", "manage.py", "sweep", "--watch")
    try:
        yield
    finally:
        office.stop("worker-urgent", "sweep")


def worker(office: Office, name: str, says: str = "WARNING") -> None:
    """A worker of docker-compose.yml's, which says so much."""
    of_celery = ("-m", "celery", "--app", "secretariat.celery")
    office.start(name, *of_celery, *URGENT, *QUIETLY, "--loglevel", says)


# --- By our provider -------------------------------------------------------------------------------------


def _brought(office: Office, size: Size) -> Figure:
    office.with_django(f"mailboxes.connect({size.desks})")
    web = office.serve("web", "secretariat.wsgi:application")
    live = office.serve("live", "secretariat.live.asgi:application", interface="asginl")
    with at_work(office):
        took, answered = asyncio.run(_by_webhook(office, web, live, size))
    told = [each for heard in took for each in heard]
    beside = (
        f"{len(told)} mails, {size.desks} desks; p50 {percentile(told, 50):.2f} s, most {max(told):.2f} s; "
        f"the webhook's answer p50 {percentile(answered, 50) * 1e3:.0f} ms"
    )
    p95 = tuple(percentile(heard, 95) for heard in took)
    return Figure("mail-brought-p95", "post", "s", 2, AT_MOST, p95, beside)


async def _by_webhook(office, web: int, live: int, size: Size) -> tuple[list[list[float]], list[float]]:
    desks, listening = await _opened(office, live, size.desks)
    line = await ringing.Line.open(web)
    took, answered = [], []
    for number in range(size.rounds + 1):  # the first round loads what later ones find, and is not counted
        heard = []
        for which in random.sample(range(size.desks), min(size.desks, size.mails if number else 10)):
            _id, request = mails.posting(office, mails.address(which), len(answered), f"Round {number}")
            desks[which].told.clear()
            answer = await line.send(request)
            if answer.status != 200:
                raise MeasurementFailed(f"the webhook answered {answer.status}: {answer.body[:300]!r}")
            await within(PATIENCE, desks[which].told.wait(), "a desk heard nothing of a mail")
            answered.append(answer.seconds)
            heard.append(desks[which].heard[-1] - answer.sent)
            await asyncio.sleep(random.uniform(*APART))
        if number:
            took.append(heard)
    await _closed(desks, listening, len(answered))
    return took, answered


# --- In a mailbox elsewhere ------------------------------------------------------------------------------


def _lying_elsewhere(office: Office, size: Size, port: int) -> Figure:
    office.with_django(f"mailboxes.connect({size.elsewhere}, {port})")
    live = office.serve("live", "secretariat.live.asgi:application", interface="asginl")
    with at_work(office):
        _until(office, size.elsewhere, "watched_until > now()")
        took = asyncio.run(_by_server(office, live, size, port))
    told = [each for heard in took for each in heard]
    beside = (
        f"{len(told)} mails in {size.elsewhere} mailboxes of a Dovecot, told of by IDLE; "
        f"p50 {percentile(told, 50):.2f} s, most {max(told):.2f} s"
    )
    p95 = tuple(percentile(heard, 95) for heard in took)
    return Figure("mail-fetched-p95", "post", "s", 60, AT_MOST, p95, beside)


def _looked_for(office: Office, size: Size, port: int) -> Figure:
    """Where no server tells of anything: each client's mailbox is looked into in its turn."""
    office.with_django(f"mailboxes.connect({size.desks}, {port})")
    live = office.serve("live", "secretariat.live.asgi:application", interface="asginl")
    with at_work(office):
        _until(office, size.desks, "looked_at IS NOT NULL")
        took = asyncio.run(_by_server(office, live, replace(size, rounds=1), port, first=1))
    told = [each for heard in took for each in heard]
    beside = (
        f"{len(told)} mails in {size.elsewhere} of {size.desks} mailboxes of a Dovecot that has no IDLE; "
        f"p50 {percentile(told, 50):.2f} s, most {max(told):.2f} s"
    )
    p95 = tuple(percentile(heard, 95) for heard in took)
    return Figure("mail-looked-for-p95", "post", "s", 60, AT_MOST, p95, beside)


def _until(office: Office, many: int, so: str) -> None:
    """It is so of each mailbox: somebody waits there, or has looked into it."""
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        asked = f"SELECT count(*) FROM messages_app_mailbox WHERE {so}"
        while (found := rows.execute(asked).fetchone()[0]) < many:
            if time.monotonic() > deadline:
                raise MeasurementFailed(f"{so}: {found} of {many} mailboxes")
            time.sleep(0.2)


async def _by_server(
    office: Office, live: int, size: Size, port: int, *, first: int = 0
) -> list[list[float]]:
    desks, listening = await _opened(office, live, size.desks)
    open_at = [
        mails.Elsewhere(port, mails.address(which), dovecot.PASSWORD) for which in range(size.elsewhere)
    ]

    async def arrives(which: int, number: int) -> float:
        await asyncio.sleep(random.uniform(0, size.elsewhere * max(APART)))
        _id, raw = mails.written(mails.address(which), which, f"Round {number}")
        desks[which].told.clear()
        began = time.perf_counter()
        await asyncio.to_thread(open_at[which].arrives, raw)
        await within(PATIENCE, desks[which].told.wait(), "a desk heard nothing of a mail")
        return desks[which].heard[-1] - began

    took = []
    for number in range(first, size.rounds + 1):
        heard = await asyncio.gather(*(arrives(which, number) for which in range(size.elsewhere)))
        if number:  # the first mail of a mailbox nobody has read finds its folder not read yet
            took.append(list(heard))
    for each in open_at:
        each.close()
    await _closed(desks, listening, size.elsewhere * (size.rounds + 1 - first))
    return took


# --- Desks -----------------------------------------------------------------------------------------------


async def _opened(office: Office, live: int, many: int) -> tuple[list[Desk], list[asyncio.Task]]:
    host = office.environment["PUBLIC_BASE_URL"].removeprefix("http://")
    desks = [Desk(name=ARRIVED) for _ in range(many)]
    pairs = zip(desks, office.filled["sessions"], strict=False)
    listening = [asyncio.create_task(desk.listen(live, host, session)) for desk, session in pairs]
    await within(60, asyncio.gather(*(desk.ready.wait() for desk in desks)), "not all streams opened")
    return desks, listening


async def _closed(desks: list[Desk], listening: list[asyncio.Task], came: int) -> None:
    """Raises MeasurementFailed unless each mail was told of once, to one desk, and every stream is open."""
    for task in listening:
        task.cancel()
    ended = await asyncio.gather(*listening, return_exceptions=True)
    if faults := [repr(each) for each in ended if not isinstance(each, asyncio.CancelledError)]:
        raise MeasurementFailed(f"streams ended: {faults[:3]}")
    if (heard := sum(len(desk.heard) for desk in desks)) != came:
        raise MeasurementFailed(f"{came} mails came, and desks heard of {heard}")
