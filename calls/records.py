"""From what happened to the seconds that are billed and paid: raw intervals, never rounded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clients.models import WorkRecord

from . import timeline

Kind = WorkRecord.Kind
OPENS = {
    timeline.RANG: Kind.RING,
    timeline.ANSWERED: Kind.TALK,
    timeline.HELD: Kind.HOLD,
    timeline.RESUMED: Kind.TALK,
    timeline.ASKED: Kind.ASKING,
    timeline.THREE: Kind.TALK,
    timeline.BACK: Kind.TALK,
    timeline.THROUGH: Kind.WRAP_UP,
    timeline.LINE_LOST: Kind.RING,
    timeline.HUNG_UP: Kind.WRAP_UP,
    timeline.TAKEN_UP: Kind.WRAP_UP,
}
STOPS = {timeline.TO_VOICEMAIL, timeline.TURNED_AWAY, timeline.PUT_ASIDE, timeline.CLOSED}


@dataclass(frozen=True)
class Stretch:
    """One kind of work without interruption. `secretary_id` is None while the call only rang."""

    kind: str
    started_at: datetime
    ended_at: datetime
    secretary_id: UUID | None

    @property
    def seconds(self) -> float:
        return (self.ended_at - self.started_at).total_seconds()


def stretches(events: Iterable, *, until: datetime | None = None) -> list[Stretch]:
    """What these lines of a timeline (in order) amount to. `until` ends what is still going on."""
    found: list[Stretch] = []
    kind, since, whose, through_since = None, None, None, None
    for event in events:
        if event.verb == timeline.HUNG_UP and through_since:  # what they talked, beside her wrap-up
            found.append(Stretch(Kind.PUT_THROUGH, through_since, event.at, None))
            through_since = None
            continue
        noted = event.verb == timeline.NOTED and through_since is not None
        if event.verb not in OPENS and event.verb not in STOPS and not noted:
            continue
        if kind and event.at > since:
            found.append(Stretch(kind, since, event.at, whose))
        kind, since = OPENS.get(event.verb), event.at
        if event.verb == timeline.THROUGH:
            through_since = event.at
        if noted and not event.detail.get("outcome"):
            kind = Kind.WRAP_UP  # a message is to be taken after all
        if event.verb in (timeline.HUNG_UP, timeline.THROUGH) and not event.secretary_id:
            kind = None  # nobody had answered, so there is nothing to wrap up
        whose = event.secretary_id if kind != Kind.RING else None
    if kind and until and until > since:
        found.append(Stretch(kind, since, until, whose))
    if through_since and until and until > through_since:
        found.append(Stretch(Kind.PUT_THROUGH, through_since, until, None))
    return sorted(found, key=lambda each: (each.started_at, each.kind != Kind.PUT_THROUGH))


def write(call) -> None:
    """Keep the call's seconds. Written again after a reopening, each is still kept once."""
    WorkRecord.objects.bulk_create(
        [
            WorkRecord(
                client_id=call.client_id,
                secretary_id=each.secretary_id,
                kind=each.kind,
                subject_kind="calls.call",
                subject_id=call.pk,
                started_at=each.started_at,
                ended_at=each.ended_at,
            )
            for each in stretches(call.events.all())
        ],
        ignore_conflicts=True,
    )
