"""Who takes what is for somebody who is away. Pure: no clock, no database, no settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from . import wording
from .availability import Whereabouts


@dataclass(frozen=True)
class StandIn:
    contact_id: UUID
    name: str
    because: str  # "stands in for Ngozi Okafor until Fri 18:00"


def stand_in_for(contact_id: UUID, whereabouts: Iterable[Whereabouts], *, zone: str, at) -> StandIn | None:
    """Who stands in for this person at `at`, given where each person is then; None where nobody does.

    One who is away herself passes it on to her own stand-in. If that leads round in a circle, nobody does:
    what is for her goes to her, for a message that everybody passes on is read by nobody.
    """
    away = {each.contact_id: each for each in whereabouts if each.stand_in_id}
    first = last = away.get(contact_id)
    seen = {contact_id}
    while last and last.stand_in_id in away:
        if last.stand_in_id in seen:
            return None
        seen.add(last.stand_in_id)
        last = away[last.stand_in_id]
    if first is None or last is None or last.stand_in_id is None or last.stand_in_id in seen:
        return None
    because = _("stands in for %(name)s until %(until)s") % {
        "name": first.name,
        "until": wording.moment(first.until_at, zone, now=at),
    }
    return StandIn(last.stand_in_id, last.stand_in, because)
