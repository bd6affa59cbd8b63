"""The secretary asks the client before she goes on, and the client answers: in the portal or by mail.

An answer by mail counts only with the token of its question in the address it came to, and from an address of
hers whose domain stands for it. It is words for the secretary to read; it does nothing by itself.
"""

import base64
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from email.utils import formataddr, parseaddr
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from clients import audience, suppressing, work
from clients.models import Contact, ContactAddress
from messages_app.mail import automatic, believing, composing
from messages_app.mail.reading import Read
from messages_app.models import ClientQuestion, InboundMail, OutgoingMail
from secretariat import ledger, live, outbox
from secretariat.card_numbers import redact
from secretariat.office import names
from secretariat.office.models import Firm

ASK, BELIEVE = "messages.mail_question", "messages.mail_believe"
SUBJECT = "messages_app.clientquestion"
ANSWERED, UNASKED = "messages.mail_answered", "messages.mail_not_asked"
SALT = "messages_app.question"
TOKEN = re.compile(r"\+q-([a-z2-7]{26})-([a-z2-7]{16})@")
OPEN_FOR = timedelta(days=60)
How = ClientQuestion.How


def mailboxes(contacts: Iterable[Contact]) -> dict[UUID, str]:
    """The first mailbox of each to which something may be sent; whoever has none is not among them."""
    hers = ContactAddress.objects.filter(contact__in=contacts, kind=ContactAddress.Kind.EMAIL)
    hers = list(hers.order_by("rank", "pk"))
    reached = {suppressing.normal(each.value) for each in suppressing.reached(hers)}  # several may share one
    found: dict[UUID, str] = {}
    for each in hers:
        if suppressing.normal(each.value) in reached:
            found.setdefault(each.contact_id, each.value)
    return found


@transaction.atomic
def ask(outgoing: OutgoingMail, contact: Contact, question: str, *, by, at: datetime) -> ClientQuestion:
    """Ask somebody at the client. She finds it in the portal, and by mail where she has an address."""
    asked = ClientQuestion.objects.create(
        client_id=outgoing.client_id,
        thread=outgoing.thread,
        outgoing=outgoing,
        contact=contact,
        question=redact(question.strip())[0],
        asked_by=by,
        asked_at=at,
    )
    address = mailboxes([contact]).get(contact.pk, "")
    if address:
        asked.effect = outbox.post(
            ASK,
            key=f"mail-question:{asked.pk}",
            client_id=asked.client_id,
            subject=(SUBJECT, asked.pk),
            payload=_payload(asked, address),
        )
        asked.save(update_fields=["effect"])
    elif not contact.user_id:
        not_reached(asked, _("has neither an e-mail address nor a way into the portal"))
    ledger.record(
        "correspondence.asked", actor_id=by.pk, client_id=asked.client_id, subject=(SUBJECT, asked.pk)
    )
    _announce(asked)
    return asked


def unheard(asked: ClientQuestion) -> str:
    """Why she may not learn of it, for whoever has just asked; empty where a mail goes to her."""
    if asked.effect_id:
        return ""
    name = {"name": asked.contact.name}
    if not asked.contact.user_id:
        return (
            _("%(name)s cannot be reached from here. Ring, and note the answer beside the question.") % name
        )
    return _("Nothing tells %(name)s that a question waits in the portal. Ring, if it is urgent.") % name


def about(asked: ClientQuestion, contact: Contact) -> str:
    """The subject of what it is asked for, which a member knows by what the question says of it alone."""
    return asked.thread.subject if asked.thread and contact.sees_all else ""


def _payload(asked: ClientQuestion, address: str) -> dict:
    client, firm, subject = asked.client, Firm.current().name, about(asked, asked.contact)
    page = f"{settings.PUBLIC_BASE_URL}{reverse('mail-question', args=[asked.pk])}?client={client.pk}"
    with translation.override(client.language.split("-")[0]):
        lines = [
            _("%(name)s asks you before going on with a mail for %(client)s:")
            % {"name": names.to_clients(asked.asked_by), "client": client.name},
            asked.question,
            _("Answer this mail, or answer in the portal: %(address)s") % {"address": page}
            if asked.contact.user_id
            else _("Answer this mail."),
        ]
        return {
            "to": address,
            "reply_to": formataddr((firm, reply_address(asked))),
            "subject": _("A question about “%(about)s”") % {"about": subject} if subject else _("A question"),
            "text": "\n\n".join(lines) + "\n",
            "headers": automatic.headers(answering=False),
        }


