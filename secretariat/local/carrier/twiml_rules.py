"""What a TwiML document may hold: the vendor's table, the values it leaves out, and what each context allows.

The table (`twiml.json`) lists elements, attributes and nesting as the twilio package knows them. It says
nothing of attribute values or of which verbs may be used where; that is here, from the documentation.
"""

import json
from functools import cache
from pathlib import Path

SCHEMA, UNSUITABLE = 12200, 12200
MAIN, SCREEN, QUEUE_WAIT, CONFERENCE_WAIT = "main", "screen", "queue wait", "conference wait"
HOLD, ANNOUNCE, QUEUE_GREETING = "hold", "announce", "queue greeting"

_SPOKEN = frozenset({"Play", "Say", "Pause", "Redirect"})
_ALLOWED = {
    SCREEN: frozenset({"Gather", "Hangup", "Play", "Say", "Pause", "Redirect", "Record", "Start", "Stop"}),
    QUEUE_WAIT: _SPOKEN | {"Hangup", "Leave", "Gather"},
    CONFERENCE_WAIT: _SPOKEN,
    HOLD: _SPOKEN,
    ANNOUNCE: _SPOKEN,
    QUEUE_GREETING: _SPOKEN,
}

_BOOLEAN = frozenset({"true", "false"})
_METHOD = frozenset({"GET", "POST"})
_LEG_EVENTS = frozenset({"initiated", "ringing", "answered", "completed"})
_ROOM_EVENTS = frozenset(
    {"start", "end", "join", "leave", "mute", "hold", "modify", "speaker", "announcement"}
)
_RECORDING_EVENTS = frozenset({"in-progress", "completed", "absent"})
_VALUES = {
    ("Dial", "answerOnBridge"): _BOOLEAN,
    ("Dial", "hangupOnStar"): _BOOLEAN,
    ("Dial", "sequential"): _BOOLEAN,
    ("Dial", "record"): frozenset(
        {"true", "false", "do-not-record"}
        | {f"record-from-{start}{dual}" for start in ("answer", "ringing") for dual in ("", "-dual")}
    ),
    ("Conference", "muted"): _BOOLEAN,
    ("Conference", "startConferenceOnEnter"): _BOOLEAN,
    ("Conference", "endConferenceOnExit"): _BOOLEAN,
    ("Conference", "beep"): _BOOLEAN | {"onEnter", "onExit"},
    ("Conference", "record"): frozenset({"do-not-record", "record-from-start", "true", "false"}),
    ("Gather", "actionOnEmptyResult"): _BOOLEAN,
    ("Record", "playBeep"): _BOOLEAN,
    ("Record", "transcribe"): _BOOLEAN,
    ("Record", "trim"): frozenset({"trim-silence", "do-not-trim"}),
    ("Reject", "reason"): frozenset({"rejected", "busy"}),
}
_WORD_LISTS = {
    ("Number", "statusCallbackEvent"): _LEG_EVENTS,
    ("Client", "statusCallbackEvent"): _LEG_EVENTS,
    ("Sip", "statusCallbackEvent"): _LEG_EVENTS,
    ("Conference", "statusCallbackEvent"): _ROOM_EVENTS,
    ("Conference", "recordingStatusCallbackEvent"): _RECORDING_EVENTS,
    ("Dial", "recordingStatusCallbackEvent"): _RECORDING_EVENTS,
    ("Record", "recordingStatusCallbackEvent"): _RECORDING_EVENTS,
    ("Recording", "recordingStatusCallbackEvent"): _RECORDING_EVENTS,
    ("Gather", "input"): frozenset({"dtmf", "speech"}),
}
_EXTRA_ATTRIBUTES = {"Client": {"clientNotificationUrl"}}  # in the documentation, not in the package
_NO_CHILDREN = {"Reject", "Hangup"}  # the package lets them hold Parameter, the documentation nothing
_ABSOLUTE = {("Recording", "recordingStatusCallback")}


def allowed(verb: str, context: str) -> bool:
    return context == MAIN or verb in _ALLOWED[context]


@cache
def table(language: str) -> dict[str, tuple[frozenset[str], frozenset[str], bool]]:
    """element -> (attributes, children, may hold text). Elements of the same tag are merged."""
    raw = json.loads((Path(__file__).parent / "twiml.json").read_text())[language]
    merged: dict[str, tuple[frozenset[str], frozenset[str], bool]] = {}
    for entry in raw.values():
        attributes, children, text = merged.get(entry["element"], (frozenset(), frozenset(), False))
        merged[entry["element"]] = (
            attributes | set(entry["attributes"]) | _EXTRA_ATTRIBUTES.get(entry["element"], set()),
            children | (set() if entry["element"] in _NO_CHILDREN else set(entry["children"])),
            text or "text_content" in entry,
        )
    return merged


def faults(root, context: str = MAIN, language: str = "voice") -> list[tuple[int, str]]:
    """(error code, complaint) for everything in a document that the carrier would not understand."""
    if root.tag != "Response":
        return [(SCHEMA, f"The document is a <{root.tag}>, not a <Response>.")]
    found = list(_faults_within(root, table(language)))
    found += [
        (UNSUITABLE, f"<{element.tag}> may not be used in a {context} document.")
        for element in root
        if language == "voice" and element.tag in table(language) and not allowed(element.tag, context)
    ]
    return found


def _faults_within(element, known):
    attributes, children, may_hold_text = known[element.tag]
    for name, value in element.attrib.items():
        if name.removeprefix("{http://www.w3.org/XML/1998/namespace}") != name:
            name = "xml:" + name.rpartition("}")[2]
        if name not in attributes:
            yield SCHEMA, f"<{element.tag}> has no attribute {name}."
            continue
        yield from _faults_of_value(element.tag, name, value)
    if not may_hold_text and element.text and element.text.strip():
        yield SCHEMA, f"<{element.tag}> holds no text."
    for child in element:
        if child.tag not in children or child.tag not in known:
            yield SCHEMA, f"<{child.tag}> does not belong in <{element.tag}>."
        else:
            yield from _faults_within(child, known)


def _faults_of_value(tag: str, name: str, value: str):
    if (tag, name) in _VALUES and value not in _VALUES[tag, name]:
        yield SCHEMA, f"<{tag} {name}> cannot be {value!r}."
    if (tag, name) in _WORD_LISTS and set(value.split()) - _WORD_LISTS[tag, name]:
        yield SCHEMA, f"<{tag} {name}> is a list of words with spaces between, not {value!r}."
    if name.lower().endswith("method") and value.upper() not in _METHOD:
        yield SCHEMA, f"<{tag} {name}> cannot be {value!r}."
    if (tag, name) in _ABSOLUTE and "://" not in value:
        yield SCHEMA, f"<{tag} {name}> must be an absolute address."
