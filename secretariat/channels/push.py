"""Notices to a browser (Web Push: RFC 8030, 8291, 8292): its own push service takes them to it.

Which service that is, the browser says when somebody switches it on. Its address is asked as every address
from outside is: see `fetching`. What goes there is sealed for that browser; the service reads none of it.
"""

import base64
import binascii
import hashlib
import time
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import http_ece
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid

from . import fetching, haste, http
from .errors import Refused, Silent

POINT_BYTES, AUTH_BYTES = 65, 16
MOST_ANSWERED = 64_000
MARK_LENGTH = 16
SIGNED_FOR = 12 * 3600  # seconds; no more than a day is allowed
KEPT_FOR = 24 * 3600  # seconds that the service keeps a notice for a browser that is not running
GONE = (404, 410)
NEVER_ASKED = ("no_address", "not_public", "not_secure")


class Gone(Exception):
    """The browser takes nothing more: this subscription is over for good."""


class NoSubscription(ValueError):
    """What was given as a browser's subscription is none."""


@dataclass(frozen=True)
class Subscription:
    """What a browser gave us so that we can reach it: an address, its public key, and a shared secret."""

    endpoint: str
    p256dh: str
    auth: str


def is_configured() -> bool:
    return bool(settings.VAPID_PRIVATE_KEY and settings.VAPID_CONTACT)


def mark() -> str:
    """Which key we sign with now; nothing while push is not offered."""
    return hashlib.sha256(public_key().encode()).hexdigest()[:MARK_LENGTH] if is_configured() else ""


def public_key() -> str:
    """Ours, as a browser wants it: what is not signed with its other half, it does not take."""
    return _public(settings.VAPID_PRIVATE_KEY)


def checked(endpoint: str, p256dh: str, auth: str) -> Subscription:
    """A subscription as a browser makes them. Raises NoSubscription."""
    try:
        parts = fetching.checked(endpoint)
        point, secret = _bytes(p256dh), _bytes(auth)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    except (fetching.NotFetched, ValueError, UnsupportedAlgorithm) as wrong:
        raise NoSubscription from wrong
    host = parts.hostname or ""
    known = host in settings.FETCH_PRIVATE_HOSTS
    if (parts.scheme != "https" and not known) or ":" in host or (_is_number(host) and not known):
        raise NoSubscription
    if len(point) != POINT_BYTES or len(secret) != AUTH_BYTES:
        raise NoSubscription
    return Subscription(endpoint, p256dh, auth)


def send(to: Subscription, content: bytes, *, topic: str, urgent: bool, within: float) -> None:
    """Have the browser told, within so many seconds. `topic`: letters and digits, at most 32; a later notice
    of the same takes the place of one that has not been shown yet.

    Raises Gone, Refused or Silent.
    """
    with haste.within(within):
        answer = _asked(to, content, topic=topic, urgent=urgent)
    if answer.status in GONE:
        raise Gone
    http.check(answer.status, retry_after=answer.headers.get("retry-after"))
    if not 200 <= answer.status < 300:  # led elsewhere: where to, the browser did not say
        raise Refused(answer.status, permanent=True)


def _asked(to: Subscription, content: bytes, *, topic: str, urgent: bool) -> fetching.Answer:
    sealed = http_ece.encrypt(
        content,
        private_key=ec.generate_private_key(ec.SECP256R1()),  # of this one notice
        dh=_bytes(to.p256dh),
        auth_secret=_bytes(to.auth),
        version="aes128gcm",
    )
    headers = {
        "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream",
        "ttl": str(KEPT_FOR),
        "urgency": "high" if urgent else "normal",
        "topic": topic,
        "authorization": _signature(to.endpoint),
    }
    try:
        with fetching.Fetcher(most_bytes=MOST_ANSWERED) as fetcher:
            return fetcher.ask("POST", to.endpoint, headers=headers, body=sealed)
    except fetching.NotFetched as fault:
        raise _unheard(fault) from fault


def _unheard(fault: fetching.NotFetched) -> Refused | Silent:
    if fault.sent:
        return Silent(fault.code)
    return Refused(fault.code, permanent=fault.code in NEVER_ASKED, outage=fault.code not in NEVER_ASKED)


def _signature(endpoint: str) -> str:
    """Who sends it, for this service alone and for some hours."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + SIGNED_FOR,  # the service's clock, not the office's
        "sub": f"mailto:{settings.VAPID_CONTACT}",
    }
    return _vapid(settings.VAPID_PRIVATE_KEY).sign(claims)["Authorization"]


def new_private_key() -> str:
    """A new pair, told as its private half: 32 bytes in base64url."""
    made = Vapid()
    made.generate_keys()
    number = made.private_key.private_numbers().private_value
    return base64.urlsafe_b64encode(number.to_bytes(32, "big")).decode().rstrip("=")


@lru_cache(maxsize=4)
def _vapid(private_key: str) -> Vapid:
    return Vapid.from_raw(private_key.encode())


@lru_cache(maxsize=4)
def _public(private_key: str) -> str:
    point = _vapid(private_key).public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def _is_number(host: str) -> bool:
    """An IP address, however it is written; services have names."""
    return host.rpartition(".")[2].isdecimal() or host.startswith("0x")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as wrong:
        raise NoSubscription from wrong
