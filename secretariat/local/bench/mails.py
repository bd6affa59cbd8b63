"""Mails as people outside write them, and as a provider or a mail server brings them to the office."""

import base64
import imaplib
import json
from urllib.parse import urlsplit

from secretariat.local.outside import letters

from .office import Office

WORDS = "When do you open on Saturdays, and may I bring the papers of the lease with me then?\n" * 4


def address(number: int) -> str:
    """To which people write who write to the client of this number."""
    return f"client{number}@mail.example"


def written(to: str, number: int, about: str) -> tuple[str, bytes]:
    """One of Dana's mails as its bytes, and its Message-ID without brackets. No two belong together."""
    sender = f"dana{number}@harlow.example"
    mail = letters.written(sender, to, f"{about} {number}", WORDS)
    return mail["Message-ID"].strip("<>"), mail.as_bytes()


def posting(office: Office, to: str, number: int, about: str) -> tuple[str, bytes]:
    """The request by which a provider posts such a mail, and the mail's Message-ID."""
    mail = letters.written(f"dana{number}@harlow.example", to, f"{about} {number}", WORDS)
    body = json.dumps(letters.as_postmark_says(mail)).encode()
    shown = base64.b64encode(office.environment["ANYMAIL_WEBHOOK_SECRET"].encode()).decode()
    host = urlsplit(office.environment["PUBLIC_BASE_URL"]).netloc
    head = (
        f"POST /anymail/postmark/inbound/ HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic {shown}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return mail["Message-ID"].strip("<>"), head.encode() + body


class Elsewhere:
    """A sign-in at a mail server, that puts mails into an inbox as they arrive there."""

    def __init__(self, port: int, address: str, password: str):
        self._line = imaplib.IMAP4("127.0.0.1", port)
        self._line.login(address, password)

    def arrives(self, raw: bytes) -> None:
        """It lies in the inbox when this returns."""
        state, words = self._line.append("INBOX", None, None, raw.replace(b"\n", b"\r\n"))  # type: ignore[arg-type]
        if state != "OK":
            raise OSError(f"the mail server took nothing: {words!r}")

    def close(self) -> None:
        self._line.logout()
