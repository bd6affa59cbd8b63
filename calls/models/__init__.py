from .call import Call, CallEvent, Leg, Offer, Voicemail

__all__ = ["Call", "CallEvent", "Leg", "Offer", "Voicemail"]
