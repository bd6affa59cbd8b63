"""The heartbeat: looks everywhere for what is due, whether or not anybody hinted at it.

One sweep is enough, several share the work, and with Redis and every worker dead it does all of it.
"""

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from django.db import close_old_connections, connection

from . import companions, hints, rounds, sending, working
from .models import Effect
from .naming import fault_name

logger = logging.getLogger(__name__)
INBOX = "inbox"
ONE_TURN = 50
LOOK_EVERY = 2.0  # seconds between looks into a queue that had nothing
ROUND_EVERY = 0.5  # seconds between looks at the recurring duties
HELPERS = 5  # threads that help whoever looks into a queue, for as long as there is something in it
CALLED = 16  # hints for each queue in which something was found: whoever hears one goes on until it is empty
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
    """Sweeps until told to stop. Each queue has a thread of its own: urgent is never behind bulk.

    Where that one finds something, others help it until nothing is left: without Redis nobody else does, and
    one alone sends no more in a second than a provider answers one after the other.
    """

    def __init__(self):
        self.stopping = threading.Event()
        self.last_turn: dict[str, float] = {}
        self.busy: dict[str, threading.Event] = {}  # by queue; set: whoever helps there is wanted

    def run(self) -> None:
        """Watch until `stop` is called; then finish what has begun."""
        turns: dict[str, Callable[[int], int]] = {INBOX: working.drain_inbox}
        turns |= {queue: partial(self._drain, queue) for queue in Effect.Queue.values}
        self.busy = {name: threading.Event() for name in turns}
        threads = []
        for name, turn in turns.items():
            look = partial(self._look, name, turn)
            threads.append(_thread(name, self._keep_turning, name, look, LOOK_EVERY))
            helpers = 0 if name == Effect.Queue.CPU else HELPERS  # more threads compute no faster
            threads += [_thread(f"{name}-{n}", self._help, name, turn) for n in range(helpers)]
        threads += [
            _thread(name, self._accompany, name, run) for name, run in companions.all_of_them().items()
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

    def _drain(self, queue, at_most: int) -> int:
        return sending.drain(queue, at_most)

    def _look(self, name, turn) -> int:
        """One thing; and if there was one, whatever else is there, with help.

        The workers are told too: hints that were lost, or lay with a worker that was killed, nobody repeats.
        """
        done = turn(1)
        if done:
            self.busy[name].set()
            _call_workers(name)
            done += turn(ONE_TURN)
        return done

    def _help(self, name, turn) -> None:
        busy = self.busy[name]
        try:
            while not self.stopping.is_set():
                if not busy.wait(LOOK_EVERY) or self.stopping.is_set():
                    continue
                if not self._turn(name, partial(turn, ONE_TURN)):
                    busy.clear()
                    connection.close()  # it may be long until help is wanted again
        finally:
            connection.close()

    def stop(self) -> None:
        self.stopping.set()
        for busy in self.busy.values():
            busy.set()

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


def _call_workers(name: str) -> None:
    if name == INBOX:
        for queue in Effect.Queue.values:
            hints.kick_inbox(queue)
    else:
        for _ in range(CALLED):
            hints.kick(name)


def _thread(name: str, target, *args) -> threading.Thread:
    return threading.Thread(target=target, args=args, name=f"sweep-{name}")
