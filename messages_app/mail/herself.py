"""What the client did in her own mail program: answered, read, filed, deleted. It leaves the desk by that."""

from datetime import datetime

from django.utils.translation import gettext as _

from messages_app.models import Mail, MailThread

from . import passing_on, standing

State = MailThread.State


def marked(mail: Mail, flags: frozenset[str], *, at: datetime) -> None:
    """Her marks on it, in the caller's transaction. That she read it takes nothing off the desk."""
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
        passing_on.she_dealt_with(mail.thread, at=at)


def took_away(mail: Mail, *, at: datetime) -> None:
    """It lies in her inbox no more, in the caller's transaction."""
    if mail.places.filter(folder__role="inbox").exists():
        return
    Mail.objects.filter(pk=mail.pk).update(gone=True)
    mail.gone = True
    if _was_all(mail):
        standing.end(mail.thread, _("The client filed or deleted it herself"), at=at)
        passing_on.she_dealt_with(mail.thread, at=at)


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
    others = Mail.objects.filter(thread=mail.thread_id, direction=Mail.Direction.IN).exclude(pk=mail.pk)
    if not mail.automatic:
        return not others.filter(at__gt=mail.at, automatic=False).exists()
    since = MailThread.objects.values_list("waits_since", flat=True).get(pk=mail.thread_id)
    waits = since and standing.waiting(mail.thread_id, since=since).filter(automatic=False).exists()
    return not waits and not others.filter(at__gt=mail.at).exists()
