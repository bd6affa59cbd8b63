"""R1: calls come in while the workers that ring secretaries are killed; nobody is forgotten, or rung twice.

Each caller hangs up after a while, whether or not anybody rings by then. By the carrier's book against our
rows: every call that was acknowledged has ended, each line that was to ring rang once, and none rings on. The
same with workers that neither ask nor fence must ring somebody twice, or the run proves nothing.
"""

import asyncio
import os
import random
import secrets
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

import psycopg

from secretariat.local.paths import CHECKOUT
from secretariat.local.ports import free_port

from . import ringing
from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed
from .office import Office
from .outbox import AFTER, BEFORE, BETWEEN, ENOUGH

WORKERS = 12
GAP = 0.4  # seconds until the carrier says that it rings
RATE = 20.0  # calls a second, while the workers keep up
MOST = WORKERS  # lines that wait to be rung: beyond it nobody calls, or all would come too late
HANGS_UP, STAYS = (1.0, 30.0), (25.0, 35.0)  # seconds after the caller began to ring; in the control
ENDS_WITHIN = 60.0  # seconds from the last fault
PATIENCE = 240.0
AIMED = 0.8  # of the kills: at whoever has been heard by the carrier and does not know it yet
# How many calls, how many kills, and the seconds between two of them.
FULL, QUICK, CONTROL = (10_000, 300, (0.8, 2.0)), (150, 15, (0.2, 0.6)), (200, 25, (0.1, 0.5))
UNFINISHED = """
    SELECT (SELECT count(*) FROM calls_call WHERE state <> 'closed'),
           (SELECT count(*) FROM calls_leg WHERE ended_at IS NULL),
           (SELECT count(*) FROM outbox_effect WHERE queue = 'calls' AND state IN ('pending', 'leased')),
           (SELECT count(*) FROM outbox_inboundevent WHERE state = 'kept')
"""
WAITING = "SELECT count(*) FROM outbox_effect WHERE queue = 'calls' AND state IN ('pending', 'leased')"
# Whoever was rung again before the first time was known of has two lines at the carrier: a person is told.
RINGS = """
    SELECT payload ->> 'leg', CASE WHEN state = 'unknown' AND shown_at IS NOT NULL THEN 'shown' ELSE state END
    FROM outbox_effect WHERE kind = 'calls.offer'
"""


@dataclass(frozen=True)
class Outcome:
    """What a run came to, by the carrier's book against our rows."""

    lost: int
    doubled: tuple[float, ...]  # seconds between the first and the last ring of each line that rang again
    ringing_on: int
    kills: Counter
    ended_after: float  # seconds from the last kill or hanging up
    rang: int
    states: Counter

    @property
    def between(self) -> float:
        return self.kills[BETWEEN] / max(1, self.kills.total())

    def __str__(self) -> str:
        fell = ", ".join(f"{self.kills[when]} {when}" for when in (BEFORE, BETWEEN, AFTER))
        states = ", ".join(f"{count} {state}" for state, count in self.states.most_common())
        return f"{self.rang} lines rang; {states}; {self.kills.total()} kills: {fell}"


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """The careful run and its control."""
    size = QUICK if quick else FULL
    careful = _killed(office, "careful", HANGS_UP, *size)
    if careful.between < (0.01 if quick else ENOUGH):  # beside other tests most die before they have sent
        raise MeasurementFailed(f"too few kills fell between acceptance and mark ({careful})")
    figures = [
        Figure("rung-lost", "R1", "calls", 0, AT_MOST, (careful.lost,), f"of {size[0]}; {careful}"),
        Figure("rung-doubled", "R1", "lines", 0, AT_MOST, (len(careful.doubled),), _apart(careful)),
        Figure("rung-on", "R1", "lines", 0, AT_MOST, (careful.ringing_on,), "without a caller, at the end"),
        Figure("rung-ended-after", "R1", "s", ENDS_WITHIN, AT_MOST, (careful.ended_after,)),
        Figure("rung-kills-between", "R1", "of kills", ENOUGH, AT_LEAST, (careful.between,)),
    ]
    if quick:  # of so few calls it may be that nobody is rung twice
        return figures
    careless = _killed(office, "careless", STAYS, *CONTROL)
    if not careless.doubled:
        raise MeasurementFailed(
            f"nobody was rung twice without asking, so the run proves nothing ({careless})"
        )
    doubled = (len(careless.doubled),)
    return [*figures, Figure("rung-doubled-unasked", "R1", "lines", 1, AT_LEAST, doubled, f"{careless}")]


