"""What the e-mail provider posts to us, as anymail reads it: kept first, worked later."""

import base64
import hashlib
import json
from dataclasses import asdict

from secretariat.outbox import inbox

from . import bounces
from .mail import by_provider, delivered_to, provider_words
from .mail.reading import AsItCame

SPAM_FROM = 5.0  # points, as SpamAssassin counts them


def keep(sender, event, esp_name, **_kwargs):
    """Receiver of anymail's `tracking` signal. Each event once, however often the provider posts it."""
    word = provider_words.heard(esp_name, event)
    told = asdict(word) | {
        "message_id": str(event.message_id or ""),
        "key": str((event.metadata or {}).get("key") or ""),
    }
    its_id = event.event_id or f"{told['message_id']}|{event.event_type}|{event.timestamp or ''}"
    # Amazon gives one id, and others one second, to what it tells of several addresses.
    key = hashlib.sha256(f"{its_id}|{event.recipient or ''}".encode()).hexdigest()
    inbox.keep("anymail", "tracking", f"{esp_name}|{key}"[:255], body=json.dumps(told).encode())


def keep_mail(sender, event, esp_name, **_kwargs):
    """Receiver of anymail's `inbound` signal. Each mail once for each address it came to, all of them.

    Whatever is wrong with it, it is kept: what its headers say is asked of our own reading where the parser
    of the standard library gives up.
    """
    mail = event.message
    raw = _as_it_came(mail)
    recipients = _for_whom(esp_name, mail, event.esp_event)
    if _told(lambda: bounces.is_report(mail.get_content_type(), str(mail.get_param("report-type") or ""))):
        inbox.keep("anymail", "report", hashlib.sha256(raw).hexdigest(), body=raw)
        recipients = [each for each in recipients if by_provider.mailbox_of(each)]
    author = _told(lambda: mail.from_email.addr_spec if mail.from_email else mail.envelope_sender or "")
    told: dict[str, object] = {"sender": author, "raw": base64.b64encode(raw).decode()}
    if mail.envelope_sender is not None:  # empty: sent so that nobody can be told that it came back
        told["envelope_sender"] = str(mail.envelope_sender)
    if _is_spam(mail):
        told["is_spam"] = True
    message_id = _told(lambda: mail.get("Message-ID", ""))
    for recipient in recipients:
        _keep(told | {"recipient": recipient}, message_id, raw)


def _is_spam(mail) -> bool:
    """What the provider says of it. Some only count points."""
    if mail.spam_detected is not None:
        return bool(mail.spam_detected)
    try:
        return float(mail.spam_score) >= SPAM_FROM
    except (TypeError, ValueError):
        return False


def _for_whom(esp_name: str, mail, posted) -> list[str]:
    """By the envelope; without one those whom it names whose mail comes here, else whom it names first."""
    if found := delivered_to.everybody(esp_name, mail, posted):
        return found
    try:
        named = delivered_to.named_in(mail)
    except Exception:  # as in `_told`
        named = []
    return [each for each in named if by_provider.mailbox_of(each)] or named[:1] or [""]


def keep_raw(raw: bytes, *, sender: str, recipient: str) -> None:
    """Likewise of a mail that the adapter did not read: its bytes and its envelope."""
    told = {"sender": sender, "recipient": recipient, "raw": base64.b64encode(raw).decode()}
    _keep(told | {"envelope_sender": sender}, "", raw)


def _keep(told: dict, message_id: str, raw: bytes) -> None:
    key = f"{message_id}|{told['recipient']}|".encode("utf-8", "replace") + raw
    inbox.keep("anymail", "mail", hashlib.sha256(key).hexdigest(), body=json.dumps(told).encode())


def _told(ask) -> str:
    """What a header says; nothing where it cannot be read."""
    try:
        return str(ask() or "")
    except Exception:  # the parsers of the standard library raise almost anything on mails that exist
        return ""


def _as_it_came(mail) -> bytes:
    """The mail's bytes, each header as it stood: one that is folded anew breaks the signature over it.

    A mail that cannot be written again by the modern rules is written by the old ones.
    """
    try:
        return mail.as_bytes(policy=mail.policy.clone(refold_source="none", linesep="\r\n"))
    except Exception:
        return mail.as_bytes(policy=AsItCame())
