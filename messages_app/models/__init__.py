from .correspondence import Mail, MailPlace, MailThread
from .incident import Incident
from .ladder import LadderStep
from .mail import InboundMail
from .mailbox import Mailbox, MailFolder, MailRule, Security
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
    "Mail",
    "MailFolder",
    "MailPlace",
    "MailRule",
    "MailThread",
    "Mailbox",
    "Message",
    "MessageEvent",
    "Reply",
    "Security",
    "TextAnswer",
]
