"""The hint that a live event was committed. Redis may be slow or gone: nobody waits for it for long."""

import logging
from functools import lru_cache
from time import monotonic
from urllib.parse import urlsplit

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

TIMEOUT = 0.25  # seconds
SILENT_FOR = 2.0  # seconds after a failure in which we do not try again

_silent_until = 0.0


def channel() -> str:
    """Where hints are published. Channels belong to no Redis database, so the name carries its number."""
    return f"secretariat.live.{urlsplit(settings.REDIS_URL).path.strip('/') or 0}"


def publish(words: str) -> bool:
    """Publish, and say whether it went out. Never raises for Redis: the row stands, and is polled."""
    global _silent_until
    if not settings.REDIS_URL or monotonic() < _silent_until:
        return False
    try:
        _redis(settings.REDIS_URL).publish(channel(), words)
    except (redis.RedisError, OSError) as trouble:
        _silent_until = monotonic() + SILENT_FOR
        log.warning("live hint not published", extra={"trouble": type(trouble).__name__})
        return False
    return True


def redis_answers() -> bool:
    """Whether Redis can be reached now. Waits a quarter of a second at most."""
    try:
        return bool(settings.REDIS_URL) and bool(_redis(settings.REDIS_URL).ping())
    except (redis.RedisError, OSError):
        return False


@lru_cache(maxsize=2)
def _redis(url: str) -> redis.Redis:
    return redis.Redis.from_url(
        url, socket_timeout=TIMEOUT, socket_connect_timeout=TIMEOUT, retry=Retry(NoBackoff(), 0)
    )
