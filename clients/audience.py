"""Whom a live event about a client concerns: sets of user ids."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from secretariat import clock
from secretariat.office.audience import firm
from secretariat.office.models import User

from .models import Client, Contact


def desk(client: Client | UUID) -> set[UUID]:
    """Secretaries who may see this client's rows at this moment, and the firm."""
    now = clock.Now()
    serving = User.objects.filter(
        Q(secretary__accesses__until_at=None) | Q(secretary__accesses__until_at__gt=now),
        secretary__accesses__client=client,
        secretary__accesses__from_at__lte=now,
        is_active=True,
    )
    return set(serving.values_list("pk", flat=True)) | firm()


def people(contacts: Iterable[Contact]) -> set[UUID]:
    """Those of these people at the client who sign in."""
    return {contact.user_id for contact in contacts if contact.user_id and contact.is_active}


def portal(client: Client | UUID) -> set[UUID]:
    """Owners and delegates of the client who sign in."""
    return people(Contact.objects.filter(client=client).exclude(standing=Contact.Standing.MEMBER))
