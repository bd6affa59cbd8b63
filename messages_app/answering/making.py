"""What a mail is made of when it leaves: whose name stands on it, what it answers, and all of its words."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from messages_app.mail import addressing, composing, tokens
from messages_app.mail.addressing import Heading, Writer
from messages_app.mail.composing import Letter
from messages_app.models import Mail, Mailbox, OutgoingMail, SendingDomain
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.office.models import Firm

MOST_QUOTED = 20_000


def heading_of(mailbox: Mailbox) -> Heading:
    """Whose name stands on a mail from this mailbox at this moment."""
    domain = addressing.domain_of(mailbox.address)
    known = SendingDomain.objects.filter(client=mailbox.client_id, domain=domain)
    return addressing.heading(
        Writer(
            mode=mailbox.from_mode,
            address=mailbox.address,
            name=mailbox.name or mailbox.client.name,
            firm=Firm.current().name,
            firm_address=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
            stands=known.values_list("stands", flat=True).first(),
        )
    )


def reply_to(mailbox: Mailbox, heading: Heading, token_id: UUID) -> str:
    """Where answers go. Where they come to us by the very address, it tells which conversation they are of.

    Nobody else's server need know what to do with such an address.
    """
    if not heading.by_us or not mailbox.is_taken_in_by_us:
        return heading.reply_to
    address = tokens.address_with(mailbox.address, token_id)
    return addressing.named(mailbox.name or mailbox.client.name, address)


def words_of(values: Mapping[str, str], outgoing: OutgoingMail) -> str:
    """What is typed, with the client's signature and, where it is wanted, the mail that is answered."""
    words = composing.signed(values.get("words", ""), outgoing.mailbox.signature)
    if values.get("quote") and outgoing.answers:
        words += "\n" + composing.quoted(outgoing.answers.words[:MOST_QUOTED], said=_said(outgoing.answers))
    return words


def _said(mail: Mail) -> str:
    client = mail.client
    at = mail.at.astimezone(ZoneInfo(client.zone))
    with translation.override(client.language.split("-")[0]):
        return _("On %(day)s at %(time)s %(name)s wrote:") % {
            "day": f"{at:%d.%m.%Y}",
            "time": f"{at:%H:%M}",
            "name": mail.sender_name or mail.sender,
        }


def passed_on(mail: Mail) -> str:
    """A mail that came, to stand in one to somebody else: who wrote it, when, to whom, and its words."""
    at = mail.at.astimezone(ZoneInfo(mail.client.zone))
    with translation.override(mail.client.language.split("-")[0]):
        head = [
            _("Passed on:"),
            _("From: %(who)s") % {"who": " ".join(filter(None, [mail.sender_name, mail.sender]))},
            _("To: %(who)s") % {"who": ", ".join(address for _name, address in mail.to)},
            _("Date: %(day)s, %(time)s") % {"day": f"{at:%d.%m.%Y}", "time": f"{at:%H:%M}"},
            _("Subject: %(subject)s") % {"subject": mail.subject},
        ]
    return "\n\n" + "\n".join(head) + "\n\n" + mail.words[:MOST_QUOTED]


def payload_of(outgoing: OutgoingMail, heading: Heading, *, at: datetime) -> dict:
    """Everything an attempt needs, frozen. `at` is when it leaves: the mail's own date."""
    parent = outgoing.answers
    return {
        "sender": heading.sender,
        "reply_to": reply_to(outgoing.mailbox, heading, outgoing.thread_id or outgoing.pk),
        "envelope": heading.envelope,
        "by_us": heading.by_us,
        "to": outgoing.to,
        "cc": outgoing.cc,
        "bcc": outgoing.bcc,
        "subject": outgoing.subject,
        "words": outgoing.words,
        "message_id": outgoing.message_id,
        "in_reply_to": parent.message_id if parent else "",
        "references": composing.references(parent.message_id, parent.references) if parent else [],
        "at": at.isoformat(),
        "enclosures": [
            {"media_id": str(each.media_id), "name": each.name, "content_type": each.content_type}
            for each in outgoing.enclosures.all()
        ],
    }


def letter_of(payload: Mapping) -> Letter:
    """The mail of a frozen payload. Raises FileNotFoundError where a file that goes with it is gone."""
    return Letter(
        sender=payload["sender"],
        to=payload["to"],
        cc=payload["cc"],
        bcc=payload["bcc"],
        reply_to=payload["reply_to"],
        subject=payload["subject"],
        words=payload["words"],
        message_id=payload["message_id"],
        in_reply_to=payload["in_reply_to"],
        references=payload["references"],
        at=datetime.fromisoformat(payload["at"]),
        enclosures=[_enclosure(each) for each in payload["enclosures"]],
        extra=payload.get("extra", {}),
    )


def _enclosure(told: Mapping) -> composing.Enclosure:
    file = MediaFile.objects.filter(pk=told["media_id"], deleted_at=None).first()
    if file is None:
        raise FileNotFoundError(told["media_id"])
    return composing.Enclosure(told["name"], told["content_type"], b"".join(storing.read(file)))
