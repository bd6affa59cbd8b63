from .incident import Incident
from .ladder import LadderStep
from .message import Answer, CallOut, Delivery, Draft, Message, MessageEvent, Reply
from .text import InboundText, TextAnswer

__all__ = [
    "Answer",
    "CallOut",
    "Delivery",
    "Draft",
    "InboundText",
    "Incident",
    "LadderStep",
    "Message",
    "MessageEvent",
    "Reply",
    "TextAnswer",
]
