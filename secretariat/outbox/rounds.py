"""Recurring duties of the sweep. A package says in its `rounds.py` what must be done how often."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F
from django.db.models.functions import Now

from secretariat.acting import acting_for

from .models import Round
from .naming import fault_name

logger = logging.getLogger(__name__)
SWEEPER = "sweep"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
AGE = ExpressionWrapper(Now() - F("ran_at"), output_field=DurationField())


@dataclass(frozen=True)
class Duty:
    """One recurring function and its interval in seconds."""

    run: Callable[[], int | None]
    seconds: float


_duties: dict[str, Duty] = {}


def every(*, seconds: float):
    """Decorator: the sweep calls this function about every so many seconds, in a transaction of its own.

    However many sweeps there are, one of them does it. It returns how many rows it changed.
    """

    def register(run):
        _duties[f"{run.__module__}.{run.__qualname__}"] = Duty(run, seconds)
        return run

    return register


def duties() -> list[Duty]:
    """Every duty there is, due or not."""
    return list(_duties.values())


def go() -> int:
    """Do every duty that is due. One that fails is noted, and does not keep the others waiting."""
    _note_new_duties()
    ages = dict(Round.objects.filter(name__in=_duties).annotate(age=AGE).values_list("name", "age"))
    due = [name for name, duty in _duties.items() if ages[name] >= timedelta(seconds=duty.seconds)]
    return sum(_do(name, _duties[name]) for name in due)


def beat() -> None:
    """Note that a sweep is alive."""
    Round.objects.update_or_create(name=SWEEPER, defaults={"ran_at": Now()})


def sweeper_age() -> float | None:
    """Seconds since a sweep was last seen alive, or None if there never was one."""
    age = Round.objects.filter(name=SWEEPER).annotate(age=AGE).values_list("age", flat=True).first()
    return None if age is None else age.total_seconds()


def _note_new_duties() -> None:
    known = set(Round.objects.values_list("name", flat=True))
    new = [Round(name=name, ran_at=NEVER) for name in _duties if name not in known]
    Round.objects.bulk_create(new, ignore_conflicts=True)


@acting_for(None)
def _do(name: str, duty: Duty) -> int:
    with transaction.atomic():
        # The row is the lock: another sweep passes over it, or finds it done.
        mine = Round.objects.select_for_update(skip_locked=True).annotate(age=AGE)
        if mine.filter(name=name, age__gte=timedelta(seconds=duty.seconds)).first() is None:
            return 0
        changed, fault = 0, ""
        try:
            with transaction.atomic():
                changed = duty.run() or 0
        except Exception as error:
            fault = fault_name(error)
            logger.error("round failed", extra={"round": name, "fault": fault})
        Round.objects.filter(name=name).update(ran_at=Now(), fault=fault)
    return changed
