from .correspondence import Mail, MailPlace, MailThread
from .dictated import DictatedDraft, DictatedVersion
from .incident import Incident
from .ladder import LadderStep
from .letter import Letter, Letterhead, LetterTemplate, LetterVersion, Paper, Posting
from .mail import InboundMail
from .mailbox import Mailbox, MailFolder, MailRule, Security
from .message import Answer, CallOut, Delivery, Draft, Message, MessageEvent, Reply
from .outgoing import (
    ClientQuestion,
    Enclosure,
    MailTemplate,
    OutgoingMail,
    OutgoingVersion,
    SendingDomain,
)
from .post import PostRules, ReceivedPost
from .printing import LetterFile, PrintRun, PrintRunLetter
from .request import ClientRequest, RequestFile
from .serial import SerialLetter
from .text import InboundText, TextAnswer

__all__ = [
    "Answer",
    "CallOut",
    "ClientQuestion",
    "ClientRequest",
    "Delivery",
    "DictatedDraft",
    "DictatedVersion",
    "Draft",
    "Enclosure",
    "InboundMail",
    "InboundText",
    "Incident",
    "LadderStep",
    "Letter",
    "LetterFile",
    "LetterTemplate",
    "LetterVersion",
    "Letterhead",
    "Mail",
    "MailFolder",
    "MailPlace",
    "MailRule",
    "MailTemplate",
    "MailThread",
    "Mailbox",
    "Message",
    "MessageEvent",
    "OutgoingMail",
    "OutgoingVersion",
    "Paper",
    "PostRules",
    "Posting",
    "PrintRun",
    "PrintRunLetter",
    "ReceivedPost",
    "Reply",
    "RequestFile",
    "Security",
    "SendingDomain",
    "SerialLetter",
    "TextAnswer",
]
