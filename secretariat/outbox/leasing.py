"""Who may carry out an effect: one worker, for a while, on the database's own clock.

Leases compare `statement_timestamp()` with itself and know nothing of a shifted clock; only `due_at`
is told in the product's time.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from secretariat import clock

from . import breaking, effects, ending
from .models import Effect
from .retrying import MOST_ATTEMPTS

LEASE = timedelta(seconds=30)  # more than twice as long as any channel may take
MANY = 50
State = Effect.State


def lease(queue, owner) -> Effect | None:
    """Lease the effect of this queue that has been due longest, or none. The attempt is counted now."""
    while True:
        with transaction.atomic():
            effect = _due(queue).select_for_update(skip_locked=True).first()
            if effect is None:
                return None
            channel = effects.handler(effect.kind).channel
            if not breaking.may_pass(channel):
                continue  # somebody else is trying that channel: look for another effect
            if effect.attempts == 0:
                breaking.tried_first(channel)
            elif not breaking.may_retry(channel, queue):
                continue  # somebody else has had the last further attempt: it waits
            Effect.objects.filter(pk=effect.pk).update(
                state=State.LEASED,
                attempts=F("attempts") + 1,
                lease_owner=owner,
                leased_until=Now() + LEASE,
                changed_at=clock.Now(),
            )
            effect.refresh_from_db()
            ending.settle(effect)
            return effect


def _due(queue):
    closed = breaking.closed_to(queue)
    older = Effect.objects.filter(
        lane=OuterRef("lane"), place__lt=OuterRef("place"), state__in=Effect.UNFINISHED
    )
    return (
        Effect.objects.filter(queue=queue, state=State.PENDING, due_at__lte=clock.Now())
        .filter(kind__in=effects.known())
        .exclude(kind__in=effects.of_channels(closed.shut))
        .exclude(kind__in=effects.of_channels(closed.spent), attempts__gt=0)
        .filter(Q(lane="") | ~Exists(older))
        .order_by("due_at", "place")
    )


def fence(effect: Effect) -> bool:
    """The last thing before sending: is the lease still ours? Then extend it, and note that we send.

    A worker that was frozen past its lease stops here. A lease that ends before this point was surely
    not used to send.
    """
    ours = Effect.objects.filter(pk=effect.pk, state=State.LEASED, lease_owner=effect.lease_owner)
    return bool(ours.filter(leased_until__gt=Now()).update(leased_until=Now() + LEASE, perhaps_sent=True))


def reclaim(queue) -> int:
    """Take back the leases of this queue that have ended: their workers are gone."""
    with transaction.atomic():
        ended = Effect.objects.filter(queue=queue, state=State.LEASED, leased_until__lt=Now())
        taken = list(ended.select_for_update(skip_locked=True).order_by("leased_until")[:MANY])
        for effect in taken:
            if effect.attempts < MOST_ATTEMPTS:
                ending.release(effect, reason="lease ended")
            else:
                ending.give_up(effect, reason="lease ended")
    return len(taken)
