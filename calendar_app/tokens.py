"""The tokens that open a client's calendar: sealed where they lie, renewed before they end.

Renewing is asked outside any transaction. A lease on the row keeps it to one at a time: whoever does not get
it goes on with the token there is, or comes back later.
"""

import json
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from secretariat import clock, sealing

from .elsewhere import Refused, Throttled, Trouble, Unreachable, web
from .models import Connection
from .online import Service, of

EARLY = timedelta(minutes=5)
LEASE = timedelta(seconds=60)  # longer than anything waits for an answer
AGAIN = 5.0  # seconds
PLACE = {"table": "calendar_connection", "field": "secret"}
ENDED = {"invalid_grant", "interaction_required", "consent_required", "login_required", "access_denied"}


class Tokens(NamedTuple):
    """What consent brings. `expires_at` is aware; `scope` what was really allowed, in lower case."""

    access: str
    refresh: str
    expires_at: datetime
    scope: str = ""


def seal(connection: Connection, secret: dict) -> None:
    """Put the secret on the row, sealed; not yet saved."""
    content = json.dumps(secret).encode()
    connection.sealed_secret = sealing.seal(content, row=connection.pk, **PLACE) if secret else b""


def secret_of(connection: Connection) -> dict:
    """`{"password"}`, or `{"access_token", "refresh_token", "expires_at"}`; empty where there is none."""
    kept = bytes(connection.sealed_secret)
    return json.loads(sealing.unseal(kept, row=connection.pk, **PLACE)) if kept else {}


def keep(connection: Connection, tokens: Tokens) -> None:
    """Seal them; a refresh token that was not given anew stays the one there is. Not yet saved."""
    refresh = tokens.refresh or secret_of(connection).get("refresh_token", "")
    seal(
        connection,
        {
            "access_token": tokens.access,
            "refresh_token": refresh,
            "expires_at": tokens.expires_at.isoformat(),
        },
    )


class OfConnection:
    """The access token of one connection, as `Web` asks for it: fresh, and another if one was refused."""

    def __init__(self, connection_id, service: Service):
        self.connection_id = connection_id
        self.service = service
        self.lease: datetime | None = None  # until when renewing is ours alone

    def __call__(self, refused: str) -> str:
        """Raises Refused when somebody must connect it again; Throttled, Unreachable when later may do."""
        connection = self._row()
        secret = secret_of(connection)
        if _is_good(secret, refused, EARLY):
            return secret["access_token"]
        if not self._lease():
            if _is_good(secret, refused, timedelta(0)):
                return secret["access_token"]
            raise Throttled(AGAIN)  # somebody renews it just now
        try:
            return self._renew(refused)
        finally:
            Connection.objects.filter(pk=self.connection_id, renewing_until=self.lease).update(
                renewing_until=None
            )

    def _renew(self, refused: str) -> str:
        secret = secret_of(self._row())
        if _is_good(secret, refused, EARLY):  # renewed between our look and our lease
            return secret["access_token"]
        try:
            tokens = renewed(self.service, secret.get("refresh_token", ""))
        except (Unreachable, Throttled):
            if _is_good(secret, refused, timedelta(0)):
                return secret["access_token"]
            raise
        except Refused:
            newer = secret_of(self._row())
            if newer.get("refresh_token") != secret.get("refresh_token"):  # she connected it again just now
                return newer["access_token"]
            raise
        with transaction.atomic():
            connection = Connection.objects.select_for_update().get(pk=self.connection_id)
            if connection.ended_at:
                raise Refused("disconnected")
            newer = secret_of(connection)
            if newer.get("refresh_token") != secret.get("refresh_token"):
                return newer["access_token"]  # a newer consent is not overwritten by what an older one brings
            keep(connection, tokens)
            connection.save(update_fields=["sealed_secret"])
        return tokens.access

    def _row(self) -> Connection:
        connection = Connection.objects.get(pk=self.connection_id)
        if connection.ended_at or not connection.sealed_secret:
            raise Refused("disconnected")
        return connection

    def _lease(self) -> bool:
        free = Q(renewing_until=None) | Q(renewing_until__lt=Now())
        mine = Connection.objects.filter(free, pk=self.connection_id, ended_at=None)
        if not mine.update(renewing_until=Now() + LEASE):
            return False
        self.lease = Connection.objects.values_list("renewing_until", flat=True).get(pk=self.connection_id)
        return True


def _is_good(secret: dict, refused: str, for_another: timedelta) -> bool:
    access = secret.get("access_token", "")
    if not access or access == refused:
        return False
    return datetime.fromisoformat(secret["expires_at"]) > clock.now() + for_another


def adapter(connection: Connection):
    """How its calendars are reached. Raises Refused if the firm no longer has an app there."""
    service = of(connection.kind)
    if service is None:
        raise Refused("not set up")
    return service.adapter(OfConnection(connection.pk, service))


def exchanged(service: Service, *, code: str, verifier: str, redirect_uri: str) -> Tokens:
    """The tokens for a code that somebody's consent brought. Raises Trouble."""
    told = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
    return _asked(service, told | {"redirect_uri": redirect_uri})


def renewed(service: Service, refresh: str) -> Tokens:
    """Raises Refused when consent is no longer there."""
    if not refresh:
        raise Refused("no refresh token")
    return _asked(service, {"grant_type": "refresh_token", "refresh_token": refresh})


def _asked(service: Service, told: dict[str, str]) -> Tokens:
    ours = {"client_id": service.client_id, "client_secret": service.client_secret}
    answer = web.post_form(service.token_url, urlencode(told | ours))
    if answer.status == 429 or answer.status == 503:
        raise Throttled(web.patience(answer))
    if answer.status >= 500:
        raise Unreachable(str(answer.status))
    said = answer.told
    if answer.status >= 400:
        error = str(said.get("error", ""))
        raise Refused(error) if error in ENDED else Trouble(f"{answer.status} {error}")
    try:
        ends = clock.now() + timedelta(seconds=int(said["expires_in"]))
        return Tokens(
            str(said["access_token"]),
            str(said.get("refresh_token", "")),
            ends,
            str(said.get("scope", "")).lower(),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise Unreachable("no token in the answer") from error


def revoke(service: Service, secret: dict) -> None:
    """Tell the service that we no longer want in, where it can be told. Raises Trouble."""
    token = secret.get("refresh_token") or secret.get("access_token")
    if service.revoke_url and token:
        answer = web.post_form(service.revoke_url, urlencode({"token": token}))
        if answer.status >= 500 or answer.status == 429:
            raise Unreachable(str(answer.status))  # 400: it had ended already
