from .breaker import Breaker
from .effect import Effect
from .inbound_event import InboundEvent
from .round import Round

__all__ = ["Breaker", "Effect", "InboundEvent", "Round"]
