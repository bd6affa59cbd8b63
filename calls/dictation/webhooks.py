"""What the carrier asks about calls to the dictation line."""

from dataclasses import replace

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from calls import twiml
from calls.models import Dictation, DictationCall, DictationPart
from calls.webhooks import question, webhook
from secretariat.media import storing
from secretariat.media.models import MediaFile
from secretariat.outbox import inbox

from . import dictating, hearing, keys, pins, saying

HUNG_UP = "hangup"
PAUSE, DELETE = "1", "3"


def _call(notice, call_id) -> DictationCall:
    """The call, locked, if it is the one that asks."""
    calls = DictationCall.objects.select_for_update(of=["self"]).select_related("line")
    return get_object_or_404(calls, pk=call_id, carrier_id=notice.params.get("CallSid", ""))


@question("dictation-who")
def who(notice, call_id):
    """The dictation number. Whether it is anybody's is not said."""
    call = _call(notice, call_id)
    if call.contact_id:
        return _next(call, notice.received_at)
    digits = notice.params.get("Digits", "")
    call.asked_number = digits if len(digits) == saying.DIGITS_OF_A_NUMBER else ""
    call.save(update_fields=["asked_number"])
    return saying.ask_pin(call)


@webhook
def pin(request, notice, call_id):
    """The PIN. What was keyed in is compared, and kept nowhere: not even as the sealed request."""
    nth = notice.query.get("nth", "")
    bare = replace(notice, body=b"", token="")
    with inbox.kept(bare, "dictation-pin", f"{call_id}|{nth[:3]}") as asked:
        if not asked.is_answered:
            asked.answer = _pin(notice, _call(notice, call_id))
    return twiml.response(asked.answer)


def _pin(notice, call: DictationCall) -> str:
    at = notice.received_at
    if call.contact_id is None and call.tries < pins.TRIES_A_CALL:
        call.tries += 1
        call.save(update_fields=["tries"])
        contact = keys.known_by(call.asked_number, notice.params.get("Digits", "")[:20], at=at)
        if contact:
            dictating.known(call, contact, at=at)
            return saying.welcome(call, dictating.begin(call, at=at))
    if call.contact_id:
        return _next(call, at)
    if call.tries >= pins.TRIES_A_CALL:
        return saying.not_known(call)
    return saying.ask_number(call, again=True)


def _next(call: DictationCall, at) -> str:
    return saying.dictate(call, dictating.begin(call, at=at))


def _item(notice, call_id, dictation_id) -> tuple[DictationCall, Dictation]:
    call = _call(notice, call_id)
    items = Dictation.objects.select_for_update(of=["self"])
    return call, get_object_or_404(items, pk=dictation_id, call=call)


@question("dictation-spoken")
def spoken(notice, call_id, dictation_id):
    """She has spoken, until a key, a long silence, or until she hung up."""
    call, item = _item(notice, call_id, dictation_id)
    at, told = notice.received_at, notice.params
    seconds = told.get("RecordingDuration", "")
    if told.get("RecordingSid") and seconds != "0":
        length = int(seconds) if seconds.isdigit() else None
        dictating.recorded(item, recording_id=told["RecordingSid"][:64], seconds=length, at=at)
        item.refresh_from_db()
    key = told.get("Digits", "")
    if key == HUNG_UP:
        dictating.ended(call.carrier_id, at=at)
        return twiml.hang_up()
    if key == PAUSE or not key:
        return saying.paused(call, item)
    return _after(call, item, key, at)


@question("dictation-key")
def key(notice, call_id, dictation_id):
    """A key, while nothing is recorded."""
    call, item = _item(notice, call_id, dictation_id)
    pressed = notice.params.get("Digits", "")
    if pressed == DELETE and notice.query.get("asked") == "delete":
        dictating.delete(item)
        return _next(call, notice.received_at)
    if pressed == PAUSE:
        return saying.dictate(call, item)
    return _after(call, item, pressed, notice.received_at)


def _after(call: DictationCall, item: Dictation, key: str, at) -> str:
    """What each key does, wherever it is pressed."""
    if item.state != Dictation.State.DICTATING:
        return _next(call, at)
    match key:
        case "2":  # what she said so far
            return _replay(call, item)
        case "3":  # delete it
            return saying.sure_to_delete(call, item)
        case "4":  # it is urgent, or is not after all
            dictating.mark(item, urgent=not item.urgent)
            return saying.dictate(call, item, first=saying.marked(call, item))
        case "#":  # the next one
            dictating.finish(item, at=at)
            return saying.dictate(call, dictating.begin(call, at=at), first=saying.next_item(call))
        case "0":  # that was all
            dictating.finish(item, at=at)
            return saying.goodbye(call)
    return saying.dictate(call, item, first=saying.help_with_keys(call))


@question("dictation-silent")
def silent(notice, call_id, dictation_id):
    """She has said nothing for a while after the tone."""
    call, item = _item(notice, call_id, dictation_id)
    return saying.paused(call, item)


@question("dictation-left")
def left(notice, call_id, dictation_id):
    """A pause lasted too long."""
    call, item = _item(notice, call_id, dictation_id)
    dictating.finish(item, at=notice.received_at)
    return saying.goodbye(call)


@webhook
def replay(request, notice, call_id, dictation_id):
    """Looked for again until the recording is here. It changes nothing, so it is not stored."""
    with transaction.atomic():
        call, item = _item(notice, call_id, dictation_id)
        return twiml.response(_replay(call, item))


def _replay(call: DictationCall, item: Dictation) -> str:
    parts = list(item.parts.order_by("rank"))
    if not parts:
        return saying.paused(call, item, first=saying.nothing_yet(call))
    if any(part.state == DictationPart.State.FETCHING for part in parts):
        return saying.not_there_yet(call, item)
    return saying.replay(call, item, [part for part in parts if part.media_id])


@login_not_required
@require_safe
def heard(request, token):
    """The audio that the carrier plays back, for as long as its address is good."""
    try:
        part = hearing.part_of(token)
    except DictationPart.DoesNotExist as nothing:
        raise Http404 from nothing
    file = MediaFile.objects.filter(pk=part.media_id, deleted_at=None).first()
    if file is None:
        raise Http404
    answer = StreamingHttpResponse(storing.read(file), content_type=file.content_type)
    answer["Content-Length"] = file.size
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
