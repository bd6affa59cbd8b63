"""The carriers that must keep the promises, each behind the same few words.

`FACTORIES` names them; a further one is a further entry: a context manager that yields a `Reach`.
"""

import asyncio
import threading
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit
from zoneinfo import ZoneInfo

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from secretariat.local.carrier import Carrier
from secretariat.local.carrier.transports.in_process import CoreHttpClient, InProcessCarrier
from secretariat.local.outside.configuration import Account, Configuration, Number
from secretariat.local.outside.server import Ports, listening
from tests.carrier.application import ACCOUNT, OFFICE, START, TOKEN
from tests.patience import PATIENCE


@dataclass
class Reach:
    """One carrier and its pretend application.

    `twilio` is the vendor's client; `base` where webhooks go; `answers` what they are answered, by path;
    `asked` the webhooks that came, as (path, fields, signature, url). `act(f)` does `f(carrier)` where the
    carrier lives, and `passes(seconds)` lets its clock run with everything delivered.
    """

    twilio: Client
    base: str
    answers: dict[str, str]
    asked: list[tuple[str, dict, str, str]]
    act: Callable
    passes: Callable[[float], None]

    def told(self, path: str, name: str) -> list:
        """What was said under `name` there, by SequenceNumber: notices may arrive in any order."""
        said = [fields for place, fields, _, _ in self.asked if place == path]
        return [fields.get(name) for fields in sorted(said, key=lambda f: int(f.get("SequenceNumber", 0)))]


class Table:
    """Answers webhooks from a table: what Django's test client would do, without Django."""

    def __init__(self):
        self.answers: dict[str, str] = {}
        self.asked: list[tuple[str, dict, str, str]] = []

    def answer(self, url: str, body: bytes, headers) -> bytes:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
        self.asked.append((urlsplit(url).path, fields, headers["X-Twilio-Signature"], url))
        return f"<Response>{self.answers.get(urlsplit(url).path, '')}</Response>".encode()


def carrier_at(base: str) -> Carrier:
    carrier = Carrier(ACCOUNT, TOKEN, start=START)
    carrier.add_number(OFFICE, f"{base}/voice/", sms_url=f"{base}/sms/", status_callback=f"{base}/ended/")
    return carrier


@contextmanager
def in_process():
    base, table = "https://office.example", Table()
    carrier = carrier_at(base)
    transport = InProcessCarrier(carrier, TableClient(table, base), base_url=base)
    twilio = Client(ACCOUNT, TOKEN, http_client=CoreHttpClient(transport), environment={})
    yield Reach(twilio, base, table.answers, table.asked, lambda f: f(carrier), transport.passes)


class TableClient:
    """As much of `django.test.Client` as the transport uses."""

    def __init__(self, table: Table, base: str):
        self.table = table
        self.base = base

    def generic(self, method, path, data, content_type, secure, headers):
        return _Answer(self.table.answer(self.base + path, data, headers))


@dataclass
class _Answer:
    content: bytes
    status_code: int = 200
    streaming: bool = False

    @property
    def headers(self):
        return {"Content-Type": "text/xml"}


@contextmanager
def over_http():
    """The simulator as the demo runs it: REST, webhooks and all else through real sockets."""
    table = Table()
    with _application(table) as base, _event_loop() as loop:

        def run(coroutine):
            return asyncio.run_coroutine_threadsafe(coroutine, loop).result(timeout=PATIENCE)

        outside = listening(_office_at(base), Ports(), data=None)
        ready, exchange = run(outside.__aenter__())
        try:
            twilio = Client(ACCOUNT, TOKEN, http_client=_Elsewhere(ready.api_base_url), environment={})

            async def act(f):
                with exchange.acting() as carrier:
                    return f(carrier)

            yield Reach(
                twilio,
                base,
                table.answers,
                table.asked,
                lambda f: run(act(f)),
                lambda seconds: run(exchange.pass_time(seconds)),
            )
        finally:
            run(outside.__aexit__(None, None, None))


def _office_at(base: str) -> Configuration:
    number = Number(
        OFFICE, voice_url=f"{base}/voice/", sms_url=f"{base}/sms/", status_callback=f"{base}/ended/"
    )
    return Configuration(
        base, Account(ACCOUNT, TOKEN, "", ""), ZoneInfo("UTC"), (number,), manual=True, start=START
    )


class _Elsewhere(TwilioHttpClient):
    """The vendor's client with another host: what the product does with TWILIO_API_BASE_URL."""

    def __init__(self, base: str):
        super().__init__(timeout=PATIENCE)
        self.base = base

    def request(self, method, url, *arguments, **named):
        here = self.base + urlsplit(url)._replace(scheme="", netloc="").geturl()
        return super().request(method, here, *arguments, **named)


@contextmanager
def _event_loop():
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=PATIENCE)
        loop.close()


@contextmanager
def _application(table: Table):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = table.answer(f"http://{self.headers['Host']}{self.path}", body, self.headers)
            self.send_response(200)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST

        def log_message(self, *_arguments):
            """Tests print nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=PATIENCE)


FACTORIES = {"in process": in_process, "over HTTP": over_http}
