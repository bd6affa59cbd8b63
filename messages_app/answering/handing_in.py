"""The client's own mail server: where her mail is handed in, and the folder in which what was sent lies."""

from collections.abc import Sequence

from messages_app.mail import opening, tokens_of_mailbox
from messages_app.models import Mailbox, MailFolder
from secretariat.channels import mail_as, mailbox_at
from secretariat.channels.errors import Refused, Silent


def hand_in(
    mailbox: Mailbox, raw: bytes, *, envelope: str, recipients: Sequence[str], message_id: str
) -> mail_as.Sent:
    """Hand a mail in at her own server. Raises Refused, also where nobody may any more, or Silent."""
    if mailbox.ended_at or not mailbox.smtp_host:
        raise Refused("disconnected", permanent=True)
    said = {"envelope": envelope, "recipients": recipients, "receipt": f"<{message_id}>"}
    if not mailbox.service:
        return mail_as.through_server(opening.outgoing(mailbox), raw, **said)
    token = _token(mailbox)
    try:
        return mail_as.through_server(opening.outgoing(mailbox, token), raw, **said)
    except Refused as refusal:
        if not refusal.code.startswith(mail_as.SIGN_IN):
            raise
    another = _token(mailbox, refused=token)
    return mail_as.through_server(opening.outgoing(mailbox, another), raw, **said)


def _token(mailbox: Mailbox, *, refused: str = "") -> str:
    """Raises Refused: nothing has left yet."""
    try:
        return tokens_of_mailbox.of(mailbox, refused=refused)
    except (mailbox_at.Refused, mailbox_at.Unreachable) as trouble:
        raise Refused(trouble.code) from trouble


def put_into_sent(mailbox: Mailbox, raw: bytes, message_id: str) -> str:
    """Put a copy where the client finds what was sent, unless her server did so itself."""
    folder = _sent(mailbox)
    try:
        with opening.opened(mailbox) as there:
            there.open(folder, to_change=True)
            if not there.holding(message_id):
                there.add(raw, folder)
    except mailbox_at.Refused as refusal:
        raise Refused(refusal.code, permanent=True) from refusal
    except mailbox_at.Unreachable as silence:  # perhaps it lies there: whoever tries again looks first
        raise Silent(silence.code) from silence
    return f"<{message_id}>"


def is_in_sent(mailbox: Mailbox, message_id: str) -> bool:
    """Whether it lies there. Raises Refused where that cannot be seen now."""
    try:
        with opening.opened(mailbox) as there:
            there.open(_sent(mailbox))
            return bool(there.holding(message_id))
    except (mailbox_at.Refused, mailbox_at.Unreachable) as silence:
        raise Refused(silence.code) from silence


def _sent(mailbox: Mailbox) -> str:
    folders = MailFolder.objects.filter(mailbox=mailbox, role=MailFolder.Role.SENT)
    name = folders.values_list("name", flat=True).first()
    if not name:
        raise Refused("no Sent folder", permanent=True)
    return name
