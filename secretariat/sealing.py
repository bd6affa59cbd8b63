"""Seal bytes so that only this office can read them, and only in the place they were sealed for.

AES-256-GCM under the newest of `VAULT_KEYS`. Table, row, field and key are bound into the seal: bytes
copied to another row do not open. Sealed bytes name their key, so that keys can be changed.
"""

import base64
import binascii
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

NONCE_BYTES = 12


class Unsealable(Exception):
    """These bytes were not sealed for this place, were changed, or their key is gone."""


def seal(content: bytes, *, table: str, row, field: str) -> bytes:
    """Seal `content` for one field of one row."""
    key_id, key = _keys()[0]
    nonce = os.urandom(NONCE_BYTES)
    name = key_id.encode()
    return (
        bytes([len(name)])
        + name
        + nonce
        + AESGCM(key).encrypt(nonce, content, _place(table, row, field, key_id))
    )


def unseal(sealed: bytes, *, table: str, row, field: str) -> bytes:
    """The bytes that were sealed for this place. Raises Unsealable."""
    key_id = key_of(sealed)
    nonce_at = 1 + len(key_id.encode())
    content_at = nonce_at + NONCE_BYTES
    key = dict(_keys()).get(key_id)
    if key is None:
        raise Unsealable(f"key {key_id!r} is not in VAULT_KEYS")
    try:
        return AESGCM(key).decrypt(
            sealed[nonce_at:content_at], sealed[content_at:], _place(table, row, field, key_id)
        )
    except (InvalidTag, ValueError) as error:
        raise Unsealable(f"{table}.{field} of {row} does not open") from error


def key_of(sealed: bytes) -> str:
    """The id of the key these bytes were sealed with, to find what is still under an old one."""
    try:
        return sealed[1 : 1 + sealed[0]].decode()
    except (IndexError, UnicodeDecodeError) as error:
        raise Unsealable("these bytes carry no key") from error


def _place(table, row, field, key_id) -> bytes:
    return f"{table}|{row}|{field}|{key_id}".encode()


def _keys() -> list[tuple[str, bytes]]:
    return _read_keys(tuple(settings.VAULT_KEYS))


@lru_cache(maxsize=4)
def _read_keys(written: tuple[str, ...]) -> list[tuple[str, bytes]]:
    keys = []
    for entry in written:
        key_id, _, encoded = entry.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if not 0 < len(key_id.encode()) < 256 or len(key) != 32:
            raise ImproperlyConfigured("VAULT_KEYS: each entry is an id, a colon and 32 bytes in base64.")
        keys.append((key_id, key))
    if not keys:
        raise ImproperlyConfigured("VAULT_KEYS is empty: nothing can be sealed.")
    return keys
