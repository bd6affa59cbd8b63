"""What somebody here has opened is marked as read in the client's own mailbox, where she allows that."""

from collections.abc import Collection, Iterable
from datetime import datetime

from messages_app.models import Mail, MailFolder, MailPlace, MailThread
from secretariat import outbox
from secretariat.channels import mailbox_at
from secretariat.channels.errors import Refused
from secretariat.outbox.models import Effect

from . import opening, standing

MARK, SEEN = "messages.mail_mark_read", "\\Seen"


def opened(thread: MailThread, mails: Iterable[Mail]) -> bool:
    """Somebody has this conversation before her. False where nothing is to be marked."""
    mailbox = thread.mailbox
    if not (mailbox.may_mark_read and mailbox.is_read_elsewhere):
        return False
    unread = [each for each in mails if _is_unread(each)]
    if not unread:
        return False
    newest = max(each.pk for each in unread)  # that was filed last: one found late is marked, too
    outbox.post(
        MARK,
        key=f"mail-read:{newest}",
        queue=Effect.Queue.BULK,
        client_id=thread.client_id,
        subject=(standing.SUBJECT, thread.pk),
        payload={"mails": [str(each.pk) for each in unread]},
        lane=f"mail-read:{thread.pk}",
    )
    return True


def _is_unread(mail: Mail) -> bool:
    is_there = mail.direction == Mail.Direction.IN and not mail.gone
    return is_there and not mail.seen_by_client and mail.marked_read_at is None


def mark(thread: MailThread, mails: Collection[str], *, at: datetime) -> str:
    """Mark those of `mails`, the ids of what was opened, that are unread there still: what came since is not.

    Outside any transaction; a second time does no harm. Raises channels' Refused.
    """
    folder = MailFolder.objects.filter(mailbox=thread.mailbox_id, role=MailFolder.Role.INBOX).first()
    unread = {"mail__in": mails, "mail__seen_by_client": False, "mail__gone": False}
    places = list(MailPlace.objects.filter(folder=folder, mail__direction=Mail.Direction.IN, **unread))
    if folder is None or not places:
        return "nothing to mark"
    try:
        with opening.opened(thread.mailbox) as there:
            if there.open(folder.name, to_change=True).uidvalidity != folder.uidvalidity:
                raise Refused("renumbered")  # the next look finds them again
            # Noted before: a look in between would take our mark for hers.
            Mail.objects.filter(pk__in=[each.mail_id for each in places]).update(marked_read_at=at)
            for each in places:
                there.mark(each.uid, SEEN)
    except mailbox_at.Refused as refusal:
        raise Refused(refusal.code, permanent=True) from refusal
    except mailbox_at.Unreachable as silence:
        raise Refused(silence.code) from silence
    return f"{len(places)} marked"
