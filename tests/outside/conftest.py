import json
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant

from secretariat.local.outside.client import Outside
from tests.patience import PATIENCE

from .office import AUTH_TOKEN, FakeOffice

ROOT = Path(__file__).resolve().parent.parent.parent
ACCOUNT = {
    "account_sid": "AC" + "1" * 32,
    "auth_token": AUTH_TOKEN,
    "api_key_sid": "SK" + "2" * 32,
    "api_key_secret": "a-secret-that-is-long-enough-for-HS256",
}
POST_KEY, POST_SECRET = "test_of_the_office", "whsec"
OWN_NUMBER = "+442079460199"
LINE, CALLER, HOME, MOBILE = "+442079460101", "+447700900123", "+442079460177", "+447700900555"


def configuration(office_url: str) -> dict:
    return {
        "app_url": office_url,
        "twilio": ACCOUNT,
        "clock": {"mode": "manual", "start": "2026-03-02T12:33:00+00:00"},
        "zone": "Europe/London",
        "mail": {"url": "/anymail/postmark/inbound/", "secret": "outside:secret"},
        "post": {"api_key": POST_KEY, "webhook_url": "/twilio/lob/events/", "webhook_secret": POST_SECRET},
        "numbers": [
            {
                "number": LINE,
                "client": "Okafor Legal",
                "country": "GB",
                "forwarded_from": OWN_NUMBER,
                "voice_url": "/twilio/voice/",
                "sms_url": "/twilio/sms/",
                "status_callback": "/twilio/call-status/",
            }
        ],
        "people": [
            {"part": "caller", "name": "Dana Reyes", "number": CALLER},
            {"part": "secretary", "name": "Priya Shah", "number": HOME, "enter_url": f"{office_url}/priya"},
            {
                "part": "client",
                "name": "Ngozi Okafor",
                "number": MOBILE,
                "email": "ngozi@okafor.example",
                "zone": "Africa/Lagos",
            },
            {"part": "mailbox", "name": "Harlow & Sons", "email": "clerk@harlow.example"},
        ],
    }


class Process:
    """The outside world as a child process."""

    def __init__(self, given: dict, folder: Path):
        file = folder / "outside.json"
        file.write_text(json.dumps(given))
        self.ready_file = folder / "ready.json"
        command = [
            sys.executable,
            "-m",
            "secretariat.local.outside",
            "--config",
            file,
            "--data",
            folder / "data",
        ]
        self.child = subprocess.Popen(
            [*command, "--ready-file", self.ready_file], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        self.ready = json.loads(self.child.stdout.readline())

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_why) -> None:
        self.stop()

    def stop(self) -> None:
        self.child.terminate()
        self.child.wait(timeout=PATIENCE)
        self.child.stdout.close()


@pytest.fixture(scope="session")
def fake_office():
    office = FakeOffice()
    yield office
    office.close()


@pytest.fixture(scope="session")
def process(fake_office, tmp_path_factory):
    with Process(configuration(fake_office.url), tmp_path_factory.mktemp("outside")) as running:
        yield running


@pytest.fixture
def office(fake_office):
    fake_office.forget()
    return fake_office


@pytest.fixture
def outside(process, office):
    """The outside world, as it is before anybody has rung."""
    world = Outside(process.ready["outside_url"])
    world.configure(configuration(office.url))
    world.reset()
    office.forget()
    return world


@pytest.fixture
def priya():
    """Her softphone's identity: another in each test, as a line stays up for a while."""
    return f"sec_{uuid4().hex}"


@pytest.fixture
def voice_token(priya):
    """Makes the token the desk would hand to its softphone."""

    def make(identity=priya, *, ttl=600, incoming=True, **account):
        keys = ACCOUNT | account
        token = AccessToken(
            keys["account_sid"], keys["api_key_sid"], keys["api_key_secret"], identity=identity, ttl=ttl
        )
        token.add_grant(VoiceGrant(incoming_allow=incoming))
        return token.to_jwt()

    return make


@pytest.fixture
def visitor(chrome):
    """A browser window of somebody's own; whatever its console complains of fails the test."""
    context = chrome.new_context(viewport={"width": 1366, "height": 768})
    complaints = []
    context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield context
    context.close()
    assert complaints == []
