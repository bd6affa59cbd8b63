"""Every change of a leased effect, in one transaction with what follows from it.

Each asks whether the lease is still the worker's own; if it is not, nothing happens and False is returned.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

from django.db import transaction
from django.db.models import CharField, DurationField, Q, UUIDField

from secretariat import clock
from secretariat.one_trip.asking import Given, Part, Question, exists
from secretariat.one_trip.changing import changed, counted

from . import breaking, effects, signals
from .models import Effect
from .naming import fault_name
from .rounds import every

logger = logging.getLogger(__name__)
State = Effect.State
OVERDUE = timedelta(minutes=5)
MANY = 50


def done(effect, receipt: str, *, by: str = "") -> bool:
    """It was sent, and this is the provider's word for it. `by` is the channel that has just answered."""
    return _change(effect, by=by, **facts_of_done(receipt))


def facts_of_done(receipt: str) -> dict[str, object]:
    return {"state": State.DONE, "receipt": receipt, "reason": "", "perhaps_sent": True}


def cancelled(effect, reason: str) -> bool:
    """It was not sent, because it is no longer wanted."""
    return _change(effect, state=State.CANCELLED, reason=reason)


def unknown(effect, reason: str) -> bool:
    """Nobody can say whether it was sent: a person must."""
    return _change(effect, state=State.UNKNOWN, reason=reason)


def dead(effect, reason: str) -> bool:
    """It was not sent and will not be."""
    return _change(effect, state=State.DEAD, reason=reason, perhaps_sent=False)


def give_up(effect, reason: str) -> bool:
    """No more attempts: dead if it surely was not sent, else unknown."""
    return unknown(effect, reason) if effect.perhaps_sent else dead(effect, reason)


def release(effect, *, reason: str, wait: timedelta = timedelta(), **facts) -> bool:
    """Back among the waiting, due after `wait`."""
    return _change(effect, state=State.PENDING, wait=wait, reason=reason, **facts)


def settle(effect) -> None:
    """Let the effect's kind write down the state just reached. Call it in that state's transaction.

    What happened outside has happened: if the kind fails to write it down, the state stands, a person
    is shown the effect, and the sweep lets the kind try again.
    """
    if effect.is_settled and not effects.settles(effect.kind, effect.state):
        return
    try:
        with transaction.atomic():
            if effects.settles(effect.kind, effect.state):
                effects.handler(effect.kind).settled(effect)
    except Exception as fault:
        logger.error("effect not settled", extra={"effect": str(effect.pk), "fault": fault_name(fault)})
        Effect.objects.filter(pk=effect.pk).update(is_settled=False)
        effect.is_settled = False
    else:
        if not effect.is_settled:
            Effect.objects.filter(pk=effect.pk).update(is_settled=True)
            effect.is_settled = True


def _change(effect, *, by="", **facts) -> bool:
    if "reason" in facts:
        facts["reason"] = facts["reason"][:255]
    state = facts["state"]
    if is_quiet(effect, state):
        found = _with_facts(tuple(facts), counted).ask(**of(effect, by), **facts)
    else:
        with transaction.atomic():
            found = _with_facts(tuple(facts), changed).ask(**of(effect, by), **facts)
            for row in found["ours"]:
                effect.__dict__.update(row.__dict__)
                settle(effect)
                if effect.needs_person or (effect.is_finished and not effect.is_settled):
                    _show(effect)
    if found["troubled"]:
        breaking.answered(by)
    return bool(found["ours"])


def is_quiet(effect, state) -> bool:
    """Nothing follows from its reaching this state: nothing to write down, and nobody to show it to."""
    return effect.is_settled and state not in Effect.NEEDS_PERSON and not effects.settles(effect.kind, state)


def of(effect, by: str) -> dict[str, object]:
    return {"id": effect.pk, "owner": effect.lease_owner, "by": by}


@lru_cache
def _with_facts(names: tuple[str, ...], written: Callable[..., Part]) -> Question:
    return Question(lambda: parts(names, written))


def parts(names: tuple[str, ...], written: Callable[..., Part]) -> dict[str, Part]:
    """These facts for a row whose lease is still ours, and whether a channel is in trouble."""
    ours = Effect.objects.filter(
        pk=Given("id", UUIDField()), state=State.LEASED, lease_owner=Given("owner", UUIDField())
    )
    told = {name: Given(name, Effect._meta.get_field(name)) for name in names if name != "wait"}
    if "wait" in names:
        told["due_at"] = clock.Now() + Given("wait", DurationField())
    return {
        "ours": written(ours, lease_owner=None, leased_until=None, changed_at=clock.Now(), **told),
        "troubled": exists(breaking.troubled().filter(channel=Given("by", CharField()))),
    }


def _show(effect) -> None:
    try:
        with transaction.atomic():
            Effect.objects.filter(pk=effect.pk).update(shown_at=clock.Now())
            signals.effect_needs_person.send(sender=Effect, effect=effect)
    except Exception as fault:
        logger.error("effect not shown", extra={"effect": str(effect.pk), "fault": fault_name(fault)})


@every(seconds=30)
def show_unshown() -> int:
    """Show to a person what ended badly, or is of a kind this release does not know."""
    ended_badly = Q(state__in=Effect.NEEDS_PERSON)
    foreign = Q(state=State.PENDING, due_at__lt=clock.Now() - OVERDUE) & ~Q(kind__in=effects.known())
    unshown = Effect.objects.filter(ended_badly | foreign, shown_at__isnull=True)
    taken = list(unshown.select_for_update(skip_locked=True)[:MANY])
    for effect in taken:
        _show(effect)
    return len(taken)


@every(seconds=30)
def settle_unsettled() -> int:
    """Let kinds that failed to write a state down try again."""
    unsettled = Effect.objects.filter(is_settled=False, kind__in=effects.known())
    taken = list(unsettled.select_for_update(skip_locked=True).order_by("changed_at")[:MANY])
    for effect in taken:
        settle(effect)
    return len(taken)
