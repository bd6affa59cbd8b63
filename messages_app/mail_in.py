"""Mail that comes to the office: a guest's answer to a meeting, or something that somebody must read."""

from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from html.parser import HTMLParser

from django.db import transaction
from django.utils.translation import gettext as _

from calendar_app import replying
from clients import work
from clients.models import CorrespondentAddress, WorkItem
from secretariat import media
from secretariat.card_numbers import redact

from .models import InboundMail

UNREAD_KIND, SUBJECT = "messages.unread_mail", "messages_app.inboundmail"
MEDIA_KIND = "mail"
MOST_WORDS = 20_000


@transaction.atomic
def came(raw: bytes, *, sender: str, recipient: str, event_id, at) -> InboundMail | None:
    """Work one mail, in the transaction of its notice. None: it answered a meeting, and need not be read."""
    if replying.received(raw, at=at):
        return None
    mail = message_from_bytes(raw, policy=policy.default)
    sender = sender.strip().lower()[:254]
    known = _known(sender)
    kept, is_new = InboundMail.objects.get_or_create(
        event_id=event_id,
        defaults={
            "client_id": known.client_id if known else None,
            "correspondent": known.correspondent if known else None,
            "sender": sender,
            "recipient": recipient.strip().lower()[:254],
            "subject": redact(_header(mail, "Subject"))[0][:240],
            "words": redact(words_of(mail))[0][:MOST_WORDS],
            "attachments": min(_attached(mail), 999),
            "came_at": at,
        },
    )
    if is_new:
        file = media.store(
            raw, client_id=kept.client_id, kind=MEDIA_KIND, name="mail.eml", content_type="message/rfc822"
        )
        kept.media_id = file.pk
        kept.save(update_fields=["media_id"])
        work.open_item(
            UNREAD_KIND,
            client=kept.client_id,
            subject=(SUBJECT, kept.pk),
            because=_("A mail came in that nobody has read yet."),
            urgency=WorkItem.Urgency.TODAY,
        )
    return kept


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


def words_of(mail: EmailMessage) -> str:
    """What a person reads in it: the plain part, or the words of the HTML part; empty where neither opens."""
    for kind in ("plain", "html"):
        try:
            part = mail.get_body((kind,))
            text = part.get_content() if part else ""
        except (LookupError, ValueError, AttributeError, KeyError):
            continue
        if isinstance(text, str) and text.strip():
            text = _Words.of(text) if kind == "html" else text
            return "".join(letter for letter in text if letter in "\n\t" or letter.isprintable()).strip()
    return ""


def _header(mail: EmailMessage, name: str) -> str:
    try:
        said = str(mail.get(name, ""))
    except (HeaderParseError, ValueError, IndexError, AttributeError):
        return ""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in said).split())


def _attached(mail: EmailMessage) -> int:
    return sum(1 for part in mail.walk() if part.get_filename() and not part.is_multipart())


class _Words(HTMLParser):
    """The words of an HTML mail. Nothing of its markup is ever shown."""

    BREAKS = frozenset(["p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote"])
    SILENT = frozenset(["style", "script", "head", "title"])

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.silent = 0

    @classmethod
    def of(cls, html: str) -> str:
        words = cls()
        words.feed(html)
        words.close()
        lines = (" ".join(line.split()) for line in "".join(words.pieces).splitlines())
        return "\n".join(line for line in lines if line)

    def handle_starttag(self, tag, attrs):
        self.silent += tag in self.SILENT
        if tag in self.BREAKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag):
        self.silent -= tag in self.SILENT and self.silent > 0
        if tag in self.BREAKS:
            self.pieces.append("\n")

    def handle_data(self, data):
        if not self.silent:
            self.pieces.append(data)
