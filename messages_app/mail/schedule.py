"""When mailboxes elsewhere are looked into: each says when it is due, and is asked for once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from messages_app.models import Mailbox
from secretariat import outbox
from secretariat.outbox.models import Effect

LOOK, SUBJECT = "messages.look_for_mail", "messages_app.mailbox"
AT_MOST = 100
AWAY_AT_MOST = 2  # where a provider is down with all its mailboxes, not all our workers wait for it to answer
HELD = timedelta(minutes=2)  # whoever looks says when the next look is due; if nobody does, then
KEPT = timedelta(days=1)


def elsewhere():
    return Mailbox.objects.filter(ended_at=None, incoming__in=[Mailbox.Incoming.IMAP, Mailbox.Incoming.BOTH])


def ask_for_due(*, at: datetime) -> int:
    """Post a look into each mailbox whose time has come."""
    due = elsewhere().filter(due_at__lte=at).order_by("due_at")
    away = due.filter(state=Mailbox.State.TROUBLED)[:AWAY_AT_MOST]
    others = due.exclude(state=Mailbox.State.TROUBLED)[:AT_MOST]
    return sum(ask_for(each, at=at) for each in (*others, *away))


@transaction.atomic
def ask_for(mailbox: Mailbox, *, at: datetime) -> bool:
    """Post a look into it, if nobody else has just done so."""
    mine = elsewhere().filter(pk=mailbox.pk, due_at=mailbox.due_at)
    if not mine.update(due_at=at + HELD, version=F("version") + 1):
        return False
    outbox.post(
        LOOK,
        key=f"{LOOK}:{mailbox.pk}:{mailbox.version + 1}",
        queue=Effect.Queue.URGENT,
        client_id=mailbox.client_id,
        subject=(SUBJECT, mailbox.pk),
        lane=lane(mailbox.pk),
    )
    return True


def lane(mailbox_id) -> str:
    """One look at a time."""
    return f"{LOOK}:{mailbox_id}"


def now(mailbox_id, *, at: datetime) -> bool:
    """Look into it at once: somebody waits, or its server told of something."""
    mailbox = elsewhere().filter(pk=mailbox_id).first()
    return mailbox is not None and ask_for(mailbox, at=at)


def forget_old(*, at: datetime) -> int:
    """Looks that are over say nothing that the mailbox does not."""
    old = Effect.objects.filter(kind=LOOK, state__in=[Effect.State.DONE, Effect.State.CANCELLED])
    pks = old.filter(changed_at__lt=at - KEPT).values_list("pk", flat=True)[:5000]
    return Effect.objects.filter(pk__in=list(pks)).delete()[0]
