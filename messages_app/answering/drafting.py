"""A mail as it is typed: kept with every pause, by whoever types it, until it leaves or is thrown away."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients import audience
from messages_app.mail import addressing, attached, composing, kinds, original
from messages_app.models import Enclosure, Mail, Mailbox, MailThread, OutgoingMail
from secretariat import ledger, live, media
from secretariat.card_numbers import redact
from secretariat.media import storing
from secretariat.media.models import MediaFile

from . import claiming, hours, making

SUBJECT = "messages_app.outgoingmail"
FIELDS = ("to", "cc", "bcc", "subject", "words", "quote", "send_on", "send_at")
MOST_CHARACTERS = 50_000  # of one field
MOST_ENCLOSURES = 20
ENCLOSURE_KIND = "enclosure"
TOO_LARGE = gettext_lazy("All files together may have 20 MB: many mail servers take no more.")
State, Kind = OutgoingMail.State, OutgoingMail.Kind


class StaleDraft(Exception):
    """The draft was changed in another window, or by somebody else. `kept` is what is there now."""

    def __init__(self, kept: OutgoingMail):
        super().__init__("the draft was changed elsewhere")
        self.kept = kept


class OthersWrite(StaleDraft):
    """Somebody else (`who`) has taken it over and writes just now: what stands there is hers."""

    def __init__(self, kept: OutgoingMail, who):
        super().__init__(kept)
        self.who = who


class NotEnclosed(Exception):
    """The file does not go with the mail. The message says why."""


@dataclass(frozen=True)
class Saved:
    outgoing: OutgoingMail
    redacted: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PassedOn:
    """`left_out`: which of the files do not go along, and why, each as a sentence."""

    outgoing: OutgoingMail
    left_out: list[str]


def newest(thread: MailThread | None) -> Mail | None:
    """The last mail of a conversation."""
    return thread.mails.order_by("-at", "-pk").first() if thread else None


def draft_of(thread: MailThread) -> OutgoingMail | None:
    """What is being written in it, or waits for somebody's word."""
    unfinished = [State.DRAFTING, State.AWAITING, State.CHANGES, State.FAILED]
    return OutgoingMail.objects.filter(thread=thread, state__in=unfinished).first()


def not_finished(thread: MailThread) -> list[OutgoingMail]:
    """What was written in it and waits to leave, or for a person."""
    return list(thread.outgoing.exclude(state__in=OutgoingMail.OVER).order_by("began_at")[:10])


@transaction.atomic
def answer(thread: MailThread, *, by, at: datetime, everybody: bool = True) -> OutgoingMail:
    """Begin to answer what came last in this conversation, or go on with what is there."""
    MailThread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    if there := draft_of(thread):
        return there
    last = _to_answer(thread)
    mailbox = thread.mailbox
    to, cc = (
        _whom(last, mailbox, everybody=everybody)
        if last
        else ([thread.address] if thread.address else [], [])
    )
    made = OutgoingMail(
        client_id=thread.client_id,
        mailbox=mailbox,
        thread=thread,
        answers=last,
        kind=Kind.REPLY,
        author=by,
        began_at=at,
        saved_at=at,
        had_seen=getattr(newest(thread), "pk", None),
        values={
            "to": ", ".join(to),
            "cc": ", ".join(cc),
            "subject": composing.answer_subject(thread.subject),
            "quote": "on" if last else "",
        },
    )
    return _begun(made, by=by)


@transaction.atomic
def begin(mailbox: Mailbox, *, by, at: datetime, **values: str) -> OutgoingMail:
    """Begin a mail to somebody who has not written."""
    made = OutgoingMail(
        client_id=mailbox.client_id,
        mailbox=mailbox,
        kind=Kind.NEW,
        author=by,
        began_at=at,
        saved_at=at,
        values=clean(values)[0],
    )
    return _begun(made, by=by)


@transaction.atomic
def pass_on(mail: Mail, *, by, at: datetime) -> PassedOn:
    """Begin a mail to somebody else with this one below what she writes, and the files that came with it."""
    subject = composing.passed_on_subject(mail.subject)
    made = begin(mail.mailbox, by=by, at=at, subject=subject, words=making.passed_on(mail))
    read = original.read_again(mail)
    left_out = [] if read else [each["name"] for each in mail.attachments if not attached.is_drawn(each)]
    told = [_("%(name)s does not go along: it is kept no longer.") % {"name": name} for name in left_out]
    for file in attached.files_of(read) if read else []:
        if file.is_drawn:
            continue  # a picture of its layout
        try:
            enclose(made, name=file.name or _("file"), content=file.content, by=by, at=at)
        except NotEnclosed as why:
            told.append(_("%(name)s does not go along. %(why)s") % {"name": file.name, "why": why})
    return PassedOn(made, told)


def _begun(made: OutgoingMail, *, by) -> OutgoingMail:
    made.save(force_insert=True)
    ledger.record(
        "correspondence.begun", actor_id=by.pk, client_id=made.client_id, subject=(SUBJECT, made.pk)
    )
    return made


def _to_answer(thread: MailThread) -> Mail | None:
    """The last mail that somebody else wrote; else the last of all."""
    came = thread.mails.filter(direction=Mail.Direction.IN, automatic=False)
    return came.order_by("-at", "-pk").first() or newest(thread)


