"""What the client did in her own mail program: answered, read, filed, deleted. It leaves the desk by that.

What she wrote herself may lie in her inbox, too. Her marks on that copy say nothing of anybody who waits.
"""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from messages_app.models import Mail, MailThread

from . import arrival, judging, passing_on, standing

State = MailThread.State
IN, OUT = Mail.Direction.IN, Mail.Direction.OUT


def sent(mail: Mail, *, by=None, now: datetime) -> None:
    """It lies in her Sent folder, in the caller's transaction: if it was taken for somebody's, it is hers.

    She writes to herself as well, and her inbox is read first. Only the folder proves it: anybody can write
    her address as the author's. Nor is it hers if somebody else is to be answered, as where a form of her web
    site writes by her mailbox, or if she has filed there what somebody wrote. `by` wrote it here for her.
    """
    if mail.direction == OUT or not arrival.is_from_herself(mail):
        return
    mail.direction, mail.stranger, mail.by = OUT, False, by
    mail.save(update_fields=["direction", "stranger", "by"])
    thread = MailThread.objects.select_for_update().get(pk=mail.thread_id)
    came = Mail.objects.filter(thread=thread, direction=IN)
    last = came.order_by("-at", "-pk").first()
    address = last.sender if last else next((address for _name, address in mail.to if address), "")
    columns: dict = {"address": address or thread.address}
    if last is None:
        columns["who"] = ", ".join(name or address for name, address in mail.to)[:240] or thread.who
        columns["correspondent"] = judging.correspondent_of(thread.client_id, address)
    if thread.waits_since == mail.at:  # for nobody, before somebody wrote after her
        later = came.filter(at__gt=mail.at).order_by("at").first()
        columns |= {"waits_since": later.at} if later else {"waits_since": None, "promised_at": None}
    standing.changed(thread, **columns)
    arrival.went_out(mail, thread, at=mail.at, now=now)


def marked(mail: Mail, flags: frozenset[str], *, at: datetime) -> None:
    """Her marks on it, in the caller's transaction. That she read it takes nothing off the desk."""
    if mail.direction == OUT:
        return
    seen, answered = "\\seen" in flags, "\\answered" in flags
    if mail.marked_read_at and not mail.seen_by_client:  # the mark is ours
        seen = False
    if (mail.seen_by_client, mail.answered_by_client) == (seen, answered):
        return
    newly_answered = answered and not mail.answered_by_client
    moment = {"answered_at": at} if newly_answered else {}
    Mail.objects.filter(pk=mail.pk).update(seen_by_client=seen, answered_by_client=answered, **moment)
    mail.seen_by_client, mail.answered_by_client = seen, answered
    if newly_answered and _was_all(mail):
        standing.end(mail.thread, _("The client answered it herself"), state=State.WAITING, at=at)
        passing_on.she_dealt_with(mail.thread, _dealt_with(mail), at=at)


def took_away(mail: Mail, *, at: datetime) -> None:
    """It lies in her inbox no more, in the caller's transaction."""
    if mail.direction == OUT or mail.places.filter(folder__role="inbox").exists():
        return
    Mail.objects.filter(pk=mail.pk).update(gone=True)
    mail.gone = True
    if _was_all(mail):
        standing.end(mail.thread, _("The client filed or deleted it herself"), at=at)
        if mail.seen_by_client:  # a filter of her program moves what nobody has read: she is rung on
            passing_on.she_dealt_with(mail.thread, _dealt_with(mail), at=at)


def _dealt_with(mail: Mail):
    """This one, and what else of its conversation she has answered, or read and put away."""
    done = Q(pk=mail.pk) | Q(answered_by_client=True) | Q(gone=True, seen_by_client=True)
    return Mail.objects.filter(done, thread=mail.thread_id, direction=IN)


def put_back(mail: Mail, *, at: datetime) -> None:
    """What she had filed lies in her inbox again."""
    if not mail.gone:
        return
    Mail.objects.filter(pk=mail.pk).update(gone=False)
    mail.gone = False
    thread = MailThread.objects.get(pk=mail.thread_id)
    if thread.state == State.DONE and thread.done_by_id is None and _was_all(mail):
        # What is for later comes up on its day, or at once where that was over: else nobody would see it.
        later = thread.verdict == MailThread.Verdict.LATER
        promised_at = (thread.promise_was or at) if later else thread.promised_at
        standing.reopen(thread, promised_at=promised_at, at=at, since=mail.at)


def _was_all(mail: Mail) -> bool:
    """Whether she has dealt with the conversation by this mail: nobody has written to her in it since.

    What a machine wrote since is nobody's; by what a machine wrote she has not dealt with somebody who waits.
    """
    others = Mail.objects.filter(thread=mail.thread_id, direction=IN).exclude(pk=mail.pk)
    if not mail.automatic:
        return not others.filter(at__gt=mail.at, automatic=False).exists()
    since = MailThread.objects.values_list("waits_since", flat=True).get(pk=mail.thread_id)
    waits = since and standing.waiting(mail.thread_id, since=since).filter(automatic=False).exists()
    return not waits and not others.filter(at__gt=mail.at).exists()
