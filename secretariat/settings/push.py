"""What notices to browsers are signed with."""

import base64
import binascii

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from .environment import Environment

KEY_BYTES = 32
LAST_OF_P256 = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632550


def push_settings(env: Environment) -> tuple[str, str]:
    """The key and the contact, as they are given. Raises ImproperlyConfigured for what is neither."""
    key, contact = env.VAPID_PRIVATE_KEY, env.VAPID_CONTACT
    if key and not _is_key(key):
        raise ImproperlyConfigured("VAPID_PRIVATE_KEY is no key: make one with manage.py make_push_key.")
    if contact:
        try:
            validate_email(contact)
        except ValidationError as wrong:
            raise ImproperlyConfigured(f"VAPID_CONTACT is no e-mail address: {contact}") from wrong
    return key, contact


def _is_key(text: str) -> bool:
    try:
        number = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(number) == KEY_BYTES and 0 < int.from_bytes(number, "big") < LAST_OF_P256
