"""What the carrier is told when somebody rings the dictation line."""

from calls.models import DictationLine
from secretariat.channels.notice import Notice

from . import dictating, saying


def first_words(line: DictationLine, notice: Notice) -> str:
    """Who it is nobody knows yet, whatever number she rings from: everybody is asked the same."""
    call = dictating.rung(
        line,
        carrier_id=notice.params["CallSid"],
        caller=notice.params.get("From", "")[:16],
        at=notice.received_at,
    )
    if not line.recording_notice:
        return saying.no_recording(call)
    return saying.ask_number(call, again=False)
