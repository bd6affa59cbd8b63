"""The mail catcher: everything the office sends arrives here, and stays over a restart."""

import base64
import email
import email.policy
import itertools
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr
from html.parser import HTMLParser
from pathlib import Path

from aiosmtpd.smtp import SMTP

LARGEST_MAIL = 30 * 1024 * 1024
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


@dataclass(frozen=True)
class Mail:
    """One message as it came over the wire, with the envelope it came in."""

    number: int
    received_at: datetime
    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        return email.message_from_bytes(self.content, policy=email.policy.default)

    @property
    def subject(self) -> str:
        return str(self.message["subject"] or "")

    @property
    def answer_to(self) -> str:
        """Where an answer goes."""
        return parseaddr(str(self.message["reply-to"] or self.author))[1]

    @property
    def message_id(self) -> str:
        return str(self.message["message-id"] or "")

    @property
    def author(self) -> str:
        return str(self.message["from"] or self.sender)

    @property
    def text(self) -> str:
        """What a person reads: the plain part, or the words of the HTML part."""
        if plain := self.message.get_body(("plain",)):
            return plain.get_content().strip()
        return _Words.of(self.html).text

    @property
    def html(self) -> str:
        part = self.message.get_body(("html",))
        return part.get_content() if part else ""

    @property
    def links(self) -> list[str]:
        """The addresses a reader could open, each once, in the order they appear."""
        found = LINK.findall(self.text) + _Words.of(self.html).links
        return list(dict.fromkeys(found))

    @property
    def attachments(self) -> list[str]:
        return [part.get_filename() or part.get_content_type() for part in self.message.iter_attachments()]

    @property
    def invitation(self) -> str:
        """The iCalendar of an invitation that wants an answer; empty for any other mail."""
        for part in self.message.walk():
            if part.get_content_type() == "text/calendar" and part.get_param("method") == "REQUEST":
                return str(part.get_content())
        return ""

    def described(self) -> dict:
        """As JSON for the control interface."""
        message = self.message
        return {
            "number": self.number,
            "received_at": self.received_at.isoformat(),
            "sender": self.sender,
            "recipients": list(self.recipients),
            "from": self.author,
            "to": str(message["to"] or ""),
            "subject": self.subject,
            "message_id": self.message_id,
            "answer_to": self.answer_to,
            "headers": {name: str(value) for name, value in message.items()},
            "text": self.text,
            "html": self.html,
            "links": self.links,
            "attachments": self.attachments,
        }


class Mailboxes:
    """All mail that arrived, newest last. `file` keeps it over a restart; without one it is forgotten."""

    def __init__(self, file: Path | None, *, now: Callable[[], datetime], arrived: Callable[[Mail], None]):
        self.file, self.now, self.arrived = file, now, arrived
        self.kept: list[Mail] = list(_read(file)) if file else []
        self._numbers = itertools.count(max((mail.number for mail in self.kept), default=0) + 1)

    def addresses(self) -> list[str]:
        """Every address that has received something."""
        return sorted({address for mail in self.kept for address in mail.recipients})

    def of(self, address: str) -> list[Mail]:
        """What this address received, newest first."""
        return [mail for mail in reversed(self.kept) if address.casefold() in mail.recipients]

    def keep(self, sender: str, recipients: list[str], content: bytes) -> Mail:
        mail = Mail(next(self._numbers), self.now(), sender, tuple(r.casefold() for r in recipients), content)
        if self.file:
            with self.file.open("a", encoding="utf-8") as lines:
                # A line of its own even if the last one was cut short by a kill.
                lines.write("\n" + json.dumps(_written(mail)))
        self.kept.append(mail)
        self.arrived(mail)
        return mail

    def empty(self) -> None:
        self.kept.clear()
        if self.file:
            self.file.unlink(missing_ok=True)

    async def handle_DATA(self, server, session, envelope) -> str:
        """aiosmtpd's question: what to say to this mail. It is kept before it is accepted."""
        mail = self.keep(envelope.mail_from or "", envelope.rcpt_tos, envelope.original_content)
        return f"250 2.0.0 kept as {mail.number}"

    def protocol(self) -> SMTP:
        return SMTP(self, data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True, hostname="localhost")


def _written(mail: Mail) -> dict:
    return {
        "number": mail.number,
        "received_at": mail.received_at.isoformat(),
        "sender": mail.sender,
        "recipients": mail.recipients,
        "content": base64.b64encode(mail.content).decode(),
    }


def _read(file: Path):
    if not file.exists():
        return
    for line in file.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            continue
        yield Mail(
            row["number"],
            datetime.fromisoformat(row["received_at"]),
            row["sender"],
            tuple(row["recipients"]),
            base64.b64decode(row["content"]),
        )


class _Words(HTMLParser):
    """The words and the links of an HTML mail. Nothing of its markup is ever shown."""

    BREAKS = frozenset(["p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "blockquote"])
    SILENT = frozenset(("style", "script", "head", "title"))

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[str] = []
        self.silent = 0

    @classmethod
    def of(cls, html: str) -> "_Words":
        words = cls()
        words.feed(html)
        words.close()
        return words

    @property
    def text(self) -> str:
        lines = (" ".join(line.split()) for line in "".join(self.pieces).splitlines())
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in self.SILENT
        if tag in self.BREAKS:
            self.pieces.append("\n")
        address = dict(attrs).get("href") or ""
        if tag == "a" and address.startswith(("http://", "https://")):
            self.links.append(address)

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT and self.silent > 0
        if tag in self.BREAKS:
            self.pieces.append("\n")

    def handle_data(self, text):
        if not self.silent:
            self.pieces.append(text)
