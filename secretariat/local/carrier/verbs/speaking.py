"""Say, Play and Pause: what takes time and is heard."""

from secretariat.local.carrier.documents import number, words
from secretariat.local.carrier.interpreter import Wait
from secretariat.local.carrier.parties import speech_seconds
from secretariat.local.carrier.twiml_rules import CONFERENCE_WAIT, HOLD
from secretariat.local.carrier.vocabulary import verb


def prompt(interpreter, element, document, context) -> tuple[str, str, float]:
    """(kind, text, seconds) of one Say, Play or Pause; an empty kind is silence."""
    times = max(1, int(number(element, "loop", 1)))
    if element.tag == "Say":
        text = words(element)
        return "say", text, speech_seconds(text) * times
    if element.tag == "Pause":
        return "", "", number(element, "length", 1)
    if element.get("digits"):
        return "beep", element.get("digits"), 0.5 * len(element.get("digits")) * times
    url = document.resolve(words(element))
    kind, seconds = interpreter.carrier.sound_of(url)
    if kind == "play" and context in (HOLD, CONFERENCE_WAIT):
        kind = "music"
    return kind, url, seconds * times


def speak(interpreter, element, document, context):
    kind, text, seconds = prompt(interpreter, element, document, context)
    if kind:
        interpreter.leg.hears(kind, text, seconds)
    yield Wait(seconds=seconds)


verb("Say")(speak)
verb("Play")(speak)
verb("Pause", answers=False)(speak)
