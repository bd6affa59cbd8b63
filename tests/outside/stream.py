"""Reads an event stream as a browser would, one event at a time."""

import json
import queue
import threading
from contextlib import suppress
from http.client import HTTPConnection
from socket import SHUT_RDWR
from urllib.parse import urlsplit

from tests.patience import PATIENCE


class Stream:
    """Listens in a thread of its own until it is closed."""

    def __init__(self, url: str, *, headers=()):
        place = urlsplit(url)
        self.connection = HTTPConnection(place.hostname, place.port, timeout=PATIENCE)
        self.connection.request("GET", f"{place.path}?{place.query}", headers=dict(headers))
        self.socket = self.connection.sock
        self.response = self.connection.getresponse()
        self.status = self.response.status
        self.events: queue.Queue[tuple[str, dict]] = queue.Queue()
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self):
        event = ""
        try:
            for line in self.response:
                name, _colon, value = line.decode().strip().partition(": ")
                if name == "event":
                    event = value
                elif name == "data:" or name == "data":
                    self.events.put((event, json.loads(value or "{}")))
        except (OSError, ValueError, AttributeError):
            pass  # closed while it read

    def next(self, wanted: str) -> dict:
        """What the next event says; it must be `wanted`. Beats are passed over."""
        while True:
            event, facts = self.events.get(timeout=PATIENCE)
            if event != "beat":
                assert event == wanted, f"{event} came before {wanted}: {facts}"
                return facts

    def close(self):
        # The other thread sits in a read: only the socket can be taken from under it.
        with suppress(OSError):
            self.socket.shutdown(SHUT_RDWR)
        self.thread.join()
        self.response.close()
        self.connection.close()
