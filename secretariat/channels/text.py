"""Texts to telephones."""

from datetime import datetime
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings

from . import twilio

NEWEST = 50


def send(*, to: str, body: str, key: str, status_callback: str, sender: str = "") -> str:
    """Send one text and return the carrier's id of it. `to` and `sender` are E.164.

    `status_callback` is the absolute address that is told what becomes of it; the outbox key goes with
    it in the query, so that a callback that overtakes our own answer finds its delivery.
    Raises Refused (21610: she has opted out; 21614: no mobile) or Silent.
    """
    text = twilio.client().messages.create(
        to=to,
        from_=sender or settings.TWILIO_TEXT_FROM,
        body=body,
        status_callback=_with_key(status_callback, key),
    )
    return text.sid


def _with_key(address: str, key: str) -> str:
    """The address with the key in its query, before the fragment that tells the carrier how to try."""
    parts = urlsplit(address)
    query = "&".join(filter(None, (parts.query, urlencode({"key": key}))))
    return urlunsplit(parts._replace(query=query))


def find(*, to: str, body: str, since: datetime, sender: str = "", taken=frozenset()) -> str | None:
    """The id of the text that an earlier attempt sent, or None if there surely is none.

    `since`: when the outbox took it (aware). `taken`: ids that are known to be other effects' texts.
    Raises Refused or Silent when the carrier cannot be asked.
    """
    # Not narrowed by date at the carrier: what still waits in its queue has no date of sending yet.
    sent = twilio.client().messages.list(to=to, from_=sender or settings.TWILIO_TEXT_FROM, limit=NEWEST)
    for text in sent:
        ours = text.body == body and text.direction != "inbound" and text.sid not in taken
        if ours and text.date_created and text.date_created >= since.replace(microsecond=0):
            return text.sid
    return None
