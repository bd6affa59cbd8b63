"""Let a web process end without cutting anybody off.

What ends when its listening socket closes is not only what it works on: a connection that the kernel has
let in and that nobody has taken up yet is reset, and the caller whose request it carried is lost, for no
proxy repeats a request that may have been worked. So first no new connection is let in
(`let_nobody_in`), then those that wait are taken up, and only then is the socket closed. Who knocks
meanwhile hears nothing, knocks again after a second, is refused, and goes to the next process.

`python -m secretariat.draining …` is granian with the same words, and with that ending. It belongs to
`--no-http1-keep-alive`: a line that waits for its next request is closed too, and that may be on its
way.
"""

import contextlib
import ctypes
import multiprocessing
import os
import signal
import socket
import struct
import time
from collections.abc import Iterator
from pathlib import Path

LET_NOBODY_IN = signal.SIGUSR1
TAKING_UP = 0.7  # seconds from then until the process is told to end

SO_ATTACH_FILTER = 26  # of Linux; Python has no name for it
# For each packet of a listening socket: dropped if it asks for a new connection, SYN without ACK.
_FILTER = b"".join(
    struct.pack("HBBI", *step)
    for step in (
        (0x30, 0, 0, 13),  # the byte of the TCP header in which the flags are
        (0x54, 0, 0, 0x12),  # SYN and ACK of them
        (0x15, 0, 1, 0x02),  # SYN alone?
        (0x06, 0, 0, 0),  # then nothing of this packet,
        (0x06, 0, 0, 0xFFFF),  # else all of it
    )
)


def listen_for_the_end() -> None:
    """Let nobody in from the moment at which `LET_NOBODY_IN` says so. What is forked off listens too."""
    signal.signal(LET_NOBODY_IN, lambda *_told: let_nobody_in())


def let_nobody_in() -> None:
    """Turn away every new connection to what this process listens on. Those under way are completed."""
    steps = ctypes.create_string_buffer(_FILTER)
    program = struct.pack("HL", len(_FILTER) // 8, ctypes.addressof(steps))
    for listening in _listening():
        with contextlib.suppress(PermissionError):  # a sandbox may keep it to root: then it ends as any other
            listening.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)


def _listening() -> Iterator[socket.socket]:
    for name in Path("/proc/self/fd").iterdir():
        try:
            its = socket.socket(fileno=os.dup(int(name.name)))
        except OSError:  # it is no socket, or closed again
            continue
        with its:
            if its.family in (socket.AF_INET, socket.AF_INET6) and its.getsockopt(
                socket.SOL_SOCKET, socket.SO_ACCEPTCONN
            ):
                yield its


def main() -> None:
    from granian import cli
    from granian.server import Server

    class Draining(Server):  # type: ignore[misc, valid-type]  # which of two it is, is known when it runs
        def shutdown(self, exit_code=0):
            for worker in self.wrks if multiprocessing.get_start_method() == "fork" else ():
                if worker.is_alive():
                    os.kill(worker.inner.pid, LET_NOBODY_IN)
            time.sleep(TAKING_UP)
            super().shutdown(exit_code)

    listen_for_the_end()
    cli.Server = Draining
    cli.entrypoint()


if __name__ == "__main__":
    main()
