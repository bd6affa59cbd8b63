"""Seal bytes so that only this office can read them, and only in the place they were sealed for.

AES-256-GCM. What is sealed has a random key of its own, and that key is sealed with the newest of
`VAULT_KEYS`, so that the firm's keys can be changed without touching what they protect: `manage.py rewrap`.
Table, row and field are bound into both: bytes copied to another row do not open.

    0  1  length of id  id  nonce  sealed key  nonce  sealed content

Earlier releases sealed the content with the firm's key itself: length of id, id, nonce, sealed content. An id
is never empty, so the first byte tells which it is. Those still open.
"""

import base64
import binascii
import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE_BYTES = 12
KEY_BYTES = 32
WRAPPED_BYTES = KEY_BYTES + 16  # with the tag
ENVELOPE = b"\x00\x01"


class Unsealable(Exception):
    """These bytes were not sealed for this place, were changed, or their key is gone."""


class KeyGone(Unsealable):
    """The key they were sealed with is not among `VAULT_KEYS`. `key_id` names it."""

    def __init__(self, key_id: str):
        super().__init__(f"key {key_id!r} is not in VAULT_KEYS")
        self.key_id = key_id


def seal(content: bytes, *, table: str, row, field: str) -> bytes:
    """Seal `content` for one field of one row."""
    place, key = _place(table, row, field), AESGCM.generate_key(KEY_BYTES * 8)
    return _wrapped(key, place) + _closed(key, content, place)


def unseal(sealed: bytes, *, table: str, row, field: str) -> bytes:
    """The bytes that were sealed for this place. Raises Unsealable."""
    found, place = _Sealed.read(sealed), _place(table, row, field)
    try:
        return found.content(place)
    except (InvalidTag, ValueError) as error:
        raise Unsealable(f"{table}.{field} of {row} does not open") from error


def rewrapped(sealed: bytes, *, table: str, row, field: str) -> bytes | None:
    """The same, with its key sealed by the newest of `VAULT_KEYS`; None if it is already. Raises Unsealable.

    The content itself is not touched, unless an earlier release sealed it with the firm's key.
    """
    if sealed.startswith(newest_mark()):
        return None
    found, place = _Sealed.read(sealed), _place(table, row, field)
    try:
        if not found.wrapped:
            return seal(found.content(place), table=table, row=row, field=field)
        return _wrapped(found.own_key(place), place) + found.closed
    except (InvalidTag, ValueError) as error:
        raise Unsealable(f"{table}.{field} of {row} does not open") from error


def newest_mark() -> bytes:
    """How everything begins whose key is sealed with the newest of `VAULT_KEYS`."""
    name = _keys()[0][0].encode()
    return ENVELOPE + bytes([len(name)]) + name


def key_of(sealed: bytes) -> str:
    """The id of the firm's key without which these bytes do not open."""
    return _Sealed.read(sealed).key_id


@dataclass(frozen=True)
class _Sealed:
    """Sealed bytes in their parts. Without `wrapped`, `closed` was sealed with the firm's key itself."""

    key_id: str
    wrapped: bytes
    closed: bytes

    @classmethod
    def read(cls, sealed: bytes) -> "_Sealed":
        is_envelope = sealed.startswith(ENVELOPE)
        rest = sealed[len(ENVELOPE) :] if is_envelope else sealed
        try:
            key_id = rest[1 : 1 + rest[0]].decode()
        except (IndexError, UnicodeDecodeError) as error:
            raise Unsealable("these bytes carry no key") from error
        rest = rest[1 + rest[0] :]
        cut = NONCE_BYTES + WRAPPED_BYTES if is_envelope else 0
        return cls(key_id, rest[:cut], rest[cut:])

    def own_key(self, place: str) -> bytes:
        return _opened(_key(self.key_id), self.wrapped, f"{place}|{self.key_id}")

    def content(self, place: str) -> bytes:
        if self.wrapped:
            return _opened(self.own_key(place), self.closed, place)
        return _opened(_key(self.key_id), self.closed, f"{place}|{self.key_id}")


def _wrapped(key: bytes, place: str) -> bytes:
    key_id, firms = _keys()[0]
    return newest_mark() + _closed(firms, key, f"{place}|{key_id}")


def _closed(key: bytes, content: bytes, bound_to: str) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound_to.encode())


def _opened(key: bytes, closed: bytes, bound_to: str) -> bytes:
    return AESGCM(key).decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], bound_to.encode())


def _place(table, row, field) -> str:
    return f"{table}|{row}|{field}"


def _key(key_id: str) -> bytes:
    key = dict(_keys()).get(key_id)
    if key is None:
        raise KeyGone(key_id)
    return key


def _keys() -> list[tuple[str, bytes]]:
    return _read_keys(tuple(settings.VAULT_KEYS))


@lru_cache(maxsize=4)
def _read_keys(written: Iterable[str]) -> list[tuple[str, bytes]]:
    keys = []
    for entry in written:
        key_id, _, encoded = entry.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not 0 < len(key_id.encode()) < 256 or len(key) != KEY_BYTES:
            raise ImproperlyConfigured("VAULT_KEYS: each entry is an id, a colon and 32 bytes in base64.")
        keys.append((key_id, key))
    if not keys:
        raise ImproperlyConfigured("VAULT_KEYS is empty: nothing can be sealed.")
    return keys
