"""The tokens that open what a client let us into: sealed where they lie, renewed before they end.

Renewing is asked outside any transaction. A lease on the row keeps it to one at a time: whoever does not get
it goes on with the token there is, or comes back later.
"""

import json
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Model, Q
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
    id_token: str = ""  # who agreed, where `openid` was asked for


def seal(connection: Connection, secret: dict) -> None:
    """Put the secret on the row, sealed; not yet saved."""
    content = json.dumps(secret).encode()
    connection.sealed_secret = sealing.seal(content, row=connection.pk, **PLACE) if secret else b""


def secret_of(connection: Connection) -> dict:
    """`{"password"}`, or `{"access_token", "refresh_token", "expires_at"}`; empty where there is none."""
    kept = bytes(connection.sealed_secret)
    return json.loads(sealing.unseal(kept, row=connection.pk, **PLACE)) if kept else {}


def as_kept(tokens: Tokens, before: dict) -> dict:
    """What is sealed of them; a refresh token that was not given anew stays the one there was `before`."""
    return {
        "access_token": tokens.access,
        "refresh_token": tokens.refresh or before.get("refresh_token", ""),
        "expires_at": tokens.expires_at.isoformat(),
    }


def keep(connection: Connection, tokens: Tokens) -> None:
    """Seal them. Not yet saved."""
    seal(connection, as_kept(tokens, secret_of(connection)))


class OfRow:
    """The access token that one row keeps, as `Web` asks for it: fresh, and another if one was refused.

    The row has `sealed_secret`, `renewing_until` and `ended_at`.
    """

    model: type[Model]

    def __init__(self, row_id, service: Service):
        self.row_id = row_id
        self.service = service
        self.lease: datetime | None = None  # until when renewing is ours alone

    def secret_of(self, row) -> dict:
        raise NotImplementedError

    def seal(self, row, secret: dict) -> None:
        raise NotImplementedError

    def __call__(self, refused: str) -> str:
        """Raises Refused when somebody must connect it again; Throttled, Unreachable when later may do."""
        secret = self.secret_of(self._row())
        if _is_good(secret, refused, EARLY):
            return secret["access_token"]
        if not self._lease():
            if _is_good(secret, refused, timedelta(0)):
                return secret["access_token"]
            raise Throttled(AGAIN)  # somebody renews it just now
        try:
            return self._renew(refused)
        finally:
            self._rows().filter(pk=self.row_id, renewing_until=self.lease).update(renewing_until=None)

    def _renew(self, refused: str) -> str:
        secret = self.secret_of(self._row())
        if _is_good(secret, refused, EARLY):  # renewed between our look and our lease
            return secret["access_token"]
        try:
            tokens = renewed(self.service, secret.get("refresh_token", ""))
        except (Unreachable, Throttled):
            if _is_good(secret, refused, timedelta(0)):
                return secret["access_token"]
            raise
        except Refused:
            newer = self.secret_of(self._row())
            if newer.get("refresh_token") != secret.get("refresh_token"):  # she connected it again just now
                return newer["access_token"]
            raise
        with transaction.atomic():
            row = self._rows().select_for_update().get(pk=self.row_id)
            if row.ended_at:
                raise Refused("disconnected")
            newer = self.secret_of(row)
            if newer.get("refresh_token") != secret.get("refresh_token"):
                return newer["access_token"]  # a newer consent is not overwritten by what an older one brings
            self.seal(row, as_kept(tokens, newer))
            row.save(update_fields=["sealed_secret"])
        return tokens.access

    def _rows(self):
        return self.model._default_manager.all()

    def _row(self):
        row = self._rows().get(pk=self.row_id)
        if row.ended_at or not row.sealed_secret:
            raise Refused("disconnected")
        return row

    def _lease(self) -> bool:
        free = Q(renewing_until=None) | Q(renewing_until__lt=Now())
        mine = self._rows().filter(free, pk=self.row_id, ended_at=None)
        if not mine.update(renewing_until=Now() + LEASE):
            return False
        self.lease = self._rows().values_list("renewing_until", flat=True).get(pk=self.row_id)
        return True


class OfConnection(OfRow):
    """Of one calendar elsewhere."""

    model = Connection

    def secret_of(self, row) -> dict:
        return secret_of(row)

    def seal(self, row, secret: dict) -> None:
        seal(row, secret)


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
            str(said.get("id_token", "")),
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
