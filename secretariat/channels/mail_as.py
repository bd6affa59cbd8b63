"""Mail in somebody else's name: through her own server, or through whatever way the firm's mail takes.

To several people at once, of whom a server may take some and refuse others: who was refused is told.
"""

import smtplib
import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from . import email, fetching
from .errors import Refused

TLS, STARTTLS, CLEAR = "tls", "starttls", "none"
SIGN_IN = "sign-in"  # how the code of a refusal begins that is about who hands in


@dataclass(frozen=True)
class Server:
    """Where mail is handed in, and as whom. `token`: of OAuth, in place of a password."""

    host: str
    port: int
    security: str = TLS
    username: str = ""
    password: str = ""
    token: str = ""


@dataclass(frozen=True)
class Sent:
    """`refused`: address → what the server said, of those whom it did not take; the others have it."""

    receipt: str
    refused: Mapping[str, str] = field(default_factory=dict)


def through_server(
    server: Server, raw: bytes, *, envelope: str, recipients: Sequence[str], receipt: str
) -> Sent:
    """Hand in these bytes at her server. `receipt` is its Message-ID. Raises Refused or Silent."""
    line = _Line()
    try:
        _open(line, server)
        refused = line.sendmail(envelope, list(recipients), raw)
    except fetching.NotFetched as fault:
        raise Refused(fault.code, outage=fault.code != "not_public") from fault
    except smtplib.SMTPAuthenticationError as fault:  # about this mailbox, not about a provider of many
        raise Refused(f"{SIGN_IN} {fault.smtp_code}") from fault
    except (OSError, smtplib.SMTPException) as fault:
        raise email.translated(fault, content_begun=line.content_begun) from fault
    finally:
        with suppress(OSError, smtplib.SMTPException):
            line.quit() if line.sock else line.close()
    return Sent(receipt, {address: f"{code} {_said(text)}" for address, (code, text) in refused.items()})


def through_us(
    *,
    sender: str,
    to: Sequence[str],
    cc: Sequence[str] = (),
    bcc: Sequence[str] = (),
    reply_to: str = "",
    subject: str,
    body: str,
    headers: Mapping[str, str],
    attachments: Sequence[tuple[str, bytes, str]] = (),
    key: str,
    no_way_back: bool = False,
) -> Sent:
    """Send it as the firm's own mail goes. `headers` with its Message-ID. Raises Refused or Silent.

    `no_way_back`: with an empty envelope sender, where we write it; a provider of many writes its own.
    """
    connection = get_connection()
    message = EmailMessage(
        subject=email.one_line(subject),
        body=body,
        from_email=sender,
        to=list(to),
        cc=list(cc),
        bcc=list(bcc),
        reply_to=[reply_to] if reply_to else None,
        headers=dict(headers) | _kept_ids(connection),
        attachments=list(attachments),
        connection=connection,
    )
    message.metadata = {"key": key}  # type: ignore[attr-defined]
    message.no_way_back = no_way_back  # type: ignore[attr-defined]
    try:
        message.send()
    except Exception as fault:
        raise email.translated(fault, content_begun=getattr(connection, "content_begun", True)) from fault
    status = getattr(message, "anymail_status", None)
    found = getattr(status, "message_id", None)
    receipt = next(iter(sorted(found)), "") if isinstance(found, set) else found
    return Sent(str(receipt or headers["Message-ID"]), _refused(connection, status))


def _kept_ids(connection) -> dict[str, str]:
    """Postmark writes an id of its own in place of ours, unless it is told to keep it."""
    is_postmark = type(connection).__module__.startswith("anymail.backends.postmark")
    return {"X-PM-KeepID": "true"} if is_postmark else {}


def _refused(connection, status) -> dict[str, str]:
    if status is not None:
        each = getattr(status, "recipients", None) or {}
        return {a: s.status for a, s in each.items() if s.status in ("rejected", "invalid", "failed")}
    refused = getattr(connection, "refused", None) or {}
    return {address: f"{code} {_said(text)}" for address, (code, text) in refused.items()}


def _open(line: "_Line", server: Server) -> None:
    line.connect_to(server)
    line.ehlo_or_helo_if_needed()
    if server.security == STARTTLS:
        line.starttls(context=ssl.create_default_context())
        line.ehlo()
    if server.security == CLEAR and server.host not in settings.FETCH_PRIVATE_HOSTS:
        raise fetching.NotFetched("not_secure")
    if server.token:
        said = f"user={server.username}\x01auth=Bearer {server.token}\x01\x01"
        line.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "")
    elif server.username and server.password:
        line.login(server.username, server.password)


class _Line(smtplib.SMTP):
    """A connection to the address that was checked, whatever its host's name means by now."""

    content_begun = False

    def __init__(self):
        super().__init__(timeout=settings.EMAIL_TIMEOUT)
        self.server: Server | None = None

    def connect_to(self, server: Server) -> None:
        self.server = server
        self._host = server.host  # whose certificate starttls looks at
        code, said = self.connect(server.host, server.port)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)

    def _get_socket(self, host, port, timeout):
        fault: OSError | None = None
        for address in fetching.reachable(host, port):
            try:
                line = socket.create_connection((address, port), timeout)
                if self.server and self.server.security == TLS:
                    line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
            except OSError as error:
                fault = error
            else:
                return line
        raise fetching.NotFetched(
            "certificate" if isinstance(fault, ssl.SSLError) else "no_connection"
        ) from fault

    def data(self, msg):
        self.content_begun = True
        return super().data(msg)


def _said(text) -> str:
    return (text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text))[:160]
