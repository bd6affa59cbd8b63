"""What comes in: stored under a key of its own before it is acknowledged, so that nothing said is lost.

A *notice* is kept now and worked later. A *question* is answered at once, and the same question again
gets the same answer.
"""

import hashlib
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from secretariat import clock, sealing

from . import hints
from .models import Effect, InboundEvent
from .naming import fault_name

State = InboundEvent.State


@dataclass(frozen=True)
class Worker:
    """Who works the notices of one name, and in which queue."""

    work: Callable[[InboundEvent], None]
    queue: str


_workers: dict[str, Worker] = {}


def works(name: str, *, queue: str = Effect.Queue.URGENT):
    """Decorator: this function works the notices of this name (`provider.kind`).

    It runs in a transaction. Raising rolls back and tries again later, eight times at most; then the
    notice has failed, and a person is shown it.
    """

    def register(work):
        its = f"{work.__module__}.{work.__qualname__}"
        known = _workers.get(name)
        if known and f"{known.work.__module__}.{known.work.__qualname__}" != its:
            raise ValueError(f"two functions work {name!r}")
        _workers[name] = Worker(work, queue)
        return work

    return register


def work(event: InboundEvent) -> None:
    """Let whoever works notices of this name work this one. Raises KeyError if nobody here does."""
    _workers[event.name].work(event)


def names(queue: str | None = None) -> list[str]:
    """The names this release works, of one queue or of all."""
    return [name for name, its in _workers.items() if queue in (None, its.queue)]


def keep(
    provider, kind, key, *, token="", body=b"", headers=None, client_id=None
) -> tuple[InboundEvent, bool]:
    """Store a notice, once for each (provider, kind, key). Returns the row and whether it is new."""
    event = _unsaved(provider, kind, key, token=token, body=body, headers=headers, client_id=client_id)
    kept = _insert(event)
    created = kept.pk == event.pk
    if created and (its := _workers.get(kept.name)):
        transaction.on_commit(partial(hints.kick_inbox, its.queue), robust=True)
    return kept, created


class Unanswered(Exception):
    """A question's block ended without an answer."""


class Question:
    """A question while it is answered: set `answer`, unless it was answered before."""

    def __init__(self, event: InboundEvent):
        self.event = event
        self.answer = event.answer
        self.is_answered = bool(event.answer)


def answered(notice, kind, key, answer: str, *, client_id=None) -> InboundEvent:
    """The row of a question that has its answer already, not yet written: for whoever writes it in one
    statement with all that follows. If the same was asked before, writing it raises IntegrityError."""
    facts = {"token": notice.token, "body": notice.body, "headers": notice.headers, "client_id": client_id}
    event = _unsaved(notice.provider, kind, key, **facts)
    event.state, event.answer, event.attempts, event.ended_at = State.WORKED, answer, 1, clock.Now()
    return event


def asked_before(provider, kind, key) -> QuerySet[InboundEvent]:
    """Whether this has come in already. Takes expressions too."""
    return InboundEvent.objects.filter(provider=provider, kind=kind, key=key)


@contextmanager
def kept(notice, kind, key, *, client_id=None):
    """Answer a question in one transaction with everything that follows from it.

        with inbox.kept(notice, "incoming-call", notice.params["CallSid"]) as question:
            if not question.is_answered:
                question.answer = …

    Two of the same at once wait for each other, and the second finds the answer of the first. If the
    block raises, everything in it is rolled back, the raw question is stored alone with the error,
    and the error goes on: the carrier is told 500 and takes its fallback.
    """
    facts = {"token": notice.token, "body": notice.body, "headers": notice.headers, "client_id": client_id}
    event = _unsaved(notice.provider, kind, key, **facts)
    try:
        with transaction.atomic():
            row = _insert(event, lock=True)
            question = Question(row)
            yield question
            if not question.is_answered:
                if not question.answer:
                    raise Unanswered(f"{row.name} {row.pk}")
                _end_question(row, State.WORKED, answer=str(question.answer), reason="")
    except Exception as fault:
        with transaction.atomic():
            row = _insert(event, lock=True)
            if not row.answer:
                _end_question(row, State.FAILED, reason=fault_name(fault))
        raise


def _end_question(row, state, **facts):
    InboundEvent.objects.filter(pk=row.pk).update(
        state=state, attempts=row.attempts + 1, ended_at=clock.Now(), **facts
    )


def _unsaved(provider, kind, key, *, token, body, headers, client_id) -> InboundEvent:
    event = InboundEvent(
        provider=provider,
        kind=kind,
        key=key,
        token=token,
        body_hash=hashlib.sha256(body).hexdigest(),
        headers=dict(headers or {}),
        client_id=client_id,
        due_at=clock.Now(),
        received_at=clock.Now(),
    )
    if body:
        event.sealed_body = sealing.seal(body, table="inbound_event", row=event.pk, field="body")
    return event


def _insert(event, *, lock=False) -> InboundEvent:
    # A second of the same key waits here until the first has committed or rolled back.
    InboundEvent.objects.bulk_create([event], ignore_conflicts=True)
    rows = InboundEvent.objects.select_for_update() if lock else InboundEvent.objects
    return rows.get(provider=event.provider, kind=event.kind, key=event.key)
