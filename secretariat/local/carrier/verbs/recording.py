"""Record: one party leaves a message after the tone."""

from secretariat.local.carrier.documents import Source, number, truth
from secretariat.local.carrier.interpreter import Wait
from secretariat.local.carrier.interruptions import HungUp, Interruption
from secretariat.local.carrier.parties import speech_seconds
from secretariat.local.carrier.vocabulary import verb


@verb("Record")
def record(interpreter, element, document, context):
    carrier, leg = interpreter.carrier, interpreter.leg
    if truth(element, "playBeep", True):
        leg.hears("beep", "speak after the tone", 1)
        yield Wait(seconds=1)
    action = document.source(element) or Source(document.resolve(document.url))
    take = carrier.recordings.begin(
        leg, "RecordVerb", subscription=carrier.recordings.subscription(element, document)
    )
    try:
        ended_by, silent = yield from listen(leg, element)
    except HungUp:
        carrier.recordings.finish(take, silent=leg.party.speaks == 0)
        interpreter.post(action.url, action.method, _fields(take, "hangup"))
        raise
    except Interruption:
        carrier.recordings.finish(take)
        raise
    carrier.recordings.finish(take, silent=silent)
    if silent:
        return None  # nothing was said: the action is not asked, the next verb runs
    return Source(action.url, action.method, _fields(take, ended_by))


def listen(leg, element):
    """(the key that ended it, whether nothing was said). Ends at a key, silence, or the longest it may be."""
    longest = number(element, "maxLength", 3600)
    silence = number(element, "timeout", 5)
    finish = element.get("finishOnKey", "1234567890*#")
    began = leg.carrier.now
    speaks = leg.party.speaks
    patience = longest if speaks is None else speaks + silence
    while True:
        left = longest - (leg.carrier.now - began).total_seconds()
        if left <= 0:
            return "", False
        event = yield Wait.for_any("digit", "speech", seconds=min(left, patience))
        if event.name == "digit" and event.value in finish:
            return event.value, False
        if event.name == "speech":
            patience = speech_seconds(event.value) + silence
        elif event.name == "time":
            return "", speaks == 0


def _fields(take, digits: str) -> list[tuple[str, object]]:
    return [
        ("RecordingUrl", take.url),
        ("RecordingSid", take.sid),
        ("RecordingDuration", take.duration),
        ("Digits", digits),
    ]
