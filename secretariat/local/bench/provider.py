"""A provider that is not ours: it takes letters, remembers them in its own file, and can be asked.

`python -m secretariat.local.bench.provider FILE PORT SECONDS` until it is stopped. It keeps every letter
it is sent, also one it had before: what came twice can be counted. SECONDS is how long it takes, on
average, to say that it has a letter: the gap in which a worker's death is worst. Standard library only.
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


class Book:
    """What arrived, one row for each time it arrived."""

    def __init__(self, path: Path):
        self._rows = sqlite3.connect(path, check_same_thread=False)
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

    def do_POST(self):
        time.sleep(random.uniform(*BEFORE))
        self.book.enter(self._key)
        time.sleep(random.uniform(0.4, 1.6) * self.gap)
        self._say(201)

    def do_GET(self):
        self._say(200 if self.book.times(self._key) else 404)

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
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Desk).serve_forever()
