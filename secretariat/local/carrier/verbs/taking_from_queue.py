"""Dial Queue: talk to whoever has waited longest."""

from secretariat.local.carrier.documents import number, words
from secretariat.local.carrier.interpreter import Wait
from secretariat.local.carrier.interruptions import Dequeued, Tidying


def take(interpreter, dial, noun, document):
    """Wait for the queue's front, talk, and give the Dial action's fields."""
    leg, carrier = interpreter.leg, interpreter.carrier
    queue = carrier.queues.open(words(noun))
    greeting = document.source(noun, "url")
    member = None
    while member is None:
        if not queue.members:
            queue.takers.append(interpreter)
            event = yield Wait.for_any("somebody came", seconds=number(dial, "timeout", 14400))
            if event.name == "time":
                queue.takers.remove(interpreter)
                return [("DialCallStatus", "no-answer")]
            continue
        member = queue.members[0]
    queue.remove(member)
    member.taker = interpreter
    caller = member.leg
    caller.interpreter.interrupt(Dequeued(leg, greeting), lambda: member.waiting)
    event = yield Wait.for_any("bridged", "caller")
    bridge = event.value if event.name == "bridged" else None

    def part():
        if bridge:
            bridge.part()
            caller.interpreter.tell("parted")

    with Tidying(part):
        while bridge and bridge.whole:
            yield Wait.for_any("caller", "digit")
    return [
        ("DialCallStatus", "completed" if bridge else "no-answer"),
        ("DialCallSid", caller.sid),
        ("DialCallDuration", round(bridge.seconds) if bridge else 0),
    ]
