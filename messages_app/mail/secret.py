"""What opens a client's mailbox elsewhere, sealed on its row."""

import json

from messages_app.models import Mailbox
from secretariat import sealing

PLACE = {"table": "mailbox", "field": "secret"}


def seal(mailbox: Mailbox, secret: dict) -> None:
    """Put the secret on the row, sealed; not yet saved."""
    content = json.dumps(secret).encode()
    mailbox.sealed_secret = sealing.seal(content, row=mailbox.pk, **PLACE) if secret else b""


def secret_of(mailbox: Mailbox) -> dict:
    """`{"password"}`, or `{"access_token", "refresh_token", "expires_at"}`; empty where there is none."""
    kept = bytes(mailbox.sealed_secret)
    return json.loads(sealing.unseal(kept, row=mailbox.pk, **PLACE)) if kept else {}
