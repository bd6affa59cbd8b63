"""Moving the demo's clock, so that nothing is in the middle of being sent while it jumps."""

import hashlib
import hmac
import time
from datetime import timedelta

from django.conf import settings

from secretariat.outbox.models import Effect

from .models import Clock

LONGEST_WAIT = 20  # seconds


class StillWorking(RuntimeError):
    """Effects stayed leased: the clock was not moved."""


def signature(body: bytes) -> str:
    """What proves that the demo's own outside world asks."""
    return hmac.new(settings.TWILIO_AUTH_TOKEN.encode(), body, hashlib.sha256).hexdigest()


def move_to(shift: timedelta) -> None:
    """Set how far the office is ahead of the computer, once nothing is leased. Raises StillWorking."""
    deadline = time.monotonic() + LONGEST_WAIT
    while Effect.objects.filter(state=Effect.State.LEASED).exists():
        if time.monotonic() > deadline:
            raise StillWorking
        time.sleep(0.05)
    Clock.objects.update(shift=shift)
