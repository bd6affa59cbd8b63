"""Work what came in. The worker, the sweep and the tests all come through here."""

import logging
from datetime import timedelta

from django.db import OperationalError, connection, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from psycopg.errors import LockNotAvailable

from secretariat import clock
from secretariat.acting import acting_for

from . import inbox, signals
from .models import InboundEvent
from .naming import fault_name
from .retrying import MOST_ATTEMPTS, wait_after
from .rounds import every

logger = logging.getLogger(__name__)
ONE_TURN = 50
MANY = 500
PATIENCE = timedelta(seconds=30)  # until a notice whose worker died is taken up again
PASSING = "1s"  # longer than anybody holds a notice that she does not work
OVERDUE = timedelta(minutes=5)
BYTES_STAY = timedelta(hours=24)
CALLED = Concat("provider", Value("."), "kind")
State = InboundEvent.State


def drain_inbox(at_most: int = ONE_TURN, *, queue=None) -> int:
    """Work up to so many due notices, of one queue or of all. Returns how many were taken up."""
    taken = 0
    while taken < at_most and (event := _take_up(queue)):
        taken += 1
        _work(event)
    return taken


def _take_up(queue) -> InboundEvent | None:
    """The notice that has been due longest. The attempt is counted before the work begins."""
    due = InboundEvent.objects.annotate(called=CALLED).filter(
        state=State.KEPT, due_at__lte=clock.Now(), called__in=inbox.names(queue)
    )
    with transaction.atomic():
        event = due.select_for_update(skip_locked=True).order_by("due_at", "id").first()
        if event is None:
            return None
        InboundEvent.objects.filter(pk=event.pk).update(
            attempts=F("attempts") + 1, due_at=clock.Now() + PATIENCE
        )
        event.attempts += 1
    return event


@acting_for(None)
def _work(event) -> None:
    try:
        if event.attempts > MOST_ATTEMPTS:  # it killed its workers, or they would have said so
            raise WorkersLost
        with transaction.atomic():
            if _is_still_to_be_worked(event):
                event.refresh_from_db()
                inbox.work(event)
                InboundEvent.objects.filter(pk=event.pk).update(
                    state=State.WORKED, reason="", ended_at=clock.Now()
                )
    except Exception as fault:
        logger.error("notice not worked", extra={"event": str(event.pk), "fault": fault_name(fault)})
        _put_back(event, fault_name(fault))


def _is_still_to_be_worked(event) -> bool:
    """Lock the notice for as long as it is worked. False if it has been, or somebody is at it now.

    Another who looked for something to take up may hold the row for a moment, though she passes it over:
    she is waited for. Whoever holds it for longer is working it.
    """
    row = InboundEvent.objects.filter(pk=event.pk, state=State.KEPT)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = %s", [PASSING])
            found = row.select_for_update().values_list("pk", flat=True).first()
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as waited:
        if isinstance(waited.__cause__, LockNotAvailable):
            return False
        raise
    return found is not None


class WorkersLost(Exception):
    """No worker that took this notice up came back."""


def _put_back(event, reason: str) -> None:
    with transaction.atomic():
        kept = InboundEvent.objects.filter(pk=event.pk, state=State.KEPT)
        if event.attempts < MOST_ATTEMPTS:
            kept.update(reason=reason, due_at=clock.Now() + wait_after(event.attempts))
        elif kept.update(state=State.FAILED, reason=reason, ended_at=clock.Now()):
            event.refresh_from_db()
            _show(event)


def _show(event) -> None:
    try:
        with transaction.atomic():
            InboundEvent.objects.filter(pk=event.pk).update(shown_at=clock.Now())
            signals.event_needs_person.send(sender=InboundEvent, event=event)
    except Exception as fault:
        logger.error("notice not shown", extra={"event": str(event.pk), "fault": fault_name(fault)})


@every(seconds=5)
def show_unshown() -> int:
    """Show to a person what failed, and what this release does not know how to work.

    Failed questions too: the path that answers a caller leaves this to the sweep.
    """
    foreign = Q(state=State.KEPT, due_at__lt=clock.Now() - OVERDUE) & ~Q(called__in=inbox.names())
    unshown = InboundEvent.objects.annotate(called=CALLED).filter(
        Q(state=State.FAILED) | foreign, shown_at__isnull=True
    )
    taken = list(unshown.select_for_update(skip_locked=True)[:MANY])
    for event in taken:
        _show(event)
    return len(taken)


@every(seconds=60)
def empty_old_bodies() -> int:
    """Remove what was said, a day after the event's end. That it was said, and when, stays."""
    old = InboundEvent.objects.filter(emptied_at__isnull=True, ended_at__lt=clock.Now() - BYTES_STAY)
    batch = old.order_by("ended_at").values("pk")[:MANY]
    return InboundEvent.objects.filter(pk__in=batch).update(
        sealed_body=b"", headers={}, answer="", emptied_at=clock.Now()
    )
