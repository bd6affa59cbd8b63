"""The carrier's signature over a webhook: HMAC of the URL and, for a POST, of its sorted fields."""

import base64
import hashlib
import hmac
from collections.abc import Iterable


def signature(secret: str, url: str, fields: Iterable[tuple[str, str]] = (), algorithm: str = "sha1") -> str:
    """Sign `url` without its fragment. `fields` are those of a POST; a GET has all its data in the URL.

    A name given twice with different values counts with each value, sorted; the same pair twice counts once.
    """
    signed = url.partition("#")[0] + "".join(name + value for name, value in sorted(set(fields)))
    digest = hmac.new(secret.encode(), signed.encode(), getattr(hashlib, algorithm)).digest()
    return base64.b64encode(digest).decode()
