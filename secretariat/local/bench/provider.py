"""A provider that is not ours: it takes letters, remembers them in its own file, and can be asked.

`python -m secretariat.local.bench.provider FILE PORT SECONDS [TROUBLED]` until it is stopped. It keeps every
letter it is sent, also one it had before: what came twice can be counted. SECONDS is how long it takes, on
average, to say that it has a letter: the gap in which a worker's death is worst. In its first TROUBLED
seconds, from the first letter on, it refuses some, says nothing to some, and hangs up on some that it has
taken. Standard library only.
"""

import random
import sqlite3
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

BEFORE = (0, 0.004)  # seconds until it has the letter
REFUSED, SILENT, DROPPED = 0.2, 0.1, 0.05  # of the letters, while it is in trouble
LONG = 3.0  # seconds: longer than anybody waits


class Book:
    """What arrived, one row for each time it arrived."""

    def __init__(self, path: Path):
        self._rows = sqlite3.connect(path, check_same_thread=False)
        self._rows.execute("PRAGMA synchronous = OFF")  # a sync would be the bottleneck
        self._rows.execute("CREATE TABLE IF NOT EXISTS letters (key TEXT, at REAL)")
        self._rows.execute("CREATE INDEX IF NOT EXISTS by_key ON letters (key)")
        self._alone = threading.Lock()

    def enter(self, key: str) -> None:
        with self._alone, self._rows:
            self._rows.execute("INSERT INTO letters VALUES (?, ?)", [key, time.time()])

    def times(self, key: str) -> int:
        with self._alone:
            return self._rows.execute("SELECT count(*) FROM letters WHERE key = ?", [key]).fetchone()[0]


class Desk(BaseHTTPRequestHandler):
    """POST /KEY sends a letter, GET /KEY asks whether it arrived."""

    protocol_version = "HTTP/1.1"
    book: Book
    gap: float
    troubled: float = 0.0  # seconds
    began: float = 0.0

    def do_POST(self):
        time.sleep(random.uniform(*BEFORE))
        Desk.began = Desk.began or time.monotonic()
        if time.monotonic() - Desk.began < self.troubled and self._in_trouble():
            return
        self.book.enter(self._key)
        time.sleep(random.uniform(0.4, 1.6) * self.gap)
        self._say(201)

    def do_GET(self):
        self._say(200 if self.book.times(self._key) else 404)

    def _in_trouble(self) -> bool:
        """One of the faults there are, or none: whether there was one."""
        which = random.random()
        if which < REFUSED:
            self._say(503)
        elif which < REFUSED + SILENT:
            if random.random() < 0.5:
                self.book.enter(self._key)
            time.sleep(LONG)
            self.close_connection = True
        elif which < REFUSED + SILENT + DROPPED:
            self.book.enter(self._key)
            self.close_connection = True
        else:
            return False
        return True

    @property
    def _key(self) -> str:
        return unquote(self.path.removeprefix("/"))

    def _say(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        """Silence: the book says it all."""


if __name__ == "__main__":
    Desk.book, Desk.gap = Book(Path(sys.argv[1])), float(sys.argv[3])
    Desk.troubled = float(sys.argv[4]) if len(sys.argv) > 4 else 0.0
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Desk).serve_forever()
