"""What a mail server reports about a mail that did not arrive (RFC 3464). Pure: bytes in, reports out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message


@dataclass(frozen=True)
class Report:
    """About one address: `action` is failed, delayed, delivered, relayed or expanded; `status` is 5.1.1."""

    address: str
    action: str
    status: str
    message_id: str = ""


def is_report(content_type: str, report_type: str) -> bool:
    return content_type.lower() == "multipart/report" and report_type.lower() == "delivery-status"


def reports(raw: bytes) -> Iterator[Report]:
    """Every report in this mail; none for a mail that is no report, or that nobody can read."""
    mail = message_from_bytes(raw, policy=policy.compat32)
    if not is_report(mail.get_content_type(), str(mail.get_param("report-type") or "")):
        return
    message_id = _message_id(mail)
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
            continue
        for block in part.get_payload():
            address = _after_type(block.get("Final-Recipient") or block.get("Original-Recipient") or "")
            if address and block.get("Action"):
                yield Report(
                    address.lower(),
                    str(block["Action"]).strip().lower(),
                    re.sub(r"[^\d.].*", "", str(block.get("Status", "")).strip(), flags=re.S),
                    message_id,
                )


def _after_type(field: str) -> str:
    """`rfc822; somebody@example.com` without its type."""
    return str(field).partition(";")[2].strip().strip("<>")


def _message_id(mail: Message) -> str:
    """The Message-ID of our mail, from what the server sent back of it."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            return str(part.get_payload(0).get("Message-ID") or "").strip()
        if part.get_content_type() == "text/rfc822-headers":
            found = re.search(r"^message-id:\s*(\S+)", str(part.get_payload()), re.I | re.M)
            return found[1] if found else ""
    return ""
