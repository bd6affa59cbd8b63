"""Mail that comes to the office: a guest's answer to a meeting, or something that somebody must read."""

from django.db import transaction
from django.utils.translation import gettext as _

from calendar_app import being_invited, replies, replying, written_back
from clients import work
from clients.models import CorrespondentAddress, WorkItem
from secretariat import media
from secretariat.card_numbers import redact
from secretariat.media.models import MediaFile

from .answering import asking_client
from .mail.reading import Read, read
from .models import InboundMail

UNREAD_KIND, SUBJECT = "messages.unread_mail", "messages_app.inboundmail"
MEDIA_KIND = "mail"
MOST_WORDS = 20_000


@transaction.atomic
def came(raw: bytes, *, sender: str, recipient: str, event_id, at) -> InboundMail | None:
    """Work one mail, in the transaction of its notice. None: it answered a meeting, and need not be read.

    One that invites a client is kept as read: it is answered where it is proposed.
    """
    if replying.received(raw, at=at):
        return None
    invites = being_invited.received(raw, at=at)  # answered where it is proposed; kept, as any mail is
    mail = read(raw)
    sender = sender.strip().lower()[:254]
    known = _known(sender)
    about = _negotiated(raw, mail, at=at)
    client_id = about.client_id if about else known.client_id if known else None
    kept, is_new = InboundMail.objects.get_or_create(
        event_id=event_id,
        defaults={
            "client_id": client_id,
            "correspondent": known.correspondent if known and known.client_id == client_id else None,
            "sender": sender,
            "recipient": recipient.strip().lower()[:254],
            "subject": redact(mail.subject)[0][:240],
            "words": redact(mail.words)[0][:MOST_WORDS],
            "attachments": len(mail.attachments),
            "trouble": " ".join(mail.trouble)[:240],
            "came_at": at,
            "read_at": at if invites else None,
        },
    )
    if is_new:
        file = media.store(
            raw, client_id=kept.client_id, kind=MEDIA_KIND, name="mail.eml", content_type="message/rfc822"
        )
        kept.media_id = file.pk
        kept.save(update_fields=["media_id"])
    if is_new and (asked := asking_client.meant_by(mail, [recipient], at=at)):
        asking_client.look_into(asked, kept)
    if is_new and not invites:
        work.open_item(
            UNREAD_KIND,
            client=kept.client_id,
            subject=(SUBJECT, kept.pk),
            because=_("A mail about the times offered for “%(about)s” came in.") % {"about": about.about}
            if about
            else _("A mail came in that nobody has read yet."),
            urgency=WorkItem.Urgency.TODAY,
        )
    return kept


def _negotiated(raw: bytes, mail: Read, *, at):
    """What is being arranged, where the mail answers what was asked about it."""
    author = replies.read(raw)
    answers_to = [*mail.in_reply_to, *mail.references]
    return written_back.received(author.sender, answers_to, mail.words, vouched=author.vouched, at=at)


@transaction.atomic
def not_read(content: bytes, *, event_id, at, is_mail: bool = False, trouble: str = "") -> InboundMail:
    """Keep what could be a mail to anybody, or (`is_mail`) surely is one: the firm looks into it.

    With `trouble`, a sentence, it is no mail but something told of mails. Of those one at a time is work: a
    provider that tells it in a new way does so a thousand times.
    """
    because = trouble or _("A mail came in that could not be read.")
    told_before = trouble and InboundMail.objects.filter(trouble=trouble, read_at=None).exists()
    kept, is_new = InboundMail.objects.get_or_create(
        event_id=event_id, defaults={"trouble": because, "came_at": at}
    )
    if is_new:
        kept.media_id = media.store(
            content,
            client_id=None,
            kind=MEDIA_KIND,
            name="mail.eml" if is_mail else "as-it-came.txt",
            content_type="message/rfc822" if is_mail else "application/octet-stream",
        ).pk
        kept.save(update_fields=["media_id"])
    if is_new and not told_before:
        work.open_item(
            UNREAD_KIND, subject=(SUBJECT, kept.pk), because=because, urgency=WorkItem.Urgency.TODAY
        )
    return kept


def original_of(mail: InboundMail) -> MediaFile | None:
    """The mail as it came; None once it is kept no longer."""
    return MediaFile.objects.filter(pk=mail.media_id, deleted_at=None).first()


def deal_with(mail: InboundMail, *, by, at) -> bool:
    """Somebody has read it. False if somebody had before."""
    won = InboundMail.objects.filter(pk=mail.pk, read_at=None).update(read_at=at, read_by=by)
    work.finish_all(subject=(SUBJECT, mail.pk), by=by, outcome=_("Read"))
    return bool(won)


def _known(sender: str) -> CorrespondentAddress | None:
    """Who wrote, where one client alone knows her."""
    addresses = CorrespondentAddress.objects.filter(kind=CorrespondentAddress.Kind.EMAIL, value=sender)
    found = list(addresses.select_related("correspondent")[:2])
    return found[0] if len(found) == 1 else None
