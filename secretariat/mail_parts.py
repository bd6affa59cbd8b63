"""A mail taken apart into its parts: whatever its bytes are, an answer comes, and soon. Pure.

Python's parser asks of every line whether it ends one of the parts it is in, goes one deeper into itself for
each mail within a mail, and raises almost anything on bytes that exist. So whoever reads a mail takes it
apart here, by the old policy, which leaves every header as it stands.
"""

import email
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesHeaderParser

MOST_BYTES = 50 * 2**20
MOST_BOUNDARIES = 200
MOST_PARTS = 1_000
DEEPEST = 30
LONGEST_HEAD = 160_000  # bytes of the headers of a mail that is not taken apart
# What its parser, and what reads a single header or part, may raise.
RAISED = (MessageError, RecursionError, ValueError, LookupError, AttributeError, TypeError, AssertionError)


def taken_apart(raw: bytes) -> Message | None:
    """The mail in its parts; None where it is too large, or they cannot be told apart."""
    if len(raw) > MOST_BYTES or raw.lower().count(b"boundary") > MOST_BOUNDARIES:
        return None
    try:
        return email.message_from_bytes(raw, policy=policy.compat32)
    except RAISED:
        return None


def head_of(raw: bytes) -> Message:
    """Its headers alone."""
    head = raw[:LONGEST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    return BytesHeaderParser(policy=policy.compat32).parsebytes(head + b"\n\n")


def every_part(mail: Message, *, most: int = MOST_PARTS) -> Iterator[Message]:
    """The mail and every part of it, from the outside in and in order, as many and as deep as is bearable."""
    waiting = [(mail, 0)]
    while waiting and most:
        part, depth = waiting.pop()
        yield part
        most -= 1
        within = part.get_payload() if depth < DEEPEST else None
        if isinstance(within, list):
            waiting += [(each, depth + 1) for each in reversed(within) if isinstance(each, Message)]
