"""Typing what was dictated: begun, kept with every pause, given its kind, and thrown away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from calls.dictation import dictating, transcribing
from calls.models import Dictation
from clients import audience, work
from clients.models import WorkItem
from messages_app.models import DictatedDraft, DictatedVersion
from secretariat import ledger, live
from secretariat.card_numbers import redact

from . import hours
from .hours import SUBJECT

CHANGE_KIND, STUCK_KIND = "dictation.change", "dictation.stuck"
FIELDS = (
    *("words", "subject", "wording", "mailbox", "to", "cc", "bcc"),
    *("name", "firm", "street", "city", "postcode", "region", "country", "salutation", "closing"),
    *("contact", "urgency", "due_on", "on", "at", "minutes", "guests"),
)
MOST_CHARACTERS = 50_000  # of one field
State, Kind, Wording = DictatedDraft.State, DictatedDraft.Kind, DictatedDraft.Wording


class StaleDraft(Exception):
    """The draft was changed in another window, or by somebody else. `kept` is what is there now."""

    def __init__(self, kept: DictatedDraft):
        super().__init__("the draft was changed elsewhere")
        self.kept = kept


@dataclass(frozen=True)
class Saved:
    draft: DictatedDraft
    redacted: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def begin(dictation: Dictation, *, by, at: datetime, another: bool = False) -> DictatedDraft | None:
    """Type this dictation, or go on with what is there; `another`: one more, of the same dictation.

    Whoever begins has the piece of work from then on. None if there is nothing to type.
    """
    item = Dictation.objects.select_for_update(of=["self"]).select_related("contact").get(pk=dictation.pk)
    if item.state not in (Dictation.State.WAITING, Dictation.State.DONE):
        return None
    going_on = item.drafts.filter(state__in=DictatedDraft.WRITABLE).order_by("nth").first()
    if going_on and not another:
        _take(item, by=by)
        return going_on
    last = item.drafts.aggregate(last=Max("nth"))["last"] or 0
    draft = DictatedDraft.objects.create(
        client_id=item.client_id,
        dictation=item,
        nth=last + 1,
        author=by,
        began_at=at,
        saved_at=at,
        # The first begins with what the transcriber heard, where there is anything.
        values={"wording": Wording.AS_DICTATED.value} | ({} if last else _heard(item)),
    )
    _take(item, by=by)
    record("dictation.draft.begun", draft, by)
    return draft


def _heard(item: Dictation) -> dict[str, str]:
    words = transcribing.words_of(item)
    return {"words": words[:MOST_CHARACTERS]} if words else {}


def _take(item: Dictation, *, by) -> None:
    waiting = WorkItem.objects.open().filter(kind=dictating.WORK_KIND, subject_id=item.pk, owner__isnull=True)
    for each in waiting:
        work.claim(each, by=by, version=each.version)


@transaction.atomic
def save(
    draft: DictatedDraft,
    *,
    by,
    at: datetime,
    values: Mapping[str, str],
    revision: int,
    unheard: Iterable[Mapping[str, str]] = (),
) -> Saved:
    """Keep these values over revision `revision`, without any card number; see `messages_app.drafts.save`.

    Raises StaleDraft when somebody saved in between, or when it is no longer to be typed.
    """
    kept, redacted = clean(values)
    row = DictatedDraft.objects.select_for_update().get(pk=draft.pk)
    kept = row.values | kept  # a form of one kind leaves the fields of the others as they are
    if row.values == kept:
        return Saved(row, redacted)
    if not row.is_writable:
        raise StaleDraft(row)
    if row.revision != revision and not any(row.values == row.values | clean(each)[0] for each in unheard):
        raise StaleDraft(row)
    row.values, row.saved_by, row.saved_at = kept, by, at
    if kept.get("wording") in Wording.values:
        row.wording = kept["wording"]
    row.revision += 1
    hours.typed(row, by=by, at=at)
    row.save()
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


@transaction.atomic
def make_it(draft: DictatedDraft, kind: str, *, by, at: datetime) -> bool:
    """It is to be a letter, not a mail. What is typed stays. False if it is no longer to be typed."""
    if kind not in Kind.values:
        return False
    row = DictatedDraft.objects.select_for_update().get(pk=draft.pk)
    if not row.is_writable:
        return False
    row.kind = kind
    row.version += 1
    hours.typed(row, by=by, at=at)
    row.save()
    draft.refresh_from_db()
    return True


@transaction.atomic
def drop(draft: DictatedDraft, *, by, at: datetime) -> bool:
    """Throw it away. False if the client has it, or it is done."""
    row = DictatedDraft.objects.select_for_update().get(pk=draft.pk)
    if not row.is_writable:
        return False
    hours.ended(row, by=by, at=at)
    row.state = State.DROPPED
    row.version += 1
    row.save()
    work.finish_all(subject=(SUBJECT, row.pk), by=by, outcome=_("Thrown away"))
    record("dictation.draft.dropped", row, by)
    return True


@transaction.atomic
def close(dictation: Dictation, *, by, at: datetime) -> bool:
    """There is nothing to type in it. False if something is being typed, or it is done."""
    item = Dictation.objects.select_for_update(of=["self"]).get(pk=dictation.pk)
    if item.drafts.filter(state__in=DictatedDraft.WRITABLE).exists():
        return False
    return dictating.done(item, by=by)


def typed_out(draft: DictatedDraft, *, by) -> None:
    """This draft has left her desk: with the last one the dictation is typed."""
    item = draft.dictation
    if not item.drafts.filter(state__in=DictatedDraft.WRITABLE).exists():
        dictating.done(item, by=by)


def newest(draft: DictatedDraft) -> DictatedVersion | None:
    return draft.versions.order_by("-number").first()


def announce(draft: DictatedDraft, *, portal: bool = False) -> None:
    concerned = audience.desk(draft.client_id)
    if portal:
        concerned = concerned | audience.portal(draft.client_id)
        concerned |= audience.people([draft.dictation.contact])
    live.announce("approval.changed", draft.pk, draft.version, concerned)


def record(verb: str, draft: DictatedDraft, by, **detail) -> None:
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=draft.client_id,
        subject=(SUBJECT, draft.pk),
        detail=detail,
    )
