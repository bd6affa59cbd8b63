from .call import Call, IllegalMove
from .leg import Leg
from .offer import Offer
from .put_through import PutThrough
from .timeline import CallEvent
from .voicemail import Voicemail

__all__ = ["Call", "CallEvent", "IllegalMove", "Leg", "Offer", "PutThrough", "Voicemail"]
