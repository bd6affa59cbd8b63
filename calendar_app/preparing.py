"""Preparing a meeting: what the client should know and read beforehand, from the desk or from herself."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from secretariat import ledger, media
from secretariat.media.models import MediaFile
from secretariat.office.models import User

from . import booking
from .models import Meeting, Paper
from .planning import NotPossible

MEDIA_KIND = "meeting_paper"
LARGEST = 10 * 1024 * 1024  # bytes of one file
MOST = 10  # files of one meeting


@transaction.atomic
def note(meeting: Meeting, *, version: int, words: str, by: User, at: datetime) -> Meeting:
    """What to prepare, in words. Raises booking.Changed if somebody was quicker."""
    return booking.change(meeting, version=version, by=by, at=at, preparation=words)


@transaction.atomic
def add(meeting: Meeting, file, *, by: User, at: datetime) -> Paper:
    """Keep a file for it: `file` has name, size and content_type, and is read where it stands.

    Raises NotPossible if it is too large, or there are enough.
    """
    booking.locked(meeting.diary_id, at)
    if file.size > LARGEST:
        raise NotPossible(_("%(name)s is larger than 10 MB.") % {"name": file.name})
    if meeting.papers.count() >= MOST:
        raise NotPossible(_("A meeting has ten files at most. Take one away first."))
    kept = media.store(
        file,
        client_id=meeting.client_id,
        kind=MEDIA_KIND,
        name=file.name,
        content_type=file.content_type or "application/octet-stream",
    )
    paper = Paper.objects.create(
        client_id=meeting.client_id,
        meeting=meeting,
        media_id=kept.pk,
        name=kept.name,
        size=kept.size,
        added_by=by,
        added_at=at,
    )
    _said(meeting, "paper_added", _("%(name)s added") % {"name": paper.name}, by=by, at=at)
    return paper


@transaction.atomic
def take_away(paper: Paper, *, by: User, at: datetime) -> None:
    """The file is not wanted after all; its bytes go."""
    forget(Paper.objects.filter(pk=paper.pk))
    words = _("%(name)s taken away") % {"name": paper.name}
    _said(paper.meeting, "paper_taken_away", words, by=by, at=at)


def forget(rows) -> None:
    """Delete these papers, bytes and all."""
    for file in MediaFile.objects.filter(
        pk__in=list(rows.values_list("media_id", flat=True)), deleted_at=None
    ):
        media.remove(file)
    rows.delete()


def _said(meeting: Meeting, verb: str, words: str, *, by: User, at: datetime) -> None:
    booking.note(meeting, verb, by=by, at=at, words=words)
    ledger.record(
        f"{booking.SUBJECT}.{verb}",
        actor_id=by.pk,
        client_id=meeting.client_id,
        subject=(booking.SUBJECT, meeting.pk),
    )
    booking.announce(meeting)
