"""A second person reads a mail before it leaves: the client herself, or somebody else at the desk."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from clients import work
from clients.models import WorkItem
from messages_app import telling_client
from messages_app.models import OutgoingMail, OutgoingVersion
from secretariat import ledger

from . import hours, leaving
from .drafting import SUBJECT, announce

WAITS, CHANGES_WANTED = "messages.mail_awaiting", "messages.mail_changes"
State, Decision = OutgoingMail.State, OutgoingVersion.Decision


def is_needed(outgoing: OutgoingMail) -> bool:
    return outgoing.mailbox.needs_approval and outgoing.approved_at is None


def latest(outgoing: OutgoingMail) -> OutgoingVersion | None:
    return outgoing.versions.order_by("-number").first()


def before(version: OutgoingVersion) -> OutgoingVersion | None:
    """The version that this one is compared with."""
    return version.outgoing.versions.filter(number__lt=version.number).order_by("-number").first()


def changed_files(before: OutgoingVersion, version: OutgoingVersion) -> dict[str, list[str]]:
    """Files by name: what goes with it no more (`taken_out`), what is `added`, and `other` ones of a name."""
    gone = [name for name, digest in before.enclosures if [name, digest] not in version.enclosures]
    come = [name for name, digest in version.enclosures if [name, digest] not in before.enclosures]
    return {
        "taken_out": [name for name in gone if name not in come],
        "added": [name for name in come if name not in gone],
        "other": [name for name in come if name in gone],
    }


def put_forward(row: OutgoingMail, *, by, at: datetime) -> OutgoingVersion:
    """Let somebody else read it. `row` is locked, with what is to leave already in its columns."""
    number = (row.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = OutgoingVersion.objects.create(
        client_id=row.client_id,
        outgoing=row,
        number=number,
        to=row.to,
        cc=row.cc,
        bcc=row.bcc,
        subject=row.subject,
        words=row.words,
        enclosures=[[each.name, each.sha256] for each in row.enclosures.all()],
        by=by,
        at=at,
    )
    hours.ended(row)
    row.state, row.confirmed_by, row.confirmed_at = State.AWAITING, by, at
    row.version += 1
    row.save()
    work.finish_all(subject=(SUBJECT, row.pk), kind=CHANGES_WANTED, by=by, outcome=_("Changed"))
    work.open_item(
        WAITS,
        client=row.client_id,
        subject=(SUBJECT, row.pk),
        because=_("A mail waits for somebody’s approval."),
        urgency=WorkItem.Urgency.TODAY,
    )
    telling_client.that_a_mail_waits(version)
    _record("correspondence.put_forward", row, by, number)
    announce(row, portal=True)
    return version


def may_decide(version: OutgoingVersion, user) -> bool:
    """Nobody approves what she wrote herself, nor what she put forward."""
    return user.pk not in (version.by_id, version.outgoing.author_id)


@transaction.atomic
def approve(version: OutgoingVersion, *, by, at: datetime) -> bool:
    """It may leave as it stands. False if it was decided before, or is no longer the newest version.

    `by` is None for somebody at the client who has no way of signing in.
    """
    row = _decided(version, Decision.APPROVED, by=by, at=at)
    if row is None:
        return False
    row.approved_by, row.approved_at = by, at
    _record("correspondence.approved", row, by, version.number)
    leaving.schedule(row, by=row.confirmed_by or by, at=at)
    return True


@transaction.atomic
def ask_for_change(version: OutgoingVersion, *, note: str, by, at: datetime) -> bool:
    """It goes back to whoever wrote it, with what should change. False as for `approve`."""
    row = _decided(version, Decision.CHANGES, by=by, at=at, note=note.strip())
    if row is None:
        return False
    row.state = State.CHANGES
    row.version += 1
    row.save()
    work.open_item(
        CHANGES_WANTED,
        client=row.client_id,
        subject=(SUBJECT, row.pk),
        because=_("%(name)s asks for a change in a mail.") % {"name": by.name},
        urgency=WorkItem.Urgency.TODAY,
        owner=work.still_hers(row.author, row.client_id),
    )
    _record("correspondence.change_asked", row, by, version.number)
    announce(row, portal=True)
    return True


@transaction.atomic
def take_back(outgoing: OutgoingMail, *, by, at: datetime) -> bool:
    """Its author goes on writing before anybody has decided. False if somebody has."""
    version = latest(outgoing)
    row = version and _decided(version, Decision.TAKEN_BACK, by=by, at=at)
    if not row:
        return False
    row.state = State.DRAFTING
    row.version += 1
    row.save()
    announce(row, portal=True)
    return True


def _decided(version: OutgoingVersion, decision: str, *, by, at: datetime, note: str = ""):
    """The mail, locked, if this decision is the one that counts."""
    row = OutgoingMail.objects.select_for_update().get(pk=version.outgoing_id)
    newest = latest(row)
    if row.state != State.AWAITING or newest is None or newest.pk != version.pk:
        return None
    waits = OutgoingVersion.objects.filter(pk=version.pk, decision=Decision.WAITS)
    if not waits.update(decision=decision, decided_by=by, decided_at=at, note=note[:1000]):
        return None
    version.refresh_from_db()
    work.finish_all(subject=(SUBJECT, row.pk), kind=WAITS, by=by, outcome=str(Decision(decision).label))
    return row


def _record(verb: str, row: OutgoingMail, by, number: int) -> None:
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=row.client_id,
        subject=(SUBJECT, row.pk),
        detail={"version": number},
    )
