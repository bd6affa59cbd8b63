"""What is said on the telephone when a message is rung through: TwiML.

Until a key is pressed nothing is said but that the firm has a message: whoever or whatever has picked up
may not be who it is for. A voicemail presses no key, and so learns nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import gettext as _
from twilio.twiml.voice_response import Gather, VoiceResponse

from calls.twiml import address
from secretariat.office.models import Firm

from .models import Delivery, Message

HEAR, ACCEPT, AGAIN = "1", "1", "2"
PATIENCE = 8  # seconds for a key


def announced(delivery: Delivery) -> str:
    """Asked as soon as somebody picks up."""
    with _spoken(delivery):
        sentence = _("This is %(firm)s with a message. To hear it, press 1.") % {"firm": Firm.current().name}
        return _keys(delivery, "messages-call-hear", sentence, loop=2)


def read_out(delivery: Delivery) -> str:
    """The message itself, to somebody who pressed the key."""
    with _spoken(delivery):
        ask = _("To confirm that you have it, press 1. To hear it again, press 2.")
        return _keys(delivery, "messages-call-accept", f"{' '.join(_sentences(delivery.message))} {ask}")


def thanks(delivery: Delivery) -> str:
    with _spoken(delivery):
        return _said_and_ended(delivery, _("Thank you. Your secretary sees that you have it. Goodbye."))


def settled(delivery: Delivery) -> str:
    """It was acknowledged or withdrawn while this telephone was ringing."""
    with _spoken(delivery):
        return _said_and_ended(delivery, _("This message has been dealt with meanwhile. Goodbye."))


def not_confirmed(delivery: Delivery) -> str:
    with _spoken(delivery):
        return _said_and_ended(delivery, _("Goodbye."))


def _sentences(message: Message) -> Iterator[str]:
    if message.urgency == Message.Urgency.URGENT:
        yield _("Urgent message.")
    who = ", ".join(filter(None, [message.caller_name, message.caller_firm]))
    if who:
        yield _("From %(who)s.") % {"who": who}
    if message.call_back_on:
        # Digit by digit, or a number is read as a sum of millions.
        yield _("Call back on %(digits)s.") % {"digits": " ".join(message.call_back_on.lstrip("+"))}
    if message.text:
        yield f"{message.text.rstrip('.')}."


def _keys(delivery: Delivery, name: str, sentence: str, *, loop: int = 1) -> str:
    document = VoiceResponse()
    key = Gather(
        num_digits=1,
        timeout=PATIENCE,
        finish_on_key="",
        action=address(name, delivery.pk, again=True),
    )
    key.say(sentence, language=delivery.message.client.language, loop=loop)
    document.append(key)
    document.hangup()
    return str(document)


def _said_and_ended(delivery: Delivery, sentence: str) -> str:
    document = VoiceResponse()
    document.say(sentence, language=delivery.message.client.language)
    document.hangup()
    return str(document)


@contextmanager
def _spoken(delivery: Delivery):
    with translation.override(delivery.message.client.language):
        yield
