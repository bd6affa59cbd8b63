"""How a mail leaves us: it waits, can be taken back, is asked once more, and may be held back."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import work
from messages_app.mail import composing
from messages_app.models import OutgoingMail
from secretariat import ledger, outbox

from . import checking, claiming, hours, making
from .drafting import SUBJECT, announce

SEND = "messages.mail_out"
UNDO_FOR = timedelta(seconds=10)
UNDONE = "undone"
HELD = "messages.mail_held"
DISCONNECTED = "disconnected"
NOTHING_LEAVES = gettext_lazy("The client has disconnected this mailbox: nothing leaves in its name.")
State = OutgoingMail.State


def schedule(row: OutgoingMail, *, by, at: datetime) -> None:
    """Give it to the outbox. `row` is locked, and holds what is to leave."""
    heading = making.heading_of(row.mailbox)
    hours.ended(row)
    row.leaves_at = max(at + UNDO_FOR, row.send_at or at)
    row.turn += 1
    row.state, row.confirmed_by, row.confirmed_at = State.SCHEDULED, by, at
    row.sender, row.by_us = heading.sender[:400], heading.by_us
    row.message_id = composing.message_id(f"mail-out:{row.pk}", heading.domain)
    row.effect = outbox.post(
        SEND,
        key=key_of(row),
        client_id=row.client_id,
        subject=(SUBJECT, row.pk),
        payload=making.payload_of(row, heading, at=row.leaves_at),
        due_at=row.leaves_at,
    )
    row.version += 1
    row.save()
    work.finish_all(subject=(SUBJECT, row.pk), by=by, outcome=_("Sent"))
    ledger.record(
        "correspondence.confirmed",
        actor_id=by.pk,
        client_id=row.client_id,
        subject=(SUBJECT, row.pk),
        detail={"turn": row.turn},
    )
    announce(row, portal=row.approved_at is not None)


def key_of(row: OutgoingMail) -> str:
    return f"mail-out:{row.pk}:{row.turn}"


def undo(outgoing: OutgoingMail, *, by) -> bool:
    """Take it back while it waits to leave: it is a draft again. False: it has left."""
    with transaction.atomic():
        if not outbox.cancel(key=key_of(outgoing), because=UNDONE):
            return False
        ledger.record(
            "correspondence.undone",
            actor_id=by.pk,
            client_id=outgoing.client_id,
            subject=(SUBJECT, outgoing.pk),
        )
    return True


def why_not(outgoing: OutgoingMail) -> str | None:
    """Asked when it leaves: a code, if it should not after all."""
    if outgoing.state not in (State.SCHEDULED, State.SENDING, State.UNKNOWN):
        return "no longer wanted"
    if outgoing.mailbox.ended_at:
        return DISCONNECTED
    if happened := checking.meanwhile(outgoing):
        return happened.how
    if refused := checking.refused_addresses(outgoing.everybody):
        return f"suppressed {next(iter(refused.values())).because}"
    return None


def held_back(row: OutgoingMail, reason: str) -> None:
    """It was cancelled before it left. `row` is locked."""
    row.leaves_at = None
    row.approved_by = row.approved_at = None
    if reason == UNDONE:
        row.state = State.DRAFTING
    else:
        words = {
            checking.ANSWERED: _("The client answered this herself, so it was not sent."),
            checking.MARKED: _("The client answered this herself, so it was not sent."),
            checking.MORE_CAME: _("Another mail came in this conversation, so it was not sent yet."),
            DISCONNECTED: str(NOTHING_LEAVES),
        }
        row.state = State.FAILED
        row.error = words.get(reason) or _("Nothing is sent to one of its addresses any more.")
        open_held(row, row.error)
    row.version += 1
    row.save()
    announce(row, portal=row.state == State.FAILED)


def open_held(row: OutgoingMail, because: str) -> None:
    work.open_item(
        HELD,
        client=row.client_id,
        subject=(SUBJECT, row.pk),
        because=because,
        urgency=2,
        owner=work.still_hers(row.author, row.client_id),
    )


def let_go_of(row: OutgoingMail) -> None:
    """It has left: nobody writes in its conversation any more."""
    if row.thread:
        claiming.let_go(row.thread)
