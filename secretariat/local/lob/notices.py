"""What Lob tells the firm of a letter, and how it signs it."""

import hashlib
import hmac
import json
import re
from datetime import UTC, datetime

from .description import SPEC


def event(kind: str, letter: dict, *, number: str, at: datetime) -> bytes:
    """The body of a notice of this kind, which the description must have; `number` is its own."""
    if kind not in SPEC["event"]["letter_types"]:
        raise ValueError(f"Lob has no event {kind}")
    told = {
        "id": f"evt_{number}",
        "body": letter,
        "reference_id": letter["id"],
        "event_type": {"id": kind, "resource": "letters", "enabled_for_test": True, "object": "event_type"},
        "date_created": written(at),
        "object": "event",
    }
    if not set(SPEC["event"]["required"]) <= set(told) or not re.match(SPEC["event"]["id"], told["id"]):
        raise ValueError("not as the description has an event")
    return json.dumps(told).encode()


def signed(body: bytes, *, at: datetime, secret: str) -> dict[str, str]:
    """The headers by which the firm knows that it is Lob's, and of this moment."""
    stamp = str(int(at.timestamp() * 1000))
    made = hmac.new(secret.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
    return {"Lob-Signature": made, "Lob-Signature-Timestamp": stamp}


def written(at: datetime) -> str:
    """A time as Lob writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"
