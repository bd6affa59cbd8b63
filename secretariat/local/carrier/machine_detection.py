"""Answering-machine detection: who picked up, a person or a mailbox, and when the application hears of it."""

from dataclasses import dataclass

from .parties import speech_seconds

VERDICT_AFTER = 3.0  # seconds from the answer to an asynchronous verdict
MOST_SECONDS = 30  # after so long the vendor gives up and says unknown


@dataclass(frozen=True)
class Detection:
    """What was asked for. `mode` is Enable, DetectMessageEnd or empty; without `callback` nobody is told."""

    mode: str = ""
    timeout: int = MOST_SECONDS
    callback: str = ""
    callback_method: str = "POST"


def verdict(leg, detection: Detection) -> tuple[str, float]:
    """(AnsweredBy, seconds from the answer at which it is known)."""
    if not leg.machine:
        return "human", VERDICT_AFTER
    if detection.mode != "DetectMessageEnd":
        return "machine_start", VERDICT_AFTER
    ends = 1 + speech_seconds(leg.party.greeting) + 0.5
    return ("machine_end_beep", ends) if ends <= detection.timeout else ("unknown", float(detection.timeout))


def before_the_document(leg, detection: Detection, begin) -> None:
    """The document waits for the verdict; that of a person, or of a machine's first words, is quick."""
    leg.answered_by, after = verdict(leg, detection)
    if leg.answered_by.startswith(("machine_end", "unknown")):
        leg.after(after, begin)
    else:
        begin()


def beside_the_call(leg, detection: Detection) -> None:
    """The call goes on at once, and the verdict follows as a callback of its own."""
    said, after = verdict(leg, detection)

    def tell():
        leg.answered_by = said
        fields = [*leg.fields(), ("MachineDetectionDuration", str(round(after * 1000)))]
        leg.carrier.post_room.send(detection.callback, detection.callback_method, fields, leg_sid=leg.sid)

    if detection.callback:
        leg.after(after, tell)
