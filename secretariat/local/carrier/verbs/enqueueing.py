"""Enqueue: wait in a queue until somebody takes the caller, a document moves her on, or she hangs up."""

from secretariat.local.carrier.bridge import Bridge
from secretariat.local.carrier.documents import Source, number, words
from secretariat.local.carrier.interpreter import Wait
from secretariat.local.carrier.interruptions import (
    Dequeued,
    DocumentFailed,
    HangUp,
    HungUp,
    LeaveQueue,
    Redirected,
    Tidying,
)
from secretariat.local.carrier.queues import DEFAULT_MOST, QueueFull
from secretariat.local.carrier.twiml_rules import QUEUE_GREETING, QUEUE_WAIT
from secretariat.local.carrier.vocabulary import verb


@verb("Enqueue")
def enqueue(interpreter, element, document, context):
    queue = interpreter.carrier.queues.open(
        words(element), int(number(element, "maxQueueSize", DEFAULT_MOST))
    )
    action = document.source(element)
    try:
        member = queue.add(interpreter.leg)
    except QueueFull:
        return _action(action, queue, "queue-full", 0)

    def report(result: str) -> None:
        """Tell the action how the waiting ended; its answer is not used."""
        if action:
            fields = _fields(queue, result, member.seconds)
            interpreter.post(action.url, action.method, fields)

    def go():
        member.gone()
        if interpreter.leg.bridge:
            interpreter.leg.bridge.part()

    with Tidying(go):
        try:
            result = yield from wait(interpreter, element, document, member)
        except (HungUp, HangUp):
            early = member.seconds < 1
            report(interpreter.carrier.choices.early_hangup_result if early else "hangup")
            raise
        except Redirected:
            report("redirected-from-bridged" if interpreter.leg.bridge else "redirected")
            raise
    return _action(action, queue, result, member.seconds)


def wait(interpreter, element, document, member):
    """Hear the waiting documents over and over. Returns the queue's result."""
    source = document.source(element, "waitUrl", "waitUrlMethod")
    if source:
        source = Source(source.url, source.method, member.fields)
    try:
        yield from interpreter.loop(source, QUEUE_WAIT)
    except LeaveQueue:
        return "leave"
    except DocumentFailed as failure:
        interpreter.carrier.alarm(failure.code, failure.url)
        return "error"
    except Dequeued as turn:
        member.queue.remove(member)
        return (yield from be_taken(interpreter, turn, member))


def be_taken(interpreter, turn, member):
    """Hear the greeting of whoever takes her, then talk until either hangs up."""
    if turn.source:
        source = Source(turn.source.url, turn.source.method, [
            ("QueueSid", member.queue.sid),
            ("QueueTime", member.seconds),
            ("DequeingCallSid", turn.by.sid),
        ])  # fmt: skip
        try:
            yield from interpreter.run(source, QUEUE_GREETING)
        except DocumentFailed as failure:
            interpreter.carrier.alarm(failure.code, failure.url)
    if not turn.by.talking:
        return "error"
    bridge = Bridge(turn.by, interpreter.leg)
    turn.by.interpreter.tell("bridged", bridge)
    while bridge.whole:
        yield Wait.for_any("parted")
    return "bridged"


def _fields(queue, result: str, seconds: int) -> list[tuple[str, object]]:
    return [("QueueResult", result), ("QueueSid", queue.sid), ("QueueTime", seconds)]


def _action(action: Source | None, queue, result: str, seconds: int) -> Source | None:
    return Source(action.url, action.method, _fields(queue, result, seconds)) if action else None
