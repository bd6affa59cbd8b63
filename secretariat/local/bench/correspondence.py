"""Clients whose mail is answered here, and what lies in their mailboxes. Runs in a process with Django."""

import json
import sys

from django.db import transaction
from django.utils import timezone

from clients.models import Access, Client
from messages_app.mail import filing, opening
from messages_app.models import Mail, Mailbox, MailFolder
from secretariat.local.outside import letters
from secretariat.office.models import Secretary

from .filling import _session

SERVED = 50  # clients of the secretary whose inbox is measured


@transaction.atomic
def begin() -> None:
    """A mailbox for every client, its mail brought by the provider. Print their addresses, in order."""
    boxes = [
        Mailbox(client=each, address=f"client{number}@bench.example", incoming="ours", state="connected")
        for number, each in enumerate(Client.objects.order_by("id"))
    ]
    Mailbox.objects.bulk_create(boxes)
    json.dump([each.address for each in boxes], sys.stdout)


@transaction.atomic
def fill() -> None:
    """The one row of each kind that is multiplied, and a secretary of many clients. Print her session."""
    at = timezone.now()
    secretary = Secretary.objects.order_by("id").first()
    Access.objects.bulk_create(
        Access(client=each, secretary=secretary, because="work", cause_id=each.pk, from_at=at)
        for each in Client.objects.order_by("id")[1:SERVED]
    )
    box = Mailbox.objects.order_by("address").first()
    mail = letters.written("Dana Reyes <dana@harlow.example>", box.address, "Sample", "When do you open?")
    filing.file(box, mail.as_bytes(), direction="in", at=at)
    print(_session(secretary.user))


@transaction.atomic
def lie_elsewhere(port: int, count: int) -> None:
    """So many of the mailboxes lie at a server on this computer, and are read there from now on."""
    at = timezone.now()
    for box in Mailbox.objects.order_by("pk")[:count]:
        box.incoming, box.state, box.due_at, box.connected_at = "imap", "new", at, at
        box.imap_host, box.imap_port, box.imap_security = "127.0.0.1", port, "none"
        opening.seal(box, {"password": "right"})
        box.save()


def are_watched() -> None:
    """Print at how many mailboxes somebody waits, and how many have been looked into."""
    watched = Mailbox.objects.filter(watched_until__gt=timezone.now(), state="connected").count()
    json.dump([watched, MailFolder.objects.filter(looked_at__isnull=False, role="inbox").count()], sys.stdout)


def counted(beginning: str) -> None:
    """Print how many mails have a Message-ID that begins so, in how many conversations, with how many ids."""
    mails = Mail.objects.filter(message_id__startswith=beginning)
    told = [
        mails.count(),
        mails.values("thread").distinct().count(),
        mails.values("message_id").distinct().count(),
    ]
    json.dump(told, sys.stdout)
