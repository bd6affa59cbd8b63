"""Google and Microsoft as those with whom clients' mailboxes lie: what we ask for there, and where mail is.

The firm's app is the one that reads calendars (`calendar_app/online.py`); each consent names what it is for.

https://developers.google.com/workspace/gmail/imap/xoauth2-protocol
https://learn.microsoft.com/en-us/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth
"""

import base64
import json
from dataclasses import dataclass, replace

from django.conf import settings

from calendar_app import online
from calendar_app.online import Service
from messages_app.models import Mailbox
from secretariat.channels.mail_as import CLEAR

from . import presets

GOOGLE, MICROSOFT = Mailbox.Service.GOOGLE, Mailbox.Service.MICROSOFT
IDENTITY = ("openid", "email")
SCOPES: dict[str, tuple[str, ...]] = {
    GOOGLE: (*IDENTITY, "https://mail.google.com/"),
    MICROSOFT: (
        *(*IDENTITY, "profile", "offline_access"),
        "https://outlook.office.com/IMAP.AccessAsUser.All",
        "https://outlook.office.com/SMTP.Send",
    ),
}
# Without which nothing works; in lower case, as they are told.
NEEDED: dict[str, tuple[str, ...]] = {
    GOOGLE: ("https://mail.google.com/",),
    MICROSOFT: ("imap.accessasuser.all", "smtp.send"),
}
PRESETS: dict[str, str] = {GOOGLE: "gmail", MICROSOFT: "microsoft"}


def of(kind: str) -> Service | None:
    """The service of this kind as it is asked for mail; None if the firm has no app there."""
    service = online.of(kind)
    return service and replace(service, scopes=SCOPES[kind], needed=NEEDED[kind])


def preset_of(kind: str) -> presets.Preset:
    """Where mail is read and handed in there, or on this computer where it is played."""
    preset = presets.HOSTED[PRESETS[kind]]
    if not settings.ONLINE_MAIL_PORTS:
        return preset
    imap, smtp = settings.ONLINE_MAIL_PORTS
    return replace(preset, imap=("127.0.0.1", imap, CLEAR), smtp=("127.0.0.1", smtp, CLEAR))


@dataclass(frozen=True)
class Owner:
    """Who agreed. `address` is what others write to; `username` is who signs in; both lower case."""

    address: str
    username: str


def owner_in(id_token: str) -> Owner | None:
    """Who agreed, as the service told us over our own connection to it; None where it told nobody.

    Its signature need not be looked at, since it came from the token address itself (OpenID Connect Core
    1.0, 3.1.3.7): it is no word of the browser's.
    """
    try:
        payload = id_token.split(".")[1]
        told = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        named = [str(told.get(name) or "").strip().lower() for name in ("email", "preferred_username")]
    except (IndexError, ValueError, AttributeError, TypeError):
        return None
    address = next((each for each in named if "@" in each), "")
    username = next((each for each in reversed(named) if "@" in each), "")
    return Owner(address[:254], username[:254]) if address else None
