"""A mail leaves: after ten seconds in which it can be taken back, or at the hour that was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from messages_app import files_seen
from messages_app.models import OutgoingMail

from . import approving, checking, claiming, hours, leaving
from .checking import Meanwhile

LATEST = timedelta(days=366)


class NotSent(Exception):
    """It is not sent as it stands. The message says why."""


class NotThen(NotSent):
    """The moment it should leave at is over, or too far away."""


class OthersWrite(NotSent):
    """It has been changed since, or somebody else has taken it over and writes in it now."""


class HappenedMeanwhile(NotSent):
    """Somebody wrote in the conversation while this was written. `what` says who; she decides."""

    def __init__(self, what: Meanwhile):
        super().__init__("something happened meanwhile")
        self.what = what


@dataclass(frozen=True)
class Said:
    """What the form says of a mail. Addresses bare; `send_at` aware, or None for now."""

    to: list[str]
    cc: list[str]
    bcc: list[str]
    subject: str
    words: str
    send_at: datetime | None = None


@transaction.atomic
def send(
    outgoing: OutgoingMail,
    said: Said,
    *,
    by,
    at: datetime,
    had_seen=None,
    known_at: datetime | None = None,
    enclosed: Sequence[str] = (),
) -> OutgoingMail:
    """Send what is written, or let a second person read it first where the client wants that.

    `outgoing` is the draft as her page kept it. Pressed twice it is sent once. `had_seen` is the newest mail
    of the conversation on her screen, `known_at` when she was told of anything else, `enclosed` what it said
    of the files. Raises OthersWrite, HappenedMeanwhile and NotSent; then it is a draft as before.
    """
    row = OutgoingMail.objects.select_for_update().get(pk=outgoing.pk)
    if not row.is_writable:
        return row
    if row.mailbox.ended_at:
        raise NotSent(str(leaving.NOTHING_LEAVES))
    if row.revision != outgoing.revision and row.saved_by_id != by.pk:
        raise OthersWrite(changed_since(row))
    writes = claiming.writes_now(row.thread, at=at) if row.thread else None
    if writes and writes != by:
        raise OthersWrite(taken_over(writes))
    if other_files := files_seen.changed_since(enclosed, row.enclosures.all()):
        raise OthersWrite(with_other_files(other_files))
    if happened := checking.meanwhile(row, had_seen=had_seen, known_at=known_at):
        raise HappenedMeanwhile(happened)
    if said.send_at and not at < said.send_at <= at + LATEST:
        raise NotThen(_("That moment is over, or more than a year away."))
    row.to, row.cc, row.bcc = said.to, said.cc, said.bcc
    row.subject, row.words, row.send_at = said.subject, said.words, said.send_at
    row.had_seen, row.informed_at = checking.newest_id(row.thread), at
    row.error, row.fates = "", {}
    row.approved_by = row.approved_at = None
    hours.typed(row, by=by, at=at)  # she read it over
    if approving.is_needed(row):
        approving.put_forward(row, by=by, at=at)
    else:
        leaving.schedule(row, by=by, at=at)
    return row


def taken_over(writes) -> str:
    """Why what she sees is not sent: somebody else writes in it now."""
    words = _("It was not sent: %(name)s has taken it over, and writes just now.")
    return words % {"name": writes.name}


def with_other_files(changes: str) -> str:
    """Why it is not sent with files that she has not seen, or without one that she has."""
    return _("It was not sent: its files have been changed since. %(changes)s") % {"changes": changes}


def changed_since(row: OutgoingMail) -> str:
    """Why what she sees is not sent: it is not what stands there now."""
    name = row.saved_by.name if row.saved_by else _("Somebody")
    return _("It was not sent: %(name)s has changed this mail since.") % {"name": name}
