"""What stands in the books for each of the two clients."""

from datetime import UTC, date, datetime

from clients.models import WorkRecord
from secretariat import clock
from secretariat.books.models import Week
from secretariat.ids import uuid7


def in_the_books(side, secretary) -> dict:
    """A stretch of her work, and a week of hers that waits for approval."""
    begun = datetime(2026, 11, 23, 9, tzinfo=UTC)
    worked = WorkRecord.objects.create(
        client=side.client.row,
        secretary=secretary,
        kind=WorkRecord.Kind.TALK,
        subject_kind="calls.call",
        subject_id=uuid7(),
        started_at=begun,
        ended_at=begun.replace(minute=2),
    )
    week = Week.objects.create(
        secretary=secretary,
        starts_on=date(2026, 11, 9),
        state=Week.State.CONFIRMED,
        confirmed_at=clock.now(),
    )
    return {"worked": worked, "week": week}
