"""How long to wait before another attempt, and when to stop. No clock, no database."""

import random
from datetime import timedelta

MOST_ATTEMPTS = 8
BASE = 2.0  # seconds
SHORTEST = 1.0  # seconds: an attempt that follows at once only makes an outage worse
LONGEST = 15 * 60.0  # seconds
SETTLING = 5.0  # seconds that a provider may take to show what it accepted while we had stopped listening


def wait_after(attempts: int, *, retry_after: float | None = None, at_least: float = SHORTEST) -> timedelta:
    """The pause after so many attempts: exponential, fully jittered, never longer than a quarter of an hour.

    Jitter over the whole range keeps a thousand effects that failed together from coming back together.
    `retry_after`, in seconds, is what the provider asked for: never sooner than that.
    """
    ceiling = min(LONGEST, BASE * 2**attempts)
    seconds = max(random.uniform(0, ceiling), retry_after or 0.0, at_least)  # noqa: S311  no secret
    return timedelta(seconds=seconds)
