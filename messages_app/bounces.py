"""What a mail server reports about a mail that did not arrive (RFC 3464). Pure: bytes in, reports out.

Anybody can write such a report. Whoever acts on one asks first whether we wrote to that address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from secretariat import mail_parts

MOST_REPORTS = 200  # of one mail: as many as we write to at once, and some
LONGEST = 160  # of what a server says
TYPE = re.compile(r"\s*(?:smtp|x-[\w-]+)\s*;", re.I)


@dataclass(frozen=True)
class Report:
    """About one address: `action` is failed, delayed, delivered, relayed or expanded; `status` is 5.1.1.

    `original` is the address that was written to, where the mail went on from there and the server says so.
    `says`: why, in the server's own words, or its status where it has none.
    """

    address: str
    action: str
    status: str
    message_id: str = ""
    original: str = ""
    says: str = ""

    def of(self, written_to) -> str:
        """The one of these addresses that it is about; empty if it is about none of them."""
        return next((each for each in (self.address, self.original) if each and each in written_to), "")


def is_report(content_type: str, report_type: str) -> bool:
    return content_type.lower() == "multipart/report" and report_type.lower() == "delivery-status"


def reports(raw: bytes) -> list[Report]:
    """Every report in this mail; none for a mail that is no report, or that nobody can read."""
    mail = mail_parts.taken_apart(raw)
    try:
        return list(_reports(mail)) if mail is not None else []
    except mail_parts.RAISED:
        return []


def _reports(mail: Message) -> Iterator[Report]:
    if not is_report(mail.get_content_type(), str(mail.get_param("report-type") or "")):
        return
    parts = list(mail_parts.every_part(mail))
    message_id = _message_id(parts)
    blocks = [
        block
        for part in parts
        if part.get_content_type() == "message/delivery-status" and part.is_multipart()
        for block in part.get_payload()
        if isinstance(block, Message)
    ]
    for block in blocks[:MOST_REPORTS]:
        final, original = (_address(block, f"{which}-Recipient") for which in ("Final", "Original"))
        if (final or original) and block.get("Action"):
            status = re.sub(r"[^\d.].*", "", str(block.get("Status", "")).strip(), flags=re.S)
            says = words_of(str(block.get("Diagnostic-Code") or "")) or status
            action = str(block["Action"]).strip().lower()
            yield Report(final or original, action, status, message_id, original, says)


def words_of(said: str) -> str:
    """What a server says, in one line, without the type before it (RFC 3464, 2.3.6): `smtp; 550 Not here`."""
    typed = TYPE.match(said)
    return " ".join(said[typed.end() if typed else 0 :].split())[:LONGEST]


def _address(block: Message, field: str) -> str:
    """`rfc822; somebody@example.com` without its type, in lower case."""
    return str(block.get(field) or "").partition(";")[2].strip().strip("<>").lower()


def _message_id(parts: list[Message]) -> str:
    """The Message-ID of our mail, from what the server sent back of it."""
    for part in parts:
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            return str(part.get_payload(0).get("Message-ID") or "").strip()
        if part.get_content_type() == "text/rfc822-headers":
            found = re.search(r"^message-id:\s*(\S+)", str(part.get_payload()), re.I | re.M)
            return found[1] if found else ""
    return ""
