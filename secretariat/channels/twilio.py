"""Twilio: what it tells us, checked; and what we tell it.

Every failure of a request is channels.Refused (surely not done; `code` is Twilio's own, such as 21220)
or channels.Silent (perhaps done). Nothing here is tried again: POST has no key that would make it safe.
"""

import json
import re
from contextlib import contextmanager
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

import requests
from django.conf import settings
from django.http import HttpResponse
from twilio.http import HttpClient
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from . import http
from .errors import Refused
from .notice import Notice, verified

__all__ = ["Notice", "answer", "client", "code_of", "fetch", "transported_by", "verified"]

CHANNEL = "twilio"
MOST_BYTES = 200 * 1024 * 1024
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def answer(document: str) -> HttpResponse:
    """A TwiML document as an answer to the carrier.

    Twilio's builders escape words, but let through what no XML can hold, such as the line break that a word
    processor puts between lines. The carrier reads nothing of such a document and hangs up on the caller.
    """
    return HttpResponse(NO_XML.sub(" ", document), content_type="text/xml")


def client() -> Client:
    """twilio-python for our account, pointed at the simulator where one is configured."""
    user, password = settings.TWILIO_API_KEY, settings.TWILIO_API_SECRET
    if not user:
        user, password = settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN
    return _client(user, password, settings.TWILIO_ACCOUNT_SID, settings.TWILIO_API_BASE_URL)


def fetch(path: str, *, most_bytes: int = MOST_BYTES) -> bytes:
    """The bytes behind a path of the API, such as a recording. Raises Refused or Silent."""
    its = client()
    url = f"https://api.twilio.com{path}"
    return its.http_client.fetch(url, auth=(its.username, its.password), most_bytes=most_bytes)


@contextmanager
def transported_by(transport):
    """Let requests go through `transport`, an HttpClient that needs no network, inside this block.

    It has `request` as twilio-python calls it, and `fetch(url, auth, most_bytes)` which returns status
    and bytes.
    """
    global _transport
    before, _transport = _transport, transport
    try:
        yield
    finally:
        _transport = before


class Transport(TwilioHttpClient):
    """The network. It logs nothing: the vendor's client would log numbers and words."""

    def log_request(self, kwargs):
        pass

    def log_response(self, status_code, response):
        pass

    def fetch(self, url, auth, most_bytes) -> tuple[int, bytes]:
        """Status and bytes of a GET, redirects followed. Raises Refused for more than `most_bytes`."""
        with self.session.get(url, auth=auth, timeout=self.timeout, stream=True) as answer:
            content = answer.raw.read(most_bytes + 1, decode_content=True)
        if len(content) > most_bytes:
            raise Refused("too large", permanent=True)
        return answer.status_code, content


class Wire(HttpClient):
    """Between twilio-python and the transport: no host but Twilio's, and every failure under our names."""

    def __init__(self, base_url: str):
        super().__init__(None, is_async=False, timeout=http.TIMEOUT)
        self.base = urlsplit(base_url) if base_url else None

    def request(self, method, uri, **kwargs):
        kwargs["timeout"] = kwargs.get("timeout") or self.timeout
        try:
            answer = _transport.request(method, self.address(uri), **kwargs)
        except requests.RequestException as error:
            raise http.unheard(error) from error
        headers = {name.lower(): value for name, value in (answer.headers or {}).items()}
        if answer.status_code >= 400:
            http.check(answer.status_code, code=code_of(answer.text), retry_after=headers.get("retry-after"))
        return answer

    def fetch(self, url, auth, most_bytes) -> bytes:
        try:
            status, content = _transport.fetch(self.address(url), auth, most_bytes)
        except requests.RequestException as error:
            raise http.unheard(error) from error
        http.check(status)
        return content

    def address(self, url: str) -> str:
        """The address really asked. Raises Refused for a host that is not Twilio's."""
        asked = urlsplit(url)
        host = asked.hostname or ""
        if asked.scheme != "https" or not host.endswith(".twilio.com"):
            raise Refused("not a Twilio address", permanent=True)
        if self.base is None:
            return url
        return urlunsplit(asked._replace(scheme=self.base.scheme, netloc=self.base.netloc))


def code_of(body: str) -> str:
    """Twilio's code in the body of an error, or an empty string."""
    try:
        error = json.loads(body)
    except ValueError:
        return ""
    return str(error.get("code") or "") if isinstance(error, dict) else ""


@lru_cache(maxsize=4)
def _client(user, password, account_sid, base_url) -> Client:
    # Edge and region of the real environment would silently change the host, and so they do for an
    # empty mapping: twilio-python takes that for none.
    nowhere = {"TWILIO_EDGE": "", "TWILIO_REGION": ""}
    return Client(user, password, account_sid, http_client=Wire(base_url), environment=nowhere)


_transport: HttpClient = Transport(timeout=http.TIMEOUT)
