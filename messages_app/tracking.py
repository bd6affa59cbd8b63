"""What the e-mail provider posts to us, as anymail reads it: kept first, worked later."""

import hashlib
import json

from secretariat.outbox import inbox

from . import bounces


def keep(sender, event, esp_name, **_kwargs):
    """Receiver of anymail's `tracking` signal. Each event once, however often the provider posts it."""
    told = {
        "event_type": event.event_type,
        "message_id": str(event.message_id or ""),
        "recipient": str(event.recipient or ""),
        "reason": event.reject_reason or "",
    }
    key = event.event_id or f"{told['message_id']}|{told['event_type']}|{event.timestamp or ''}"
    inbox.keep("anymail", "tracking", f"{esp_name}|{key}"[:255], body=json.dumps(told).encode())


def keep_report(sender, event, esp_name, **_kwargs):
    """Receiver of anymail's `inbound` signal, for mail servers' reports alone: other mail is not for us."""
    mail = event.message
    if bounces.is_report(mail.get_content_type(), str(mail.get_param("report-type") or "")):
        raw = mail.as_bytes()
        inbox.keep("anymail", "report", hashlib.sha256(raw).hexdigest(), body=raw)
