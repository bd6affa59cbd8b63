"""Who may carry out an effect: one worker, for a while, on the database's own clock.

Leases compare `statement_timestamp()` with itself and know nothing of a shifted clock; only `due_at`
is told in the product's time.
"""

from datetime import timedelta
from functools import lru_cache

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import (
    BooleanField,
    CharField,
    DurationField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    TextField,
    UUIDField,
)
from django.db.models.functions import Now

from secretariat import clock
from secretariat.one_trip.asking import Given, Of, Part, Question, exists
from secretariat.one_trip.changing import changed, counted, locked

from . import breaking, effects, ending
from .models import Effect
from .retrying import MOST_ATTEMPTS

LEASE = timedelta(seconds=30)  # more than twice as long as any channel may take
MANY = 50
State = Effect.State


def lease(queue, owner) -> Effect | None:
    """Lease the effect of this queue that has been due longest, or none. The attempt is counted now."""
    effect, waits = _in_one_trip(queue, owner, effects.quiet(State.LEASED))
    if effect is None and waits:
        with transaction.atomic():
            effect, waits = _in_one_trip(queue, owner, effects.known())
            if effect is not None:
                ending.settle(effect)
    if effect is None and waits:
        return _with_care(queue, owner)
    return effect


def _in_one_trip(queue, owner, kinds: list[str]) -> tuple[Effect | None, bool]:
    """The first that is due, leased if it is of these kinds and nothing has to be weighed; is there one?

    To be weighed is everything while some channel does not answer or bounds its further attempts, and a
    further attempt by any channel.
    """
    found = _FIRST.ask(**_wanted(queue, owner, kinds))
    return _taken(found), bool(found["first"])


def done_and_lease(effect, receipt: str, *, by: str, queue, owner) -> Effect | None:
    """`ending.done`, and the next effect of this queue where that can be had in the same trip.

    None says nothing: what is in the lane behind this effect, and what has to be weighed, is for `lease`.
    """
    facts = ending.facts_of_done(receipt)
    if not ending.is_quiet(effect, State.DONE):
        ending.done(effect, receipt, by=by)
        return None
    wanted = _wanted(queue, owner, effects.quiet(State.LEASED))
    found = _done_and_first(tuple(facts)).ask(**wanted | ending.of(effect, by) | facts)
    if found["troubled"]:
        breaking.answered(by)
    return _taken(found)


def _wanted(queue, owner, kinds: list[str]) -> dict[str, object]:
    return {
        "queue": queue,
        "known": effects.known(),
        "kinds": kinds,
        "unbounded": effects.of_channels([""]),
        "owner": owner,
        "lease": LEASE,
    }


def _taken(found: dict) -> Effect | None:
    for effect in found["leased"]:
        if effect.attempts == 1:
            breaking.tried_first(effects.handler(effect.kind).channel)
        return effect
    return None


def _with_care(queue, owner) -> Effect | None:
    while True:
        with transaction.atomic():
            effect = _open(queue).select_for_update(skip_locked=True).first()
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


def _open(queue):
    """What is due and may be tried now, as far as the channels are concerned."""
    closed = breaking.closed_to(queue)
    return (
        _due(queue)
        .filter(kind__in=effects.known())
        .exclude(kind__in=effects.of_channels(closed.shut))
        .exclude(kind__in=effects.of_channels(closed.spent), attempts__gt=0)
    )


def _due(queue):
    older = Effect.objects.filter(
        ~Q(lane=""), lane=OuterRef("lane"), place__lt=OuterRef("place"), state__in=Effect.UNFINISHED
    )
    return (
        Effect.objects.filter(queue=queue, state=State.PENDING, due_at__lte=clock.Now())
        .filter(Q(lane="") | ~Exists(older))
        .order_by("due_at", "place")
    )


def _kind_among(name: str) -> Func:
    kinds = Given(name, ArrayField(TextField()))
    return Func(
        F("kind"), kinds, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()
    )


def _first() -> dict[str, Part]:
    return {
        "first": locked(_due(Given("queue", CharField())).filter(_kind_among("known"))[:1]),
        "leased": changed(
            Effect.objects.filter(
                _kind_among("kinds"),
                Q(attempts=0) | _kind_among("unbounded"),
                ~Exists(breaking.troubled()),
                pk=Of("first", "id", UUIDField()),
            ),
            state=State.LEASED,
            attempts=F("attempts") + 1,
            lease_owner=Given("owner", UUIDField()),
            leased_until=Now() + Given("lease", DurationField()),
            changed_at=clock.Now(),
        ),
    }


_FIRST = Question(_first)


@lru_cache
def _done_and_first(facts: tuple[str, ...]) -> Question:
    return Question(lambda: ending.parts(facts, counted) | _first())


_FENCED = Question(
    lambda: {
        "ours": counted(
            Effect.objects.filter(
                pk=Given("id", UUIDField()),
                state=State.LEASED,
                lease_owner=Given("owner", UUIDField()),
                leased_until__gt=Now(),
            ),
            leased_until=Now() + Given("lease", DurationField()),
            perhaps_sent=True,
        )
    }
)


def fence(effect: Effect) -> bool:
    """The last thing before sending: is the lease still ours? Then extend it, and note that we send.

    A worker that was frozen past its lease stops here. A lease that ends before this point was surely
    not used to send.
    """
    return bool(_FENCED.ask(id=effect.pk, owner=effect.lease_owner, lease=LEASE)["ours"])


def _ended(queue):
    return Effect.objects.filter(queue=queue, state=State.LEASED, leased_until__lt=Now())


_ENDED = Question(lambda: {"there": exists(_ended(Given("queue", CharField())))})


def reclaim(queue) -> int:
    """Take back the leases of this queue that have ended: their workers are gone."""
    if not _ENDED.ask(queue=queue)["there"]:
        return 0
    with transaction.atomic():
        ended = _ended(queue).select_for_update(skip_locked=True)
        taken = list(ended.order_by("leased_until")[:MANY])
        for effect in taken:
            if effect.attempts < MOST_ATTEMPTS:
                ending.release(effect, reason="lease ended")
            else:
                ending.give_up(effect, reason="lease ended")
    return len(taken)
