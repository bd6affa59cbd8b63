"""An office to be measured: clients with one line and one free secretary each, all of them signed in.

Runs in a process with Django; what the load needs to know is printed as JSON.
"""

import json
import string
import sys
import time

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from clients.models import Access, Assignment, CallType, Client, Line
from secretariat.office import second_step
from secretariat.office.models import Firm, LineKind, Presence, Secretary, SecretaryLanguage, User
from secretariat.outbox import rounds

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@transaction.atomic
def fill(count: int) -> dict:
    """Make them, in bulk."""
    Firm.current()
    at = timezone.now()
    users = User.objects.bulk_create(
        User(email=f"secretary{n}@bench.example", name=f"Secretary {n}", password="!") for n in range(count)
    )
    secretaries = Secretary.objects.bulk_create(
        Secretary(
            user=user,
            spoken_name=user.name,
            line=LineKind.PHONE,
            home_number=f"+4416330{n:05}",
            verified_number=f"+4416330{n:05}",
        )
        for n, user in enumerate(users)
    )
    SecretaryLanguage.objects.bulk_create(
        SecretaryLanguage(secretary=each, language="en", level=7) for each in secretaries
    )
    Presence.objects.bulk_create(
        Presence(secretary=each, state=Presence.State.READY, since=at, line=LineKind.PHONE)
        for each in secretaries
    )
    clients = Client.objects.bulk_create(Client(name=f"Client {n}", country="GB") for n in range(count))
    lines = Line.objects.bulk_create(
        Line(client=client, number=f"+4420790{n:05}") for n, client in enumerate(clients)
    )
    CallType.objects.bulk_create(CallType(client=each, name="Message", is_default=True) for each in clients)
    assignments = Assignment.objects.bulk_create(
        Assignment(client=client, secretary=secretary, terms_accepted_at=at, from_at=at)
        for client, secretary in zip(clients, secretaries, strict=True)
    )
    Access.objects.bulk_create(
        Access(
            client=each.client,
            secretary=each.secretary,
            because=Access.Because.TEAM,
            cause_id=each.pk,
            from_at=at,
        )
        for each in assignments
    )
    return {"numbers": [line.number for line in lines], "sessions": [_session(user) for user in users]}


def _session(user: User) -> str:
    store = SessionStore()
    signed_in = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: BACKEND,
        HASH_SESSION_KEY: user.get_session_auth_hash(),
        second_step.SEEN: True,
    }
    key = get_random_string(32, string.ascii_lowercase + string.digits)
    Session.objects.create(
        session_key=key, session_data=store.encode(signed_in), expire_date=store.get_expiry_date()
    )
    return key


def tell(count: int) -> None:
    json.dump(fill(count), sys.stdout)


@transaction.atomic
def gather(count: int) -> None:
    """Let so many secretaries answer for the first client too, as her pool."""
    at, client = timezone.now(), Client.objects.order_by("id").first()
    hers = Assignment.objects.filter(client=client).values("secretary")
    pool = Secretary.objects.exclude(pk__in=hers).order_by("id")[:count]
    Assignment.objects.bulk_create(
        Assignment(
            client=client,
            secretary=each,
            turn=Assignment.Turn.POOL,
            terms_accepted_at=at,
            from_at=at,
        )
        for each in pool
    )


def look_after() -> None:
    """The sweep's recurring duties and nothing else: what is to be sent stays where it is."""
    while True:
        rounds.go()
        time.sleep(0.1)
