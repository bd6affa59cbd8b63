"""What is urgent goes straight on to the client: a message, by her own rules, until somebody acknowledges."""

from datetime import datetime

from django.utils.translation import gettext as _

from clients.models import Contact
from messages_app.announcing import announce
from messages_app.dispatch import dispatch
from messages_app.event_log import log
from messages_app.models import Mail, MailThread, Message
from secretariat import ledger
from secretariat.card_numbers import redact

MOST_WORDS = 1500


def pass_on(mail: Mail, thread: MailThread, *, to=None, by=None, at: datetime) -> Message:
    """Write the message and its deliveries, in the caller's transaction. `to` is a contact's id."""
    people = Contact.objects.filter(client=thread.client_id, is_active=True)
    contact = people.filter(pk=to).first() if to else None
    contact = contact or people.filter(standing=Contact.Standing.OWNER).first() or people.first()
    message = Message.objects.create(
        client_id=thread.client_id,
        contact=contact,
        correspondent=thread.correspondent,
        caller_name=(mail.sender_name or mail.sender)[:120],
        caller_firm=(thread.correspondent.firm if thread.correspondent else "")[:120],
        text=_said(mail),
        urgency=Message.Urgency.URGENT,
        taken_by=by,
        taken_at=at,
    )
    log(message, "taken", at=at, by=by, mail=str(mail.pk))
    ledger.record(
        "correspondence.passed_on",
        actor_id=by.pk if by else None,
        client_id=thread.client_id,
        subject=("messages_app.message", message.pk),
    )
    dispatch(message, at=at)
    MailThread.objects.filter(pk=thread.pk).update(message=message)
    thread.message = message
    announce("message.taken", message)
    return message


def _said(mail: Mail) -> str:
    """What the message says: no card number, though a mail that was kept long ago may name a file by one."""
    words = mail.words if len(mail.words) <= MOST_WORDS else f"{mail.words[:MOST_WORDS]} …"
    said = [
        _("A mail came for you at %(address)s: %(subject)s")
        % {"address": mail.mailbox.address, "subject": mail.subject or _("without a subject")},
        words,
    ]
    if mail.attachments:
        said.append(_("With it: %(names)s") % {"names": ", ".join(each["name"] for each in mail.attachments)})
    return redact("\n\n".join(filter(None, said)))[0][:4000]
