"""How a client lets us into her mailbox at Google or Microsoft: sent there, agreed, and back with tokens.

What asks a service or a server is called outside any transaction.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from calendar_app import consenting, elsewhere, tokens
from calendar_app.online import Service
from clients import work
from clients.models import Client
from messages_app.models import Mailbox
from secretariat.channels.mail_as import Server
from secretariat.channels.mailbox_at import Refused, Unreachable

from . import connecting, connection_state, hosts, opening
from .connecting import NotConnected
from .hosts import Owner

ERRAND = consenting.Errand("mail_consents", "messages_app.mail_consent", "mail-online-back")
Incoming = Mailbox.Incoming


@dataclass(frozen=True)
class Begun:
    """What she wanted when she was sent away. `mailbox_id` is the one that had broken."""

    kind: str
    client_id: UUID
    verifier: str
    mailbox_id: UUID | None = None


def begin(service: Service, session, *, client: Client, origin: str, again: Mailbox | None = None) -> str:
    """The address at which she is asked. `origin`: scheme and host where she is signed in."""
    verifier = consenting.new_verifier()
    facts = [service.kind, str(client.pk), verifier, str(again.pk) if again else ""]
    hint = (again.username or again.address) if again else ""
    return ERRAND.begin(service, session, facts, verifier=verifier, origin=origin, hint=hint)


def come_back(session, state: str) -> Begun:
    """What was begun; a second time there is nothing. Raises consenting.NotOurs."""
    kind, client_id, verifier, again = ERRAND.come_back(session, state)
    return Begun(kind, UUID(client_id), verifier, UUID(again) if again else None)


def agreed(service: Service, begun: Begun, code: str) -> tuple[tokens.Tokens, Owner]:
    """What her consent brings, tried at the mail server itself. Raises NotConnected."""
    name = {"service": service.name}
    try:
        given = tokens.exchanged(
            service, code=code, verifier=begun.verifier, redirect_uri=ERRAND.return_address()
        )
        consenting.check_enough(service, given)
    except consenting.NotEnough as less:
        raise NotConnected(
            _("%(service)s was not allowed to let us read your mail and send it. Agree to both there.") % name
        ) from less
    except elsewhere.Trouble as trouble:
        raise NotConnected(_("%(service)s did not answer as it should. Nothing has changed.") % name) from (
            trouble
        )
    owner = hosts.owner_in(given.id_token)
    if owner is None:
        raise NotConnected(_("%(service)s did not say whose mailbox it is. Nothing has changed.") % name)
    _try_sign_in(service, owner, given.access)
    return given, owner


def _try_sign_in(service: Service, owner: Owner, token: str) -> None:
    where = hosts.preset_of(service.kind).imap
    try:
        with opening.sign_in(Server(*where, username=owner.username, token=token)) as there:
            there.folders()
    except Refused as refusal:
        code = "not_allowed" if refusal.code == "sign_in" else refusal.code
        raise NotConnected(connection_state.refused_in_words(code, service.name)) from refusal
    except Unreachable as silence:
        raise NotConnected(
            _("The mail server of %(service)s does not answer. Try again in a minute.")
            % {"service": service.name}
        ) from silence


@transaction.atomic
def connect(begun: Begun, given: tokens.Tokens, owner: Owner, *, client: Client, by, at: datetime) -> Mailbox:
    """A mailbox of hers there; or the one that had broken, or that a password opened. Raises NotConnected."""
    preset = hosts.preset_of(begun.kind)
    hers = Mailbox.objects.select_for_update().filter(client=client, ended_at=None)
    again = hers.filter(pk=begun.mailbox_id).first() if begun.mailbox_id else None
    if again is not None and again.address not in (owner.address, owner.username):
        raise NotConnected(
            _("You signed in as %(owner)s; this mailbox is %(whose)s. Nothing has changed.")
            % {"owner": owner.address, "whose": again.address}
        )
    again = again or hers.filter(address=owner.address).first()
    mailbox = again or connecting.new(client, owner.address, incoming=Incoming.IMAP, name="", by=by, at=at)
    if mailbox.incoming == Incoming.OURS:
        mailbox.incoming = Incoming.BOTH
    mailbox.imap_host, mailbox.imap_port, mailbox.imap_security = preset.imap
    mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security = preset.smtp
    mailbox.service, mailbox.username = begun.kind, owner.username
    mailbox.from_mode = Mailbox.FromMode.OWN
    opening.seal(mailbox, tokens.as_kept(given, opening.secret_of(mailbox)))
    connecting.stands_anew(mailbox, at=at)
    work.finish_all(
        subject=(connecting.SUBJECT, mailbox.pk),
        kind=connection_state.WORK,
        by=by,
        outcome=_("Connected again"),
    )
    connecting.record("mailbox.connected", mailbox, by)
    return mailbox
