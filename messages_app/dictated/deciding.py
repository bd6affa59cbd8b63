"""The client's word on what was typed for her: asked for, given once, and what follows from it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from clients import suppressing, work
from clients.models import Contact, ContactAddress, WorkItem
from messages_app.mail import automatic
from messages_app.models import DictatedDraft, DictatedVersion, Letterhead, Mailbox
from secretariat import outbox
from secretariat.card_numbers import redact
from secretariat.office.models import Firm

from . import hours, making, typing
from .typing import SUBJECT, State, announce, newest, record

ASK = "messages.dictation_ask"
LINK = "{link}"  # stands in the frozen words for the address, which no table holds


class NotAsSeen(Exception):
    """Somebody changed or decided it since it was shown."""


@transaction.atomic
def ask(draft: DictatedDraft, *, by, at: datetime) -> DictatedVersion:
    """Put what is typed before whoever dictated it. Raises NotAsSeen if it is not to be typed any more."""
    row = _locked(draft, DictatedDraft.WRITABLE)
    version = _version(row, by=by, at=at)
    hours.ended(row, by=by, at=at)
    row.state, row.error = State.ASKED, ""
    row.shown_at = row.shown_at or at
    row.version += 1
    row.save()
    _settled(row, by=by, outcome=_("Shown to the client"))
    row.effect = _tell(row, version)
    row.save(update_fields=["effect"])
    record("dictation.draft.asked", row, by, version=version.number)
    announce(row, portal=True)
    return version


def may_skip(draft: DictatedDraft) -> bool:
    """Whether it may leave without the client's word, by what she has said of mail and of letters."""
    match draft.kind:
        case DictatedDraft.Kind.MAIL:
            boxes = Mailbox.objects.filter(client=draft.client_id, ended_at=None)
            return not boxes.filter(needs_approval=True).exists()
        case DictatedDraft.Kind.LETTER:
            head = Letterhead.objects.filter(client=draft.client_id).first()
            return head is not None and not head.needs_approval
    return True


@transaction.atomic
def without_asking(draft: DictatedDraft, *, by, at: datetime) -> None:
    """Let it leave as it stands. Raises NotAsSeen, and making.NotMade: then it is a draft as before."""
    row = _locked(draft, DictatedDraft.WRITABLE)
    if not may_skip(row):
        raise NotAsSeen
    version = _version(row, by=by, at=at)
    hours.ended(row, by=by, at=at)
    made = making.make(row, version, contact=None, by=by, at=at)
    _made(row, made, by=by, at=at)


@transaction.atomic
def take_back(draft: DictatedDraft, *, by, at: datetime) -> None:
    """Go on typing before the client has decided. Raises NotAsSeen if she has."""
    row = _locked(draft, (State.ASKED,))
    row.state = State.TYPING
    row.version += 1
    row.save()
    _told(row, by=by)
    record("dictation.draft.taken_back", row, by)
    announce(row, portal=True)


@transaction.atomic
def agree(draft: DictatedDraft, *, number: int, contact: Contact, how: str, by, at: datetime) -> bool:
    """The client agrees to version `number`, and it leaves by the way of its kind. Raises NotAsSeen.

    False: she has agreed, but something stands against it, which is the desk's to put right.
    """
    row = _locked(draft, (State.ASKED,))
    version = _decided(row, number, agreed=True, contact=contact, how=how, at=at)
    try:
        with transaction.atomic():
            made = making.make(row, version, contact=contact, by=by, at=at)
    except making.NotMade as against:
        _told(row, by=by)
        _stuck(row, str(against))
        record("dictation.draft.agreed", row, by, version=number, how=how, contact=str(contact.pk))
        return False
    record("dictation.draft.agreed", row, by, version=number, how=how, contact=str(contact.pk))
    _made(row, made, by=by, at=at)
    return True


@transaction.atomic
def wish(
    draft: DictatedDraft, words: str, *, number: int, contact: Contact, how: str, by, at: datetime
) -> None:
    """The client asks for a change of version `number`. Raises NotAsSeen."""
    row = _locked(draft, (State.ASKED,))
    said = redact(words.strip())[0][:2000]
    _decided(row, number, agreed=False, contact=contact, how=how, at=at, wish=said)
    row.state = State.CHANGE
    row.version += 1
    row.save()
    _told(row, by=by)
    work.open_item(
        typing.CHANGE_KIND,
        subject=(SUBJECT, row.pk),
        client=row.client_id,
        because=_("%(name)s asks for a change in what was dictated.") % {"name": contact.name},
        urgency=WorkItem.Urgency.TODAY,
        owner=work.still_hers(row.author, row.client_id),
    )
    record("dictation.draft.change_asked", row, by, version=number, how=how, contact=str(contact.pk))
    announce(row, portal=True)


