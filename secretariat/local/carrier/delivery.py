"""Webhooks on their way: signed, tried, tried again as the URL's fragment says, followed when redirected.

The core never sends. It makes Postings; a transport takes them, posts them and reports back.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from .signing import signature

NOTICE, QUESTION, WAIT = "notice", "question", "wait"
RETRIEVAL_FAILED, CONNECTION_FAILED, TOO_MANY_REDIRECTS = 11200, 11205, 11215
MOST_REDIRECTS = 10


@dataclass(frozen=True)
class Posting:
    """One HTTP request that must go out now. `timeout` in seconds; `purpose` notice, question or wait."""

    id: str
    method: str
    url: str
    headers: dict[str, str]
    body: bytes
    purpose: str
    leg_sid: str
    timeout: float
    connect_timeout: float = 5.0


@dataclass(frozen=True)
class Reply:
    """How a delivery ended: the last answer, or the carrier's error code if there was none worth having."""

    status: int = 0
    content_type: str = ""
    body: bytes = b""
    error: int = 0

    @property
    def ok(self) -> bool:
        return not self.error and 200 <= self.status < 300


@dataclass(frozen=True)
class Policy:
    """The overrides `#ct=…&rt=…&tt=…&rc=…&rp=…` of a webhook URL; times in milliseconds."""

    connect: int = 5000
    read: int = 15000
    total: int = 15000
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})

    @classmethod
    def of(cls, url: str) -> "Policy":
        given = dict(parse_qsl(urlsplit(url).fragment))

        def within(name: str, default: int, least: int, most: int) -> int:
            value = given.get(name, "")
            return min(most, max(least, int(value))) if value.isdigit() else default

        return cls(
            connect=within("ct", 5000, 100, 10000),
            read=within("rt", 15000, 100, 15000),
            total=within("tt", 15000, 100, 15000),
            retries=within("rc", 1, 0, 5),
            retry_on=frozenset(given.get("rp", "ct").split(",")),
        )

    def retries_after(self, trouble: str) -> bool:
        return trouble in self.retry_on or "all" in self.retry_on


@dataclass(eq=False)
class Delivery:
    """One thing to be said to the application, however many tries it takes."""

    url: str
    method: str
    fields: list[tuple[str, str]]
    purpose: str
    leg_sid: str
    token: str
    policy: Policy
    on_done: Callable[[Reply], None] | None
    tries: int = 0
    redirects: int = 0
    spent: int = 0  # milliseconds lost in failed tries
    repeat_of: "Delivery | None" = None
    reply: Reply | None = None
    posted: list[Posting] = field(default_factory=list)


