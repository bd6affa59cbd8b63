"""How a client's mailbox elsewhere is opened: where it is, as whom, and the secret that opens it, sealed."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from messages_app.models import Mailbox
from secretariat.channels.mail_as import Server
from secretariat.channels.mailbox_at import MailboxAt, Refused

from . import tokens_of_mailbox as tokens
from .secret import seal, secret_of

__all__ = ["incoming", "opened", "outgoing", "seal", "secret_of", "sign_in"]


def incoming(mailbox: Mailbox, token: str = "") -> Server:
    """Where its mail is read. `token`: what is said in place of a password, where a service lets us in."""
    return _server(mailbox, (mailbox.imap_host, mailbox.imap_port, mailbox.imap_security), token)


def outgoing(mailbox: Mailbox, token: str = "") -> Server:
    """Where mail is handed in."""
    return _server(mailbox, (mailbox.smtp_host, mailbox.smtp_port, mailbox.smtp_security), token)


def _server(mailbox: Mailbox, where: tuple[str, int, str], token: str) -> Server:
    password = "" if mailbox.service else secret_of(mailbox).get("password", "")
    username = mailbox.username or mailbox.address
    return Server(*where, username=username, password=password, token=token)


@contextmanager
def opened(mailbox: Mailbox) -> Iterator[MailboxAt]:
    """A sign-in, to be used as a context. Open no transaction around it. Raises Refused or Unreachable."""
    with ExitStack() as stack:
        if not mailbox.service:
            yield stack.enter_context(MailboxAt(incoming(mailbox)))
            return
        token = tokens.of(mailbox)
        try:
            there = stack.enter_context(MailboxAt(incoming(mailbox, token)))
        except Refused as refusal:
            if refusal.code != "sign_in":
                raise
            there = stack.enter_context(_again(mailbox, token))
        yield there


@contextmanager
def _again(mailbox: Mailbox, refused: str) -> Iterator[MailboxAt]:
    """With another token. Where a fresh one opens nothing either, it is not for want of consent."""
    server = incoming(mailbox, tokens.of(mailbox, refused=refused))
    with ExitStack() as stack:
        try:
            there = stack.enter_context(MailboxAt(server))
        except Refused as refusal:
            raise Refused("not_allowed" if refusal.code == "sign_in" else refusal.code) from refusal
        yield there


def sign_in(server: Server) -> MailboxAt:
    """The same of a mailbox that nobody has connected yet."""
    return MailboxAt(server)
