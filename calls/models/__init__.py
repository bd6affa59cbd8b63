from .call import Call, IllegalMove
from .diary_call import DiaryLeg, MeetingCall
from .dictation import BookedDictation, Dictation, DictationCall, DictationKey, DictationLine, DictationPart
from .leg import Leg
from .offer import Offer
from .put_through import PutThrough
from .timeline import CallEvent
from .voicemail import Voicemail

__all__ = [
    "BookedDictation",
    "Call",
    "CallEvent",
    "DiaryLeg",
    "Dictation",
    "DictationCall",
    "DictationKey",
    "DictationLine",
    "DictationPart",
    "IllegalMove",
    "Leg",
    "MeetingCall",
    "Offer",
    "PutThrough",
    "Voicemail",
]
