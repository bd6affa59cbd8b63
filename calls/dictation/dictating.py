"""What is dictated, from the first word to the queue of what is to be typed.

An item is kept from its first recording on: whatever happens to the call after that, it comes to the desk.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from calls.models import Dictation, DictationCall, DictationLine, DictationPart
from clients import audience, guidance, open_hours, work
from clients.models import Client, Contact, Line, WorkItem
from secretariat import ledger, live, media, outbox
from secretariat.ids import uuid7
from secretariat.media.models import MediaFile

from . import transcribing

MEDIA_KIND = "dictation"
WORK_KIND = "dictation.waiting"
SUBJECT = "calls.dictation"
FETCH = "calls.fetch_dictation"
FORGET = "calls.forget_dictation"
READY_AFTER = timedelta(seconds=3)  # the carrier has a recording some seconds after its end
KEPT_AT_CARRIER = timedelta(days=1)  # once it is here: a night's backup has it by then
LONGEST_CALL = timedelta(hours=4)  # the carrier lets none last longer
State = Dictation.State


def line_called(number: str) -> DictationLine | None:
    return DictationLine.objects.filter(number=number, is_active=True).first()


def line_of_a_client(number: str) -> Line | None:
    """Whose callers reach us by this number, which then cannot be a dictation line's."""
    return Line.objects.select_related("client").filter(number=number).first()


def rung(line: DictationLine, *, carrier_id: str, caller: str, at: datetime) -> DictationCall:
    """Somebody rings the line. Told again, it is the same call."""
    facts = {"line": line, "caller_number": caller, "began_at": at}
    return DictationCall.objects.get_or_create(carrier_id=carrier_id, defaults=facts)[0]


def known(call: DictationCall, contact: Contact, *, at: datetime) -> None:
    """She has shown who she is. Whoever has once is not asked again on this call."""
    fresh = DictationCall.objects.filter(pk=call.pk, contact=None)
    if fresh.update(contact=contact, client=contact.client_id, known_at=at):
        ledger.record(
            "calls.dictation.known",
            actor_id=contact.user_id,
            client_id=contact.client_id,
            subject=("calls.dictationcall", call.pk),
        )
    call.refresh_from_db()


def begin(call: DictationCall, *, at: datetime) -> Dictation:
    """The next item on this call, or the one that goes on."""
    going_on = call.dictations.filter(state=State.DICTATING).first()
    return going_on or Dictation.objects.create(
        client_id=call.client_id, contact_id=call.contact_id, call=call, began_at=at
    )


def recorded(
    dictation: Dictation, *, recording_id: str, seconds: int | None, at: datetime
) -> DictationPart | None:
    """The carrier has a recording of this item: fetch it. Told twice, it is fetched once.

    What was deleted by whoever said it stays so, and its recording is not fetched.
    """
    item = Dictation.objects.select_for_update().get(pk=dictation.pk)
    if item.state == State.DELETED:
        forget_at_carrier(item, recording_id, due_at=None)
        return None
    if there := DictationPart.objects.filter(recording_id=recording_id).first():
        return there
    last = item.parts.aggregate(last=Max("rank"))["last"] or 0
    part = DictationPart.objects.create(
        client_id=item.client_id,
        dictation=item,
        rank=last + 1,
        recording_id=recording_id,
        seconds=seconds,
        created_at=at,
    )
    outbox.post(
        FETCH,
        key=f"{FETCH}:{recording_id}",
        queue="urgent",
        client_id=item.client_id,
        subject=("calls.dictationpart", part.pk),
        payload={"recording": recording_id},
        due_at=at + READY_AFTER,
    )
    # Its call may be over already: then nobody else says that there is something to type.
    over = item.call_id and DictationCall.objects.filter(pk=item.call_id, ended_at__isnull=False).exists()
    if item.state == State.EMPTY or (item.state == State.DICTATING and over):
        finish(item, at=at)
    return part


def mark(dictation: Dictation, *, urgent: bool) -> None:
    Dictation.objects.filter(pk=dictation.pk).update(urgent=urgent, version=F("version") + 1)
    dictation.refresh_from_db()


@transaction.atomic
def delete(dictation: Dictation) -> bool:
    """Whoever dictates takes it back: nobody types or hears it. False if it is in the queue already."""
    going_on = Dictation.objects.filter(pk=dictation.pk, state=State.DICTATING)
    if not going_on.update(state=State.DELETED, version=F("version") + 1):
        return False
    parts = DictationPart.objects.filter(dictation=dictation)
    remove_audio(parts)
    for recording_id in parts.exclude(recording_id="").values_list("recording_id", flat=True):
        forget_at_carrier(dictation, recording_id, due_at=None)
    dictation.refresh_from_db()
    _record("calls.dictation.deleted", dictation)
    return True


