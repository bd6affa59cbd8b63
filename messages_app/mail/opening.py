"""How a client's mailbox elsewhere is opened: where it is, as whom, and the secret that opens it, sealed."""

import json

from messages_app.models import Mailbox
from secretariat import sealing
from secretariat.channels.mail_as import Server
from secretariat.channels.mailbox_at import MailboxAt

PLACE = {"table": "mailbox", "field": "secret"}


def seal(mailbox: Mailbox, secret: dict) -> None:
    """Put the secret on the row, sealed; not yet saved."""
    content = json.dumps(secret).encode()
    mailbox.sealed_secret = sealing.seal(content, row=mailbox.pk, **PLACE) if secret else b""


def secret_of(mailbox: Mailbox) -> dict:
    """`{"password"}`; empty where there is none."""
    kept = bytes(mailbox.sealed_secret)
    return json.loads(sealing.unseal(kept, row=mailbox.pk, **PLACE)) if kept else {}


def incoming(mailbox: Mailbox) -> Server:
    """Where its mail is read."""
    return _server(mailbox, mailbox.imap_host, mailbox.imap_port, mailbox.imap_security)


def outgoing(mailbox: Mailbox) -> Server:
    """Where mail is handed in."""
    return _server(mailbox, mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security)


def _server(mailbox: Mailbox, host: str, port: int, security: str) -> Server:
    secret = secret_of(mailbox)
    return Server(
        host,
        port,
        security,
        username=mailbox.username or mailbox.address,
        password=secret.get("password", ""),
        token=secret.get("access_token", ""),
    )


def opened(mailbox: Mailbox) -> MailboxAt:
    """A sign-in, to be used as a context. Open no transaction around it."""
    return MailboxAt(incoming(mailbox))


def sign_in(server: Server) -> MailboxAt:
    """The same of a mailbox that nobody has connected yet."""
    return MailboxAt(server)
