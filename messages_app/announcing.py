"""Who learns at once that something about a message changed."""

from django.db.models import F, Q

from clients import audience
from clients.models import Contact
from secretariat import live

from .models import Message


def announce(event: str, message: Message) -> None:
    """Raise the message's version and tell the client's desk and the people it concerns."""
    Message.objects.filter(pk=message.pk).update(version=F("version") + 1)
    message.refresh_from_db(fields=["version"])
    live.announce(event, message.pk, message.version, audience.desk(message.client) | _people(message))


def _people(message: Message) -> set:
    sees_all = Q(client=message.client_id) & ~Q(standing=Contact.Standing.MEMBER)
    return audience.people(Contact.objects.filter(sees_all | Q(deliveries__message=message)).distinct())
