"""Telling a service that we no longer want in, once a client has disconnected her calendar there.

What opened it is emptied on our row at once; the effect carries the token, sealed, for one request.
"""

import base64
from collections.abc import Callable
from uuid import UUID

from secretariat import outbox, sealing
from secretariat.outbox.models import Effect

from . import online, tokens
from .models import Connection

REVOKE = "calendar.revoke"
TABLE, FIELD = "calendar_revoke", "token"


# Asked before a consent is ended, since a service may end every consent of that person with it: whether
# somebody above this floor still needs one of this kind (`(client_id, kind)`).
still_needed: list[Callable[[UUID, str], bool]] = []


def give_back(connection: Connection) -> bool:
    """Write the effect, in the transaction that disconnects, and before the secret is emptied.

    False where there is nothing to give back: Microsoft has no such address, so there she ends it herself.
    """
    if any(needs(connection.client_id, connection.kind) for needs in still_needed):
        return False
    of_it = ("calendar_app.connection", connection.pk)
    return post(connection.kind, tokens.secret_of(connection), subject=of_it, client_id=connection.client_id)


def post(kind: str, secret: dict, *, subject: tuple[str, UUID], client_id: UUID) -> bool:
    """Have the service told that what this secret opens is not wanted any more, if it can be told."""
    service = online.of(kind)
    if service is None or not service.revoke_url:
        return False
    token = secret.get("refresh_token") or secret.get("access_token")
    if not token:
        return False
    sealed = sealing.seal(token.encode(), table=TABLE, row=subject[1], field=FIELD)
    outbox.post(
        REVOKE,
        key=f"revoke:{subject[1]}",
        queue=Effect.Queue.BULK,
        client_id=client_id,
        subject=subject,
        payload={"kind": kind, "sealed": base64.b64encode(sealed).decode()},
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
