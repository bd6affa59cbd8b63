"""What the e-mail provider posts to us, as anymail reads it: kept first, worked later."""

import json

from secretariat.outbox import inbox


def keep(sender, event, esp_name, **_kwargs):
    """Receiver of anymail's `tracking` signal. Each event once, however often the provider posts it."""
    told = {
        "event_type": event.event_type,
        "message_id": str(event.message_id or ""),
        "reason": event.reject_reason or "",
    }
    key = event.event_id or f"{told['message_id']}|{told['event_type']}|{event.timestamp or ''}"
    inbox.keep("anymail", "tracking", f"{esp_name}|{key}"[:255], body=json.dumps(told).encode())
