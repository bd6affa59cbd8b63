"""How a conversation stands on the desk: what puts it there, what takes it away. Each raises its version."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from clients import audience, work
from clients.models import WorkItem
from messages_app.models import Mail, MailThread
from secretariat import ledger, live

WORK_KIND, SUBJECT = "messages.correspondence", "messages_app.mailthread"
State, Verdict = MailThread.State, MailThread.Verdict


class MoreCame(Exception):
    """A mail has come into the conversation that she has not been shown."""


def changed(thread: MailThread, event: str = "mail.changed", **columns) -> None:
    """Write these columns, raise the version and tell the desk and the client."""
    MailThread.objects.filter(pk=thread.pk).update(version=F("version") + 1, **columns)
    thread.refresh_from_db()
    concerned = audience.desk(thread.client_id) | audience.portal(thread.client_id)
    live.announce(event, thread.pk, thread.version, concerned)


def was_promised(thread: MailThread, *, at: datetime) -> dict:
    """What is kept of the promise of an open one that leaves the desk: nothing else says if it was held."""
    if thread.state != State.OPEN:
        return {}
    return {"over_at": at, "promise_was": still_promised(thread) or thread.promised_at}


def still_promised(thread: MailThread) -> datetime | None:
    """By when it was to be answered before it was put off, or called junk; None of any other."""
    was_put_off = thread.verdict in (Verdict.LATER, Verdict.JUNK) and thread.over_at is None
    return thread.promise_was if was_put_off else None


def waits_alone(mail: Mail) -> bool:
    """Whether nothing else in its conversation waits to be seen to."""
    if mail.thread.state != State.OPEN or mail.thread.waits_since != mail.at:
        return False
    return not waiting(mail.thread_id, since=mail.at).exclude(pk=mail.pk).exists()


def waiting(thread, *, since):
    """What waits in a conversation, which need not be what came last: a machine may have written since.

    `since`: its `waits_since`. What the client has filed, deleted or answered herself waits no more.
    """
    came = Mail.objects.filter(thread=thread, direction=Mail.Direction.IN, at__gte=since)
    return came.filter(gone=False, answered_by_client=False)


def newest_of(threads: Iterable) -> dict[UUID, UUID]:
    """The mail that was filed last in each of these conversations, by the conversation's id.

    A mail that was found late is newer than others by its id alone, and nobody has seen it all the same.
    """
    filed = Mail.objects.filter(thread__in=list(threads)).order_by("thread", "-pk").distinct("thread")
    return dict(filed.values_list("thread", "pk"))


def raise_if_more_came(thread: MailThread, seen: UUID | None) -> None:
    """`seen`: the newest mail she was shown (`newest_of`), if that is known. Raises MoreCame."""
    came = Mail.objects.filter(thread=thread, direction=Mail.Direction.IN)
    if seen is not None and came.filter(pk__gt=seen).exists():
        raise MoreCame


def put_on_desk(thread: MailThread) -> None:
    """The piece of work of an open one. What is for later comes up on its day; junk never does."""
    if thread.verdict in (Verdict.JUNK, Verdict.LATER):
        return
    urgent = thread.verdict == Verdict.URGENT
    work.open_item(
        WORK_KIND,
        client=thread.client_id,
        subject=(SUBJECT, thread.pk),
        because=_("An urgent mail came in.") if urgent else _("A mail waits for an answer."),
        urgency=WorkItem.Urgency.URGENT if urgent else WorkItem.Urgency.NORMAL,
        promised_at=thread.promised_at,
    )


def take_off_desk(thread: MailThread, outcome: str, *, by=None) -> None:
    work.finish_all(subject=(SUBJECT, thread.pk), kind=WORK_KIND, by=by, outcome=outcome)


@transaction.atomic
def end(
    thread: MailThread,
    outcome: str,
    *,
    by=None,
    state: str = State.DONE,
    at: datetime,
    seen: UUID | None = None,
) -> bool:
    """Nothing more is to be done about it, or (`waiting`) not before it is answered.

    False if it is over already. Raises MoreCame if a mail came after the newest that was `seen`.
    """
    locked = MailThread.objects.select_for_update().get(pk=thread.pk)
    if locked.state == State.DONE:
        return False
    raise_if_more_came(locked, seen)
    take_off_desk(thread, outcome, by=by)
    changed(
        thread,
        state=state,
        done_by=by,
        done_because=outcome[:240],
        **was_promised(locked, at=at),
        promised_at=None,
        waits_since=None,
        claimed_by=None,
        claimed_at=None,
    )
    ledger.record(
        "correspondence.ended",
        actor_id=by.pk if by else None,
        client_id=thread.client_id,
        subject=(SUBJECT, thread.pk),
    )
    return True


@transaction.atomic
def reopen(
    thread: MailThread, *, promised_at: datetime | None, by=None, at: datetime, since: datetime | None = None
) -> bool:
    """It is to be seen to after all, and waits `since` its mail came, else from now. False if it was open."""
    locked = MailThread.objects.select_for_update().get(pk=thread.pk)
    if locked.state == State.OPEN:
        return False
    changed(
        thread,
        state=State.OPEN,
        done_by=None,
        done_because="",
        promised_at=promised_at,
        waits_since=since or at,
    )
    put_on_desk(thread)
    ledger.record(
        "correspondence.reopened",
        actor_id=by.pk if by else None,
        client_id=thread.client_id,
        subject=(SUBJECT, thread.pk),
    )
    return True
