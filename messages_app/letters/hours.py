"""The seconds in which somebody wrote a letter: raw, as they are billed and paid for.

A stretch begins when the letter is begun or its page to write on is opened, goes on while something is typed,
and ends with the last of it. A call she took meanwhile is counted there, and not once more.
"""

from datetime import datetime, timedelta

from django.db import transaction

from clients import stretches
from clients.models import WorkRecord
from messages_app.models import Letter

SUBJECT = "messages_app.letter"
PAUSE = timedelta(seconds=120)  # for longer than that nobody was writing


def typed(letter: Letter, *, by, at: datetime) -> None:
    """She wrote something just now. Call it in the transaction that keeps it."""
    row = _locked(letter)
    until = row.writing_until
    goes_on = row.writing_by_id == by.pk and until is not None and until <= at <= until + PAUSE
    since = row.writing_since if goes_on else at
    if not goes_on:
        _write_down(row)
    _keep(row, by=by, since=since, until=at)


@transaction.atomic
def opened(letter: Letter, *, by, at: datetime) -> None:
    """She has it before her, to write in it. Whoever writes in it just now is not interrupted."""
    until = _locked(letter).writing_until
    if until is None or at > until + PAUSE:
        typed(letter, by=by, at=at)


def ended(letter: Letter) -> None:
    """The stretch that went on is over, and written down."""
    row = _locked(letter)
    if row.writing_by_id:
        _write_down(row)
        _keep(row, by=None, since=None, until=None)


def _locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update(of=("self",)).select_related("writing_by").get(pk=letter.pk)


def _keep(row: Letter, *, by, since, until) -> None:
    Letter.objects.filter(pk=row.pk).update(writing_by=by, writing_since=since, writing_until=until)


def _write_down(row: Letter) -> None:
    if not row.writing_by_id:
        return
    secretary = getattr(row.writing_by, "secretary", None)
    until = stretches.before_her_call(secretary, row.writing_until)
    if until > row.writing_since:
        about = {"kind": WorkRecord.Kind.LETTER, "client_id": row.client_id, "subject": (SUBJECT, row.pk)}
        stretches.keep_beside(secretary, row.writing_since, until, **about)
