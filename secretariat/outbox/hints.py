"""Tell the workers which queue to look at. A hint may be lost: the sweep looks everywhere anyway."""

import logging
import threading
import time

from django.conf import settings
from kombu import Connection
from prometheus_client import Counter

from secretariat.celery import app

logger = logging.getLogger(__name__)
lost = Counter("outbox_hints_lost", "Hints to workers that could not be published")

DRAIN = "outbox.drain"
DRAIN_INBOX = "outbox.drain_inbox"
PATIENCE = 0.25  # seconds on the socket: somebody's request may be waiting behind us
SILENCE = 2.0  # seconds without another try after a failure
STALE = 60  # seconds after which a hint is not worth reading

_thread = threading.local()
_silent_until = 0.0


def kick(queue) -> None:
    """Hint that this queue of effects has something due. Never raises, never waits long."""
    _publish(DRAIN, str(queue))


def kick_inbox(queue) -> None:
    """Hint that notices which are worked in this queue have come in."""
    _publish(DRAIN_INBOX, str(queue))


def _publish(task: str, queue: str) -> None:
    global _silent_until
    if not settings.REDIS_URL:
        return
    if time.monotonic() < _silent_until:
        lost.inc()
        return
    try:
        app.send_task(
            task,
            kwargs={"queue": queue},
            queue=queue,
            expires=STALE,
            retry=False,
            ignore_result=True,
            argsrepr="",  # nobody reads it, and making it is a quarter of the work
            kwargsrepr="",
            connection=_connection(),
        )
    except Exception as fault:  # whatever the broker does, the row is written and the sweep will find it
        _silent_until = time.monotonic() + SILENCE
        _thread.__dict__.pop("connection", None)
        lost.inc()
        logger.warning("hint not published", extra={"queue": queue, "fault": type(fault).__name__})


def _connection() -> Connection:
    # Not the workers' connection: theirs waits for messages, this one must not wait for anything.
    if not hasattr(_thread, "connection"):
        _thread.connection = Connection(
            settings.REDIS_URL,
            connect_timeout=PATIENCE,
            transport_options={
                "socket_timeout": PATIENCE,
                "socket_connect_timeout": PATIENCE,
                "retry_on_timeout": False,
                "max_retries": 0,
                "connect_retries_timeout": PATIENCE,
            },
        )
    return _thread.connection
