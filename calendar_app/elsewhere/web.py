"""JSON over HTTPS, as Google and Microsoft speak it: one way out, and every failure under our names."""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

import requests
import urllib3

from secretariat.channels import haste, http

from . import Refused, Throttled, Trouble, Unreachable

PATIENCE = (5, 20)  # seconds to connect, and between two bytes
LONGEST = 60.0  # seconds of one answer, however slowly it drips
MOST_BYTES = 30 * 1024 * 1024
A_PIECE = 64 * 1024
WAIT = 60.0  # seconds, where they ask us to wait and do not say how long
LONGEST_WAIT = 3600.0


@dataclass(frozen=True)
class Answer:
    """`headers` in lower case. `told` is the JSON; an empty mapping where there was none."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""

    @property
    def told(self) -> dict[str, Any]:
        if not self.content:
            return {}
        try:
            told = json.loads(self.content)
        except ValueError as error:
            raise Unreachable("an answer that is no JSON") from error
        if not isinstance(told, dict):
            raise Unreachable("an answer that is no object")
        return told


class Transport(Protocol):
    def ask(self, method: str, url: str, headers: Mapping[str, str], content: bytes | None) -> Answer: ...


class Network:
    """The real one. Follows no redirect: a token goes nowhere but where it was meant to."""

    def ask(self, method, url, headers, content):
        try:
            with requests.request(
                method,
                url,
                headers=dict(headers),
                data=content,
                timeout=tuple(haste.at_most(each) for each in PATIENCE),
                stream=True,
                allow_redirects=False,
            ) as answer:
                told = _read(answer.raw)
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            raise Unreachable(type(error).__name__) from error
        return Answer(answer.status_code, {k.lower(): v for k, v in answer.headers.items()}, told)


def _read(raw) -> bytes:
    """All of it, as long as it keeps to size and time, however slowly it drips."""
    ends = time.monotonic() + LONGEST
    told = bytearray()
    while piece := raw.read(A_PIECE, decode_content=True):
        told += piece
        if len(told) > MOST_BYTES:
            raise Unreachable("too long an answer")
        if time.monotonic() > ends:
            raise Unreachable("too slow an answer")
        haste.at_most(LONGEST)
    return bytes(told)


_transport: Transport = Network()


@contextmanager
def transported_by(transport: Transport) -> Iterator[None]:
    """Let requests go through `transport`, which needs no network, inside this block."""
    global _transport
    before, _transport = _transport, transport
    try:
        yield
    finally:
        _transport = before


def post_form(url: str, fields: str) -> Answer:
    """A form, as token endpoints take it; `fields` are encoded. The status is the caller's to judge."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
    return _transport.ask("POST", url, headers, fields.encode())


class Web:
    """Requests to one service, in the name of one person.

    `token(refused)` is a token that opens it; told one that was refused, it gets another. `base` is where the
    service lives: nothing is ever asked anywhere else.
    """

    def __init__(self, base: str, token: Callable[[str], str], headers: Mapping[str, str] | None = None):
        self.base = base.rstrip("/")
        self.token = token
        self.headers = dict(headers or {})

    def ask(self, method: str, url: str, *, body=None, headers=None) -> Answer:
        """`url` is a path below the base, or an address there in full. A refused token is renewed once.

        Raises Refused (no way in), Throttled, Unreachable; any other status is the caller's to judge.
        """
        if not url.startswith("/"):
            if not url.startswith(self.base + "/"):
                raise Trouble("an address of somebody else")
        else:
            url = self.base + url
        token = self.token("")
        answer = self._ask(method, url, token, body, headers)
        if answer.status == 401:
            answer = self._ask(method, url, self.token(token), body, headers)
        if answer.status == 401:
            raise Refused("401")
        if answer.status == 429 or (answer.status == 503 and "retry-after" in answer.headers):
            raise Throttled(patience(answer))
        if answer.status >= 500 or 300 <= answer.status < 400:
            raise Unreachable(str(answer.status))
        return answer

    def _ask(self, method, url, token, body, headers) -> Answer:
        sent = {"Authorization": f"Bearer {token}", "Accept": "application/json"} | self.headers
        content = None
        if body is not None:
            sent["Content-Type"] = "application/json"
            content = json.dumps(body).encode()
        return _transport.ask(method, url, sent | (headers or {}), content)


def patience(answer: Answer) -> float:
    """Seconds they ask us to wait, or a minute where they do not say."""
    asked = http.seconds(answer.headers.get("retry-after"))
    return WAIT if asked is None else min(asked, LONGEST_WAIT)
