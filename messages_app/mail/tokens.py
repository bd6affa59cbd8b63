"""A word of ours in an address, by which an answer finds its conversation although its headers say nothing.

    name+t-ID-SIGNATURE@domain

It tells where a mail belongs and nothing else: whoever knows it is not believed to be anybody.
"""

import base64
import re
from collections.abc import Iterable
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "messages_app.mail.tokens"
TOKEN = re.compile(r"\+t-([a-z2-7]{26})-([a-z2-7]{13})@")


def address_with(address: str, thread_id: UUID) -> str:
    """The address, extended so that an answer to it is known by it."""
    name, _at, domain = address.rpartition("@")
    return f"{name}+t-{_written(thread_id.bytes)}-{_signature(thread_id)}@{domain}"


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