def not_reached(draft: DictatedDraft) -> None:
    """Word of it did not get to her: somebody must ask otherwise."""
    _open_stuck(draft, _("The client could not be told that something dictated waits for her."))


def _locked(draft: DictatedDraft, states) -> DictatedDraft:
    rows = DictatedDraft.objects.select_for_update(of=["self"]).select_related("dictation__contact", "author")
    row = rows.filter(pk=draft.pk, state__in=states).first()
    if row is None:
        raise NotAsSeen
    return row


def _version(row: DictatedDraft, *, by, at: datetime) -> DictatedVersion:
    last = row.versions.aggregate(last=Max("number"))["last"] or 0
    return DictatedVersion.objects.create(
        client_id=row.client_id,
        draft=row,
        number=last + 1,
        kind=row.kind,
        values=row.values,
        by=by,
        at=at,
    )


def _decided(row: DictatedDraft, number: int, *, agreed: bool, contact, how: str, at, wish: str = ""):
    """Of two who decide at once the first counts, and each only on what she has read."""
    version = newest(row)
    waiting = DictatedVersion.objects.filter(pk=version.pk, number=number, agreed=None)
    facts = {"agreed": agreed, "decided_by": contact, "decided_at": at, "how": how, "wish": wish}
    if not waiting.update(**facts):
        raise NotAsSeen
    version.refresh_from_db()
    return version


def _made(row: DictatedDraft, made: making.Made, *, by, at: datetime) -> None:
    row.state, row.made_at, row.made_kind, row.made_id = State.MADE, at, made.kind, made.id
    row.error = ""
    row.version += 1
    row.save()
    _settled(row, by=by, outcome=_("Done"))
    record("dictation.draft.made", row, by, kind=row.kind)
    announce(row, portal=True)


def _stuck(row: DictatedDraft, because: str) -> None:
    row.state, row.error = State.CHANGE, because[:240]
    row.version += 1
    row.save()
    _open_stuck(row, _("The client has agreed, but it could not be done: look at it."))
    announce(row, portal=True)


def _open_stuck(row: DictatedDraft, because: str) -> None:
    work.open_item(
        typing.STUCK_KIND,
        subject=(SUBJECT, row.pk),
        client=row.client_id,
        because=because,
        urgency=WorkItem.Urgency.TODAY,
        owner=work.still_hers(row.author, row.client_id),
    )


def _told(row: DictatedDraft, *, by) -> None:
    """Nobody need be told any more that it waits."""
    work.finish_all(subject=(SUBJECT, row.pk), kind=typing.STUCK_KIND, by=by, outcome=_("It waits no more"))


def _settled(row: DictatedDraft, *, by, outcome: str) -> None:
    for kind in (typing.CHANGE_KIND, typing.STUCK_KIND):
        work.finish_all(subject=(SUBJECT, row.pk), kind=kind, by=by, outcome=outcome)
    typing.typed_out(row, by=by)


def _tell(row: DictatedDraft, version: DictatedVersion):
    """Word to whoever dictated it, with the link; where she has no mailbox somebody tells her otherwise."""
    contact = row.dictation.contact
    boxes = ContactAddress.objects.filter(contact=contact, kind=ContactAddress.Kind.EMAIL)
    boxes = suppressing.reached(boxes.order_by("rank", "pk"))
    if not boxes or not contact.is_active:
        not_reached(row)
        return None
    with translation.override(row.client.language.split("-")[0]):
        lines = [
            _("What you dictated on %(day)s is typed, and waits for your word.")
            % {"day": f"{row.dictation.began_at.astimezone(row.client.tz):%d.%m.%Y}"},
            _("Read it, and agree or say what should change: %(link)s") % {"link": LINK},
            _("It is in the portal, too: %(address)s")
            % {"address": settings.PUBLIC_BASE_URL + reverse("dictated-approval", args=[row.pk])},
        ]
        subject = _("%(firm)s: dictation %(number)s is typed")
        payload = {
            "to": boxes[0].value,
            "contact": str(contact.pk),
            "subject": subject % {"firm": Firm.current().name, "number": row.number},
            "text": "\n\n".join(lines) + "\n",
            "headers": automatic.headers(answering=False),
        }
    return outbox.post(
        ASK,
        key=f"dictation-ask:{version.pk}",
        client_id=row.client_id,
        subject=(SUBJECT, row.pk),
        payload=payload,
    )
