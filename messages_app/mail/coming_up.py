"""What was kept for later comes to the desk on its day.

Somebody is to be answered then. Where machines wrote all that waits, and nobody here sorted it, no answer is
asked for: it is looked through, all of a client's together.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from clients import guidance, work
from clients.models import WorkItem
from messages_app.models import MailThread

from . import standing, triage

AT_MOST = 100
MOST_READ = 500  # at once
TO_READ, OF_CLIENT = "messages.to_read", "clients.client"


def bring_up(*, at: datetime) -> int:
    """In the caller's transaction. Returns how many came up."""
    due = MailThread.objects.filter(
        state=MailThread.State.OPEN, verdict=MailThread.Verdict.LATER, promised_at__lte=at
    )
    somebody = standing.waiting(OuterRef("pk"), since=OuterRef("waits_since")).filter(automatic=False)
    due = due.annotate(somebody_waits=Exists(somebody))
    threads = due.select_for_update(of=["self"], skip_locked=True).select_related("mailbox__client")
    found = list(threads.order_by("promised_at", "pk")[:AT_MOST])
    for thread in found:
        if thread.somebody_waits or thread.judged_by_id is not None:
            _to_be_answered(thread, at=at)
        else:
            _to_be_read(thread)
    _finish_what_is_over()
    return len(found)


def _finish_what_is_over() -> None:
    """She filed the last of it herself, or somebody answered."""
    still = to_read(MailThread.objects.all()).values("client")
    for item in WorkItem.objects.open().filter(kind=TO_READ).exclude(client__in=still):
        finish(item.client_id, by=None)


def _to_be_answered(thread: MailThread, *, at: datetime) -> None:
    opening = guidance.opening_of(thread.mailbox.client)
    promised_at = triage.promised(at, thread.mailbox.answer_hours, opening)
    if thread.mailbox.acknowledges:  # its author was told by when
        promised_at = min(promised_at, standing.still_promised(thread) or promised_at)
    standing.changed(
        thread,
        "mail.arrived",
        verdict=MailThread.Verdict.ANSWER,
        because=_("it was kept for this day"),
        promised_at=promised_at,
    )
    standing.put_on_desk(thread)


def _to_be_read(thread: MailThread) -> None:
    standing.changed(thread, promised_at=None)
    work.open_item(
        TO_READ,
        client=thread.client_id,
        subject=(OF_CLIENT, thread.client_id),
        because=_("Mail that machines wrote is to be looked through."),
    )


def to_read(threads):
    """Those of these conversations that are only to be looked through."""
    return threads.filter(state=MailThread.State.OPEN, verdict=MailThread.Verdict.LATER, promised_at=None)


def shown_to_be_read(threads) -> list[UUID]:
    """The newest mail of each of these conversations that is only to be looked through."""
    return list(standing.newest_of(to_read(threads).values_list("pk", flat=True)[:MOST_READ]).values())


def looked_through(client_id, *, by, at: datetime, shown: Collection[UUID] | None = None) -> int:
    """Somebody has looked through what machines wrote to this client. Returns how much that was.

    `shown`: of each that stood on her page the newest mail. What came up since, or came into one, stays.
    """
    found = {each.pk: each for each in to_read(MailThread.objects.filter(client=client_id))[:MOST_READ]}
    count = 0
    for pk, newest in standing.newest_of(found).items():
        if shown is None or newest in shown:
            count += _end(found[pk], newest, by=by, at=at)
    finish(client_id, by=by)
    return count


def _end(thread: MailThread, newest: UUID, *, by, at: datetime) -> bool:
    try:
        return standing.end(thread, _("Looked through"), by=by, at=at, seen=newest)
    except standing.MoreCame:
        return False


def is_left(client_id) -> bool:
    return to_read(MailThread.objects.filter(client=client_id)).exists()


def finish(client_id, *, by) -> None:
    """The piece of work is done where nothing is left of it."""
    if not is_left(client_id):
        work.finish_all(subject=(OF_CLIENT, client_id), kind=TO_READ, by=by, outcome=_("Looked through"))
