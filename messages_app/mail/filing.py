"""A mail becomes a row of its conversation, once, whatever ways it came by, and is judged."""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from messages_app.models import Mail, Mailbox, MailThread, OutgoingMail
from secretariat import mail_parts, media
from secretariat.card_numbers import redact
from secretariat.media import storing

from . import arrival, attached, identity, original, threading, tokens
from .judging import correspondent_of
from .reading import Address, Read, read

logger = logging.getLogger(__name__)
MOST_WORDS = 20_000
MOST_REFERENCES = 40
IN, OUT = Mail.Direction.IN, Mail.Direction.OUT


@dataclass(frozen=True)
class Filed:
    mail: Mail
    is_new: bool


def file(
    mailbox: Mailbox,
    raw: bytes,
    *,
    direction: str,
    at: datetime,
    now: datetime | None = None,
    thread: MailThread | None = None,
    by=None,
    bcc: Iterable[Address] = (),
    was_there: bool = False,
    recipient: str = "",
    envelope_sender: str | None = None,
    is_spam: bool = False,
    trouble: str = "",
    is_beginning: bool = False,
    written: storing.Written | None = None,
) -> Filed:
    """Keep this mail of the mailbox, in the caller's transaction or its own. The same again changes nothing.

    `at` is when it came, `now` when it was found, where that is later. `thread` is where it belongs, for
    whoever knows. `by` wrote it here. `was_there`: it lay in the mailbox before we came, and nobody is asked
    to do anything about it. `recipient` and `envelope_sender` are the envelope's; that it `is_spam` is said
    by whoever brings it. `trouble` is what whoever brings it knows to be wrong. Where `raw` only
    `is_beginning`, the whole of it was `written` already, if it was had. Raises OSError when the disk does
    not take the original; then nothing of it is kept.
    """
    mail = _made_out(raw, is_beginning=is_beginning)
    mail.trouble = [trouble, *mail.trouble] if trouble else mail.trouble
    mail.envelope_sender, mail.is_spam = envelope_sender, is_spam
    key = identity.key_of(mail, digest=_digest(raw, is_beginning=is_beginning, written=written))
    if kept := known(mailbox, key):
        if written:
            storing.drop(written)
        return Filed(kept, is_new=False)
    with transaction.atomic():
        kept_file = original.keep(
            raw, client_id=mailbox.client_id, is_beginning=is_beginning, written=written
        )
        # Whoever files into it at the same time waits here: a mail has one row, an answer one conversation.
        Mailbox.objects.select_for_update(no_key=True).get(pk=mailbox.pk)
        if kept := known(mailbox, key):
            media.remove(kept_file)
            return Filed(kept, is_new=False)
        place = thread or _thread_of(mailbox, mail, recipient, at)
        is_first = place is None
        thread = place or _begun(mailbox, mail, direction, at)
        row = Mail.objects.create(
            thread=thread,
            key=key,
            media_id=kept_file.pk,
            size=kept_file.size,
            stranger=not is_first and direction == IN and _is_stranger(thread, mail),
            by=by,
            at=at,
            direction=direction,
            bcc=_pairs(bcc or (mail.bcc if direction == OUT else ())),
            **_columns(mailbox, mail),
        )
        if direction == OUT:
            arrival.went_out(row, thread, at=at, now=now or at)
        elif was_there:
            arrival.was_there(row, thread, is_first=is_first)
        else:
            arrival.came_in(row, thread, mail, is_first=is_first, at=at, now=now or at)
    return Filed(row, is_new=True)


def _digest(raw: bytes, *, is_beginning: bool, written: storing.Written | None) -> str:
    """Of the bytes of a mail that is not read whole."""
    if not is_beginning and len(raw) <= mail_parts.MOST_BYTES:
        return ""
    return written.sha256 if written else hashlib.sha256(raw).hexdigest()


def _made_out(raw: bytes, *, is_beginning: bool = False) -> Read:
    """What it says. Whatever is wrong with it, there is something to be kept, with the original beside it."""
    try:
        mail = read(raw, is_beginning=is_beginning)
        mail.trouble += attached.opened(mail).trouble
    except Exception as fault:  # of mails that nobody has thought of; none may be lost for that
        logger.error("a mail could not be read", extra={"fault": type(fault).__name__})
        return Read(
            message_id=f"{hashlib.sha256(raw).hexdigest()}@unread", trouble=[_("It could not be read.")]
        )
    return mail


def known(mailbox: Mailbox, key: str) -> Mail | None:
    return Mail.objects.filter(mailbox=mailbox, key=key).first()


