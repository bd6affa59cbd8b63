"""What comes to a client's mailbox about a mail that we wrote in her name and that did not arrive."""

from datetime import datetime

from django.utils.translation import gettext as _

from messages_app.answering import following
from messages_app.models import Mail, MailThread

from . import standing

State = MailThread.State


def look_into(mail: Mail, raw: bytes, *, at: datetime) -> bool:
    """Note what a mail server reports, in the transaction that files its report. False: it reports nothing.

    Whoever wrote the mail is told where she wrote it, so the report itself asks nobody for anything.
    """
    if not mail.automatic or not following.reported(raw, at=at, client_id=mail.client_id):
        return False
    mail.thread.refresh_from_db()
    if standing.waits_alone(mail):
        is_first = not mail.thread.mails.exclude(pk=mail.pk).exists()
        because = _("It tells that a mail did not arrive, which is seen to there")
        standing.end(mail.thread, because, state=State.DONE if is_first else State.WAITING, at=at)
    return True
