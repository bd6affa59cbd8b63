"""What the carrier is told when somebody rings the dictation line."""

from secretariat.channels.notice import Notice

from . import dictating, dictation_twiml
from .models import DictationLine


def first_words(line: DictationLine, notice: Notice) -> str:
    """Who it is nobody knows yet, whatever number she rings from: everybody is asked the same."""
    call = dictating.rung(
        line,
        carrier_id=notice.params["CallSid"],
        caller=notice.params.get("From", "")[:16],
        at=notice.received_at,
    )
    if not line.recording_notice:
        return dictation_twiml.no_recording(call)
    return dictation_twiml.ask_number(call, again=False)
