"""What was announced and recorded, for tests to look at."""

from secretariat.ledger.models import LedgerEntry
from secretariat.live.models import LiveEvent


def told(event: str) -> set:
    """The user ids who hear of this event, all announcements together."""
    return {user for row in LiveEvent.objects.filter(event=event) for user in row.audience}


def recorded(verb: str) -> list[tuple]:
    """(actor, subject id) of every entry of this verb."""
    return list(LedgerEntry.objects.filter(verb=verb).order_by("id").values_list("actor_id", "subject_id"))
