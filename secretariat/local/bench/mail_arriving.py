"""Mail that a provider posts: how soon it is on the right desk, and what becomes of it while things break.

What the provider is not thanked for it posts again, as all of them do.
"""

import asyncio
import base64
import contextlib
import itertools
import json
import os
import random
import signal
import threading
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urlsplit

import psycopg

from secretariat.local.paths import CHECKOUT

from . import crash, ringing
from .desks import Desk
from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

LIMIT = 2.0  # seconds, at the 95th percentile
APART = 0.2  # seconds between two mails whose way is timed
RATE = 50.0  # mails a second while things break
KILL_EVERY = 5.0
AGAIN_AFTER = 1.0  # seconds until the provider posts again
ATTEMPTS = 120
PATIENCE = 10.0  # seconds in which a desk must have heard
UNTIL_WORKED = 300.0  # seconds after the last one
WORKER = (
    *("-m", "celery", "--app", "secretariat.celery", "worker", "--pool", "threads", "--concurrency", "32"),
    *("--queues", "calls,urgent", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
)


def starts_worker(office: Office) -> None:
    office.start("worker-urgent", *WORKER)


def starts_sweep(office: Office) -> None:
    office.start("sweep", str(CHECKOUT / "manage.py"), "sweep", "--watch")


def written(address: str, message_id: str) -> bytes:
    """An ordinary mail of two kilobytes, of an author who writes once."""
    number = message_id.partition("@")[0]
    return (
        f"From: Caller {number} <{number}@harlow.example>\r\nTo: {address}\r\nSubject: About {number}\r\n"
        f"Date: {format_datetime(datetime.now(UTC))}\r\nMessage-ID: <{message_id}>\r\n\r\n"
        f"When do you open on Monday? {'Words of an ordinary mail. ' * 60}\r\n"
    ).encode()


def posted(office: Office, address: str, message_id: str) -> bytes:
    """One mail as SparkPost posts it, whole."""
    raw = base64.b64encode(written(address, message_id)).decode()
    told = {"protocol": "smtp", "msg_from": "caller@harlow.example", "rcpt_to": address}
    told |= {"content": {"email_rfc822": raw, "email_rfc822_is_base64": True}}
    body = json.dumps([{"msys": {"relay_message": told}}])
    secret = base64.b64encode(office.environment["ANYMAIL_WEBHOOK_SECRET"].encode()).decode()
    return (
        f"POST /anymail/sparkpost/inbound/ HTTP/1.1\r\nHost: {urlsplit(office.signed_url).netloc}\r\n"
        f"Authorization: Basic {secret}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"\r\n{body}"
    ).encode()


def on_the_desk(office: Office, addresses: list[str], *, quick: bool) -> Figure:
    """From the provider's request to the event on the stream of the secretary whose client it is for."""
    count = 40 if quick else 200
    web = office.serve("web", "secretariat.wsgi:application")
    live = office.serve("live", "secretariat.live.asgi:application", interface="asginl")
    starts_worker(office)
    starts_sweep(office)
    took = asyncio.run(_timed(office, web, live, addresses[: count + 1]))
    office.stop_all()
    beside = f"{len(took)} mails, {1 / APART:.0f} a second; p50 {percentile(took, 50):.2f} s"
    return Figure("mail-to-desk-p95", "post", "s", LIMIT, AT_MOST, (percentile(took, 95),), beside)


@contextlib.asynccontextmanager
async def listening(office: Office, live: int, count: int):
    """So many secretaries' desks, each waiting for mail."""
    host = office.environment["PUBLIC_BASE_URL"].removeprefix("http://")
    desks = [Desk(b"mail.arrived") for _ in range(count)]
    tasks = [
        asyncio.create_task(desk.listen(live, host, session))
        for desk, session in zip(desks, office.filled["sessions"], strict=False)
    ]
    try:
        async with asyncio.timeout(60):
            await asyncio.gather(*(desk.ready.wait() for desk in desks))
        yield desks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _timed(office: Office, web: int, live: int, addresses: list[str]) -> list[float]:
    async with listening(office, live, len(addresses)) as desks:
        line = await ringing.Line.open(web)
        sent = []
        for number, address in enumerate(addresses):
            answer = await line.send(posted(office, address, f"timed-{number}@bench.example"))
            if answer.status != 200:
                raise MeasurementFailed(f"the webhook answered {answer.status}")
            sent.append(answer.sent)
            if number == 0:  # the first one finds a worker that has just begun
                await asyncio.wait_for(desks[0].told.wait(), 60)
            await asyncio.sleep(APART)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(desk.told.wait() for desk in desks))
        if deaf := sum(not desk.heard for desk in desks):
            raise MeasurementFailed(f"{deaf} desks heard nothing of a mail for their client")
        if more := sum(len(desk.heard) > 1 for desk in desks):
            raise MeasurementFailed(f"{more} desks heard of a mail that was not for them, or twice")
        return [desk.heard[0] - at for desk, at in zip(desks, sent, strict=True)][1:]


