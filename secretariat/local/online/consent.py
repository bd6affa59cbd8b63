"""Sign-in and consent as both services play it: RFC 6749 with PKCE (RFC 7636).

https://developers.google.com/identity/protocols/oauth2/web-server
https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from .wire import Now, Reply, Request

LASTS = timedelta(hours=1)
CODE_LASTS = timedelta(minutes=10)


@dataclass
class Given:
    account: str
    scope: str
    redirect_uri: str
    challenge: str
    until: datetime


@dataclass
class Grant:
    """A person's consent. `refresh` opens it for as long as she lets it."""

    account: str
    scope: str
    refresh: str
    access: dict[str, datetime] = field(default_factory=dict)


class BadConsent(Exception):
    """The service shows an error page of its own rather than sending anybody back."""


class Consent:
    """One service's sign-in. Microsoft renews the refresh token each time; the old stays good a while."""

    def __init__(self, now: Now, *, rotates: bool):
        self.now = now
        self.rotates = rotates
        self.client_id, self.client_secret = "client-id", "client-secret"
        self.codes: dict[str, Given] = {}
        self.grants: dict[str, Grant] = {}
        self.old: dict[str, Grant] = {}

    def check(self, query) -> None:
        """Raises BadConsent for what the service would not even show a page of consent for."""
        if query.get("client_id") != self.client_id:
            raise BadConsent("invalid_client")
        if query.get("response_type") != "code" or not query.get("redirect_uri", "").startswith("http"):
            raise BadConsent("invalid_request")
        if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
            raise BadConsent("invalid_request")

    def agree(self, query, account: str, *, scope: str | None = None) -> str:
        """She agrees; returns where her browser is sent. `scope`: what she left ticked."""
        self.check(query)
        code = secrets.token_urlsafe(24)
        self.codes[code] = Given(
            account,
            query["scope"] if scope is None else scope,
            query["redirect_uri"],
            query["code_challenge"],
            self.now() + CODE_LASTS,
        )
        return f"{query['redirect_uri']}?{urlencode({'state': query.get('state', ''), 'code': code})}"

    def refuse(self, query) -> str:
        self.check(query)
        said = {"state": query.get("state", ""), "error": "access_denied"}
        return f"{query['redirect_uri']}?{urlencode(said)}"

    def token(self, request: Request) -> Reply:
        form = request.form
        if (form.get("client_id"), form.get("client_secret")) != (self.client_id, self.client_secret):
            return Reply(401, {"error": "invalid_client"})
        if form.get("grant_type") == "authorization_code":
            return self._exchange(form)
        if form.get("grant_type") == "refresh_token":
            return self._refresh(form)
        return Reply(400, {"error": "unsupported_grant_type"})

    def _exchange(self, form) -> Reply:
        given = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            given is None
            or given.until < self.now()
            or given.redirect_uri != form.get("redirect_uri")
            or given.challenge != challenge
        ):
            return Reply(400, {"error": "invalid_grant"})
        grant = Grant(given.account, given.scope, secrets.token_urlsafe(32))
        self.grants[grant.refresh] = grant
        return Reply(200, self._told(grant, with_refresh=True))

    def _refresh(self, form) -> Reply:
        told = form.get("refresh_token", "")
        grant = self.grants.get(told) or self.old.get(told)
        if grant is None:
            return Reply(400, {"error": "invalid_grant", "error_description": "revoked or expired"})
        if self.rotates:
            self.old[told] = grant
            self.grants.pop(grant.refresh, None)
            grant.refresh = secrets.token_urlsafe(32)
            self.grants[grant.refresh] = grant
        return Reply(200, self._told(grant, with_refresh=self.rotates))

    def _told(self, grant: Grant, *, with_refresh: bool) -> dict:
        access = secrets.token_urlsafe(32)
        grant.access[access] = self.now() + LASTS
        told = {
            "access_token": access,
            "expires_in": int(LASTS.total_seconds()),
            "token_type": "Bearer",
            "scope": grant.scope,
        }
        if "openid" in grant.scope.split():
            told["id_token"] = _id_token(self.client_id, grant.account)
        return told | ({"refresh_token": grant.refresh} if with_refresh else {})

    def revoke(self, token: str) -> Reply:
        """By either of its tokens; nothing of the grant opens anything after."""
        for refresh, grant in [*self.grants.items(), *self.old.items()]:
            if token == refresh or token in grant.access:
                self.take_back(grant.account)
                return Reply(200, {})
        return Reply(400, {"error": "invalid_token"})

    def take_back(self, account: str) -> None:
        """She takes her consent back, in her account's own settings."""
        for kept in (self.grants, self.old):
            for refresh in [each for each, grant in kept.items() if grant.account == account]:
                kept.pop(refresh).access.clear()

    def account_of(self, access: str) -> str | None:
        """Whom this token speaks for, or None if it has ended."""
        for grant in [*self.grants.values(), *self.old.values()]:
            if grant.access.get(access, self.now()) > self.now():
                return grant.account
        return None


def _id_token(audience: str, account: str) -> str:
    """Who agreed (OpenID Connect Core 1.0, 2); nobody looks at its signature on the way it comes."""
    pieces = ({"alg": "RS256"}, {"aud": audience, "email": account, "preferred_username": account})
    written = [base64.urlsafe_b64encode(json.dumps(each).encode()).decode().rstrip("=") for each in pieces]
    return ".".join([*written, "played"])
