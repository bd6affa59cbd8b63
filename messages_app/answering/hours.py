"""The seconds in which somebody wrote: raw, as the client is billed and the secretary paid for them.

A stretch begins with the first letter, goes on while something is typed, and ends with the last.
"""

from datetime import datetime, timedelta

from clients.models import WorkRecord
from messages_app.models import OutgoingMail

SUBJECT = "messages_app.outgoingmail"
PAUSE = timedelta(seconds=120)  # for longer than that nobody was writing


def typed(outgoing: OutgoingMail, *, by, at: datetime) -> None:
    """She wrote something just now. Changes the row, which is not yet saved."""
    goes_on = (
        outgoing.writing_by_id == by.pk
        and outgoing.writing_until is not None
        and outgoing.writing_until <= at <= outgoing.writing_until + PAUSE
    )
    if not goes_on:
        ended(outgoing)
        outgoing.writing_by, outgoing.writing_since = by, at
    outgoing.writing_until = at


def ended(outgoing: OutgoingMail) -> None:
    """The stretch that went on is over, and written down. Changes the row, which is not yet saved."""
    if outgoing.writing_by_id and outgoing.writing_until > outgoing.writing_since:
        record(
            outgoing,
            outgoing.writing_by,
            started_at=outgoing.writing_since,
            ended_at=outgoing.writing_until,
        )
    outgoing.writing_by = outgoing.writing_since = outgoing.writing_until = None


def record(outgoing: OutgoingMail, user, *, started_at: datetime, ended_at: datetime) -> None:
    WorkRecord.objects.bulk_create(
        [
            WorkRecord(
                client_id=outgoing.client_id,
                secretary=getattr(user, "secretary", None),
                kind=WorkRecord.Kind.MAIL,
                subject_kind=SUBJECT,
                subject_id=outgoing.pk,
                started_at=started_at,
                ended_at=ended_at,
            )
        ],
        ignore_conflicts=True,
    )