def _columns(mailbox: Mailbox, mail: Read) -> dict:
    """What its row says of it. Numbers of cards are not kept where they can be searched."""
    reply_to = next((each.email for each in mail.reply_to if each.email), "")
    return {
        "client_id": mailbox.client_id,
        "mailbox": mailbox,
        "message_id": mail.message_id[:250],
        "in_reply_to": next(iter(mail.in_reply_to), "")[:250],
        "references": mail.references[-MOST_REFERENCES:],
        "sender": (mail.sender.email if mail.sender else "")[:254],
        "sender_name": redact(mail.sender.name if mail.sender else "")[0][:240],
        "reply_to": tokens.without(reply_to)[:254],
        "to": _pairs(mail.to),
        "cc": _pairs(mail.cc),
        "subject": redact(mail.subject)[0][:240],
        "words": redact(mail.words)[0][:MOST_WORDS],
        "has_html": bool(mail.html),
        "attachments": attached.listed(mail),
        "automatic": mail.by_a_machine,
        "trouble": " ".join(dict.fromkeys(mail.trouble))[:240],
        "said_at": mail.at,
    }


def _pairs(people: Iterable[Address]) -> list[list[str]]:
    return [[redact(each.name)[0][:240], tokens.without(each.email)] for each in people]


# --- Which conversation ----------------------------------------------------------------------------------


def _thread_of(mailbox: Mailbox, mail: Read, recipient: str, at: datetime) -> MailThread | None:
    """By what it answers; then by a token of ours in an address; then by its subject and its people."""
    ids = threading.named(mail.in_reply_to, mail.references)
    by_id = dict(Mail.objects.filter(mailbox=mailbox, message_id__in=ids).values_list("message_id", "thread"))
    found = next((by_id[each] for each in ids if each in by_id), None)
    found = found or _by_token(mailbox, [recipient, *(each.email for each in (*mail.to, *mail.cc))], at)
    found = found or _by_subject(mailbox, mail, at)
    return MailThread.objects.filter(pk=found, mailbox=mailbox).first() if found else None


def _by_token(mailbox: Mailbox, addresses: Iterable[str], at: datetime) -> UUID | None:
    meant = tokens.thread_in(addresses)
    if meant is None:
        return None
    begun_by = OutgoingMail.objects.filter(pk=meant, mailbox=mailbox).values("thread")
    recent = MailThread.objects.filter(mailbox=mailbox, last_at__gte=at - tokens.GOOD_FOR)
    return recent.filter(Q(pk=meant) | Q(pk__in=begun_by)).values_list("pk", flat=True).first()


def _by_subject(mailbox: Mailbox, mail: Read, at: datetime) -> UUID | None:
    key = threading.subject_key(mail.subject)
    if not key or not threading.looks_like_an_answer(mail.subject):
        return None
    recent = MailThread.objects.filter(
        mailbox=mailbox, subject_key=key, last_at__gte=at - threading.SAME_SUBJECT_WITHIN
    )
    ours = {mailbox.address, mailbox.our_address}
    candidates = [
        threading.Candidate(each.pk, frozenset(people_of(each) - ours), each.last_at)
        for each in recent.order_by("-last_at")[:10]
    ]
    named = [mail.sender, *mail.to, *mail.cc]
    here = {tokens.without(each.email) for each in named if each and each.email} - ours
    return threading.by_subject(here, candidates, at=at)


def people_of(thread: MailThread) -> set[str]:
    """Every address that took part in it so far."""
    found: set[str] = set()
    for sender, to, cc in thread.mails.values_list("sender", "to", "cc"):
        found |= {sender, *(address for _name, address in (*to, *cc))}
    return found - {""}


def _is_stranger(thread: MailThread, mail: Read) -> bool:
    """Whoever writes into a conversation without having been in it may not be who she says she is."""
    return mail.sender is not None and mail.sender.email not in people_of(thread)


def _begun(mailbox: Mailbox, mail: Read, direction: str, at: datetime) -> MailThread:
    others = mail.to if direction == OUT else [mail.sender] if mail.sender else []
    subject = redact(mail.subject)[0]
    address = next((each.email for each in others), "")
    return MailThread.objects.create(
        client_id=mailbox.client_id,
        mailbox=mailbox,
        correspondent=correspondent_of(mailbox.client_id, address),
        subject=subject[:240],
        subject_key=threading.subject_key(subject),
        who=redact(", ".join(map(str, others)))[0][:240] or _("Somebody without an address"),
        address=address[:254],
        first_at=at,
        last_at=at,
    )
