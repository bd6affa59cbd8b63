"""Identifiers of everything that has an address."""

import uuid

from uuid_utils.compat import uuid7 as _uuid7


def uuid7() -> uuid.UUID:
    """A new identifier that sorts by the moment it was made (RFC 9562, version 7)."""
    return _uuid7()
