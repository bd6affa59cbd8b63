"""A browser with an event stream, as the application sees it: it speaks ASGI, on a loop of its own."""

import asyncio
import json
import queue
import threading
from dataclasses import dataclass

from tests.patience import PATIENCE


@dataclass(frozen=True)
class Told:
    """One event as EventSource would give it to a script."""

    event: str
    data: dict
    last_id: str


class Loop:
    """An event loop in a thread, so that the test itself can speak to the database."""

    def __init__(self):
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()

    def begin(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def run(self, coroutine):
        return self.begin(coroutine).result(PATIENCE)

    def close(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()


class Request:
    """One request, and what came back so far."""

    def __init__(self, loop, application, *, headers, method="GET", path="/live/", reads=True):
        self._loop = loop
        self._came = queue.Queue()
        self._text = ""
        self._disconnect = self._loop.run(self._make_event())
        self._reads = reads
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        }
        self._running = loop.begin(application(scope, self._receive, self._send))
        self._running.add_done_callback(lambda _: self._came.put(None))
        start = self._came.get(timeout=PATIENCE)
        self.status = start["status"]
        self.headers = {name.decode(): value.decode() for name, value in start["headers"]}

    @staticmethod
    async def _make_event():
        return asyncio.Event()

    async def _receive(self):
        await self._disconnect.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message):
        self._came.put(message)
        if not self._reads and message["type"] == "http.response.body":
            await asyncio.Event().wait()

    def next(self, *, but=("beat",)) -> Told | None:
        """The next event that is not one of `but`, or None when the stream has ended."""
        while True:
            while "\n\n" in self._text:
                block, _, self._text = self._text.partition("\n\n")
                fields = dict(line.split(": ", 1) for line in block.split("\n"))
                if "event" in fields and fields["event"] not in but:
                    return Told(fields["event"], json.loads(fields["data"]), fields.get("id", ""))
            came = self._came.get(timeout=PATIENCE)
            if came is None:
                return None
            self._text += came["body"].decode()

    def ends(self):
        """Wait until the application is done with it."""
        self._running.result(PATIENCE)

    def is_closed_by_person(self):
        self._loop.run(self._set())
        self.ends()

    async def _set(self):
        self._disconnect.set()
