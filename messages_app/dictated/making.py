"""What was agreed to becomes the real thing, by the verbs of its own kind: nothing here sends by itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext as _

from calendar_app import booking, planning
from clients import work
from clients.models import Contact, WorkItem
from messages_app.announcing import announce as announce_message
from messages_app.answering import approving, checking, drafting, sending_off
from messages_app.answering import making as mail_making
from messages_app.answering.sending_off import Said
from messages_app.dispatch import dispatch
from messages_app.event_log import log
from messages_app.letters import lettering, sheets
from messages_app.letters.typesetting import CannotBeSet
from messages_app.mail import composing
from messages_app.models import DictatedDraft, DictatedVersion, Letter, Mailbox, Message, OutgoingMail
from secretariat import ledger

from . import guests
from .typing import SUBJECT

TASK_KIND = "dictation.task"
DUE = time(17)  # of its day, by the client's clock
Kind = DictatedDraft.Kind
MOST = {Kind.MESSAGE: 4000, Kind.MEETING: 4000}  # characters of its words, where that is less than is typed


class NotMade(Exception):
    """It is not done. The message says what stands against it."""


@dataclass(frozen=True)
class Made:
    """What it became: the kind of a row and its id."""

    kind: str
    id: UUID


def make(
    draft: DictatedDraft, version: DictatedVersion, *, contact: Contact | None, by, at: datetime
) -> Made:
    """Do what this version says, in the caller's transaction. Raises NotMade; then nothing was done.

    `contact` is who agreed to it, or None where she need not be asked.
    """
    makers = {
        Kind.MAIL: _mail,
        Kind.LETTER: _letter,
        Kind.MESSAGE: _message,
        Kind.TASK: _task,
        Kind.MEETING: _meeting,
    }
    if said := too_long(version.kind, version.values.get("words", "")):
        raise NotMade(said)
    return makers[Kind(version.kind)](draft, version.values, contact=contact, by=by, at=at)


def waits_for_others(draft: DictatedDraft) -> bool:
    """Whether what it became waits for the word of somebody who speaks for the client."""
    match draft.made_kind:
        case "messages_app.outgoingmail":
            rows = OutgoingMail.objects.filter(state=OutgoingMail.State.AWAITING)
        case "messages_app.letter":
            rows = Letter.objects.filter(state=Letter.State.ASKED)
        case _:
            return False
    return rows.filter(pk=draft.made_id).exists()


def too_long(kind: str, words: str) -> str:
    """What is said of words that this kind does not hold; empty where it holds them."""
    most = MOST.get(Kind(kind))
    if most is None or len(words) <= most:
        return ""
    return _(
        "It holds %(most)s characters, and these are %(stands)s. Shorten them, or choose another kind: "
        "nothing is cut."
    ) % {"most": most, "stands": len(words)}


def mailbox_of(draft: DictatedDraft, values: Mapping[str, str]) -> Mailbox | None:
    """The mailbox it leaves by: the one that was chosen, or the client's only one."""
    boxes = list(Mailbox.objects.filter(client=draft.client_id, ended_at=None).order_by("address"))
    chosen = [box for box in boxes if str(box.pk) == values.get("mailbox")]
    return next(iter(chosen or boxes), None)


def _mail(draft, values, *, contact, by, at) -> Made:
    mailbox = mailbox_of(draft, values)
    if mailbox is None:
        raise NotMade(_("The client has no mailbox here that it could leave by."))
    written = {name: composing.written_addresses(values.get(name, "")) for name in ("to", "cc", "bcc")}
    (to, _wrong), (cc, _wrong), (bcc, _wrong) = written.values()
    wrong = [each for _good, amiss in written.values() for each in amiss]
    refused = next(iter(checking.refused_addresses([*to, *cc, *bcc])), "")
    if not to or wrong or refused:
        against = {"address": ", ".join(wrong) or refused or "–"}
        raise NotMade(_("Nothing can be sent to this address: %(address)s") % against)
    told = {name: values.get(name, "") for name in ("to", "cc", "bcc", "subject", "words")}
    outgoing = drafting.begin(mailbox, by=draft.author, at=at, **told)
    words = mail_making.words_of(told, outgoing)
    said = Said(to=to, cc=cc, bcc=bcc, subject=told["subject"][:200], words=words)
    try:
        sent = sending_off.send(outgoing, said, by=draft.author, at=at)
    except sending_off.NotSent as refusal:
        raise NotMade(str(refusal)) from refusal
    if sent.state == OutgoingMail.State.AWAITING and contact and contact.sees_all:
        # She has just agreed to these very words, for the client: she is not asked the same again.
        approving.approve(approving.latest(sent), by=contact.user, at=at)
    return Made("messages_app.outgoingmail", outgoing.pk)


