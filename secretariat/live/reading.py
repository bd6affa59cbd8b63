"""What a live process reads, on the one connection that it has. Blocking: it runs in a thread of its own.

However many streams are open, they hold no connection: a question is asked, answered, and done with.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import close_old_connections, connection
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from .models import LiveEvent, LiveProcess
from .wire import Event

LATE = timedelta(seconds=30)  # a transaction may commit so much later than it announced
KEPT = timedelta(minutes=10)


@dataclass(frozen=True)
class Missed:
    """What a browser has to be told when its stream begins."""

    events: list[Event]
    newest: int
    too_long: bool = False  # away for longer than events are kept: it must ask for everything again


class Reader:
    """One thread, one connection."""

    def __init__(self):
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="live-reader")

    async def ask(self, question, *facts):
        """The answer of one of the functions below. Raises what it raises, django.db.Error first of all."""
        return await asyncio.get_running_loop().run_in_executor(
            self._thread, _on_fresh_connection, question, facts
        )

    def close(self) -> None:
        self._thread.submit(connection.close)
        self._thread.shutdown()


def _on_fresh_connection(question, facts):
    close_old_connections()
    try:
        return question(*facts)
    finally:
        close_old_connections()  # one that broke is not kept


def user_of(session_key: str) -> UUID | None:
    """Who is signed in with this session, if anybody is."""
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return get_user(SimpleNamespace(session=session)).pk


def ended(session_keys: list[str]) -> set[str]:
    """Which of these sessions are over."""
    known = Session.objects.filter(session_key__in=session_keys, expire_date__gt=timezone.now())
    return set(session_keys) - set(known.values_list("session_key", flat=True))


def missed(user_id: UUID, last_id: int | None) -> Missed:
    """What `user_id` was not told since event `last_id`, or, without one, what has just happened.

    Thirty seconds more than asked for: an event with a lower id may have been committed later, and a page may
    have been read a moment before its stream began. What is told twice does no harm.
    """
    newest = LiveEvent.objects.aggregate(pk=Max("pk"))["pk"] or 0
    events = LiveEvent.objects.filter(audience__contains=[user_id]).order_by("pk")
    if last_id is None:
        return Missed(_events(events.filter(created_at__gte=Now() - LATE)), newest)
    last = LiveEvent.objects.filter(pk=last_id).annotate(read_at=Now()).first()
    gone = last is None or (last.read_at - last.created_at > KEPT and newest > last_id)
    if gone:
        return Missed([], newest, too_long=last_id > 0 or newest > 0)
    return Missed(_events(events.filter(created_at__gte=last.created_at - LATE)), newest)


def recent_ids() -> list[int]:
    """The ids of what may still be news: announced at most thirty seconds ago."""
    return list(LiveEvent.objects.filter(created_at__gte=Now() - LATE).values_list("pk", flat=True))


def unseen(seen: set[int]) -> list[Event]:
    """Recent events that are not among `seen`."""
    new = [pk for pk in recent_ids() if pk not in seen]
    return _events(LiveEvent.objects.filter(pk__in=new).order_by("pk")) if new else []


def report(process_id: UUID, streams: int) -> None:
    """Say how many streams this process holds."""
    LiveProcess.objects.update_or_create(pk=process_id, defaults={"streams": streams, "seen_at": Now()})


def sign_off(process_id: UUID) -> None:
    """Say that this process holds no streams any more."""
    LiveProcess.objects.filter(pk=process_id).delete()


def _events(rows) -> list[Event]:
    return [Event(row.pk, row.event, row.subject_id, row.version, frozenset(row.audience)) for row in rows]
