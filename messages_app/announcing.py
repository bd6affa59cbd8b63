"""Who learns at once that something about a message changed."""

from django.db.models import F

from clients import audience
from clients.models import Contact
from secretariat import live

from .models import Message


def announce(event: str, message: Message) -> None:
    """Raise the message's version and tell the client's desk and the people it concerns."""
    Message.objects.filter(pk=message.pk).update(version=F("version") + 1)
    message.refresh_from_db(fields=["version"])
    told = audience.people(Contact.objects.filter(deliveries__message=message))
    concerned = audience.desk(message.client_id) | audience.portal(message.client_id) | told
    live.announce(event, message.pk, message.version, concerned)
