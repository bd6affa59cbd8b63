"""Secrets of authenticator apps and recovery codes: sealed texts within a column of JSON."""

import base64

from allauth.mfa.models import Authenticator

from secretariat import sealing
from secretariat.rewrapping.places import column_of

from .accounts import PLACE

SECRETS = ("secret", "seed", "migrated_codes")  # as the library calls them; passkeys have none


def rewrapped(_row, kept: dict):
    """The column with each secret under the newest key, or None if all are."""
    found = {name: _each(kept[name]) for name in SECRETS if name in kept}
    changed = {name: new for name, new in found.items() if new != kept[name]}
    return kept | changed if changed else None


def _each(kept):
    if isinstance(kept, list):
        return [_each(one) for one in kept]
    new = sealing.rewrapped(base64.b64decode(kept), **PLACE)
    return kept if new is None else base64.b64encode(new).decode()


column_of(Authenticator, "data", rewrapped)
