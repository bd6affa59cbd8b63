"""Redirect, Hangup, Reject and Leave: what comes next, or that nothing does."""

from secretariat.local.carrier.documents import Source, words
from secretariat.local.carrier.interruptions import HangUp, LeaveQueue, Rejected
from secretariat.local.carrier.twiml_rules import QUEUE_WAIT
from secretariat.local.carrier.vocabulary import verb


@verb("Redirect", answers=False)
def redirect(interpreter, element, document, context):
    return Source(document.resolve(words(element) or document.url), element.get("method", "POST").upper())
    yield


@verb("Hangup")
def hang_up(interpreter, element, document, context):
    raise HangUp
    yield


@verb("Reject", answers=False)
def reject(interpreter, element, document, context):
    """Refuse before answering; a call already answered can only be hung up."""
    if interpreter.leg.status != "ringing":
        interpreter.carrier.flag(12200, "<Reject> on a call that was answered already.")
        raise HangUp
    raise Rejected("busy" if element.get("reason") == "busy" else "no-answer")
    yield


@verb("Leave", answers=False)
def leave(interpreter, element, document, context):
    """Leave the queue; outside one there is nothing to leave."""
    if context == QUEUE_WAIT:
        raise LeaveQueue
    return None
    yield
