"""What was kept for later comes to the desk on its day."""

from datetime import datetime

from django.utils.translation import gettext as _

from messages_app.models import MailThread

from . import judging, standing, triage

AT_MOST = 100


def bring_up(*, at: datetime) -> int:
    """In the caller's transaction. Returns how many came up."""
    due = MailThread.objects.filter(
        state=MailThread.State.OPEN, verdict=MailThread.Verdict.LATER, promised_at__lte=at
    )
    threads = due.select_for_update(of=["self"], skip_locked=True).select_related("mailbox__client")
    found = list(threads.order_by("promised_at", "pk")[:AT_MOST])
    for thread in found:
        opening = judging.opening_of(thread.mailbox.client)
        promised_at = triage.promised(at, thread.mailbox.answer_hours, opening)
        standing.changed(
            thread,
            "mail.arrived",
            verdict=MailThread.Verdict.ANSWER,
            because=_("it was kept for this day"),
            promised_at=promised_at,
        )
        standing.put_on_desk(thread)
    return len(found)
