"""Goal R1: workers are killed at any moment, and nothing is lost or sent twice.

To prove anything, enough kills must fall between the provider's acceptance and our mark of it, and the
same run without asking and without the fence must send something twice.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from secretariat.local.paths import CHECKOUT
from secretariat.local.ports import free_port

from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed
from .office import Office

# How many letters, how many kills, and the seconds between two of them.
FULL, QUICK = (10_000, 300, (0.4, 1.2)), (250, 20, (0.02, 0.15))
CONTROL = (120, 12, (0.02, 0.15))
WORKERS = 12
GAPS = (0.4, 1.0)  # seconds; the longer one where a busy machine makes everything else slow
ENOUGH = 0.3  # of the kills: between acceptance and mark
PATIENCE = 60.0  # seconds in which at least one letter must have ended, as long as any has not
BEFORE, BETWEEN, AFTER = "before the send", "between acceptance and mark", "after"


@dataclass(frozen=True)
class Outcome:
    """What a run came to, by the provider's book against our rows."""

    lost: int
    doubled: int
    kills: Counter
    seconds: float

    @property
    def between(self) -> float:
        return self.kills[BETWEEN] / max(1, self.kills.total())

    def __str__(self) -> str:
        fell = ", ".join(f"{self.kills[when]} {when}" for when in (BEFORE, BETWEEN, AFTER))
        return f"{self.kills.total()} kills: {fell}; {self.seconds:.0f} s"


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """The careful run and its control."""
    size = QUICK if quick else FULL
    for gap in GAPS:
        with post_room(office, gap) as room:
            careful = killed(room, "careful", *size)
            if careful.between < ENOUGH:
                continue
            careless = killed(room, "careless", *CONTROL)
        break
    else:
        raise MeasurementFailed(f"too few kills fell between acceptance and mark ({careful})")
    if not careless.doubled:
        raise MeasurementFailed(f"nothing was doubled without asking, so the run proves nothing ({careless})")
    between, control = (careful.between,), f"control, {careless}"
    return [
        Figure("outbox-lost", "R1", "letters", 0, AT_MOST, (careful.lost,), str(careful)),
        Figure("outbox-doubled", "R1", "letters", 0, AT_MOST, (careful.doubled,), f"of {size[0]}"),
        Figure("outbox-kills-between", "R1", "of kills", ENOUGH, AT_LEAST, between),
        Figure("outbox-doubled-unasked", "R1", "letters", 1, AT_LEAST, (careless.doubled,), control),
    ]


@dataclass(frozen=True)
class PostRoom:
    """A provider with its book, and a process that writes letters and forks workers when it is asked to."""

    office: Office
    notes: Path  # in which each worker writes what it holds
    book: Path
    process: subprocess.Popen

    def asks(self, words: str) -> int:
        """Say one line to the process; the number it answers."""
        self.process.stdin.write(words + "\n")
        self.process.stdin.flush()
        if not (number := self.process.stdout.readline()):
            raise MeasurementFailed((self.office.folder / "workers.log").read_text()[-2000:])
        return int(number)


@contextmanager
def post_room(office: Office, gap: float, *, troubled: float = 0.0) -> Iterator[PostRoom]:
    """With a provider that takes `gap` seconds, and is in trouble for the first so many."""
    office.empty()
    notes = office.folder / "notes"
    notes.mkdir(exist_ok=True)
    book = notes / "book.sqlite3"
    book.unlink(missing_ok=True)
    port = free_port()
    office.children.start(
        "provider",
        [sys.executable, "-m", f"{__package__}.provider", str(book), str(port), str(gap), str(troubled)],
        environment=office.environment,
        folder=CHECKOUT,
    )
    call = f"sent_letters.work({port}, {str(notes)!r})"
    words = f"import django; django.setup(); from {__package__} import sent_letters; {call}"
    with (office.folder / "workers.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", words],
            cwd=CHECKOUT,
            env=office.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        yield PostRoom(office, notes, book, process)
    finally:
        process.stdin.close()
        process.wait()
        office.stop("provider")


def killed(room: PostRoom, manner: str, letters: int, kills: int, apart: tuple[float, float]) -> Outcome:
    """Send all letters by workers of this manner, killed one after the other, so many seconds apart."""
    room.asks(f"post {manner} {letters}")
    began = time.monotonic()
    workers = [room.asks(manner) for _ in range(WORKERS)]
    fell = _kill(room, manner, workers, apart, at_most=kills)
    wait_for_the_end(room.office)
    for number in workers:
        os.kill(number, signal.SIGKILL)  # nothing is left to do
    lost, doubled = compared(room, manner, letters)
    return Outcome(lost, doubled, fell, time.monotonic() - began)


def _kill(room: PostRoom, manner: str, workers: list[int], apart, *, at_most: int) -> Counter:
    """Kill -9 one worker after the other, each at a random moment, and replace it."""
    fell: Counter = Counter()
    with psycopg.connect(room.office.owner_url, autocommit=True) as rows:
        while fell.total() < at_most and unfinished(rows):
            time.sleep(random.uniform(*apart))
            number = random.choice(workers)
            os.kill(number, signal.SIGKILL)
            time.sleep(0.06)  # the provider may still be about to enter what it was sent
            fell[moment(rows, room, number)] += 1
            workers[workers.index(number)] = room.asks(manner)
    if fell.total() < at_most / 2:
        raise MeasurementFailed(f"the letters were gone after {fell.total()} kills")
    return fell


def moment(rows, room: PostRoom, worker: int) -> str:
    """Where the dead worker was with the letter it held."""
    note = room.notes / str(worker)
    # No word in it yet: it died while it noted what it was about to send.
    if not note.exists() or not (key := note.read_text()):
        return BEFORE
    [state] = rows.execute("SELECT state FROM outbox_effect WHERE key = %s", [key]).fetchone()
    if state == "done":
        return AFTER
    return BETWEEN if _entered(room.book).get(key) else BEFORE


def unfinished(rows) -> int:
    asked = "SELECT count(*) FROM outbox_effect WHERE state IN ('pending', 'leased')"
    return rows.execute(asked).fetchone()[0]


def wait_for_the_end(office) -> None:
    fewest, since = None, time.monotonic()
    with psycopg.connect(office.owner_url, autocommit=True) as rows:
        while left := unfinished(rows):
            if fewest is None or left < fewest:
                fewest, since = left, time.monotonic()
            if time.monotonic() - since > PATIENCE:
                raise MeasurementFailed(f"{left} letters do not end")
            time.sleep(0.2)


def compared(room: PostRoom, name: str, letters: int) -> tuple[int, int]:
    """How many letters of this name were lost, and how many came more than once."""
    entered = {key: times for key, times in _entered(room.book).items() if key.startswith(f"{name}-")}
    with psycopg.connect(room.office.owner_url) as rows:
        asked = "SELECT key, state FROM outbox_effect WHERE starts_with(key, %s)"
        states = dict(rows.execute(asked, [f"{name}-"]).fetchall())
    if len(states) != letters or set(entered) - set(states):
        raise MeasurementFailed(f"{len(states)} letters in the outbox, {len(entered)} at the provider")
    lost = [key for key, state in states.items() if state != "done" or key not in entered]
    return len(lost), sum(times > 1 for times in entered.values())


def _entered(book: Path) -> dict[str, int]:
    rows = sqlite3.connect(book)
    try:
        return dict(rows.execute("SELECT key, count(*) FROM letters GROUP BY key").fetchall())
    finally:
        rows.close()
