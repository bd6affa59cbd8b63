"""Parts of the frames that this package fills: (template, context)."""

from datetime import datetime, timedelta

from django.db.models import Count

from . import rostering
from .guidance import guidance_at
from .instructions import Caller
from .models import Bulletin, Client, Contact, WorkItem

ASKED_AHEAD = timedelta(days=56)
ASKED_AT_ONCE = 3


def on_now(client: Client, *, at: datetime, mine: str) -> tuple[str, dict]:
    """What holds for a client just now: her hours, where people are, what is different today.

    `mine` is the reader's zone. Asked again on `availability.changed` and `instructions.changed`.
    """
    found = guidance_at(client, None, Caller(), at)
    on_call = rostering.standing(client, at=at)
    return "clients/_on_now.html", {"client": client, "guidance": found, "on_call": on_call, "mine": mine}


def where_you_are(contact: Contact, *, at: datetime) -> tuple[str, dict]:
    """The portal's first card: what we tell callers of her, and until when."""
    client = contact.client
    found = guidance_at(client, None, Caller(), at)
    return "clients/_where_you_are.html", {
        "client": client,
        "contact": contact,
        "status": found.whereabouts_of(contact.pk),
        "today": found.today if contact.sees_all else (),
        "suspended": found.suspended if contact.sees_all else None,
    }


def asked(contact: Contact, *, at: datetime) -> tuple[str, dict]:
    """What we ask the client: whether she is open on the public holidays of the coming weeks."""
    if not contact.sees_all:
        return "clients/_asked.html", {"asked": (), "asked_count": 0}
    today = at.astimezone(contact.client.tz).date()
    coming = contact.client.holidays.asked().filter(on__gte=today, on__lte=today + ASKED_AHEAD)
    found = list(coming.select_related("client"))
    return "clients/_asked.html", {"asked": found[:ASKED_AT_ONCE], "asked_count": len(found)}


def open_work(request) -> dict[str, int]:
    """How many pieces of each kind lie in the queue that this person sees. Looked up once a request."""
    if not hasattr(request, "open_work"):
        waiting = WorkItem.objects.visible_to(request.user).open().order_by().values("kind")
        request.open_work = dict(waiting.annotate(n=Count("pk")).values_list("kind", "n"))
    return request.open_work


def bulletins(request) -> tuple[str, dict]:
    """What was posted and she has not read, the newest first. Asked again on `bulletin.posted`."""
    rows = Bulletin.objects.visible_to(request.user).for_reader(request.user).in_force()
    unread = rows.unread_by(request.user).order_by("-from_at", "-pk")
    return "clients/_bulletins.html", {"bulletins": unread[:3]}
