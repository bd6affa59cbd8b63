"""The carrier inside a test: postings go through Django's test client, REST requests straight to the core."""

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import requests
from twilio.http import HttpClient
from twilio.http.response import Response

from secretariat.local.carrier import Carrier, Posting

MOST_ROUNDS = 500


class InProcessCarrier:
    """Carries for one core.

    `client` is a `django.test.Client`; made with `raise_request_exception=False`, a view that raises is a 500
    to the carrier, as it would be outside. `base_url` is where the application says it lives; postings to any
    other place fail to connect. `work` is done between postings: it drains the application's own queues and
    says whether it did anything.
    """

    def __init__(
        self,
        carrier: Carrier,
        client,
        *,
        base_url="http://testserver",
        work: Callable[[], object] | None = None,
    ):
        self.carrier = carrier
        self.client = client
        self.base_url = base_url.rstrip("/")
        self.work = work
        self.answers: list[tuple[Posting, int, bytes]] = []

    def deliver(self) -> int:
        """Post what must go out now. Returns how many postings that were."""
        postings = self.carrier.take_postings()
        for posting in postings:
            self._post(posting)
        return len(postings)

    def _post(self, posting: Posting) -> None:
        if not posting.url.startswith(self.base_url + "/"):
            self.carrier.failed(posting, "ct")
            return
        parts = urlsplit(posting.url)
        headers = dict(posting.headers)
        answer = self.client.generic(
            posting.method,
            f"{parts.path}?{parts.query}" if parts.query else parts.path,
            posting.body,
            content_type=headers.pop("Content-Type", ""),
            secure=parts.scheme == "https",
            headers={"host": parts.netloc, **headers},
        )
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        self.answers.append((posting, answer.status_code, content))
        self.carrier.answered(posting, status=answer.status_code, headers=dict(answer.headers), body=content)

    def settle(self) -> None:
        """Deliver and work until nothing is left to do at this moment of the carrier's clock."""
        for _ in range(MOST_ROUNDS):
            delivered = self.deliver()
            worked = self.work() if self.work else None
            if not delivered and not worked and self.carrier.idle:
                return
        paths = [event.path for event in self.carrier.log[-5:]]
        raise AssertionError(f"The carrier and the application never come to rest; last seen: {paths}")

    def passes(self, seconds: float) -> None:
        """Let time pass, settling at every moment at which something is due."""
        self.settle()
        until = self.carrier.now + timedelta(seconds=seconds)
        while (due := self.carrier.next_due()) is not None and due <= until:
            self.carrier.advance((due - self.carrier.now).total_seconds())
            self.settle()
        self.carrier.advance((until - self.carrier.now).total_seconds())
        self.settle()

    def http_client(self, timeout: float | None = None) -> "CoreHttpClient":
        """What to give to `twilio.rest.Client(http_client=…)`: the real client talks to the core."""
        return CoreHttpClient(self, timeout)


class CoreHttpClient(HttpClient):
    """Encodes a request as the real HTTP client does, and hands it to the core instead of a socket."""

    def __init__(self, transport: InProcessCarrier, timeout: float | None = None):
        super().__init__(logger=_Silent(), is_async=False, timeout=timeout)
        self._transport = transport

    def request(
        self,
        method,
        uri,
        params=None,
        data=None,
        headers=None,
        auth=None,
        timeout=None,
        allow_redirects=False,
    ) -> Response:
        """Raises requests.ReadTimeout where chaos makes the answer later than the caller would wait."""
        answer = self._ask(method, uri, params, data, headers, auth)
        patience = timeout or self.timeout
        if patience and answer.slow_seconds > patience:
            raise requests.ReadTimeout(f"No answer in {patience} s")
        if answer.after_postings:
            self._transport.deliver()
        return Response(answer.status, answer.body.decode("utf-8", "replace"), answer.headers)

    def fetch(self, url: str, auth, most_bytes: int) -> tuple[int, bytes]:
        """Status and bytes of a GET: a recording, or a picture somebody sent."""
        answer = self._ask("GET", url, None, None, None, auth)
        return answer.status, answer.body[:most_bytes]

    def _ask(self, method, uri, params, data, headers, auth):
        asked = requests.Request(method.upper(), uri, params=params, data=data, headers=headers, auth=auth)
        prepared = asked.prepare()
        parts = urlsplit(str(prepared.url))
        body = prepared.body.decode() if isinstance(prepared.body, bytes) else str(prepared.body or "")
        return self._transport.carrier.rest(
            method,
            parts.path,
            parse_qsl(parts.query, keep_blank_values=True),
            parse_qsl(body, keep_blank_values=True),
            str(prepared.headers.get("Authorization", "")),
        )


class _Silent:
    """The vendor's client logs parameters, which may be personal."""

    def info(self, *_arguments) -> None:
        """Say nothing."""
