"""Where the carrier fetches what it plays back to whoever dictates: for some minutes, by a signed address."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse

from calls.models import DictationPart
from secretariat import clock

SALT = "calls.dictation_heard"
GOOD_FOR = timedelta(minutes=10)


def address(part: DictationPart) -> str:
    return settings.PUBLIC_BASE_URL + reverse("dictation-heard", args=[token(part)])


def token(part: DictationPart) -> str:
    until = clock.now() + GOOD_FOR
    return signing.dumps([part.pk.hex, until.isoformat(timespec="seconds")], salt=SALT)


def part_of(token: str) -> DictationPart:
    """The part behind this token. Raises DoesNotExist for what we did not sign, or once its time is over."""
    try:
        key, until = signing.loads(token, salt=SALT)
    except signing.BadSignature as forged:
        raise DictationPart.DoesNotExist from forged
    if clock.now() > datetime.fromisoformat(until):
        raise DictationPart.DoesNotExist
    return DictationPart.objects.get(pk=key, media_id__isnull=False)