def _apart(outcome: Outcome) -> str:
    return ", ".join(f"again after {seconds:.1f} s" for seconds in outcome.doubled)


def _killed(
    office: Office,
    manner: str,
    stays: tuple[float, float],
    calls: int,
    kills: int,
    apart: tuple[float, float],
) -> Outcome:
    office.stop_all()
    office.empty()
    office.fill(calls)
    notes = office.folder / "notes"
    notes.mkdir(exist_ok=True)
    book, port = notes / "lines.sqlite3", free_port()
    for left in notes.glob(f"{book.name}*"):
        left.unlink()
    environment = office.environment | {"TWILIO_API_BASE_URL": f"http://127.0.0.1:{port}"}
    there = replace(office, environment=environment)
    web = there.serve("web", "secretariat.wsgi:application")
    there.start("carrier", "-m", f"{__package__}.carrier", *map(str, (book, port, web, GAP)))
    words = f"import django; django.setup(); from {__package__}"
    there.start("rounds", "-c", f"{words} import filling; filling.look_after()")
    callers = Callers(there, web, stays)
    with (office.folder / "workers.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", f"{words} import ring_workers; ring_workers.work({str(notes)!r})"],
            cwd=CHECKOUT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        workers = Workers(there, process, manner, notes, book)
        ringing_in = threading.Thread(target=lambda: asyncio.run(callers.ring_in()))
        ringing_in.start()
        fell = workers.die(kills, apart, until=lambda: not ringing_in.is_alive())
        ringing_in.join()
        began = time.monotonic()
        _wait_for_the_end(there)
        if callers.refused:
            raise MeasurementFailed(f"calls were refused: {callers.refused[:3]}")
        return _compared(there, book, callers.acknowledged, fell, time.monotonic() - began)
    finally:
        process.stdin.close()
        process.wait()
        office.stop_all()
        office.empty()


class Callers:
    """One call to each number, as fast as they are seen to; each caller hangs up after a while."""

    def __init__(self, office: Office, web: int, stays: tuple[float, float]):
        self._office, self._web, self._stays = office, web, stays
        self.acknowledged: set[str] = set()
        self.refused: list[object] = []

    async def ring_in(self) -> None:
        calls = []
        async with await psycopg.AsyncConnection.connect(self._office.owner_url, autocommit=True) as rows:
            for number in self._office.filled["numbers"]:
                while (await (await rows.execute(WAITING)).fetchone())[0] > MOST:
                    await asyncio.sleep(0.05)
                calls.append(asyncio.create_task(self._call(number)))
                await asyncio.sleep(1 / RATE)
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
        self.refused = [outcome for outcome in outcomes if outcome != 200]

    async def _call(self, to: str) -> int:
        environment, sid = self._office.environment, f"CA{secrets.token_hex(16)}"
        account, token = environment["TWILIO_ACCOUNT_SID"], environment["TWILIO_AUTH_TOKEN"]
        status = await self._said(
            ringing.incoming_call(self._office.signed_url, to, account=account, token=token, sid=sid)
        )
        if status == 200:
            self.acknowledged.add(sid)
        await asyncio.sleep(random.uniform(*self._stays))
        gone = {"AccountSid": account, "CallSid": sid, "CallStatus": "completed", "To": to}
        url = f"{environment['PUBLIC_BASE_URL']}/twilio/call-status/"
        await self._said(ringing.posting(url, gone, token=token))
        return status

    async def _said(self, request: bytes) -> int:
        line = await ringing.Line.open(self._web)
        try:
            return (await line.send(request)).status
        finally:
            line.close()


