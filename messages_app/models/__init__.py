from .incident import Incident
from .ladder import LadderStep
from .mail import InboundMail
from .message import Answer, CallOut, Delivery, Draft, Message, MessageEvent, Reply
from .text import InboundText, TextAnswer

__all__ = [
    "Answer",
    "CallOut",
    "Delivery",
    "Draft",
    "InboundMail",
    "InboundText",
    "Incident",
    "LadderStep",
    "Message",
    "MessageEvent",
    "Reply",
    "TextAnswer",
]
