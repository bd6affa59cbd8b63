"""What happened in a call, line by line, for the call record and for the seconds that are billed."""

from .models import CallEvent

RANG = "rang"
OFFERED = "offered"
DECLINED = "declined"
MISSED = "missed"
ANSWERED = "answered"
HELD = "held"
RESUMED = "resumed"
NOTED = "noted"  # what the call comes to, while its line still stands
ASKED = "asked"  # somebody at the client is to take the caller
RUNG = "rung"  # a number of hers
NOT_TAKEN = "not_taken"
TAKEN = "taken"
THREE = "three"
BACK = "back"  # the caller is with the secretary again
THROUGH = "through"  # caller and client talk without us
LINE_LOST = "line_lost"
HUNG_UP = "hung_up"
TO_VOICEMAIL = "to_voicemail"
VOICEMAIL_LEFT = "voicemail_left"
NOTHING_LEFT = "nothing_left"
TURNED_AWAY = "turned_away"
PUT_ASIDE = "put_aside"
TAKEN_UP = "taken_up"
REOPENED = "reopened"
CLOSED = "closed"

TURNS = (ANSWERED, RESUMED, TAKEN_UP, REOPENED)  # a secretary turns to the call


def note(call, verb, *, at, secretary_id=None, contact_id=None, **detail) -> CallEvent:
    """Write one line. `detail` holds ids, numbers and codes, which the page turns into words."""
    written = line(call, verb, at=at, secretary_id=secretary_id, contact_id=contact_id, **detail)
    written.save(force_insert=True)
    return written


def line(call, verb, *, at, secretary_id=None, contact_id=None, **detail) -> CallEvent:
    """The same, not yet written."""
    return CallEvent(
        client_id=call.client_id,
        call=call,
        at=at,
        verb=verb,
        secretary_id=secretary_id,
        contact_id=contact_id,
        detail=detail,
    )
