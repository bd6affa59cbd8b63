"""The seconds in which somebody typed what was dictated: raw, as they are billed and paid for.

A stretch begins when the page to type on is opened, goes on while something is typed or done there, and ends
when it leaves her desk. Between two of these she may hear all of the recording: for so long nobody need type
anything. What is recorded of her meanwhile, as a call or another page, is counted there and not once more.
"""

from datetime import datetime, timedelta

from django.db import transaction

from calls.models import DictationPart
from clients import stretches
from clients.models import WorkRecord
from messages_app.models import DictatedDraft

SUBJECT = "messages_app.dictateddraft"
PAUSE = timedelta(seconds=120)  # beside the recording; for longer than both nobody was at it


@transaction.atomic
def opened(draft: DictatedDraft, *, by, at: datetime) -> None:
    """She has it before her, to hear and type it. Whoever types in it just now is not interrupted."""
    row = DictatedDraft.objects.select_for_update(of=["self"]).get(pk=draft.pk)
    if not row.is_writable or (row.writing_until and at <= row.writing_until + PAUSE):
        return
    _write_down(row)
    row.writing_by, row.writing_since, row.writing_until = by, at, at
    row.save(update_fields=["writing_by", "writing_since", "writing_until"])


def typed(row: DictatedDraft, *, by, at: datetime) -> None:
    """She typed or did something just now. Changes the row, which is not yet saved."""
    since = _at_it_since(row, by=by, at=at)
    if row.writing_by_id != by.pk or since != row.writing_until:
        _write_down(row)
        row.writing_since = since
    row.writing_by, row.writing_until = by, at


def ended(row: DictatedDraft, *, by, at: datetime) -> None:
    """It leaves her desk just now: what it took is written down. Changes the row, which is not yet saved."""
    typed(row, by=by, at=at)
    _write_down(row)
    row.writing_by = row.writing_since = row.writing_until = None


def so_far(secretary) -> None:
    """What she has typed until now is written down, wherever she types; her stretch goes on."""
    hers = DictatedDraft.objects.select_for_update(of=["self"]).filter(writing_by=secretary.user_id)
    for row in hers.filter(state__in=DictatedDraft.WRITABLE).order_by("pk"):
        _write_down(row)
        row.writing_since = row.writing_until
        row.save(update_fields=["writing_since"])


def _at_it_since(row: DictatedDraft, *, by, at: datetime) -> datetime:
    """Since when, at the last: as before, since another work of hers ended, or only now."""
    until = row.writing_until
    if until is None or row.writing_by_id != by.pk or at < until:
        return at
    if at <= until + PAUSE:
        return until
    if at > until + longest(row):
        return at
    secretary = getattr(by, "secretary", None)
    return stretches.not_counted_yet(secretary, until, at) if secretary else until


def longest(row: DictatedDraft) -> timedelta:
    """For how long nobody need type: while she hears it once, as far as a page counts that stands open.

    Of a file that was handed in nobody has said how long it is.
    """
    lengths = DictationPart.objects.filter(dictation=row.dictation_id).values_list("seconds", flat=True)
    known = [each for each in lengths if each is not None]
    if len(known) < len(lengths):
        return stretches.LONGEST
    return min(PAUSE + timedelta(seconds=sum(known)), stretches.LONGEST)


def _write_down(row: DictatedDraft) -> None:
    """The stretch that went on is over."""
    if not row.writing_by_id or row.writing_until <= row.writing_since:
        return
    stretches.keep_beside(
        getattr(row.writing_by, "secretary", None),
        row.writing_since,
        row.writing_until,
        kind=WorkRecord.Kind.DICTATION,
        client_id=row.client_id,
        subject=(SUBJECT, row.pk),
    )