# --- While things break ----------------------------------------------------------------------------------


def while_things_break(office: Office, addresses: list[str], *, quick: bool) -> list[Figure]:
    """Fifty mails a second; a worker is killed -9 every five seconds, and PostgreSQL crashes once."""
    seconds = 15.0 if quick else 60.0
    web = office.serve("web", "secretariat.wsgi:application")
    starts_worker(office)
    starts_sweep(office)
    over, heard = threading.Event(), []

    def keep_posting() -> None:
        heard.extend(asyncio.run(_keeps_posting(office, web, addresses, over)))

    provider = threading.Thread(target=keep_posting)
    began = time.monotonic()
    provider.start()
    kills = 0
    try:
        crashes_at = began + seconds / 2
        while time.monotonic() - began < seconds:
            time.sleep(KILL_EVERY)
            _kill_worker(office)
            kills += 1
            if crashes_at and time.monotonic() > crashes_at:
                crash.crash(office.owner_url)
                crashes_at = 0.0
    finally:
        over.set()
        took = time.monotonic() - began
        provider.join()  # what was not taken is posted until it is
    worked = _until_worked(office)
    office.stop_all()
    accepted = [message_id for message_id, attempts in heard if attempts]
    if len(accepted) != len(heard):
        raise MeasurementFailed(f"{len(heard) - len(accepted)} mails were never taken")
    mails, threads, ids = json.loads(office.with_django("correspondence.counted('broken-')"))
    again = sum(attempts > 1 for _id, attempts in heard)
    beside = f"{len(heard)} mails, {again} posted more than once; {kills} workers killed, one crash"
    retaken = _taken_up_again(office)
    if not retaken:
        raise MeasurementFailed("no worker was killed while it worked at a mail")
    rate, doubled = len(heard) / took, mails - ids + abs(mails - threads)
    return [
        Figure("mail-accepted-a-second", "post", "mails", 0.95 * RATE, AT_LEAST, (rate,), beside),
        Figure("mail-lost", "post", "mails", 0, AT_MOST, (len(heard) - ids,), f"of {len(heard)}"),
        Figure(
            "mail-doubled", "post", "mails", 0, AT_MOST, (doubled,), f"{mails} kept, {threads} conversations"
        ),
        Figure("mail-taken-up-again", "post", "mails", 1, AT_LEAST, (retaken,), "whose worker had died"),
        Figure("mail-worked-after", "post", "s", 120, AT_MOST, (worked,), "until the last one was on a desk"),
    ]


async def _keeps_posting(office: Office, web: int, addresses: list[str], over: threading.Event) -> list:
    """Every mail until it is taken: its Message-ID and how often it was posted; 0 if it never was taken."""

    async def post(message_id: str) -> tuple[str, int]:
        request = posted(office, random.choice(addresses), message_id)
        for attempt in range(1, ATTEMPTS):
            line = None
            try:
                async with asyncio.timeout(30):
                    line = await ringing.Line.open(web)
                    answer = await line.send(request)
                if answer.status == 200:
                    return message_id, attempt
            except (OSError, EOFError, TimeoutError):
                pass
            finally:
                if line is not None:
                    line.close()
            await asyncio.sleep(AGAIN_AFTER)
        return message_id, 0

    ids = (f"broken-{number}@bench.example" for number in itertools.count())
    posted_ones = await ringing.on_schedule(post, ids, 1 / RATE, until=over.is_set)
    return [outcome for outcome, _seconds in posted_ones]


def _kill_worker(office: Office) -> None:
    child = next(each for each in office.children.running if each.name == "worker-urgent")
    os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait()
    office.children.running.remove(child)
    starts_worker(office)


def _until_worked(office: Office) -> float:
    """Seconds until no notice waits any more."""
    began = time.monotonic()
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        asked = "SELECT count(*) FROM outbox_inboundevent WHERE state = 'kept'"
        while rows.execute(asked).fetchone()[0]:
            if time.monotonic() - began > UNTIL_WORKED:
                raise MeasurementFailed("mails that were taken are not worked")
            time.sleep(0.2)
    return time.monotonic() - began


def _taken_up_again(office: Office) -> int:
    with psycopg.connect(office.owner_url) as rows:
        asked = "SELECT count(*) FROM outbox_inboundevent WHERE kind = 'mail' AND attempts > 1"
        return rows.execute(asked).fetchone()[0]
