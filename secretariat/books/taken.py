"""Messages as bills count them: one with its corrections, once, at when it was first taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from clients.local_time import day_begins
from clients.models import Client
from messages_app.models import Message

from .models import Bill, BillItem, Waiver

MESSAGES = "messages_app.message"
DAY = timedelta(days=1)


@dataclass
class Slip:
    """A message by its `first` version, with the ids of all, oldest first."""

    first: UUID
    at: datetime
    stands: bool  # as its newest version does
    ids: list[UUID] = field(default_factory=list)


def between(client: Client, first: date, last: date) -> list[Slip]:
    """Messages of these days that stand and are on no bill but this month's draft."""
    begins, ends = day_begins(first, client.tz), day_begins(last + DAY, client.tz)
    rows = Message.objects.filter(client=client, corrects=None, taken_at__gte=begins, taken_at__lt=ends)
    slips = [_slip(*facts) for facts in rows.values_list("pk", "taken_at", "state")]
    newest = {slip.first: slip for slip in slips}
    while newest:
        later = Message.objects.filter(corrects__in=list(newest)).values_list("corrects", "pk", "state")
        newest = {pk: _corrected(newest[corrects], pk, state) for corrects, pk, state in later}
    elsewhere = BillItem.objects.exclude(line__bill__first_on=first, line__bill__state=Bill.State.DRAFT)
    billed = _named(elsewhere, client, slips)
    return [slip for slip in slips if slip.stands and billed.isdisjoint(slip.ids)]


def waived(client: Client, slips: Iterable[Slip]) -> set[UUID]:
    """The first versions of those not billed for a mistake of ours, of whichever version that was said."""
    slips = list(slips)
    named = _named(Waiver.objects.all(), client, slips)
    return {slip.first for slip in slips if not named.isdisjoint(slip.ids)}


def _slip(pk: UUID, at: datetime, state: str) -> Slip:
    return Slip(pk, at, state != Message.State.WITHDRAWN, [pk])


def _corrected(slip: Slip, pk: UUID, state: str) -> Slip:
    slip.ids.append(pk)
    slip.stands = state != Message.State.WITHDRAWN
    return slip


def _named(rows, client: Client, slips: list[Slip]) -> set[UUID]:
    ids = [pk for slip in slips for pk in slip.ids]
    found = rows.filter(client=client, subject_kind=MESSAGES, subject_id__in=ids)
    return set(found.values_list("subject_id", flat=True))
