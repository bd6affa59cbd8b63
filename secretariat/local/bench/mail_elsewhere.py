"""Mail that comes to clients' own mailboxes, at a real Dovecot: how soon it is on the right desk."""

import asyncio
import imaplib
import json
import random
import time
from dataclasses import replace

from secretariat.local import mail_servers

from . import mail_arriving
from .desks import Desk
from .figures import AT_MOST, Figure, MeasurementFailed, percentile
from .office import Office

LIMIT = 60.0  # seconds, at the 95th percentile
WATCHED_WITHIN = 150.0


def on_the_desk(office: Office, addresses: list[str], *, quick: bool) -> list[Figure]:
    """Put into each mailbox at some moment of half a minute, again and again; heard at its client's desk."""
    boxes, rounds = (8, 1) if quick else (40, 4)
    environment = office.environment | {"FETCH_PRIVATE_HOSTS": "127.0.0.1"}
    reaching = replace(office, environment=environment, _ports={})
    with mail_servers.dovecot() as server:
        office.with_django(f"correspondence.lie_elsewhere({server.port}, {boxes})")
        live = office.serve("live", "secretariat.live.asgi:application", interface="asginl")
        mail_arriving.starts_worker(reaching)
        mail_arriving.starts_sweep(reaching)
        waited = _until_looked_into(office, boxes)
        took = asyncio.run(_timed(office, live, server.port, addresses[:boxes], rounds))
        [watched, _looked] = json.loads(office.with_django("correspondence.are_watched()"))
        office.stop_all()
    beside = (
        f"{len(took)} mails in {boxes} mailboxes, waited at in {watched}; p50 {percentile(took, 50):.1f} s"
    )
    return [
        Figure("imap-to-desk-p95", "post", "s", LIMIT, AT_MOST, (percentile(took, 95),), beside),
        Figure("imap-connected-after", "post", "s", LIMIT, AT_MOST, (waited,), f"{boxes} at once"),
    ]


def _until_looked_into(office: Office, boxes: int) -> float:
    began = time.monotonic()
    while True:
        watched, looked = json.loads(office.with_django("correspondence.are_watched()"))
        if looked >= boxes and watched:
            return time.monotonic() - began
        if time.monotonic() - began > WATCHED_WITHIN:
            raise MeasurementFailed(f"of {boxes} mailboxes {looked} were looked into, {watched} waited at")
        time.sleep(0.5)


async def _timed(office: Office, live: int, port: int, addresses: list[str], rounds: int) -> list[float]:
    async with mail_arriving.listening(office, live, len(addresses)) as desks:
        pairs = zip(desks, addresses, strict=True)
        told = await asyncio.gather(*(_keeps_coming(desk, port, each, rounds) for desk, each in pairs))
    return [seconds for each in told for seconds in each]


async def _keeps_coming(desk: Desk, port: int, address: str, rounds: int) -> list[float]:
    took = []
    for number in range(rounds):
        await asyncio.sleep(random.uniform(0, 30))
        desk.told.clear()
        desk.heard.clear()
        raw = mail_arriving.written(address, f"lies-{number}-{address}")
        began = time.perf_counter()
        await asyncio.to_thread(_put, port, address, raw)
        try:
            await asyncio.wait_for(desk.told.wait(), 2 * LIMIT)
        except TimeoutError:
            raise MeasurementFailed(f"no desk heard of a mail that lies in {address}") from None
        took.append(desk.heard[0] - began)
    return took


def _put(port: int, address: str, raw: bytes) -> None:
    """As her mail server does."""
    box = imaplib.IMAP4("127.0.0.1", port)
    box.login(address, "right")
    box.append("INBOX", None, None, raw)
    box.logout()
