"""Who has looked at a call: read from the ledger, told with names."""

from django.utils.translation import gettext as _

from secretariat.ledger.models import LedgerEntry
from secretariat.office.models import User

SHOWN = 10


def at_call(call) -> list[tuple]:
    """(moment, person) of the latest looks, the last first. The reader must be allowed to see the call."""
    looks = LedgerEntry.objects.filter(verb="looked", subject_kind="calls.call", subject_id=str(call.pk))
    entries = list(looks.order_by("-at")[:SHOWN])
    people = User.objects.in_bulk({entry.actor_id for entry in entries})
    return [(entry.at, people.get(entry.actor_id, _("Somebody who has left"))) for entry in entries]
