"""`GET /live/`: the event stream, as a plain ASGI application with nothing else in the way.

A server that is told to stop waits for its answers to end, and these would not: so the streams hear the
signal too, and end at once. A browser whose stream ended asks again by itself.
"""

import asyncio
import os
import signal
import threading
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

import django
from django.apps import apps
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.settings.production")
if not apps.ready:
    django.setup()

from django.db import Error as DatabaseError
from django.http.request import split_domain_port, validate_host

from . import reading
from .streams import Stream
from .switchboard import Pace, Switchboard
from .wire import RESYNC, RETRY, SESSION_ENDED, beat

PATH = "/live/"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"cross-origin-resource-policy", b"same-origin"),
]


class Live:
    """The application. Its switchboard begins with the server, or with the first stream."""

    def __init__(self, pace: Pace | None = None):
        self.pace = pace or Pace()
        self._switchboard: Switchboard | None = None
        self._starting = None

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)

    async def _lifespan(self, receive, send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def close(self) -> None:
        """End all streams and whatever feeds them."""
        switchboard, self._switchboard = self._switchboard, None
        if switchboard:
            await switchboard.close()

    async def _answer(self, scope, receive, send) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = _refusal(scope, headers)
        session_key = _session_key(headers)
        if not refusal and not session_key:
            refusal = 401
        if refusal:
            await _refuse(send, refusal)
            return
        try:
            switchboard = await self._begun()
            user_id = await switchboard.reader.ask(reading.user_of, session_key)
            if user_id is None:
                # 200 and words, not 401: a script cannot see why a stream was refused.
                await _begin(send)
                await _write(send, RETRY + SESSION_ENDED, more=False)
                return
            stream = Stream(user_id, session_key)
            switchboard.join(stream)  # before asking what was missed: what happens meanwhile is told too
            try:
                missed = await switchboard.reader.ask(reading.missed, user_id, _last_id(scope, headers))
                await _begin(send)
                await self._tell(stream, switchboard, missed, receive, send)
            finally:
                switchboard.leave(stream)
        except DatabaseError:
            await _refuse(send, 503)

    async def _begun(self) -> Switchboard:
        if self._switchboard is None:
            # Whoever comes first starts it; those who come meanwhile wait for the same start.
            if self._starting is None:
                self._starting = asyncio.ensure_future(self._start())
            await self._starting
        return self._switchboard

    async def _start(self) -> None:
        try:
            switchboard = Switchboard(self.pace)
            await switchboard.start()
            self._switchboard = switchboard
            _end_with_the_process(switchboard)
        finally:
            self._starting = None

    async def _tell(self, stream, switchboard, missed, receive, send) -> None:
        """Send until the browser goes, the stream ends, or its time is over."""
        gone = asyncio.ensure_future(_gone(receive, stream))
        loop = asyncio.get_running_loop()
        ends_at, beat_at = loop.time() + self.pace.life, loop.time() + self.pace.beat
        words = RETRY + beat(missed.newest) + (RESYNC if missed.too_long else b"")
        words += b"".join(event.as_bytes() for event in missed.events)
        try:
            while True:
                async with asyncio.timeout(self.pace.unread):
                    await _write(send, words)
                if stream.ended or loop.time() >= ends_at:
                    break
                words = await stream.next(min(beat_at, ends_at) - loop.time())
                if loop.time() >= beat_at:
                    beat_at = loop.time() + self.pace.beat
                    words += beat(max(switchboard.newest, missed.newest))
            await _write(send, b"", more=False)
        except TimeoutError:
            stream.end()  # it does not read: leaving the stream unfinished closes the connection
        finally:
            gone.cancel()


def _end_with_the_process(switchboard: Switchboard) -> None:
    """End the streams when the process is told to stop, beside whatever the server does then.

    The server's own handler is the event loop's, and the loop hears of a signal whoever handles it.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(each)
        if not callable(before):
            continue

        def told(signum, frame, before=before):
            loop.call_soon_threadsafe(switchboard.end_streams)
            before(signum, frame)

        signal.signal(each, told)


def _refusal(scope, headers) -> int:
    """The status with which a request is turned away before anything is read; nought if it is not."""
    if scope["path"] != PATH:
        return 404
    if scope["method"] != "GET":
        return 405
    host = headers.get("host", "")
    if not validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS):
        return 400
    origin = headers.get("origin")
    if origin and urlsplit(origin).netloc != host:
        return 403
    return 403 if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none") else 0


def _session_key(headers) -> str:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _last_id(scope, headers) -> int | None:
    written = headers.get("last-event-id", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else None


async def _gone(receive, stream) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


async def _begin(send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})


async def _write(send, words: bytes, *, more: bool = True) -> None:
    if words or not more:
        await send({"type": "http.response.body", "body": words, "more_body": more})


async def _refuse(send, status: int) -> None:
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    if status == 405:
        headers.append((b"allow", b"GET"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


application = Live()
