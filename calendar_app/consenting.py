"""How a client lets us in at Google or Microsoft: she is sent there, agrees, and comes back.

Where she went from is signed into `state` and remembered with her sign-in under a word that works once; the
code she brings back is worth nothing without the verifier that stays here (PKCE, RFC 7636).
"""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from secretariat import clock, ledger

from . import connecting, recording, tokens
from .elsewhere import Found
from .models import Calendar, Connection, Diary
from .online import Service

LASTS = 900  # seconds to agree in
AT_ONCE = 5  # consents begun and not yet come back from, of one sign-in


class NotOurs(Exception):
    """This return belongs to nothing that was begun here, or it is too late."""


class AnotherAccount(Exception):
    """She signed in there as somebody else than whose calendar it is; the message is whose."""


class NotEnough(Exception):
    """She came back, and did not allow what is needed."""


@dataclass(frozen=True)
class Begun:
    """What she wanted when she was sent away. `origin`: scheme and host where she is signed in."""

    kind: str
    diary_id: UUID
    verifier: str
    connection_id: UUID | None = None


@dataclass(frozen=True)
class Errand:
    """One sort of thing she may let us into. `kept` is its place in the session; `back` where she returns."""

    kept: str
    salt: str
    back: str

    def return_address(self) -> str:
        """The address that the firm registers at both services."""
        return settings.PUBLIC_BASE_URL + reverse(self.back)

    def begin(
        self, service: Service, session, facts: Sequence[str], *, verifier: str, origin: str, hint=""
    ) -> str:
        """Remember what she wants, and return the address at which she is asked."""
        word = secrets.token_urlsafe(24)
        kept = dict(list(session.get(self.kept, {}).items())[-(AT_ONCE - 1) :])
        kept[word] = list(facts)
        session[self.kept] = kept
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        asked = {
            "client_id": service.client_id,
            "redirect_uri": self.return_address(),
            "response_type": "code",
            "scope": " ".join(service.scopes),
            "state": signing.dumps([word, origin], salt=self.salt),
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        } | service.asked
        if hint:
            asked["login_hint"] = hint
        return f"{service.consent_url}?{urlencode(asked)}"

    def origin_of(self, state: str) -> str:
        """Where she was sent from. Raises NotOurs."""
        return self._read(state)[1]

    def come_back(self, session, state: str) -> list[str]:
        """The facts of what was begun; a second time there are none. Raises NotOurs."""
        word, _origin = self._read(state)
        kept = dict(session.get(self.kept, {}))
        facts = kept.pop(word, None)
        session[self.kept] = kept
        if facts is None:
            raise NotOurs
        return facts

    def _read(self, state: str):
        try:
            word, origin = signing.loads(state, salt=self.salt, max_age=LASTS)
        except (signing.BadSignature, TypeError, ValueError) as error:
            raise NotOurs from error
        return word, origin


CALENDARS = Errand("calendar_consents", "calendar_app.consent", "calendars-online-back")


def return_address() -> str:
    return CALENDARS.return_address()


def new_verifier() -> str:
    return secrets.token_urlsafe(48)


def begin(
    service: Service, session, *, diary: Diary, origin: str, again: Connection | None = None, hint=""
) -> str:
    """Remember which diary it is for, and return the address at which she is asked."""
    verifier = new_verifier()
    facts = [service.kind, str(diary.pk), verifier, str(again.pk) if again else ""]
    return CALENDARS.begin(service, session, facts, verifier=verifier, origin=origin, hint=hint)


def origin_of(state: str) -> str:
    """Where she was sent from. Raises NotOurs."""
    return CALENDARS.origin_of(state)


def come_back(session, state: str) -> Begun:
    """What was begun; a second time there is nothing. Raises NotOurs."""
    kind, diary_id, verifier, again = CALENDARS.come_back(session, state)
    return Begun(kind, UUID(diary_id), verifier, UUID(again) if again else None)


def check_enough(service: Service, given: tokens.Tokens) -> None:
    """Raises NotEnough when she left unticked what is needed, or no lasting access came."""
    allowed = given.scope.split()
    missing = [
        each
        for each in service.needed
        if each not in allowed and not any(one.endswith(f"/{each}") for one in allowed)
    ]
    if missing or not given.refresh:
        raise NotEnough


@transaction.atomic
def connect(
    begun: Begun, given: tokens.Tokens, found: Sequence[Found], *, diary: Diary, by, owner: str = ""
) -> Connection:
    """A new connection, or the one that had broken, open again; with the calendars found there.

    Hers, the first, counts as busy; which others do, and which one is written to, is for her to choose.
    Raises AnotherAccount.
    """
    now = clock.now()
    again = None
    if begun.connection_id:
        again = (
            Connection.objects.select_for_update()
            .filter(pk=begun.connection_id, diary=diary, kind=begun.kind, ended_at=None)
            .first()
        )
    if again is not None and owner and again.username and again.username.lower() != owner.lower():
        raise AnotherAccount(again.username)
    connection = again or Connection(client=diary.client, diary=diary, kind=begun.kind, connected_by=by)
    tokens.keep(connection, given)
    connection.state, connection.trouble, connection.troubled_since = Connection.State.NEW, "", None
    connection.due_at, connection.connected_at = now, now
    connection.renewing_until = None
    if owner:  # in whose name the service invites guests
        connection.username = owner[:254]
        connection.label = connection.label or f"{connection.get_kind_display()}, {owner}"[:120]
    connection.version += 1
    connection.save()
    for number, each in enumerate(found):
        Calendar.objects.update_or_create(
            connection=connection,
            remote_id=each.remote_id,
            defaults=connecting.as_found(each),
            create_defaults=connecting.as_found(each)
            | {
                "client": diary.client,
                "diary": diary,
                "counts_as_busy": again is None and number == 0,
            },
        )
    ledger.record(
        "calendar.connected",
        actor_id=by.pk,
        subject=("calendar_app.connection", connection.pk),
        client_id=diary.client_id,
    )
    recording.catch_up(connection, at=now)
    return connection