class PostRoom:
    """Everything on its way out. `carrier` gives the clock, the account, chaos and the log."""

    def __init__(self, carrier):
        self._carrier = carrier
        self._outgoing: list[Posting] = []
        self._in_flight: dict[str, Delivery] = {}

    @property
    def idle(self) -> bool:
        return not self._outgoing and not self._in_flight

    def take(self) -> list[Posting]:
        taken, self._outgoing = self._outgoing, []
        return taken

    def send(self, url, method, fields, *, purpose=NOTICE, leg_sid="", on_done=None) -> None:
        """Post `fields` to `url`. Questions and waits report their Reply to `on_done`; notices do not."""
        carrier = self._carrier
        delivery = Delivery(
            urlunsplit(urlsplit(url)._replace(fragment="")),
            (method or "POST").upper(),
            [(name, str(value)) for name, value in fields],
            purpose,
            leg_sid,
            carrier.sids.token(),
            Policy.of(url),
            on_done,
        )
        chaos = carrier.chaos
        if purpose == NOTICE and chaos.strikes("drop"):
            carrier.record("dropped", purpose, delivery.method, delivery.url)
            return
        delay = chaos.notice_delay() if purpose == NOTICE else 0.0
        carrier.timeline.after(delay, lambda: self._try(delivery)) if delay else self._try(delivery)
        if purpose == WAIT:
            return
        if chaos.strikes("duplicate"):
            self._repeat(delivery, delivery.token, delay + chaos.seconds(1))
        if chaos.strikes("duplicate_other_token"):
            self._repeat(delivery, carrier.sids.token(), delay + chaos.seconds(1))

    def _repeat(self, delivery: Delivery, token: str, after: float) -> None:
        again = Delivery(
            delivery.url,
            delivery.method,
            delivery.fields,
            delivery.purpose,
            delivery.leg_sid,
            token,
            delivery.policy,
            None,
            repeat_of=delivery,
        )
        self._carrier.timeline.after(after, lambda: self._try(again))

    def _try(self, delivery: Delivery) -> None:
        delivery.tries += 1
        self._post(delivery, delivery.method, delivery.url, delivery.fields)

    def _post(self, delivery: Delivery, method: str, url: str, fields: list[tuple[str, str]]) -> None:
        carrier = self._carrier
        if method == "GET" and fields:
            parts = urlsplit(url)
            url = urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(fields))))))
        signed_fields = fields if method == "POST" else []
        headers = {"I-Twilio-Idempotency-Token": delivery.token, "User-Agent": "TwilioProxy/1.1"}
        if carrier.account.shared_key:
            key, secret = carrier.account.shared_key
            headers["X-Twilio-Webhooks-Signature-Settings"] = f"key={key},algorithm=HMAC_SHA256"
            headers["X-Twilio-Signature"] = signature(secret, url, signed_fields, "sha256")
        else:
            headers["X-Twilio-Signature"] = signature(carrier.account.auth_token, url, signed_fields)
        body = b""
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
            body = urlencode(fields).encode()
        posting = Posting(
            carrier.sids.new("PO"),
            method,
            url,
            headers,
            body,
            delivery.purpose,
            delivery.leg_sid,
            delivery.policy.read / 1000,
            delivery.policy.connect / 1000,
        )
        delivery.posted.append(posting)
        self._in_flight[posting.id] = delivery
        self._outgoing.append(posting)

    def answered(self, posting: Posting, status: int, headers, body: bytes, seconds: float | None) -> None:
        delivery = self._in_flight.pop(posting.id, None)
        if delivery is None:
            return
        carrier = self._carrier
        carrier.record("out", posting.purpose, posting.method, posting.url, status, seconds)
        within = carrier.answers_within
        if within and seconds is not None and seconds > within:
            carrier.flag("slow", f"{urlsplit(posting.url).path} took {seconds:.1f} s to answer.")
        lowered = {name.lower(): value for name, value in dict(headers).items()}
        if status in (301, 302, 303, 307, 308):
            self._follow(delivery, posting, lowered.get("location", ""))
            return
        trouble = f"{status // 100}xx"
        if status >= 400 and self._tries_again(delivery, trouble, 0):
            return
        if 400 <= status < 500:
            carrier.flag(RETRIEVAL_FAILED, f"{urlsplit(posting.url).path} answered {status}.")
        self._finish(
            delivery,
            Reply(status, lowered.get("content-type", ""), body, RETRIEVAL_FAILED if status >= 400 else 0),
        )

    def failed(self, posting: Posting, kind: str) -> None:
        """`ct`: no connection. `rt`: connected, and no answer in time."""
        delivery = self._in_flight.pop(posting.id, None)
        if delivery is None:
            return
        self._carrier.record("out", posting.purpose, posting.method, posting.url, 0)
        lost = delivery.policy.connect if kind == "ct" else delivery.policy.read
        if not self._tries_again(delivery, kind, lost):
            self._finish(delivery, Reply(error=CONNECTION_FAILED if kind == "ct" else RETRIEVAL_FAILED))

    def _tries_again(self, delivery: Delivery, trouble: str, lost: int) -> bool:
        delivery.spent += lost
        policy = delivery.policy
        if (
            delivery.tries > policy.retries
            or not policy.retries_after(trouble)
            or delivery.spent >= policy.total
        ):
            return False
        self._try(delivery)
        return True

    def _follow(self, delivery: Delivery, posting: Posting, location: str) -> None:
        """A redirected webhook is asked for again by GET: whatever was posted is lost."""
        self._carrier.flag("redirected", f"{urlsplit(posting.url).path} redirects; the fields are lost.")
        delivery.redirects += 1
        if not location or delivery.redirects > MOST_REDIRECTS:
            self._finish(delivery, Reply(error=TOO_MANY_REDIRECTS))
            return
        self._post(delivery, "GET", urljoin(posting.url, location), [])

    def _finish(self, delivery: Delivery, reply: Reply) -> None:
        delivery.reply = reply
        carrier = self._carrier
        first = delivery.repeat_of
        if first is not None:
            # Under another token it is another question, and things may have moved on.
            same = first.purpose == QUESTION and first.token == delivery.token
            if same and first.reply and first.reply.body != reply.body:
                carrier.flag(
                    "unsteady", f"{urlsplit(delivery.url).path} answered its repetition differently."
                )
            return
        if reply.error:
            carrier.alarm(reply.error, delivery.url)
        if delivery.on_done:
            delivery.on_done(reply)

    def clear(self) -> None:
        self._outgoing.clear()
        self._in_flight.clear()
