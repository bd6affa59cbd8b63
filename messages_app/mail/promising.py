"""Who writes to a client is told at once by when she is answered, where the client wants that.

By a machine: so never to a machine, once a day to each (`automatic.py`), marked as what it is, and
with no way back (RFC 3834).
"""

from datetime import datetime
from email.utils import parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import formats, translation
from django.utils.translation import gettext as _

from calendar_app.when import place
from messages_app.answering import making
from messages_app.models import Mail, Mailbox, MailThread
from secretariat import outbox
from secretariat.card_numbers import redact

from . import automatic, composing, tokens
from .reading import Read

PROMISE, SUBJECT = "messages.mail_promise", "messages_app.mail"


def promise(row: Mail, thread: MailThread, mail: Read, *, at: datetime) -> bool:
    """Tell its author, in the transaction that files it. False where nobody is told."""
    mailbox = row.mailbox
    if not mailbox.acknowledges or thread.promised_at is None or row.thread_id != thread.pk:
        return False
    if thread.promised_at <= at:  # as of one who writes again, or whose mail is found late
        return False
    if automatic.why_not(_as_it_came(row, mail), ours=_ours(mailbox), at=at):
        return False
    if not composing.is_address(row.sender):
        return False
    Mail.objects.filter(pk=row.pk).update(acknowledged_at=at)
    outbox.post(
        PROMISE,
        key=f"mail-promise:{row.pk}",
        client_id=row.client_id,
        subject=(SUBJECT, row.pk),
        payload=_payload(row, thread, thread.promised_at, at=at),
    )
    return True


def _as_it_came(row: Mail, mail: Read) -> automatic.Came:
    told = Mail.objects.filter(mailbox=row.mailbox_id, sender=row.sender, acknowledged_at__isnull=False)
    return automatic.Came(
        sender=row.sender,
        headers=mail.asks,
        content_type=mail.content_type,
        envelope_sender=mail.envelope_sender,
        named=[tokens.without(each.email) for each in (*mail.to, *mail.cc)],
        is_spam=mail.is_spam,
        answered_at=told.order_by("-acknowledged_at").values_list("acknowledged_at", flat=True).first(),
    )


def _ours(mailbox: Mailbox) -> set[str]:
    hers = Mailbox.objects.filter(client=mailbox.client_id, ended_at=None)
    addresses = {each for pair in hers.values_list("address", "our_address") for each in pair}
    return (addresses | {parseaddr(settings.DEFAULT_FROM_EMAIL)[1].lower()}) - {""}


def _payload(row: Mail, thread: MailThread, promised_at: datetime, *, at: datetime) -> dict:
    heading, client = making.heading_of(row.mailbox), row.mailbox.client
    key = f"mail-promise:{row.pk}"
    with translation.override(client.language.split("-")[0]):
        subject = composing.answer_subject(redact(row.subject)[0])
        words = words_of(thread, promised_at)
    return {
        "sender": heading.sender,
        "reply_to": making.reply_to(row.mailbox, heading, thread.pk),
        "envelope": "",  # what does not arrive comes back to nobody (RFC 3834)
        "by_us": heading.by_us,
        "to": [row.sender],
        "cc": [],
        "bcc": [],
        "subject": subject,
        "words": words,
        "message_id": composing.message_id(key, heading.domain),
        "in_reply_to": row.message_id,
        "references": composing.references(row.message_id, row.references) if row.message_id else [],
        "at": at.isoformat(),
        "enclosures": [],
        "extra": automatic.headers(answering=True),
    }


def words_of(thread: MailThread, promised_at: datetime) -> str:
    """In the active language; the time on the client's clocks."""
    client = thread.client
    local = promised_at.astimezone(ZoneInfo(client.zone))
    when = {
        "client": client.name,
        "day": formats.date_format(local.date(), "l j F"),
        "time": f"{local:%H:%M}",
        "place": place(client.zone),
    }
    said = [
        _("Your mail to %(client)s is here. It is answered by %(day)s, %(time)s in %(place)s.") % when,
        _("A machine wrote this, so that you know. If you answer it, a person reads that, too."),
    ]
    return "\n\n".join(said) + "\n"
