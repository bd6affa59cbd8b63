"""The hints, on the worker's side. What they do, the sweep does without them."""

from celery import shared_task

from . import hints, sending, working


@shared_task(name=hints.DRAIN)
def drain(*, queue, **_from_newer_publishers):
    """Send what is due in this queue; if there is more than one turn's worth, hint again."""
    if sending.drain(queue) >= sending.ONE_TURN:
        hints.kick(queue)


@shared_task(name=hints.DRAIN_INBOX)
def drain_inbox(*, queue, **_from_newer_publishers):
    """Work the notices of this queue; if there are more than one turn's worth, hint again."""
    if working.drain_inbox(queue=queue) >= working.ONE_TURN:
        hints.kick_inbox(queue)