@transaction.atomic
def finish(dictation: Dictation, *, at: datetime, to_her: bool = False) -> Dictation:
    """Nothing more is said on it: into the queue, with its number and the time it is promised by.

    Of one without a recording nothing remains to be done; if one is told of later, this is done again.
    What is said `to_her`, the secretary, is typed as it is said, recorded or not.
    """
    item = Dictation.objects.select_for_update(of=["self"]).get(pk=dictation.pk)
    if item.state not in (State.DICTATING, State.EMPTY):
        return item
    if not to_her and not item.parts.exists():
        Dictation.objects.filter(pk=item.pk).update(state=State.EMPTY)
        item.refresh_from_db()
        return item
    client = Client.objects.select_for_update(no_key=True).get(pk=item.client_id)
    last = Dictation.objects.filter(client=client).aggregate(last=Max("number"))["last"] or 0
    item.state, item.number, item.finished_at = State.WAITING, last + 1, at
    item.promised_at = promised(client, urgent=item.urgent, at=at)
    item.version += 1
    item.save(update_fields=["state", "number", "finished_at", "promised_at", "version"])
    contact = Contact.objects.get(pk=item.contact_id)
    work.open_item(
        WORK_KIND,
        subject=(SUBJECT, item.pk),
        client=client,
        because=_("%(name)s has dictated something.") % {"name": contact.name},
        urgency=WorkItem.Urgency.URGENT if item.urgent else WorkItem.Urgency.NORMAL,
        promised_at=item.promised_at,
    )
    _record("calls.dictation.finished", item)
    transcribing.ask(item)
    announce(item)
    return item


def promised(client: Client, *, urgent: bool, at: datetime) -> datetime:
    """By when what she dictates is typed, or what she asks for is answered.

    What is urgent by the clock, the rest within hours in which the client is open.
    """
    if urgent:
        return at + timedelta(minutes=client.urgent_dictation_minutes)
    within = timedelta(minutes=client.dictation_minutes)
    return open_hours.passed(at, within, guidance.opening_of(client))


def finish_all(call: DictationCall, *, at: datetime) -> None:
    for item in call.dictations.filter(state=State.DICTATING).order_by("pk"):
        finish(item, at=at)


def ended(carrier_id: str, *, at: datetime) -> bool:
    """The carrier says that this call is over. False if it is none of the dictation line's."""
    call = DictationCall.objects.filter(carrier_id=carrier_id).first()
    if call is None:
        return False
    DictationCall.objects.filter(pk=call.pk, ended_at=None).update(ended_at=at)
    finish_all(call, at=at)
    return True


def end_forgotten(*, at: datetime, at_most: int = 50) -> int:
    """Items of calls whose end we were never told."""
    old = Dictation.objects.filter(state=State.DICTATING, began_at__lte=at - LONGEST_CALL)
    found = list(old.order_by("began_at")[:at_most])
    for item in found:
        finish(item, at=at)
    return len(found)


def store(part: DictationPart, content: bytes) -> None:
    """Keep the audio sealed, under the client's scope; what was deleted meanwhile is not kept."""
    item = Dictation.objects.get(pk=part.dictation_id)
    if item.state == State.DELETED:
        return
    keep(part, content, content_type="audio/mpeg", suffix="mp3")
    transcribing.ask(item)
    announce(item)


def keep(part: DictationPart, content, *, content_type: str, suffix: str) -> None:
    part.pk = part.pk or uuid7()
    file = media.store(
        content,
        client_id=part.client_id,
        kind=MEDIA_KIND,
        name=f"dictation-{part.rank}.{suffix}",
        content_type=content_type,
    )
    part.media_id, part.sha256, part.state = file.pk, file.sha256, DictationPart.State.READY
    part.save()


def remove_audio(parts) -> None:
    """Delete the recordings of these parts, and what a machine heard in them; how long they were stays."""
    held = parts.filter(media_id__isnull=False).values("media_id")
    for file in MediaFile.objects.filter(pk__in=held, deleted_at=None):
        media.remove(file)
    parts.update(media_id=None, transcript="")


def forget_at_carrier(dictation: Dictation, recording_id: str, *, due_at: datetime | None) -> None:
    """Have the carrier delete its copy, at `due_at` or at once. In the caller's transaction."""
    key = f"{FORGET}:{recording_id}"
    outbox.post(
        FORGET,
        key=key,
        queue="bulk",
        client_id=dictation.client_id,
        subject=(SUBJECT, dictation.pk),
        payload={"recording": recording_id},
        due_at=due_at,
    )
    if due_at is None:
        outbox.hasten(key=key)


def done(dictation: Dictation, *, by) -> bool:
    """What was said is written, and what was written is on its way. False if it was so before."""
    waiting = Dictation.objects.filter(pk=dictation.pk, state=State.WAITING)
    if not waiting.update(state=State.DONE, version=F("version") + 1):
        return False
    dictation.refresh_from_db()
    work.finish_all(subject=(SUBJECT, dictation.pk), kind=WORK_KIND, by=by, outcome=_("Typed"))
    _record("calls.dictation.done", dictation, by)
    announce(dictation)
    return True


def announce(dictation: Dictation) -> None:
    concerned = audience.desk(dictation.client_id) | audience.portal(dictation.client_id)
    live.announce("approval.changed", dictation.pk, dictation.version, concerned)


def _record(verb: str, dictation: Dictation, by=None) -> None:
    ledger.record(
        verb,
        actor_id=by.pk if by else None,
        client_id=dictation.client_id,
        subject=(SUBJECT, dictation.pk),
    )


@transaction.atomic
def hand_in(
    contact: Contact,
    content,
    *,
    kind: tuple[str, str],
    source: str,
    seconds: int | None = None,
    urgent: bool = False,
    note: str = "",
    at: datetime,
) -> Dictation:
    """A recording that somebody made herself: into the same queue. `kind`: as `audio_kinds` says."""
    item = Dictation.objects.create(
        client_id=contact.client_id,
        contact=contact,
        source=source,
        urgent=urgent,
        note=note,
        began_at=at,
    )
    part = DictationPart(client_id=contact.client_id, dictation=item, rank=1, seconds=seconds, created_at=at)
    content_type, suffix = kind
    keep(part, content, content_type=content_type, suffix=suffix)
    return finish(item, at=at)
