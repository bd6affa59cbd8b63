"""How a mail is fetched from a client's mailbox: at once, or, where it is large, in pieces that are sealed as
they come. So however large it is it is never held in memory, and its original is kept whole.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secretariat import mail_parts
from secretariat.channels.mailbox_at import Head, MailboxAt, NotTold
from secretariat.media import storing

from .reading import BEGINNING

# No mail server in use takes more than 150 MB. What claims to be larger would fill the firm's disk, and its
# fetching would hold a worker for minutes: it stays where it lies, and a person is told.
MOST = 250 * 2**20
FEWEST = 0.9  # of the size that was told: some servers guess it, and a mail that broke off is no original
HELD_FOR = 10.0  # seconds of fetching, after which whoever looks says that she still does


class TakenOver(Exception):
    """Somebody else looks into the mailbox by now."""


class _TooLarge(Exception):
    pass


@dataclass(frozen=True)
class Fetched:
    """`raw`: the mail, or (`is_beginning`) its first bytes; `written` is then the whole, where it was had."""

    raw: bytes
    is_beginning: bool = False
    written: storing.Written | None = None
    trouble: str = ""


def is_large(head: Head) -> bool:
    return head.size > mail_parts.MOST_BYTES


def fetched(there: MailboxAt, head: Head, still_mine: Callable[[], bool]) -> Fetched | None:
    """The mail, while no transaction is open; None where its server does not hand it out.

    Nothing is left of one that breaks off. Raises Unreachable, TakenOver, and OSError of a disk that is full.
    """
    if not is_large(head):
        raw = there.raw(head)
        return None if raw is None else Fetched(raw)
    begins = bytearray()
    try:
        if head.size > MOST:
            return _beginning(there, head)
        written = storing.write(_bounded(there.pieces(head), begins, still_mine))
    except NotTold:
        return None
    except _TooLarge:
        return _beginning(there, head)
    if written.size < head.size * FEWEST:
        storing.drop(written)
        return None
    return Fetched(bytes(begins), is_beginning=True, written=written)


def _bounded(pieces: Iterator[bytes], begins: bytearray, still_mine: Callable[[], bool]) -> Iterator[bytes]:
    """The pieces as they come, the first bytes of them set aside; and no more than a server may send."""
    size, said = 0, time.monotonic()
    for piece in pieces:
        begins += piece[: max(0, BEGINNING - len(begins))]
        size += len(piece)
        if size > MOST:
            raise _TooLarge
        if time.monotonic() - said > HELD_FOR:
            if not still_mine():
                raise TakenOver
            said = time.monotonic()
        yield piece


def _beginning(there: MailboxAt, head: Head) -> Fetched | None:
    try:
        raw = there.piece(head)[:BEGINNING]
    except NotTold:
        return None
    return Fetched(
        raw,
        is_beginning=True,
        trouble=_(
            "It has more than %(size)s MB and was not fetched whole: it lies in the mailbox that it came to. "
            "Kept here is only its beginning."
        )
        % {"size": MOST // 2**20},
    )
