"""What was recorded, fetched from the carrier, and then removed there."""

import re

from django.conf import settings

from . import twilio
from .errors import Refused

SID = re.compile(r"RE[0-9a-f]{32}")
CONTENT_TYPE = "audio/mpeg"


def download(recording_sid: str) -> bytes:
    """The recording as MP3. Never from an address somebody sent us: only our account's, by its id.

    Raises Refused, not permanent, while the carrier still prepares it; or Silent.
    """
    try:
        return twilio.fetch(f"{_path(recording_sid)}.mp3")
    except Refused as refusal:
        if refusal.code in ("404", "20404"):
            raise Refused("not ready") from refusal
        raise


def remove(recording_sid: str) -> None:
    """Delete it at the carrier. One that is gone already is no error."""
    try:
        twilio.client().recordings(_checked(recording_sid)).delete()
    except Refused as refusal:
        if refusal.code not in ("404", "20404"):
            raise


def _path(recording_sid) -> str:
    return f"/2010-04-01/Accounts/{settings.TWILIO_ACCOUNT_SID}/Recordings/{_checked(recording_sid)}"


def _checked(recording_sid) -> str:
    if not SID.fullmatch(recording_sid):
        raise Refused("no such recording", permanent=True)
    return recording_sid
