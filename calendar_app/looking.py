"""When a client's calendars are looked at: each connection says when it is due, and is asked for once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from secretariat import outbox
from secretariat.outbox.models import Effect

from .models import Connection

LOOK = "calendar.look"
SUBJECT = "calendar_app.connection"
AT_MOST = 50
HELD = timedelta(minutes=15)  # whoever looks says when the next look is due; if nobody does, then
KEPT = timedelta(days=2)


def ask_for_due(*, at: datetime) -> int:
    """Post a look at each connection whose time has come."""
    due = Connection.objects.filter(ended_at=None, due_at__lte=at).order_by("due_at", "pk")
    return sum(ask_for(connection, at=at) for connection in due[:AT_MOST])


@transaction.atomic
def ask_for(connection: Connection, *, at: datetime) -> bool:
    """Post a look at it, if nobody else has just done so."""
    mine = Connection.objects.filter(pk=connection.pk, due_at=connection.due_at, ended_at=None)
    if not mine.update(due_at=at + HELD, version=F("version") + 1):
        return False
    outbox.post(
        LOOK,
        key=f"{LOOK}:{connection.pk}:{connection.version + 1}",
        queue=Effect.Queue.BULK,
        client_id=connection.client_id,
        subject=(SUBJECT, connection.pk),
        lane=lane(connection.pk),
    )
    return True


def lane(connection_id) -> str:
    """One look at a time."""
    return f"{LOOK}:{connection_id}"


def now(connection_id, *, at: datetime) -> None:
    """Let it be looked at as soon as may be: somebody waits, or we were told of a change."""
    Connection.objects.filter(pk=connection_id, ended_at=None, due_at__gt=at).update(due_at=at)


def forget_old(*, at: datetime) -> int:
    """Looks that are over say nothing that the connection does not."""
    old = Effect.objects.filter(kind=LOOK, state__in=[Effect.State.DONE, Effect.State.CANCELLED])
    pks = old.filter(changed_at__lt=at - KEPT).values_list("pk", flat=True)[:2000]
    return Effect.objects.filter(pk__in=list(pks)).delete()[0]
