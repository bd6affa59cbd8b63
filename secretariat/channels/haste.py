"""When somebody waits for an answer: how long the requests of this errand may take, all together."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_until: ContextVar[float | None] = ContextVar("until", default=None)


class OutOfTime(OSError):
    """There is no time left for another request."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is asked in this block is answered within so many seconds, or counts as not answered."""
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def is_hurried() -> bool:
    return _until.get() is not None


def at_most(seconds: float) -> float:
    """So long, or as long as there is time left. Raises OutOfTime."""
    until = _until.get()
    if until is None:
        return seconds
    left = until - time.monotonic()
    if left <= 0:
        raise OutOfTime("out of time")
    return min(seconds, left)