@transaction.atomic
def answer(
    asked: ClientQuestion, words: str, *, how: str, at: datetime, by=None, who: Contact | None = None
) -> bool:
    """The client has answered, by `who` if not by her who was asked. False if she had before: the first
    answer stands.
    """
    who = who or asked.contact
    words = redact(words.strip())[0][:4000]
    waiting = ClientQuestion.objects.filter(pk=asked.pk, answered_at=None)
    if not words or not waiting.update(answer=words, answered_at=at, answered_how=how):
        return False
    asked.refresh_from_db()
    work.finish_all(subject=(SUBJECT, asked.pk), by=by, outcome=_("Answered"))
    if by != asked.asked_by:  # who wrote down what she herself had asked has it
        work.open_item(
            ANSWERED,
            client=asked.client_id,
            subject=(SUBJECT, asked.pk),
            because=_("%(name)s has answered what you asked.") % {"name": who.name},
            urgency=2,
            owner=work.still_hers(asked.asked_by, asked.client_id),
        )
    ledger.record(
        "correspondence.question_answered",
        actor_id=by.pk if by else None,
        client_id=asked.client_id,
        subject=(SUBJECT, asked.pk),
        detail={"how": how, "contact": str(who.pk)},
    )
    _announce(asked)
    return True


def told(asked: ClientQuestion, words: str, *, who: Contact, by, at: datetime) -> bool:
    """Somebody at the client has answered by word of mouth, and `by` wrote it down. False as `answer`."""
    if who != asked.contact:
        words = _("%(name)s: %(words)s") % {"name": who.name, "words": words.strip()}
    return answer(asked, words, how=How.TOLD, at=at, by=by, who=who)


def has_been_read(asked: ClientQuestion, *, by) -> None:
    """The answer is on somebody's screen, beside the mail it is for."""
    if asked.answered_how == How.TOLD and asked.asked_by.is_active and asked.asked_by != by:
        return  # who wrote it down for her has it before her, too
    work.finish_all(subject=(SUBJECT, asked.pk), kind=ANSWERED, by=by, outcome=_("Read"))


def not_reached(asked: ClientQuestion, why: str) -> None:
    """The question did not get there: a person must ask otherwise."""
    ClientQuestion.objects.filter(pk=asked.pk).update(not_reached=why[:240])
    work.open_item(
        UNASKED,
        client=asked.client_id,
        subject=(SUBJECT, asked.pk),
        because=_("A question to %(name)s did not arrive.") % {"name": asked.contact.name},
        urgency=2,
        owner=work.still_hers(asked.asked_by, asked.client_id),
    )


def meant_by(mail: Read, recipients: Iterable[str], *, at: datetime) -> ClientQuestion | None:
    """The question that this mail seems to answer: by the token it came to, and from an address of hers."""
    asked = question_in([*recipients, *(each.email for each in (*mail.to, *mail.cc))])
    if asked is None or asked.answered_at or at > asked.asked_at + OPEN_FOR or not asked.contact.is_active:
        return None
    if mail.by_a_machine or not mail.sender:
        return None
    hers = ContactAddress.objects.filter(
        contact=asked.contact, kind=ContactAddress.Kind.EMAIL, value=mail.sender.email
    )
    return asked if hers.exists() else None


def look_into(asked: ClientQuestion, came: InboundMail) -> None:
    """Have it looked into whether she really wrote it; until then somebody reads it as any mail."""
    outbox.post(
        BELIEVE,
        key=f"mail-believe:{came.pk}",
        client_id=asked.client_id,
        subject=("messages_app.inboundmail", came.pk),
        payload={"question": str(asked.pk)},
    )


@transaction.atomic
def believed(asked: ClientQuestion, came: InboundMail, mail: Read, *, at: datetime) -> bool:
    """She wrote it: it is her answer. Where files came with it, somebody still looks at the mail itself."""
    if not answer(asked, believing.new_words(mail.words), how=How.MAIL, at=at):
        return False
    InboundMail.objects.filter(pk=came.pk, client=None).update(client=asked.client_id)
    if not mail.attachments and InboundMail.objects.filter(pk=came.pk, read_at=None).update(read_at=at):
        work.finish_all(subject=("messages_app.inboundmail", came.pk), by=None, outcome=_("It was an answer"))
    return True


# --- The address that an answer comes to -------------------------------------------------------------------


def reply_address(asked: ClientQuestion) -> str:
    """The firm's address with the question's token in it."""
    name, _at, domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")
    return f"{name}+q-{_written(asked.pk.bytes)}-{_signature(asked.pk)}@{composing.domain_in_ascii(domain)}"


def question_in(addresses: Iterable[str]) -> ClientQuestion | None:
    """The question whose token stands in one of these addresses, if we wrote it there."""
    for address in addresses:
        if found := TOKEN.search(address.lower()):
            written, signature = found.groups()
            question_id = UUID(bytes=base64.b32decode(written.upper() + "======"))
            if constant_time_compare(signature, _signature(question_id)):
                rows = ClientQuestion.objects.select_related("contact", "client", "asked_by")
                return rows.filter(pk=question_id).first()
    return None


def _signature(question_id: UUID) -> str:
    return _written(salted_hmac(SALT, question_id.hex, algorithm="sha256").digest()[:10])


def _written(content: bytes) -> str:
    return base64.b32encode(content).decode().rstrip("=").lower()


def _announce(asked: ClientQuestion) -> None:
    client = asked.client_id
    concerned = audience.desk(client) | audience.portal(client) | audience.people([asked.contact])
    live.announce("approval.changed", asked.pk, int(asked.answered_at is not None), concerned)
