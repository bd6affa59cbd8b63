"""Who writes down what a recording says: nobody, or a provider that is asked by HTTP.

One small interface, for providers that take a recording now and have its words later: `hand_in` it, ask for
its `words`, and have it forgotten. Another provider is one more class in PROVIDERS. Every failure of a
request is channels.Refused or channels.Silent.
"""

import json
from contextlib import contextmanager
from typing import Protocol

import requests
from django.conf import settings

from . import http
from .errors import Refused

CHANNEL = "transcriber"
TIMEOUT = 6  # seconds: of two requests that follow each other less than half a lease
ASK_AGAIN = 30.0  # seconds
MOST_CHARACTERS = 100_000  # of one recording's words


class NotReady(Refused):
    """It is still being listened to."""

    def __init__(self):
        super().__init__("not ready", retry_after=ASK_AGAIN)


class Transcriber(Protocol):
    def hand_in(self, audio: bytes, *, name: str, content_type: str, language: str) -> str:
        """Begin; its id there. `language` has two letters. Handed in twice, it is written down twice."""

    def words(self, job: str) -> str:
        """What was said. Raises NotReady, or Refused for good where it could not be made out."""

    def forget(self, job: str) -> None:
        """Delete recording and words there. What is gone already is no error."""


class Speechmatics:
    """Recordings in batches (`/v2/jobs`): its service in Europe, or one of the firm's own."""

    base_url = "https://eu1.asr.api.speechmatics.com"

    def hand_in(self, audio, *, name, content_type, language):
        about = {"type": "transcription", "transcription_config": {"language": language}}
        files = {"data_file": (name, audio, content_type)}
        answer = self._asked("POST", "/v2/jobs", data={"config": json.dumps(about)}, files=files)
        return str(answer.json()["id"])[:64]

    def words(self, job):
        state = self._asked("GET", f"/v2/jobs/{job}", params={"wait": "0"}).json()["job"]["status"]
        if state == "running":
            raise NotReady
        if state != "done":
            raise Refused(str(state), permanent=True)
        answer = self._asked("GET", f"/v2/jobs/{job}/transcript", params={"format": "txt"})
        answer.encoding = "utf-8"
        return answer.text[:MOST_CHARACTERS].strip()

    def forget(self, job):
        try:
            self._asked("DELETE", f"/v2/jobs/{job}", params={"force": "true"})
        except Refused as refusal:
            if refusal.code not in ("404", "410"):
                raise

    def _asked(self, method: str, path: str, **what) -> requests.Response:
        url = (settings.TRANSCRIBER_BASE_URL or self.base_url) + path
        key = {"Authorization": f"Bearer {settings.TRANSCRIBER_KEY}"}
        try:
            answer = _transport.request(method, url, headers=key, timeout=TIMEOUT, **what)
        except requests.RequestException as error:
            raise http.unheard(error) from error
        http.check(answer.status_code, retry_after=answer.headers.get("Retry-After"))
        return answer


PROVIDERS: dict[str, type[Transcriber]] = {"speechmatics": Speechmatics}


def is_configured() -> bool:
    return settings.TRANSCRIBER in PROVIDERS


def chosen() -> Transcriber:
    """The one of the settings. Raises Refused for good where there is none."""
    if not is_configured():
        raise Refused("no transcriber", permanent=True)
    return PROVIDERS[settings.TRANSCRIBER]()


@contextmanager
def transported_by(transport):
    """Let requests go through `transport`, which has `request` as requests.Session has, inside this block."""
    global _transport
    before, _transport = _transport, transport
    try:
        yield
    finally:
        _transport = before


_transport = requests.Session()
