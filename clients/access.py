"""Giving and ending a secretary's sight of a client's rows, in the transaction of its cause."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from secretariat import clock, ledger
from secretariat.office.models import Secretary, User

from .models import Access, Client


def grant(
    secretary: Secretary | UUID,
    client: Client | UUID,
    because: str,
    cause_id: UUID,
    *,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> None:
    """Let her see this client's rows, `because` (an Access.Because) of the row `cause_id`.

    Granting again for the same cause renews it. One statement and no lock of its own: offers use it while
    a caller waits.
    """
    Access.objects.bulk_create(
        [given(secretary, client, because, cause_id, from_at=from_at, until_at=until_at)],
        update_conflicts=True,
        unique_fields=["secretary", "because", "cause_id"],
        update_fields=["until_at"],
    )


def given(secretary, client, because, cause_id, *, from_at=None, until_at=None) -> Access:
    """The row of a grant, not yet written: for a cause that is new and written with it."""
    return Access(
        secretary_id=_id(secretary),
        client_id=_id(client),
        because=because,
        cause_id=cause_id,
        from_at=from_at or clock.Now(),
        until_at=until_at,
    )


def end(because: str, cause_id: UUID, *, secretary: Secretary | UUID | None = None) -> int:
    """End what this cause gave, to everybody or to one secretary. Returns how many that were."""
    live = Access.objects.current().filter(because=because, cause_id=cause_id)
    if secretary is not None:
        live = live.filter(secretary=_id(secretary))
    return live.update(until_at=clock.Now())


def end_now(rows: Iterable[Access], *, by: User) -> int:
    """End what these rows give, by somebody's word and before their cause does. Returns how many ended."""
    ended = 0
    for row in rows:
        if Access.objects.current().filter(pk=row.pk).update(until_at=clock.Now()):
            ended += 1
            ledger.record(
                "clients.access.ended",
                actor_id=by.pk,
                client_id=row.client_id,
                subject=("clients.access", row.pk),
                detail={"secretary": row.secretary_id, "because": row.because},
            )
    return ended


def _id(row) -> UUID:
    return getattr(row, "pk", row)
