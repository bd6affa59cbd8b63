"""The seconds in which somebody wrote: raw, as the client is billed and the secretary paid for them.

A stretch begins when the page to write on is opened, goes on while something is typed, and ends with the last
of it, or when it is sent. What is pasted in and sent counts from then on too, as long as it is done at once.
A call that she took meanwhile is counted there, and not once more.
"""

from datetime import datetime, timedelta

from django.db import transaction

from clients import stretches
from clients.models import WorkRecord
from messages_app.models import OutgoingMail

SUBJECT = "messages_app.outgoingmail"
PAUSE = timedelta(seconds=120)  # for longer than that nobody was writing


@transaction.atomic
def opened(outgoing: OutgoingMail, *, by, at: datetime) -> None:
    """She has it before her, to write in it. Whoever writes in it just now is not interrupted."""
    row = OutgoingMail.objects.select_for_update(of=("self",)).get(pk=outgoing.pk)
    if not row.is_writable or (row.writing_until and at <= row.writing_until + PAUSE):
        return
    typed(row, by=by, at=at)
    row.save(update_fields=["writing_by", "writing_since", "writing_until"])


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


@transaction.atomic
def turned_from(outgoing: OutgoingMail, *, by) -> None:
    """She wrote something else, which is counted by itself: her stretch in the mail is over."""
    row = OutgoingMail.objects.select_for_update(of=("self",)).get(pk=outgoing.pk)
    if row.writing_by_id == by.pk:
        ended(row)
        row.save(update_fields=["writing_by", "writing_since", "writing_until"])


def ended(outgoing: OutgoingMail) -> None:
    """The stretch that went on is over, and written down. Changes the row, which is not yet saved."""
    if outgoing.writing_by_id:
        _write_down(outgoing)
    outgoing.writing_by = outgoing.writing_since = outgoing.writing_until = None


def _write_down(outgoing: OutgoingMail) -> None:
    secretary = getattr(outgoing.writing_by, "secretary", None)
    until = stretches.before_her_call(secretary, outgoing.writing_until)
    if until > outgoing.writing_since:
        about = {
            "kind": WorkRecord.Kind.MAIL,
            "client_id": outgoing.client_id,
            "subject": (SUBJECT, outgoing.pk),
        }
        stretches.keep_beside(secretary, outgoing.writing_since, until, **about)
