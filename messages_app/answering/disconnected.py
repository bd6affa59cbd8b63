"""The client disconnects a mailbox: what was to leave in its name is held, and its author sees why."""

from datetime import datetime

from django.db import transaction

from messages_app.models import Mailbox, OutgoingMail
from secretariat import outbox

from . import approving, leaving

State = OutgoingMail.State


@transaction.atomic
def hold_all(mailbox: Mailbox, *, by, at: datetime) -> None:
    """What waits to leave, and what waits for somebody's word: both are drafts again, and a piece of work."""
    for outgoing in mailbox.outgoing.filter(state=State.SCHEDULED):
        outbox.cancel(key=leaving.key_of(outgoing), because=leaving.DISCONNECTED)
    for outgoing in mailbox.outgoing.filter(state=State.AWAITING):
        if approving.take_back(outgoing, by=by, at=at):
            row = OutgoingMail.objects.select_for_update().get(pk=outgoing.pk)
            leaving.held_back(row, leaving.DISCONNECTED)
