"""The carrier's side of a load: signed requests, and connections that send them. Standard library only."""

import asyncio
import base64
import hashlib
import hmac
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Answer:
    """What came back. `sent` and `heard` are on the clock of time.perf_counter."""

    status: int
    sent: float
    heard: float
    body: bytes

    @property
    def seconds(self) -> float:
        return self.heard - self.sent


def incoming_call(url: str, number: str, *, account: str, token: str, sid: str = "") -> bytes:
    """One request by which the carrier announces a new call to `number`, with its headers."""
    fields = {
        "AccountSid": account,
        "ApiVersion": "2010-04-01",
        "CallSid": sid or f"CA{secrets.token_hex(16)}",
        "CallStatus": "ringing",
        "Direction": "inbound",
        "From": "+447700900123",
        "To": number,
    }
    return posting(url, fields, token=token)


def posting(url: str, fields: dict[str, str], *, token: str, **headers: str) -> bytes:
    """A signed request of the carrier's, whole."""
    signed = url + "".join(name + fields[name] for name in sorted(fields))
    signature = base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()
    body = urlencode(fields)
    address = urlsplit(url)
    path = f"{address.path}?{address.query}" if address.query else address.path
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return (
        f"POST {path} HTTP/1.1\r\nHost: {address.netloc}\r\nX-Twilio-Signature: {signature}\r\n{more}"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


class Line:
    """One connection that stays open."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port: int) -> "Line":
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def send(self, request: bytes) -> Answer:
        sent = time.perf_counter()
        self._writer.write(request)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        body = await self._reader.readexactly(length)
        return Answer(int(head.split(b" ", 2)[1]), sent, time.perf_counter(), body)

    def close(self) -> None:
        self._writer.close()


async def at_once(port: int, requests: list[bytes], connections: int) -> tuple[list[Answer], float]:
    """Send them all, so many at a time, each as soon as its connection is free. And the seconds it took."""
    waiting: Iterator[bytes] = iter(requests)
    answers: list[Answer] = []
    lines = [await Line.open(port) for _ in range(connections)]

    async def keep_sending(line):
        for request in waiting:
            answers.append(await line.send(request))

    began = time.perf_counter()
    await asyncio.gather(*(keep_sending(line) for line in lines))
    took = time.perf_counter() - began
    for line in lines:
        line.close()
    return answers, took


async def on_schedule(send, requests: Iterator[bytes], apart: float, *, until) -> list:
    """Call `send(request)` for one request after the other, so many seconds apart, until `until()`.

    None waits for the one before it: a slow answer is not a pause for those that follow. Returns what the
    calls came to, each as `(outcome, seconds since it was due)`; an exception is an outcome too.
    """
    began, calls = time.perf_counter(), []

    async def call(request: bytes, due: float):
        try:
            outcome = await send(request)
        except (OSError, EOFError) as fault:
            outcome = fault
        return outcome, time.perf_counter() - due

    for number, request in enumerate(requests):
        if until():
            break
        due = began + number * apart
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        calls.append(asyncio.create_task(call(request, due)))
    return list(await asyncio.gather(*calls))
