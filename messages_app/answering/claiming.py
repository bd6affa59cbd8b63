"""Who writes in a conversation just now: everybody at the desk sees it, and one writes."""

from datetime import datetime, timedelta

from django.db.models import F, Q

from clients import audience
from messages_app.models import MailThread
from secretariat import ledger, live

SUBJECT = "messages_app.mailthread"
GOES_STALE = timedelta(minutes=30)  # without a letter typed


def writes_now(thread: MailThread, *, at: datetime):
    """Whoever writes in it, if she still does; else None."""
    fresh = thread.claimed_at is not None and thread.claimed_at > at - GOES_STALE
    return thread.claimed_by if thread.claimed_by_id and fresh else None


def claim(thread: MailThread, *, by, at: datetime) -> bool:
    """Make it hers to answer. False while somebody else writes in it."""
    free = Q(claimed_by=None) | Q(claimed_by=by) | Q(claimed_at__lte=at - GOES_STALE)
    return _give(MailThread.objects.filter(free, pk=thread.pk), thread, to=by, at=at)


def take_over(thread: MailThread, *, by, at: datetime) -> bool:
    """Make it hers, whoever writes in it; what was typed is there for her."""
    won = _give(MailThread.objects.filter(pk=thread.pk).exclude(claimed_by=by), thread, to=by, at=at)
    if won:
        ledger.record(
            "correspondence.taken_over",
            actor_id=by.pk,
            client_id=thread.client_id,
            subject=(SUBJECT, thread.pk),
        )
    return won


def still_writing(thread_id, *, by, at: datetime) -> None:
    """She types: for so long nobody else is offered it."""
    MailThread.objects.filter(pk=thread_id, claimed_by=by).update(claimed_at=at)


def let_go(thread: MailThread) -> None:
    """Nobody writes in it any more."""
    _give(MailThread.objects.filter(pk=thread.pk, claimed_by__isnull=False), thread, to=None, at=None)


def _give(rows, thread: MailThread, *, to, at: datetime | None) -> bool:
    was = thread.claimed_by_id
    if not rows.update(claimed_by=to, claimed_at=at, version=F("version") + 1):
        return False
    thread.refresh_from_db()
    if was != thread.claimed_by_id:
        live.announce("draft.taken", thread.pk, thread.version, audience.desk(thread.client_id))
    return True
