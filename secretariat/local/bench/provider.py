"""A provider that is not ours: it takes letters, remembers them in its own file, and can be asked.

`python -m secretariat.local.bench.provider FILE PORT SECONDS [TROUBLED]` until it is stopped. It keeps every
letter it is sent, also one it had before: what came twice can be counted. SECONDS is how long it takes, on
average, to say that it has a letter: the gap in which a worker's death is worst. In its first TROUBLED
seconds, from the first letter on, it refuses some, says nothing to some, and hangs up on some that it has
taken. Standard library only, and as little work for a letter as can be: it shares the processor with those
whom it measures.
"""

import asyncio
import random
import sqlite3
import sys
import time
from pathlib import Path
from urllib.parse import unquote

BEFORE = (0, 0.004)  # seconds until it has the letter
REFUSED, SILENT, DROPPED = 0.2, 0.1, 0.05  # of the letters, while it is in trouble
LONG = 3.0  # seconds: longer than anybody waits
END = b"\r\n\r\n"


class Book:
    """What arrived, one row for each time it arrived."""

    def __init__(self, path: Path):
        self._rows = sqlite3.connect(path, isolation_level=None)
        self._rows.execute("PRAGMA synchronous = OFF")  # a sync would be the bottleneck,
        self._rows.execute("PRAGMA journal_mode = MEMORY")  # and so would a second file
        self._rows.execute("CREATE TABLE IF NOT EXISTS letters (key TEXT, at REAL)")
        self._rows.execute("CREATE INDEX IF NOT EXISTS by_key ON letters (key)")

    def enter(self, key: str) -> None:
        self._rows.execute("INSERT INTO letters VALUES (?, ?)", [key, time.time()])

    def times(self, key: str) -> int:
        return self._rows.execute("SELECT count(*) FROM letters WHERE key = ?", [key]).fetchone()[0]


class Desk(asyncio.Protocol):
    """POST /KEY sends a letter, GET /KEY asks whether it arrived. One request after the other on a line."""

    book: Book
    gap: float
    troubled: float = 0.0  # seconds
    began: float = 0.0

    def connection_made(self, transport):
        self._line, self._heard = transport, b""

    def data_received(self, data):
        self._heard += data
        if self._heard.endswith(END):  # nobody sends a body
            method, path = self._heard.split(b" ", 2)[:2]
            key, self._heard = unquote(path[1:].decode()), b""
            if method == b"GET":
                self._say(200 if self.book.times(key) else 404)
            else:
                _later(random.uniform(*BEFORE), self._post, key)

    def _post(self, key: str) -> None:
        Desk.began = Desk.began or time.monotonic()
        if time.monotonic() - Desk.began < self.troubled and self._in_trouble(key):
            return
        self.book.enter(key)
        _later(random.uniform(0.4, 1.6) * self.gap, self._say, 201)

    def _in_trouble(self, key: str) -> bool:
        """One of the faults there are, or none: whether there was one."""
        which = random.random()
        if which < REFUSED:
            self._say(503)
        elif which < REFUSED + SILENT:
            if random.random() < 0.5:
                self.book.enter(key)
            _later(LONG, self._line.close)
        elif which < REFUSED + SILENT + DROPPED:
            self.book.enter(key)
            self._line.close()
        else:
            return False
        return True

    def _say(self, status: int) -> None:
        self._line.write(b"HTTP/1.1 %d -\r\nContent-Length: 0\r\n\r\n" % status)


def _later(seconds: float, what, *told) -> None:
    asyncio.get_running_loop().call_later(seconds, what, *told)


async def _serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Desk, "127.0.0.1", port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    Desk.book, Desk.gap = Book(Path(sys.argv[1])), float(sys.argv[3])
    Desk.troubled = float(sys.argv[4]) if len(sys.argv) > 4 else 0.0
    asyncio.run(_serve(int(sys.argv[2])))
