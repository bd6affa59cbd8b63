"""What the dictation line says: TwiML, in the line's language.

The same is asked of everybody, and said of every wrong answer: neither says whether a number is anybody's.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from twilio.twiml.voice_response import Gather, VoiceResponse

from calls.models import Dictation, DictationCall, DictationPart
from calls.twiml import ASK_AGAIN

from . import hearing

PATIENCE = 15  # seconds for the next digit
PAUSE = 120  # seconds a pause may last
SILENCE = 20  # seconds of it in which nothing is said are a pause
LONGEST_PART = 3600  # seconds
DIGITS_OF_A_NUMBER = 6


def ask_number(call: DictationCall, *, again: bool) -> str:
    document = VoiceResponse()
    with _spoken(call) as language:
        keys = Gather(timeout=PATIENCE, finish_on_key="#", action=_address("dictation-who", call.pk))
        if again:
            keys.say(_("That was not recognised."), language=language)
        keys.say(
            _("Key in your dictation number, and then the hash key."),
            language=language,
        )
        document.append(keys)
        return _ended(document, language, _("Nothing was keyed in. Goodbye."))


def ask_pin(call: DictationCall) -> str:
    document = VoiceResponse()
    with _spoken(call) as language:
        address = _address("dictation-pin", call.pk, nth=call.tries + 1)
        keys = Gather(timeout=PATIENCE, finish_on_key="#", action=address)
        keys.say(_("Key in your PIN, and then the hash key."), language=language)
        document.append(keys)
        return _ended(document, language, _("Nothing was keyed in. Goodbye."))


def not_known(call: DictationCall) -> str:
    with _spoken(call) as language:
        return _ended(
            VoiceResponse(), language, _("That was not recognised. Your secretary can help you. Goodbye.")
        )


def no_recording(call: DictationCall) -> str:
    with _spoken(call) as language:
        return _ended(VoiceResponse(), language, _("Nothing is recorded on this line. Goodbye."))


def welcome(call: DictationCall, item: Dictation) -> str:
    """She is known: what is recorded, which keys there are, and the first item."""
    with _spoken(call):
        return dictate(call, item, first=f"{call.line.recording_notice} {keys_in_words()}")


def keys_in_words() -> str:
    return _(
        "Press 1 to pause, 2 to hear what you said, 3 to delete it, 4 to mark it urgent, and the hash key "
        "for the next item. When you have finished, hang up."
    )


def dictate(call: DictationCall, item: Dictation, *, first: str = "") -> str:
    """What is said after the tone goes to this item, until a key is pressed."""
    document = VoiceResponse()
    with _spoken(call) as language:
        document.say(first or _("Go on after the tone."), language=language)
    document.record(
        action=_address("dictation-spoken", call.pk, item.pk, v=item.version),
        finish_on_key="1234567890*#",
        max_length=LONGEST_PART,
        timeout=SILENCE,
        play_beep=True,
        recording_status_callback=_address("calls-recording", dictation=item.pk),
        recording_status_callback_event="completed absent",
    )
    # Where nothing at all was said, the carrier goes on here.
    document.redirect(_address("dictation-silent", call.pk, item.pk, v=item.version))
    return str(document)


def marked(call: DictationCall, item: Dictation) -> str:
    with _spoken(call):
        return _("Marked urgent. Go on after the tone.") if item.urgent else _("No longer urgent. Go on.")


def next_item(call: DictationCall) -> str:
    with _spoken(call):
        return _("That item has been kept. The next one, after the tone.")


def nothing_yet(call: DictationCall) -> str:
    with _spoken(call):
        return _("Nothing was said yet.")


def help_with_keys(call: DictationCall) -> str:
    with _spoken(call):
        return keys_in_words()


def paused(call: DictationCall, item: Dictation, *, first: str = "") -> str:
    with _spoken(call):
        words = _("Paused. To go on, press 1.")
        return _menu(call, item, f"{first} {words}" if first else words)


def sure_to_delete(call: DictationCall, item: Dictation) -> str:
    with _spoken(call):
        words = _("To delete this item, press 3 once more. To keep it, press 1.")
        return _menu(call, item, words, asked="delete")


def replay(call: DictationCall, item: Dictation, parts: list[DictationPart]) -> str:
    """What she said so far; any key stops it."""
    document = VoiceResponse()
    keys = Gather(
        num_digits=1,
        timeout=PAUSE,
        finish_on_key="",
        action=_address("dictation-key", call.pk, item.pk, v=item.version),
    )
    with _spoken(call) as language:
        for part in parts:
            keys.play(hearing.address(part))
        keys.say(_("That was all. To go on, press 1."), language=language)
    document.append(keys)
    document.redirect(_address("dictation-left", call.pk, item.pk))
    return str(document)


def not_there_yet(call: DictationCall, item: Dictation) -> str:
    """The recording is still on its way to us: look again in a moment, unless she presses a key."""
    document = VoiceResponse()
    keys = Gather(
        num_digits=1,
        timeout=4,
        finish_on_key="",
        action=_address("dictation-key", call.pk, item.pk, v=item.version),
    )
    with _spoken(call) as language:
        keys.say(_("One moment."), language=language)
    document.append(keys)
    document.redirect(_address("dictation-replay", call.pk, item.pk, v=item.version))
    return str(document)


def goodbye(call: DictationCall) -> str:
    with _spoken(call) as language:
        return _ended(VoiceResponse(), language, _("What you dictated has been kept. Goodbye."))


def _menu(call: DictationCall, item: Dictation, words: str, **query) -> str:
    document = VoiceResponse()
    keys = Gather(
        num_digits=1,
        timeout=PAUSE,
        finish_on_key="",
        action=_address("dictation-key", call.pk, item.pk, v=item.version, **query),
    )
    keys.say(words, language=call.line.language)
    document.append(keys)
    document.redirect(_address("dictation-left", call.pk, item.pk))
    return str(document)


def _ended(document: VoiceResponse, language: str, words: str) -> str:
    document.say(words, language=language)
    document.hangup()
    return str(document)


def _address(name: str, *args, **query) -> str:
    """One of our webhooks. What stands in the query keeps one key of a kind apart from the next."""
    asked = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{settings.PUBLIC_BASE_URL}{reverse(name, args=args)}{'?' + asked if asked else ''}{ASK_AGAIN}"


@contextmanager
def _spoken(call: DictationCall) -> Iterator[str]:
    language = call.line.language
    with translation.override(language.split("-")[0]):
        yield language
