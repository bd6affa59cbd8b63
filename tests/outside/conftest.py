import json
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from twilio.jwt.access_token import AccessToken
from twilio.jwt.access_token.grants import VoiceGrant

from secretariat.local.outside.client import Outside

from .browsers import chromium_running, visitor
from .office import AUTH_TOKEN, FakeOffice

__all__ = ["chromium_running", "visitor"]  # fixtures that live in a file of their own

ROOT = Path(__file__).resolve().parent.parent.parent
ACCOUNT = {
    "account_sid": "AC" + "1" * 32,
    "auth_token": AUTH_TOKEN,
    "api_key_sid": "SK" + "2" * 32,
    "api_key_secret": "a-secret-that-is-long-enough-for-HS256",
}
LINE, CALLER, HOME, MOBILE = "+442079460101", "+447700900123", "+442079460177", "+447700900555"


def configuration(office_url: str) -> dict:
    return {
        "app_url": office_url,
        "twilio": ACCOUNT,
        "clock": {"mode": "manual", "start": "2026-03-02T12:33:00+00:00"},
        "zone": "Europe/London",
        "numbers": [
            {
                "number": LINE,
                "client": "Okafor Legal",
                "country": "GB",
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

    def stop(self) -> int:
        self.child.terminate()
        status = self.child.wait(timeout=10)
        self.child.stdout.close()
        return status


@pytest.fixture(scope="session")
def fake_office():
    office = FakeOffice()
    yield office
    office.close()


@pytest.fixture(scope="session")
def process(fake_office, tmp_path_factory):
    running = Process(configuration(fake_office.url), tmp_path_factory.mktemp("outside"))
    yield running
    running.stop()


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
