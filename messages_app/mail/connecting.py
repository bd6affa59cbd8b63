"""Connecting a mailbox that we are to read and answer: tried, kept sealed, disconnected without a trace.

What asks a server is called outside any transaction; what writes rows is told that it worked.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from calendar_app import giving_back
from calendar_app.models import Connection
from clients import work
from clients.models import Client
from messages_app.answering import disconnected, domains
from messages_app.models import Mailbox
from secretariat import ledger, outbox
from secretariat.channels.mail_as import Server
from secretariat.channels.mailbox_at import Refused, Unreachable

from . import connection_state, opening, schedule

SUBJECT = "messages_app.mailbox"
State, Incoming = Mailbox.State, Mailbox.Incoming
# RFC 2142, and what writes by itself.
RESERVED = {"abuse", "admin", "administrator", "hostmaster", "mailer-daemon", "no-reply", "noreply"}
RESERVED |= {"postmaster", "root", "security", "webmaster"}


class NotConnected(Exception):
    """The message says why, and what to do, for the person who tried."""


@dataclass(frozen=True)
class Servers:
    """Where it is read and where mail is handed in: host, port, security; and the user name at both."""

    imap: tuple[str, int, str]
    smtp: tuple[str, int, str]
    username: str


def try_sign_in(servers: Servers, password: str) -> None:
    """Open it once. Open no transaction around it. Raises NotConnected."""
    server = Server(*servers.imap, username=servers.username, password=password)
    try:
        with opening.sign_in(server) as there:
            there.folders()
    except Refused as refusal:
        raise NotConnected(connection_state.refused_in_words(refusal.code)) from refusal
    except Unreachable as silence:
        if silence.code == "no_such_host":
            raise NotConnected(_("No server has that name. Is it spelt right?")) from silence
        raise NotConnected(
            _("The server did not answer as a mail server does. Is its name right? Try again in a minute.")
        ) from silence


@transaction.atomic
def connect(
    client: Client, address: str, servers: Servers, password: str, *, name: str, by, at: datetime, again=None
) -> Mailbox:
    """A mailbox that she reads herself, too; or (`again`) the one that had broken. Raises NotConnected.

    One whose mail she has sent on to us stays so: what comes both ways is one mail.
    """
    mailbox = again or _hers(client, address, Incoming.OURS)
    mailbox = mailbox or new(client, address, incoming=Incoming.IMAP, name=name, by=by, at=at)
    if mailbox.incoming == Incoming.OURS:
        mailbox.incoming, mailbox.name = Incoming.BOTH, name or mailbox.name
    mailbox.imap_host, mailbox.imap_port, mailbox.imap_security = servers.imap
    mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security = servers.smtp
    mailbox.username, mailbox.from_mode = servers.username, Mailbox.FromMode.OWN
    mailbox.service = ""
    opening.seal(mailbox, {"password": password})
    stands_anew(mailbox, at=at)
    work.finish_all(
        subject=(SUBJECT, mailbox.pk), kind=connection_state.WORK, by=by, outcome=_("Connected again")
    )
    record("mailbox.connected", mailbox, by)
    return mailbox


@transaction.atomic
def forward_to_us(client: Client, address: str, *, name: str, by, at: datetime) -> Mailbox:
    """A mailbox whose mail she has sent on to an address of ours, be it read there as well. Raises
    NotConnected.
    """
    _refuse_where_none_comes()
    mailbox = _hers(client, address, Incoming.IMAP)
    mailbox = mailbox or new(client, address, incoming=Incoming.OURS, name=name, by=by, at=at)
    if mailbox.incoming == Incoming.IMAP:
        mailbox.incoming, mailbox.name = Incoming.BOTH, name or mailbox.name
        mailbox.version += 1
    word = re.sub(r"[^a-z0-9]+", "-", client.name.lower()).strip("-")[:30] or "mail"
    mailbox.our_address = f"{word}-{secrets.token_hex(3)}@{settings.INBOUND_MAIL_DOMAIN}"
    _save(mailbox)
    domains.bear_its_name(mailbox, by=by, at=at)
    record("mailbox.connected", mailbox, by)
    return mailbox


@transaction.atomic
def give_one_of_ours(client: Client, word: str, *, name: str, by, at: datetime) -> Mailbox:
    """A mailbox at the firm's own domain, which nobody reads elsewhere. Raises NotConnected."""
    _refuse_where_none_comes()
    address = f"{word.strip().lower()}@{settings.INBOUND_MAIL_DOMAIN}"
    if address.partition("@")[0] in RESERVED or address == parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower():
        raise NotConnected(_("That name is the office’s own. Choose another."))
    # Nor what was somebody else's once: who wrote to her then would write to another now.
    others = Mailbox.objects.exclude(client=client)
    if others.filter(Q(address=address) | Q(our_address=address)).exists():
        raise NotConnected(_("That name is taken. Choose another."))
    mailbox = new(client, address, incoming=Incoming.OURS, name=name, by=by, at=at)
    _save(mailbox)
    domains.bear_its_name(mailbox, by=by, at=at)
    record("mailbox.connected", mailbox, by)
    return mailbox


