"""The heartbeat: looks everywhere for what is due, whether or not anybody hinted at it.

One sweep is enough, several share the work, and with Redis and every worker dead it does all of it.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from django.db import close_old_connections, connection

from . import companions, rounds, sending, working
from .models import Effect
from .naming import fault_name

logger = logging.getLogger(__name__)
LOOK_EVERY = 2.0  # seconds between looks into a queue that had nothing
ROUND_EVERY = 0.5  # seconds between looks at the recurring duties
STUCK_AFTER = 120.0  # seconds without a finished turn: then the sweep no longer says that it is alive


def once() -> int:
    """Everything that is due now. Returns how many things were done."""
    done = rounds.go() + _until_empty(working.drain_inbox)
    for queue in Effect.Queue.values:
        done += _until_empty(sending.drain, queue)
    rounds.beat()
    return done


def _until_empty(turn, *args) -> int:
    total = 0
    while done := turn(*args):
        total += done
    return total


class Watch:
    """Sweeps until told to stop. Each queue has a thread of its own: urgent is never behind bulk."""

    def __init__(self):
        self.stopping = threading.Event()
        self.last_turn: dict[str, float] = {}

    def run(self) -> None:
        """Watch until `stop` is called; then finish what has begun."""
        turns: dict[str, Callable[[], int]] = {"inbox": working.drain_inbox}
        turns |= {queue: partial(self._drain, queue) for queue in Effect.Queue.values}
        threads = [
            threading.Thread(target=self._keep_turning, args=(name, turn, LOOK_EVERY), name=f"sweep-{name}")
            for name, turn in turns.items()
        ]
        threads += [
            threading.Thread(target=self._accompany, args=(name, run), name=f"sweep-{name}")
            for name, run in companions.all_of_them().items()
        ]
        for thread in threads:
            thread.start()
        self._keep_turning("rounds", self._round, ROUND_EVERY)
        for thread in threads:
            thread.join()

    def _accompany(self, name, run) -> None:
        """Let it run until it is told to stop; one that falls is begun again."""
        while not self.stopping.is_set():
            try:
                run(self.stopping)
            except Exception as fault:
                logger.error("companion fell", extra={"companion": name, "fault": fault_name(fault)})
            finally:
                connection.close()
            self.stopping.wait(LOOK_EVERY)

    def _drain(self, queue) -> int:
        return sending.drain(queue)

    def stop(self) -> None:
        self.stopping.set()

    def _keep_turning(self, name, turn, pause) -> None:
        try:
            while not self.stopping.is_set():
                self.last_turn[name] = time.monotonic()
                if not self._turn(name, turn):
                    self.stopping.wait(pause)
        finally:
            connection.close()

    def _turn(self, name, turn) -> int:
        try:
            close_old_connections()
            return turn()
        except Exception as fault:  # the database may be away for a while; the sweep outlives that
            logger.error("sweep turn failed", extra={"turn": name, "fault": fault_name(fault)})
            return 0

    def _round(self) -> int:
        oldest = min(self.last_turn.values())
        if time.monotonic() - oldest < STUCK_AFTER:
            rounds.beat()
        rounds.go()
        return 0
