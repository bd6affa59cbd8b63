"""Whom a live event about a client concerns: sets of user ids."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, UUIDField

from secretariat import clock
from secretariat.office.audience import firm, running_the_firm
from secretariat.office.models import User
from secretariat.one_trip.asking import Given, Part, Question, ids

from .models import Client, Contact


def _serving(client) -> Part:
    now = clock.Now()
    serving = User.objects.filter(
        Q(secretary__accesses__until_at=None) | Q(secretary__accesses__until_at__gt=now),
        secretary__accesses__client=client,
        secretary__accesses__from_at__lte=now,
        is_active=True,
    )
    return ids(serving.values("pk"))


# Nearly all that happens is announced: to put this into SQL took longer than to have it answered.
_ASKED = Question(
    lambda: {"serving": _serving(Given("client", UUIDField())), "running the firm": running_the_firm()}
)


def desk(client: Client | UUID) -> set[UUID]:
    """Secretaries who may see this client's rows at this moment, and the firm."""
    found = _ASKED.ask(client=getattr(client, "pk", client))
    return found["serving"] | found["running the firm"]


def desk_or_firm(client: Client | UUID | None) -> set[UUID]:
    """The same of what may be no client's: then the firm alone."""
    return desk(client) if client else firm()


def people(contacts: Iterable[Contact]) -> set[UUID]:
    """Those of these people at the client who sign in."""
    return {contact.user_id for contact in contacts if contact.user_id and contact.is_active}


def portal(client: Client | UUID) -> set[UUID]:
    """Owners and delegates of the client who sign in."""
    return people(Contact.objects.filter(client=client).exclude(standing=Contact.Standing.MEMBER))
