"""A file sealed in boxes: chunks of 64 KiB, each with AES-256-GCM, so that any range opens on its own.

Each file has a key of its own, used for nothing else; the box's number is its nonce, and the number and
whether it is the last one are bound into it. So none can be swapped, dropped, repeated or cut off unnoticed.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

BOX = 64 * 1024  # bytes of content in each box but the last
TAG = 16  # bytes that sealing adds


class Altered(Exception):
    """A box does not open: the file on disk is not what was stored."""


@dataclass(frozen=True)
class Sum:
    """What went into the boxes."""

    size: int
    sha256: str


def fill(target: BinaryIO, content: Iterable[bytes], key: bytes) -> Sum:
    """Seal `content` into `target` and say how much it was."""
    cipher, digest = AESGCM(key), hashlib.sha256()
    size = number = 0
    kept = b""
    for piece in content:
        kept += piece
        size += len(piece)
        digest.update(piece)
        # A full box is written only when more follows it: the last one is sealed as the last.
        while len(kept) > BOX:
            target.write(cipher.encrypt(_nonce(number), kept[:BOX], _place(number, last=False)))
            kept = kept[BOX:]
            number += 1
    target.write(cipher.encrypt(_nonce(number), kept, _place(number, last=True)))
    return Sum(size, digest.hexdigest())


def take(source: BinaryIO, key: bytes, *, size: int, start: int, stop: int) -> Iterator[bytes]:
    """The content from byte `start` up to, not including, `stop`, of `size` in all. Raises Altered."""
    cipher = AESGCM(key)
    last_number = max(0, (size - 1) // BOX)
    if start >= stop:
        return
    for number in range(start // BOX, (stop - 1) // BOX + 1):
        source.seek(number * (BOX + TAG))
        sealed = source.read(BOX + TAG)
        try:
            box = cipher.decrypt(_nonce(number), sealed, _place(number, last=number == last_number))
        except (InvalidTag, ValueError) as wrong:
            raise Altered(f"box {number} does not open") from wrong
        begin = number * BOX
        yield box[max(0, start - begin) : stop - begin]


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _place(number: int, *, last: bool) -> bytes:
    return b"%d|%s" % (number, b"last" if last else b"more")
