"""What is urgent goes straight on to the client: a message, by her own rules, until somebody acknowledges."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from clients.models import Contact
from messages_app import acknowledging, correcting
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


def she_dealt_with(thread: MailThread, mails: Iterable[Mail], *, at: datetime) -> None:
    """The client has seen to these of its `mails` in her own mailbox: nobody is told of them any more."""
    for message in _open(thread, mails):
        acknowledging.dealt_with(message, at=at)


def not_urgent(thread: MailThread, verdict: str, *, by, at: datetime) -> None:
    """Somebody here has sorted it anew, as `verdict`: nobody is rung for it any more."""
    for message in _open(thread, Mail.objects.filter(thread=thread.pk)):
        correcting.no_longer_urgent(message, verdict=verdict, by=by, at=at)


def _open(thread: MailThread, mails: Iterable[Mail]) -> list[Message]:
    """What was passed on of these mails, as last corrected, and nobody has acknowledged."""
    ids = [str(each.pk) for each in mails]
    hers = Message.objects.filter(client=thread.client_id)
    found = set(hers.filter(events__verb="taken", events__detail__mail__in=ids))
    while corrections := set(hers.filter(corrects__in=found)) - found:
        found |= corrections
    passed_on = hers.filter(pk__in=[each.pk for each in found], acknowledged_at=None)
    return list(passed_on.exclude(state=Message.State.WITHDRAWN).as_last_corrected())


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
