"""A pretend application: answers the carrier's webhooks from a table, and checks every signature."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

from requests.auth import _basic_auth_str
from twilio.request_validator import RequestValidator

from secretariat.local.carrier import Carrier

ACCOUNT = "AC" + "1" * 32
TOKEN = "the-auth-token"
OFFICE = "+442079460100"
CALLER = "+447700900123"
HOME = "+447700900456"
HOST = "https://office.example"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Request(dict):
    """The fields of one webhook, and where and how it came."""

    def __init__(self, posting):
        self.posting = posting
        self.method = posting.method
        self.path = urlsplit(posting.url).path
        pairs = parse_qsl(urlsplit(posting.url).query, keep_blank_values=True)
        pairs += parse_qsl(posting.body.decode(), keep_blank_values=True)
        self.token = posting.headers["I-Twilio-Idempotency-Token"]
        super().__init__(pairs)


class Application:
    """`app.on("/voice/", "<Say>…")` or a function of the Request; what is not named is answered 204."""

    def __init__(self, **options):
        self.carrier = Carrier(ACCOUNT, TOKEN, start=START, **options)
        self.answers = {}
        self.requests: list[Request] = []

    def on(self, path, answer):
        """`answer` is the inside of a `<Response>`, a status, "ct" or "rt", or a function of the request."""
        self.answers[path] = answer
        return HOST + path

    def answer(self, posting):
        request = Request(posting)
        assert RequestValidator(TOKEN).validate(
            posting.url,
            dict(parse_qsl(posting.body.decode(), keep_blank_values=True)),
            posting.headers["X-Twilio-Signature"],
        )
        self.requests.append(request)
        given = self.answers.get(request.path, 204)
        if callable(given):
            given = given(request)
        if given in ("ct", "rt"):
            self.carrier.failed(posting, given)
        elif isinstance(given, int):
            self.carrier.answered(posting, status=given)
        elif isinstance(given, tuple):
            status, headers, body = given
            self.carrier.answered(posting, status=status, headers=headers, body=body)
        else:
            body = f"<Response>{given}</Response>".encode()
            self.carrier.answered(posting, status=200, headers={"Content-Type": "text/xml"}, body=body)

    def settle(self):
        for _ in range(200):
            postings = self.carrier.take_postings()
            for posting in postings:
                self.answer(posting)
            if not postings and self.carrier.idle:
                return
        raise AssertionError("never at rest")

    def passes(self, seconds):
        self.settle()
        until = self.carrier.now + timedelta(seconds=seconds)
        while (due := self.carrier.next_due()) is not None and due <= until:
            self.carrier.advance((due - self.carrier.now).total_seconds())
            self.settle()
        self.carrier.advance((until - self.carrier.now).total_seconds())
        self.settle()

    def rest(self, method, path, **form):
        pairs = [(name, str(each)) for name, value in form.items() for each in _each(value)]
        query, form = (pairs, []) if method == "GET" else ([], pairs)
        return self.carrier.rest(
            method, self.carrier.account.path(path), query, form, _basic_auth_str(ACCOUNT, TOKEN)
        )

    def to(self, path) -> list[Request]:
        """Every request to this path, in the order they came."""
        return [request for request in self.requests if request.path == path]

    def told(self, path, *names) -> list:
        """What the requests to this path said under these names."""
        rows = [tuple(request.get(name) for name in names) for request in self.to(path)]
        return [row[0] for row in rows] if len(names) == 1 else rows


def _each(value):
    return value if isinstance(value, list) else [value]