def _refuse_where_none_comes() -> None:
    if not settings.INBOUND_MAIL_DOMAIN:
        raise NotConnected(_("The office takes no mail in yet. Ask it to set that up."))


def _hers(client: Client, address: str, incoming: str) -> Mailbox | None:
    """The one she has of that address, whose mail comes to us in the other way so far."""
    hers = Mailbox.objects.select_for_update().filter(client=client, ended_at=None, incoming=incoming)
    sent_on = hers.exclude(our_address="") if incoming == Incoming.OURS else hers
    return sent_on.filter(address=address.strip().lower()).first()


def stands_anew(mailbox: Mailbox, *, at: datetime) -> None:
    """It was just connected: looked into at once, and nothing is known to be wrong. Raises NotConnected."""
    mailbox.state, mailbox.trouble, mailbox.troubled_since, mailbox.due_at = State.NEW, "", None, at
    mailbox.renewing_until = None
    mailbox.version += 1
    _save(mailbox)


def new(client: Client, address: str, **facts) -> Mailbox:
    """Not yet saved."""
    return Mailbox(
        client=client,
        address=address.strip().lower(),
        name=facts["name"],
        incoming=facts["incoming"],
        connected_by=facts["by"],
        connected_at=facts["at"],
    )


def _save(mailbox: Mailbox) -> None:
    try:
        with transaction.atomic():
            mailbox.save()
    except IntegrityError as taken:
        raise NotConnected(
            _("That address is connected already. If that was not you, tell the office.")
        ) from taken


@transaction.atomic
def disconnect(mailbox: Mailbox, *, by, at: datetime) -> bool:
    """What opens it is forgotten, and given back; nothing leaves in its name. What was written stays."""
    secret = opening.secret_of(mailbox) if mailbox.service else {}
    ended = Mailbox.objects.filter(pk=mailbox.pk, ended_at=None).update(
        state=State.OFF, ended_at=at, sealed_secret=b"", trouble="", version=F("version") + 1
    )
    if not ended:
        return False
    outbox.cancel(lane=schedule.lane(mailbox.pk), because="disconnected")
    disconnected.hold_all(mailbox, by=by, at=at)
    if mailbox.service and not _is_needed(mailbox):
        giving_back.post(mailbox.service, secret, subject=(SUBJECT, mailbox.pk), client_id=mailbox.client_id)
    work.finish_all(subject=(SUBJECT, mailbox.pk), by=by, outcome=_("Disconnected"))
    record("mailbox.disconnected", mailbox, by)
    return True


def _is_needed(mailbox: Mailbox) -> bool:
    """Whether the same person's consent opens something else still: a service may end all of it at once."""
    of_kind = {"client": mailbox.client_id, "ended_at": None}
    return (
        Mailbox.objects.filter(service=mailbox.service, **of_kind).exclude(pk=mailbox.pk).exists()
        or Connection.objects.filter(kind=mailbox.service, **of_kind).exists()
    )


def record(verb: str, mailbox: Mailbox, by) -> None:
    ledger.record(verb, actor_id=by.pk, client_id=mailbox.client_id, subject=(SUBJECT, mailbox.pk))


@transaction.atomic
def change(mailbox: Mailbox, said: dict, *, by) -> None:
    """How mail is answered from it: `said` holds columns of the mailbox."""
    Mailbox.objects.filter(pk=mailbox.pk).update(**said, version=F("version") + 1)
    mailbox.refresh_from_db()
    record("mailbox.changed", mailbox, by)
