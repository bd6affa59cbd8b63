"""R4: workers stand still for longer than their lease and then go on, like a computer that slept."""

import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass

import psycopg

from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed
from .office import Office
from .outbox import (
    AFTER,
    BEFORE,
    BETWEEN,
    PostRoom,
    compared,
    moment,
    post_room,
    unfinished,
    wait_for_the_end,
)
from .post_office import LEASE

WORKERS = 12
GAP = 0.4  # seconds the provider takes: most are frozen while they wait for it
STANDS = LEASE + 1.5


@dataclass(frozen=True)
class Outcome:
    lost: int
    doubled: int
    stood: Counter

    def __str__(self) -> str:
        fell = ", ".join(f"{self.stood[when]} {when}" for when in (BEFORE, BETWEEN, AFTER))
        return f"{self.stood.total()} stood still: {fell}"


def measure(office: Office, *, quick: bool) -> list[Figure]:
    """With asking and fence, and a control without either, which must send something twice."""
    letters, stops = (250, 12) if quick else (5000, 100)
    with post_room(office, GAP) as room:
        careful = _frozen(room, "careful", letters, stops)
        careless = _frozen(room, "careless", 150, 10)
    if not careless.doubled:
        raise MeasurementFailed(f"nothing was doubled without asking, so the run proves nothing ({careless})")
    return [
        Figure("frozen-lost", "R4", "letters", 0, AT_MOST, (careful.lost,), f"of {letters}; {careful}"),
        Figure("frozen-doubled", "R4", "letters", 0, AT_MOST, (careful.doubled,)),
        Figure("frozen-doubled-unasked", "R4", "letters", 1, AT_LEAST, (careless.doubled,), str(careless)),
    ]


def _frozen(room: PostRoom, manner: str, letters: int, stops: int) -> Outcome:
    room.asks(f"post {manner} {letters}")
    workers = [room.asks(manner) for _ in range(WORKERS)]
    stood: Counter = Counter()
    until: dict[int, float] = {}
    with psycopg.connect(room.office.owner_url, autocommit=True) as rows:
        time.sleep(0.5)
        while stood.total() < stops and unfinished(rows):
            _let_go(until)
            if awake := [each for each in workers if each not in until]:
                number = random.choice(awake)
                os.kill(number, signal.SIGSTOP)
                until[number] = time.monotonic() + STANDS
                stood[moment(rows, room, number)] += 1
            time.sleep(random.uniform(0.2, 0.5))
        while until:
            _let_go(until)
            time.sleep(0.1)
    wait_for_the_end(room.office)
    for number in workers:
        os.kill(number, signal.SIGKILL)  # nothing is left to do
    if stood.total() < stops / 2:
        raise MeasurementFailed(f"the letters were gone after {stood.total()} had stood still")
    return Outcome(*compared(room, manner, letters), stood)


def _let_go(until: dict[int, float]) -> None:
    for number in [each for each, when in until.items() if when < time.monotonic()]:
        os.kill(number, signal.SIGCONT)
        del until[number]
