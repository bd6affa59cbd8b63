"""R3: PostgreSQL crashes while calls come in. Whoever was told that her call is known, finds it there."""

import asyncio
import os
import random
import secrets
import signal
import threading
import time
from collections import Counter

import psycopg

from . import ringing
from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed
from .office import Office

CONNECTIONS = 4
BACKEND = """
    SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND usename = 'app' ORDER BY random() LIMIT 1
"""
RECOVERS = 60.0  # seconds


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """A server process of PostgreSQL is killed -9, upon which all of it recovers from the write-ahead log."""
    crashes = 3 if quick else 5
    office.fill(200)
    web = office.serve("web", "secretariat.wsgi:application")
    over = threading.Event()
    told: dict[str, int | str] = {}
    caller = threading.Thread(target=lambda: asyncio.run(_ring(office, web, over, told)))
    caller.start()
    try:
        for _ in range(crashes):
            time.sleep(2 if quick else 10)
            crash(office.owner_url)
        time.sleep(2)
    finally:
        over.set()
        caller.join()
    with psycopg.connect(office.owner_url) as rows:
        known = {sid for (sid,) in rows.execute("SELECT carrier_id FROM calls_call").fetchall()}
    acknowledged = {sid for sid, status in told.items() if status == 200}
    office.stop_all()
    office.filled = {}
    missing = len(acknowledged - known)
    beside = f"{dict(Counter(told.values()))}, {crashes} crashes"
    if len(acknowledged) < 20:
        raise MeasurementFailed(f"too few calls were acknowledged: {beside}")
    return [
        Figure("crash-acknowledged-and-lost", "R3", "calls", 0, AT_MOST, (missing,), beside),
        Figure("crash-acknowledged", "R3", "calls", 20, AT_LEAST, (len(acknowledged),)),
    ]


def crash(owner_url: str) -> None:
    with psycopg.connect(owner_url, autocommit=True) as rows:
        deadline = time.monotonic() + RECOVERS
        while (found := rows.execute(BACKEND).fetchone()) is None:
            if time.monotonic() > deadline:
                raise MeasurementFailed("nobody was connected to PostgreSQL")
            time.sleep(0.05)
        os.kill(found[0], signal.SIGKILL)
        try:
            while time.monotonic() < deadline:
                rows.execute("SELECT pg_sleep(0.05)")
        except psycopg.OperationalError:
            return _wait_until_recovered(owner_url, deadline)
    raise MeasurementFailed("PostgreSQL outlived the kill")


def _wait_until_recovered(owner_url: str, deadline: float) -> None:
    while time.monotonic() < deadline:
        try:
            psycopg.connect(owner_url).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise MeasurementFailed("PostgreSQL did not recover")


async def _ring(office: Office, web: int, over: threading.Event, told: dict) -> None:
    environment = office.environment
    signed = {"account": environment["TWILIO_ACCOUNT_SID"], "token": environment["TWILIO_AUTH_TOKEN"]}

    async def keep_ringing() -> None:
        while not over.is_set():
            sid = f"CA{secrets.token_hex(16)}"
            number = random.choice(office.filled["numbers"])
            line = await ringing.Line.open(web)
            try:
                request = ringing.incoming_call(office.signed_url, number, sid=sid, **signed)
                told[sid] = (await line.send(request)).status
            except (OSError, EOFError) as fault:
                told[sid] = type(fault).__name__
            finally:
                line.close()

    await asyncio.gather(*(keep_ringing() for _ in range(CONNECTIONS)))
