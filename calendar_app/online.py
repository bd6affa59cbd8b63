"""The two services most clients keep their calendars with: where they live, and what we ask.

https://developers.google.com/identity/protocols/oauth2/web-server
https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings

from secretariat import clock

from .elsewhere import google, microsoft
from .elsewhere.web import Web
from .models import Connection

GOOGLE, MICROSOFT = Connection.Kind.GOOGLE, Connection.Kind.MICROSOFT
KINDS = (GOOGLE, MICROSOFT)


@dataclass(frozen=True)
class Service:
    """One of them, as the firm has set it up. `needed` are scopes without which nothing works.

    `push_lasts`: days for which one asks to be told of changes.
    """

    kind: str
    name: str
    client_id: str
    client_secret: str
    consent_url: str
    token_url: str
    base: str
    scopes: tuple[str, ...]
    needed: tuple[str, ...]
    revoke_url: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)
    push_lasts: int = 6

    def adapter(self, token: Callable[[str], str]) -> google.Google | microsoft.Microsoft:
        """`token` as `Web` wants it."""
        if self.kind == GOOGLE:
            return google.Google(Web(self.base, token))
        return microsoft.Microsoft(Web(self.base, token, microsoft.HEADERS), clock.now)


def of(kind: str) -> Service | None:
    """The service of this kind; None if there is none, or if the firm has not set it up."""
    made = {GOOGLE: _google, MICROSOFT: _microsoft}.get(kind)
    service = made() if made else None
    return service if service and service.client_id and service.client_secret else None


def _google() -> Service:
    base = settings.GOOGLE_BASE_URL
    # The narrowest that do: events read and written, and the list of calendars read.
    events = "https://www.googleapis.com/auth/calendar.events"
    listed = "https://www.googleapis.com/auth/calendar.calendarlist.readonly"
    return Service(
        kind=GOOGLE,
        name="Google",
        client_id=settings.GOOGLE_CLIENT_ID,
        client_secret=settings.GOOGLE_CLIENT_SECRET,
        consent_url=_at("https://accounts.google.com/o/oauth2/v2/auth", base),
        token_url=_at("https://oauth2.googleapis.com/token", base),
        revoke_url=_at("https://oauth2.googleapis.com/revoke", base),
        base=_at(google.BASE, base),
        scopes=(events, listed),
        needed=(events, listed),  # she may leave any of them unticked
        # Without these two a second consent brings no refresh token.
        asked={"access_type": "offline", "prompt": "consent"},
    )


def _microsoft() -> Service:
    base = settings.MICROSOFT_BASE_URL
    signing_in = f"https://login.microsoftonline.com/{settings.MICROSOFT_TENANT}/oauth2/v2.0"
    return Service(
        kind=MICROSOFT,
        name="Microsoft",
        client_id=settings.MICROSOFT_CLIENT_ID,
        client_secret=settings.MICROSOFT_CLIENT_SECRET,
        consent_url=_at(f"{signing_in}/authorize", base),
        token_url=_at(f"{signing_in}/token", base),
        base=_at(microsoft.BASE, base),
        scopes=("offline_access", "https://graph.microsoft.com/Calendars.ReadWrite"),
        needed=("calendars.readwrite",),
        asked={"prompt": "select_account"},
    )


def _at(url: str, base: str) -> str:
    """The address, or where it is played: http://127.0.0.1:8001/google/oauth2.googleapis.com/token."""
    return f"{base.rstrip('/')}/{url.removeprefix('https://')}" if base else url
