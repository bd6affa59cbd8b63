"""A word of ours in an address, by which an answer finds its conversation although its headers say nothing.

    name+t-ID-SIGNATURE@domain

It tells where a mail belongs and nothing else: whoever knows it is not believed to be anybody. Some time
after the last mail of its conversation it tells nothing. The id is that of the conversation, or of the mail
that begins it.
"""

import base64
import re
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "messages_app.mail.tokens"
GOOD_FOR = timedelta(days=90)  # after the last mail of its conversation
LONGEST_NAME = 64  # octets before the @ (RFC 5321)
TOKEN = re.compile(r"\+t-([a-z2-7]{26})-([a-z2-7]{13})@")


def address_with(address: str, thread_id: UUID) -> str:
    """The address, extended so that an answer to it is known by it; as it is where it would be too long."""
    name, _at, domain = address.rpartition("@")
    name_with = f"{name}+t-{_written(thread_id.bytes)}-{_signature(thread_id)}"
    return f"{name_with}@{domain}" if len(name_with) <= LONGEST_NAME else address


def without(address: str) -> str:
    """The address itself, in lower case."""
    return TOKEN.sub("@", address.lower())


def thread_in(addresses: Iterable[str]) -> UUID | None:
    """The conversation named by the first of these addresses that carries a token of ours."""
    for address in addresses:
        if found := TOKEN.search(address.lower()):
            written, signature = found.groups()
            thread_id = UUID(bytes=base64.b32decode(written.upper() + "======"))
            if constant_time_compare(signature, _signature(thread_id)):
                return thread_id
    return None


def _signature(thread_id: UUID) -> str:
    return _written(salted_hmac(SALT, thread_id.hex, algorithm="sha256").digest()[:8])


def _written(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=").lower()
