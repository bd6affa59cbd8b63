"""Reads an event stream as a browser would, one event at a time."""

import json
import queue
import threading
import urllib.request


class Stream:
    """Listens in a thread of its own until it is closed."""

    def __init__(self, url: str, *, headers=()):
        request = urllib.request.Request(url, headers=dict(headers))
        self.response = urllib.request.urlopen(request, timeout=20)
        self.events: queue.Queue[tuple[str, dict]] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

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
            event, facts = self.events.get(timeout=10)
            if event != "beat":
                assert event == wanted, f"{event} came before {wanted}: {facts}"
                return facts

    def close(self):
        self.response.close()
