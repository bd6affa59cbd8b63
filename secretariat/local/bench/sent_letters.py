"""The effects that the fault run sends, and the workers that die while they send them.

Runs in a process with Django. `work` reads commands. `post NAME 500` writes so many letters of that
name; `careful`, `careless` and `unable` ask for one more worker, whose number is printed: one that asks
before it sends again and fences, one that does neither, and one whose provider cannot be asked. When the
commands end, so do the workers.
"""

import http.client
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

from django.db import connections, transaction

from secretariat import outbox
from secretariat.channels.errors import Silent
from secretariat.outbox import effects, leasing, retrying, sending
from secretariat.outbox.effects import CannotAsk
from secretariat.outbox.models import Effect

from . import letterbox
from .post_office import LEASE, POISON

KIND = "bench.letter"
NOTED = "bench.noted_letter"
BASE, SETTLING = 0.5, 1.0  # seconds before another attempt; production's are 2 and 5
TIMEOUT = 1.5  # seconds: less than half a lease


class Letter:
    """Goes to the provider beside us, which can be asked whether it has it. Nothing else follows from it."""

    channel = ""
    settles_at: tuple[str, ...] = ()

    def __init__(self, port: int, notes: Path | None = None, *, manner: str = "careful"):
        self._port, self._notes, self._manner = port, notes, manner

    def may_send(self, effect):
        self.note(effect)

    def send(self, effect):
        if effect.key.startswith(POISON):
            os.kill(os.getpid(), signal.SIGKILL)
        if self._said("POST", effect.key) != 201:
            raise Silent("provider")
        return effect.key

    def ask(self, effect):
        if self._manner == "unable":
            return CannotAsk
        if self._manner == "careless":
            return None  # as if one could know that it was not sent
        return effect.key if self._said("GET", effect.key) == 200 else None

    def describe(self, effect):
        return effect.key

    def settled(self, effect):
        pass

    def note(self, effect):
        """Write down what we hold, for whoever kills us."""
        if self._notes is not None:
            (self._notes / str(os.getpid())).write_text(effect.key)

    def _said(self, method: str, key: str) -> int:
        try:
            return letterbox.said(self._port, method, key, timeout=TIMEOUT)
        except (OSError, http.client.HTTPException) as fault:
            raise Silent(type(fault).__name__) from fault


class NotedLetter(Letter):
    """One of which something follows when it is leased, in that transaction."""

    settles_at = (Effect.State.LEASED, Effect.State.DONE)

    def may_send(self, effect):
        return None

    def settled(self, effect):
        if effect.state == effect.State.LEASED:
            self.note(effect)


@transaction.atomic
def post(name: str, count: int) -> None:
    for number in range(count):
        outbox.post((KIND, NOTED)[number % 2], key=f"{name}-{number:05}")


def work(port: int, notes: str) -> None:
    """Do what the lines of the standard input ask for."""
    leasing.LEASE = timedelta(seconds=LEASE)
    retrying.BASE, sending.SETTLING = BASE, SETTLING
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no wake
    for line in sys.stdin:
        match line.split():
            case ["post", name, count]:
                post(name, int(count))
                connections.close_all()  # a worker must not inherit one
                print(count, flush=True)
            case [manner]:
                number = os.fork()
                if not number:
                    effects._kinds[KIND] = Letter(port, Path(notes), manner=manner)
                    effects._kinds[NOTED] = NotedLetter(port, Path(notes), manner=manner)
                    _work_while_asked(fences=manner != "careless")
                    os._exit(0)
                print(number, flush=True)


def _work_while_asked(*, fences: bool) -> None:
    """Carry out letters until the one who asked for us is gone."""
    if not fences:
        leasing.fence = lambda effect: True
    asked_by = os.getppid()
    while os.getppid() == asked_by:
        if not outbox.drain("urgent"):
            time.sleep(0.05)
