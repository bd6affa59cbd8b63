"""Telling a service that we no longer want in, once a client has disconnected her calendar there.

What opened it is emptied on our row at once; the effect carries the token, sealed, for one request.
"""

import base64

from secretariat import outbox, sealing
from secretariat.outbox.models import Effect

from . import online, tokens
from .models import Connection

REVOKE = "calendar.revoke"
TABLE, FIELD = "calendar_revoke", "token"


def give_back(connection: Connection) -> bool:
    """Write the effect, in the transaction that disconnects, and before the secret is emptied.

    False where there is nothing to give back: Microsoft has no such address, so there she ends it herself.
    """
    service = online.of(connection.kind)
    if service is None or not service.revoke_url:
        return False
    secret = tokens.secret_of(connection)
    token = secret.get("refresh_token") or secret.get("access_token")
    if not token:
        return False
    sealed = sealing.seal(token.encode(), table=TABLE, row=connection.pk, field=FIELD)
    outbox.post(
        REVOKE,
        key=f"revoke:{connection.pk}",
        queue=Effect.Queue.BULK,
        client_id=connection.client_id,
        subject=("calendar_app.connection", connection.pk),
        payload={"kind": connection.kind, "sealed": base64.b64encode(sealed).decode()},
    )
    return True


def revoke(effect: Effect) -> str:
    """Ask it, outside any transaction. Raises Trouble where that may be done later."""
    service = online.of(effect.payload["kind"])
    if service is None:
        return "not set up"
    sealed = base64.b64decode(effect.payload["sealed"])
    token = sealing.unseal(sealed, table=TABLE, row=effect.subject_id, field=FIELD).decode()
    tokens.revoke(service, {"refresh_token": token})
    return "revoked"
