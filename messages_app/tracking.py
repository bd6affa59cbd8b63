"""What the e-mail provider posts to us, as anymail reads it: kept first, worked later."""

import base64
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


def keep_mail(sender, event, esp_name, **_kwargs):
    """Receiver of anymail's `inbound` signal. Each mail once for each address it came to."""
    mail = event.message
    if bounces.is_report(mail.get_content_type(), str(mail.get_param("report-type") or "")):
        raw = mail.as_bytes()
        inbox.keep("anymail", "report", hashlib.sha256(raw).hexdigest(), body=raw)
        return
    raw = mail.as_bytes()
    sender = mail.from_email.addr_spec if mail.from_email else mail.envelope_sender or ""
    recipient = mail.envelope_recipient or (mail.to[0].addr_spec if mail.to else "")
    told = {"sender": sender, "recipient": recipient, "raw": base64.b64encode(raw).decode()}
    key = f"{mail.get('Message-ID', '')}|{recipient}|".encode() + raw
    inbox.keep("anymail", "mail", hashlib.sha256(key).hexdigest(), body=json.dumps(told).encode())