def _letter(draft, values, *, contact, by, at) -> Made:
    author = draft.author
    letter = lettering.begin(draft.client, by=author, at=at)
    newest = lettering.newest_of(letter)
    words = {name: getattr(newest, name) for name in lettering.WORDS}
    for name in ("country", "salutation", "closing", "subject"):
        words[name] = values.get(name) or words[name]
    for name in ("name", "firm", "street", "city", "postcode", "region"):
        words[name] = values.get(name, "")
    words["body"] = values.get("words", "")
    try:
        lettering.save(letter, words, version=letter.version, by=author, at=at)
        if contact and sheets.head_of(draft.client).needs_approval:
            lettering.ask(letter, version=letter.version, by=author, at=at)
            if contact.sees_all:
                lettering.agree(letter, number=newest.number, contact=contact, by=by, at=at)
        else:
            lettering.release(letter, version=letter.version, by=author, at=at)
    except (lettering.NotWhole, CannotBeSet) as gaps:
        raise NotMade(str(gaps) or _("The letter cannot be set as it stands.")) from gaps
    return Made("messages_app.letter", letter.pk)


def _message(draft, values, *, contact, by, at) -> Made:
    people = Contact.objects.filter(client=draft.client_id, is_active=True)
    to = next((each for each in people if str(each.pk) == values.get("contact")), None)
    if to is None:
        raise NotMade(_("Whoever it is for is no longer at the client."))
    urgency = values.get("urgency", "")
    message = Message.objects.create(
        client_id=draft.client_id,
        contact=to,
        caller_name=draft.dictation.contact.name[:120],
        text=values.get("words", ""),
        urgency=int(urgency) if urgency in {"1", "2", "3"} else Message.Urgency.NORMAL,
        taken_by=draft.author,
        taken_at=at,
    )
    log(message, "taken", at=at, by=draft.author, dictation=str(draft.dictation_id))
    ledger.record(
        "message.taken",
        actor_id=draft.author_id,
        client_id=draft.client_id,
        subject=("messages_app.message", message.pk),
    )
    dispatch(message, at=at)
    announce_message("message.taken", message)
    return Made("messages_app.message", message.pk)


def _task(draft, values, *, contact, by, at) -> Made:
    due = _day(values.get("due_on", ""))
    item = work.open_item(
        TASK_KIND,
        subject=(SUBJECT, draft.pk),
        client=draft.client_id,
        because=_("%(name)s has dictated a task.") % {"name": draft.dictation.contact.name},
        urgency=WorkItem.Urgency.TODAY if draft.dictation.urgent else WorkItem.Urgency.NORMAL,
        promised_at=datetime.combine(due, DUE, tzinfo=draft.client.tz) if due else None,
    )
    return Made("clients.workitem", item.pk)


def _meeting(draft, values, *, contact, by, at) -> Made:
    on = _day(values.get("on", ""))
    minutes = values.get("minutes", "")
    try:
        begins = time.fromisoformat(values.get("at", ""))
    except ValueError:
        begins = None
    if on is None or begins is None or not minutes.isdigit():
        raise NotMade(_("Say the day, the time and how long it takes."))
    try:
        coming = guests.coming(draft.client_id, values.get("guests", ""))
    except guests.NotMeant as refusal:
        raise NotMade(str(refusal)) from refusal
    plan = planning.Plan(
        about=values.get("subject", ""),
        on=on,
        at=begins,
        minutes=int(minutes),
        notes=values.get("words", ""),
        guests=coming,
    )
    try:
        meeting = booking.book(booking.diary_of(draft.client), plan, by=draft.author, at=at)
    except planning.NotPossible as against:
        raise NotMade(str(against)) from against
    return Made("calendar_app.meeting", meeting.pk)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