def _whom(last: Mail, mailbox: Mailbox, *, everybody: bool) -> tuple[list[str], list[str]]:
    return addressing.answered_to(
        author=last.sender,
        reply_to=[last.reply_to],
        to=[address for _name, address in last.to],
        cc=[address for _name, address in last.cc],
        ours=[mailbox.address, mailbox.our_address],
        everybody=everybody,
    )


@transaction.atomic
def save(
    outgoing: OutgoingMail,
    *,
    by,
    at: datetime,
    values: Mapping[str, str],
    revision: int,
    unheard: Iterable[Mapping[str, str]] = (),
) -> Saved:
    """Keep these values over revision `revision`, without any card number; see `messages_app.drafts.save`.

    Raises StaleDraft when somebody saved in between, or when it is no longer to be written; OthersWrite while
    somebody else writes in it, whose draft it is then.
    """
    kept, redacted = clean(values)
    row = OutgoingMail.objects.select_for_update().get(pk=outgoing.pk)
    if row.values == kept:
        return Saved(row, redacted)
    if not row.is_writable:
        raise StaleDraft(row)
    if row.revision != revision and not any(clean(version)[0] == row.values for version in unheard):
        raise StaleDraft(row)
    _is_hers(row, by=by, at=at)
    row.values, row.saved_by, row.saved_at = kept, by, at
    row.revision += 1
    hours.typed(row, by=by, at=at)
    row.save(
        update_fields=[
            *("values", "saved_by", "saved_at", "revision"),
            *("writing_by", "writing_since", "writing_until"),
        ]
    )
    if row.thread_id:
        claiming.still_writing(row.thread_id, by=by, at=at)
    return Saved(row, redacted)


def clean(values: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The values as they may be written down, and those that had to be changed for it."""
    kept, redacted = {}, {}
    for name, value in values.items():
        if name not in FIELDS or not isinstance(value, str):
            continue
        kept[name], found = redact(value[:MOST_CHARACTERS].replace("\r\n", "\n"))
        if found:
            redacted[name] = kept[name]
    return kept, redacted


def _is_hers(row: OutgoingMail, *, by, at: datetime) -> None:
    writes = claiming.writes_now(row.thread, at=at) if row.thread else None
    if writes and writes != by:
        raise OthersWrite(row, writes)


@transaction.atomic
def drop(outgoing: OutgoingMail, *, by, at: datetime) -> bool:
    """Throw it away. False if it has left, or waits to. Raises OthersWrite while another writes in it."""
    may = [*OutgoingMail.WRITABLE]
    row = OutgoingMail.objects.select_for_update().filter(pk=outgoing.pk, state__in=may).first()
    if row is None:
        return False
    _is_hers(row, by=by, at=at)
    hours.ended(row)
    row.state, row.settled_at = State.DROPPED, at
    row.version = F("version") + 1
    row.save()
    row.refresh_from_db()
    if row.thread:
        claiming.let_go(row.thread)
    ledger.record(
        "correspondence.dropped", actor_id=by.pk, client_id=row.client_id, subject=(SUBJECT, row.pk)
    )
    return True


def announce(outgoing: OutgoingMail, event: str = "approval.changed", *, portal: bool = False) -> None:
    """Tell the desk, and where it concerns her the client, that it stands otherwise now."""
    concerned = audience.desk(outgoing.client_id)
    if portal:
        concerned = concerned | audience.portal(outgoing.client_id)
    live.announce(event, outgoing.pk, outgoing.version, concerned)


# --- Files that go with it ---------------------------------------------------------------------------------


@transaction.atomic
def enclose(outgoing: OutgoingMail, *, name: str, content: bytes, by, at: datetime) -> Enclosure:
    """Let a file go with it. What it is, is told by what is in it. Raises NotEnclosed.

    It is called what it is called, but for the number of a card, as everywhere in a mail.
    """
    name = redact(name)[0]
    row = OutgoingMail.objects.select_for_update().get(pk=outgoing.pk)
    if not row.is_writable:
        raise NotEnclosed(_("This mail is no longer being written."))
    there = row.enclosures.aggregate(size=Sum("size"))["size"] or 0
    if row.enclosures.count() >= MOST_ENCLOSURES:
        raise NotEnclosed(_("No more than %(n)s files go with one mail.") % {"n": MOST_ENCLOSURES})
    if not content:
        raise NotEnclosed(_("The file is empty."))
    if there + len(content) > composing.MOST_BYTES:
        raise NotEnclosed(str(TOO_LARGE))
    digest = hashlib.sha256(content).hexdigest()
    if same := row.enclosures.filter(sha256=digest, name=storing.plain_name(name)).first():
        return same
    kind = kinds.kind_of(content)
    if kinds.could_run(name, kind):
        raise NotEnclosed(_("That file is a program. Mail servers refuse them, and so do we."))
    file = media.store(content, client_id=row.client_id, kind=ENCLOSURE_KIND, name=name, content_type=kind)
    return Enclosure.objects.create(
        client_id=row.client_id,
        outgoing=row,
        media_id=file.pk,
        name=file.name,
        content_type=kind,
        size=file.size,
        sha256=digest,
        added_by=by,
        added_at=at,
    )


@transaction.atomic
def take_out(enclosure: Enclosure) -> bool:
    """It does not go with the mail after all. False if the mail is no longer being written."""
    row = OutgoingMail.objects.select_for_update().get(pk=enclosure.outgoing_id)
    if not row.is_writable:
        return False
    file = MediaFile.objects.filter(pk=enclosure.media_id, deleted_at=None).first()
    enclosure.delete()
    if file:
        media.remove(file)
    return True
