"""The account at the carrier: who may speak for it, its numbers, and its limits."""

import base64
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

API_HOST = "https://api.twilio.com"
API_VERSION = "2010-04-01"


def rfc2822(moment: datetime | None) -> str | None:
    """A moment as the carrier writes it, always UTC: `Tue, 31 Aug 2010 20:36:28 +0000`."""
    return format_datetime(moment.astimezone(UTC)) if moment else None


class Sids:
    """Two letters and 32 hexadecimal digits, the same ones for the same seed."""

    def __init__(self, seed: int):
        self._random = random.Random(seed)

    def new(self, prefix: str) -> str:
        return f"{prefix}{self._random.getrandbits(128):032x}"

    def token(self) -> str:
        digits = f"{self._random.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


@dataclass
class Number:
    """A number of ours at the carrier and where its calls and texts are announced."""

    sid: str
    e164: str
    voice_url: str = ""
    voice_method: str = "POST"
    fallback_url: str = ""
    sms_url: str = ""
    sms_fallback_url: str = ""
    status_callback: str = ""
    friendly_name: str = ""
    created_at: datetime | None = None
    fallback_method: str = "POST"
    sms_method: str = "POST"
    status_callback_method: str = "POST"
    voice_application: str = ""  # an application wins over the address
    sms_application: str = ""
    trunk: str = ""  # a number on a trunk announces nothing

    @property
    def rings_its_address(self) -> bool:
        return bool(self.voice_url and not self.voice_application and not self.trunk)


@dataclass
class CallerId:
    """A number of somebody else's that she has proved to be hers by a code."""

    sid: str
    e164: str
    friendly_name: str = ""
    created_at: datetime | None = None


@dataclass
class Choices:
    """What the carrier's documentation leaves open; a test may set each either way."""

    calls_per_second: float = 1.0  # POST /Calls only
    ring_grace: float = 0.0  # the carrier may ring five seconds longer than asked
    unregistered_client: str = "no-answer"  # or "busy"
    unregistered_waits: bool = False  # True: only after the ring timeout
    declined_screen: str = "no-answer"  # or "completed"
    others_cancelled_at: str = "pickup"  # or "acceptance"
    early_hangup_result: str = "hangup"  # or "system-error": of a caller who left a queue at once
    recording_ready_after: float = 2.0  # seconds from the end of the recording to its callback
    first_text_callback: bool = False  # a callback for the first, queued, state too
    opt_out_handled: bool = True  # STOP, START and HELP are known and kept
    opt_out_type: bool = False  # Advanced Opt-Out: OptOutType is sent too


@dataclass
class Account:
    sid: str
    auth_token: str
    api_keys: dict[str, str] = field(default_factory=dict)
    shared_key: tuple[str, str] | None = None  # (id, secret): webhooks are signed with SHA-256 then
    numbers: dict[str, Number] = field(default_factory=dict)
    caller_ids: dict[str, CallerId] = field(default_factory=dict)
    stopped: set[tuple[str, str]] = field(default_factory=set)  # (our number, theirs)
    choices: Choices = field(default_factory=Choices)

    def admits(self, authorization: str) -> bool:
        """Whether a Basic authorization header is that of the account or of one of its keys."""
        scheme, _, encoded = authorization.partition(" ")
        if scheme.lower() != "basic":
            return False
        try:
            name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except (ValueError, UnicodeDecodeError):
            return False
        if name == self.sid:
            return secret == self.auth_token
        return name in self.api_keys and secret == self.api_keys[name]

    def may_show(self, e164: str) -> bool:
        """Whether this number may be shown as the caller's on a call we place."""
        return e164 in self.numbers or e164 in self.caller_ids

    def path(self, rest: str = "") -> str:
        return f"/{API_VERSION}/Accounts/{self.sid}{rest}"
