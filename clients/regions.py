"""Parts of the frames that this package fills: (template, context)."""

from datetime import datetime

from .guidance import guidance_at
from .instructions import Caller
from .models import Client, Contact


def on_now(client: Client, *, at: datetime, mine: str) -> tuple[str, dict]:
    """What holds for a client just now: her hours, where people are, what is different today.

    `mine` is the reader's zone. Asked again on `availability.changed` and `instructions.changed`.
    """
    found = guidance_at(client, None, Caller(), at)
    return "clients/_on_now.html", {"client": client, "guidance": found, "mine": mine}


def where_you_are(contact: Contact, *, at: datetime) -> tuple[str, dict]:
    """The portal's first card: what we tell callers of her, and until when."""
    client = contact.client
    found = guidance_at(client, None, Caller(), at)
    return "clients/_where_you_are.html", {
        "client": client,
        "contact": contact,
        "status": found.whereabouts_of(contact.pk),
        "today": found.today if contact.sees_all else (),
    }
