"""Gather: ask for keys, or words, while prompts play."""

from secretariat.local.carrier.documents import Source, number, truth
from secretariat.local.carrier.interpreter import Wait
from secretariat.local.carrier.vocabulary import verb

from .speaking import prompt


@verb("Gather")
def gather(interpreter, element, document, context):
    wanted = int(number(element, "numDigits", 0))
    finish = element.get("finishOnKey", "#")
    timeout = number(element, "timeout", 5)
    inputs = element.get("input", "dtmf").split()
    names = [{"dtmf": "digit", "speech": "speech"}[kind] for kind in inputs if kind in ("dtmf", "speech")]

    event = None
    for child in element:
        kind, text, seconds = prompt(interpreter, child, document, context)
        if kind:
            interpreter.leg.hears(kind, text, seconds)
        event = yield Wait.for_any(*names, seconds=seconds)
        if event.name != "time":
            break
    else:
        event = yield Wait.for_any(*names, seconds=timeout)

    digits, speech = "", ""
    while event.name != "time":
        if event.name == "speech":
            speech = event.value
            break
        if finish and event.value in finish:
            break
        digits += event.value
        if len(digits) == wanted:
            break
        event = yield Wait.for_any("digit", seconds=timeout)

    if not digits and not speech and not truth(element, "actionOnEmptyResult"):
        return None
    fields = [("Digits", digits)] if not speech else [("SpeechResult", speech), ("Confidence", "0.9")]
    action = document.source(element, fields=fields)
    return action or Source(document.resolve(document.url), element.get("method", "POST").upper(), fields)