@dataclass(frozen=True)
class Workers:
    """Those who ring, and how they die."""

    office: Office
    process: subprocess.Popen
    manner: str
    notes: Path
    book: Path

    def die(self, kills: int, apart: tuple[float, float], *, until) -> Counter:
        """Kill -9 one after the other and replace it, as long as there are callers."""
        fell: Counter = Counter()
        workers = [self._another() for _ in range(WORKERS)]
        with psycopg.connect(self.office.owner_url, autocommit=True) as rows:
            while fell.total() < kills and not until():
                time.sleep(random.uniform(*apart))
                number = self._chosen(rows, workers)
                os.kill(number, signal.SIGKILL)
                time.sleep(0.02)  # the carrier may still be about to enter what it was told
                fell[self._moment(rows, number)] += 1
                workers[workers.index(number)] = self._another()
        if fell.total() < kills / 2:
            raise MeasurementFailed(f"the callers were gone after {fell.total()} kills")
        return fell

    def _chosen(self, rows, workers: list[int]) -> int:
        """Anybody, or whoever is in the gap, should there be somebody within three seconds."""
        deadline = time.monotonic() + (3.0 if random.random() < AIMED else 0.0)
        while time.monotonic() < deadline:
            if found := [each for each in workers if self._moment(rows, each) == BETWEEN]:
                return random.choice(found)
            time.sleep(0.01)
        return random.choice(workers)

    def _another(self) -> int:
        self.process.stdin.write(f"{self.manner}\n")
        self.process.stdin.flush()
        if not (number := self.process.stdout.readline()):
            raise MeasurementFailed((self.office.folder / "workers.log").read_text()[-2000:])
        return int(number)

    def _moment(self, rows, number: int) -> str:
        """Where the dead worker was with what it noted last."""
        note = self.notes / str(number)
        if not note.exists() or not (effect := note.read_text()):
            return BEFORE
        asked = "SELECT state, kind, payload ->> 'leg' FROM outbox_effect WHERE id = %s"
        state, kind, leg = rows.execute(asked, [effect]).fetchone()
        if state != "leased":
            return AFTER
        return BETWEEN if kind == "calls.offer" and _lines(self.book, UUID(leg).hex) else BEFORE


def _lines(book: Path, leg: str = "") -> Counter:
    """How often each of our legs, or this one, was rung, by its id in hexadecimal digits."""
    with closing(sqlite3.connect(book)) as rows:
        found = rows.execute(f"SELECT leg FROM lines {'WHERE leg = ?' if leg else ''}", [leg] if leg else [])
        return Counter(name for (name,) in found)


def _wait_for_the_end(office: Office) -> None:
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        while any(left := rows.execute(UNFINISHED).fetchone()):
            if time.monotonic() > deadline:
                raise MeasurementFailed(
                    "{} calls, {} lines, {} effects and {} notices do not end".format(*left)
                )
            time.sleep(0.2)


def _compared(office: Office, book: Path, acknowledged: set[str], fell: Counter, after: float) -> Outcome:
    with psycopg.connect(office.owner_url) as rows:
        known = {sid for (sid,) in rows.execute("SELECT carrier_id FROM calls_call").fetchall()}
        rings = {UUID(leg).hex: state for leg, state in rows.execute(RINGS).fetchall()}
    times = _lines(book)
    if set(times) - set(rings):
        raise MeasurementFailed("the carrier was asked for lines that nobody here wanted")
    # Not rung, and nobody decided so; or given up; or said to ring, and it does not.
    lost = [leg for leg, state in rings.items() if state not in ("done", "cancelled", "shown")]
    lost += [leg for leg, state in rings.items() if state == "done" and leg not in times]
    with closing(sqlite3.connect(book)) as lines:
        [on] = lines.execute("SELECT count(*) FROM lines WHERE ended_at IS NULL").fetchone()
        again = lines.execute(
            "SELECT max(at) - min(at) FROM lines GROUP BY leg HAVING count(*) > 1"
        ).fetchall()
    return Outcome(
        lost=len(acknowledged - known) + len(lost),
        doubled=tuple(seconds for (seconds,) in again),
        ringing_on=on,
        kills=fell,
        ended_after=after,
        rang=len(times),
        states=Counter(rings.values()),
    )
