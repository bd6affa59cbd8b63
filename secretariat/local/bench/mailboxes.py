"""The mailboxes of an office that is measured, and one mail to multiply. Runs in a process with Django."""

import json
import sys
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from clients.models import Client
from messages_app.mail import opening
from messages_app.models import Mail, Mailbox, MailThread
from secretariat import paging
from secretariat.local import dovecot

from . import mails


def connect(count: int, port: int = 0) -> None:
    """A mailbox for each of so many clients: of ours or, with a port, on the mail server there."""
    clients = Client.objects.order_by("id")[:count]
    made = [Mailbox(client=client, address=mails.address(number)) for number, client in enumerate(clients)]
    for mailbox in made if port else ():
        mailbox.incoming = Mailbox.Incoming.IMAP
        mailbox.imap_host, mailbox.imap_port, mailbox.imap_security = "127.0.0.1", port, "none"
        opening.seal(mailbox, {"password": dovecot.PASSWORD})
    Mailbox.objects.bulk_create(made)


@transaction.atomic
def sample() -> None:
    """One conversation of one mail, of which a past is made."""
    at, mailbox = timezone.now() - timedelta(days=1), Mailbox.objects.order_by("id").first()
    thread = MailThread.objects.create(client_id=mailbox.client_id, mailbox=mailbox, first_at=at, last_at=at)
    Mail.objects.create(client_id=mailbox.client_id, mailbox=mailbox, thread=thread, key="sample", at=at)


def middle() -> None:
    """Print the cursor of the page in the middle of what is done, a client, and what waits for an answer:
    of anybody's, and the client's own newest."""
    done = MailThread.objects.filter(state="done").exclude(verdict="junk").order_by("-last_at", "-pk")
    row = done[done.count() // 2]
    first = Client.objects.order_by("id").first()
    waits = MailThread.objects.filter(state="open", verdict="answer").order_by("-last_at").first()
    cursor = paging._write(row.last_at, row.pk)
    own = MailThread.objects.filter(client=first).order_by("-last_at").first()
    ids = {"client": str(first.pk), "thread": str(waits.pk), "own": str(own.pk)}
    json.dump({"done": cursor, **ids}, sys.stdout)
