"""Workers who ring secretaries, and die of it. Runs in a process with Django.

`work` reads lines: each asks for one more worker of that manner, whose number is printed. `careful` asks the
carrier before it rings again, and fences; `careless` does neither, and leases for less. When the lines end,
so do the workers.
"""

import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

from secretariat import outbox
from secretariat.channels import twilio
from secretariat.outbox import effects, leasing

RING = "calls.offer"
# Longer than the carrier is waited for, as production's is. That of the careless is so short that what a dead
# worker held is taken up while it may still ring: else nobody would be rung twice without asking either.
LEASE, SHORT = timedelta(seconds=15), timedelta(seconds=3)


def work(notes: str) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no wake
    twilio.client().calls  # noqa: B018  the library is read here once, not by each worker while it holds a lease
    for line in sys.stdin:
        number = os.fork()
        if not number:
            _prepare(Path(notes), careless=line.strip() == "careless")
            _work_while_asked()
            os._exit(0)
        print(number, flush=True)


def _prepare(notes: Path, *, careless: bool) -> None:
    leasing.LEASE = SHORT if careless else LEASE
    fence, note = leasing.fence, notes / str(os.getpid())

    def noted(effect) -> bool:
        note.write_text(str(effect.pk))  # for whoever kills us
        return careless or fence(effect)

    leasing.fence = noted
    if careless:
        effects.handler(RING).ask = lambda effect: None  # as if one could know that it does not ring


def _work_while_asked() -> None:
    """Ring, and hear what the carrier says, until the one who asked for us is gone."""
    asked_by = os.getppid()
    while os.getppid() == asked_by:
        if not outbox.drain("calls", 1) + outbox.drain_inbox(1, queue="calls"):
            time.sleep(0.05)
