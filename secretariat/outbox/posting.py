"""Put something into the outbox, and take it out again while it has not left."""

import re
from collections.abc import Collection
from functools import partial
from uuid import UUID

from django.db import transaction

from secretariat import clock

from . import effects, hints, signals
from .models import Effect

Queue, State = Effect.Queue, Effect.State


def post(
    kind,
    *,
    key,
    queue=Queue.URGENT,
    client_id=None,
    subject=None,
    payload=None,
    due_at=None,
    lane="",
) -> Effect:
    """Write one effect in the caller's transaction and return its row.

    `key` says what it is: posting the same key again returns the row already there, unchanged.
    `subject` is a pair of kind and id. `due_at` (aware, product's clock) is now when it is left out.
    Of a `lane` only the oldest unfinished effect is ever sent. The payload is frozen here: every
    attempt sends the same bytes.
    """
    posted = unposted(
        kind,
        key=key,
        queue=queue,
        client_id=client_id,
        subject=subject,
        payload=payload,
        due_at=due_at,
        lane=lane,
    )
    Effect.objects.bulk_create([posted], ignore_conflicts=True)
    row = Effect.objects.get(key=key)
    if row.pk == posted.pk and due_at is None:
        hint(row)
    return row


def post_all(effects: Collection[Effect]) -> None:
    """Write many that were not posted before, each made by `unposted`, in the caller's transaction."""
    Effect.objects.bulk_create(effects)
    for each in {each.queue: each for each in effects}.values():
        hint(each)


def hint(posted: Effect) -> None:
    """Once this is committed, tell the workers of its queue to look."""
    transaction.on_commit(partial(hints.kick, posted.queue), robust=True)


def unposted(
    kind,
    *,
    key,
    queue=Queue.URGENT,
    client_id=None,
    subject=None,
    payload=None,
    due_at=None,
    lane="",
) -> Effect:
    """The row of an effect, not yet written: for a key that is new, written together with its cause."""
    subject_kind, subject_id = subject or ("", None)
    return Effect(
        kind=kind,
        key=key,
        lane=lane,
        queue=queue,
        client_id=client_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        payload=payload or {},
        due_at=due_at or clock.Now(),
        posted_at=clock.Now(),
        changed_at=clock.Now(),
    )


class NoLongerKept(Exception):
    """What was to be sent has been emptied: its time was over."""


@transaction.atomic
def post_again(effect: Effect, *, actor_id: UUID | None = None) -> Effect:
    """Send once more what ended without reaching anyone: a new effect, for a person has decided it.

    Raises NoLongerKept when that was so long ago that its words are gone.
    """
    if effect.emptied_at:
        raise NoLongerKept(str(effect.pk))
    original = re.sub(r"#\d+$", "", effect.key)
    tries = Effect.objects.filter(key__startswith=f"{original}#").count()
    again = post(
        effect.kind,
        key=f"{original}#{tries + 2}",
        queue=effect.queue,
        client_id=effect.client_id,
        subject=(effect.subject_kind, effect.subject_id) if effect.subject_kind else None,
        payload=effect.payload,
        lane=effect.lane,
    )
    signals.effect_posted_again.send(sender=Effect, effect=again, before=effect, actor_id=actor_id)
    return again


def hasten(*, key: str) -> bool:
    """Let what waits for its hour under this key go at once. False if it waits no longer."""
    waiting = Effect.objects.filter(key=key, state=State.PENDING, due_at__gt=clock.Now())
    queue = waiting.values_list("queue", flat=True).first()
    if queue is None or not waiting.update(due_at=clock.Now(), changed_at=clock.Now()):
        return False
    transaction.on_commit(partial(hints.kick, queue), robust=True)
    return True


def cancel(*, key=None, lane=None, kinds=(), because) -> int:
    """Cancel what is still waiting under this key or in this lane, and return how many that were.

    `kinds` narrows a lane. What is being sent, or was perhaps sent, goes on to its own end: before it
    is sent again its kind is asked whether it still may.
    """
    if (key is None) == (lane is None):
        raise TypeError("name either a key or a lane")
    waiting = Effect.objects.filter(state=State.PENDING, perhaps_sent=False)
    waiting = waiting.filter(key=key) if lane is None else waiting.filter(lane=lane)
    if kinds:
        waiting = waiting.filter(kind__in=kinds)
    with transaction.atomic():
        cancelled = list(waiting.select_for_update())
        for effect in cancelled:
            Effect.objects.filter(pk=effect.pk).update(
                state=State.CANCELLED, reason=because, changed_at=clock.Now()
            )
            effect.refresh_from_db()
            if effect.kind in effects.known() and effects.settles(effect.kind, effect.state):
                effects.handler(effect.kind).settled(effect)
    return len(cancelled)
