"""Dial Conference: into a room, and out of it again."""

from secretariat.local.carrier.conference import Membership, RoomFull, SameLabel
from secretariat.local.carrier.documents import number, truth, words
from secretariat.local.carrier.interpreter import Wait
from secretariat.local.carrier.interruptions import DocumentFailed, LeftRoom, RoomChanged, Tidying
from secretariat.local.carrier.twiml_rules import ANNOUNCE, CONFERENCE_WAIT, HOLD


def join(interpreter, dial, noun, document):
    """The Dial action's fields; None where the room refused, so that the next verb runs."""
    carrier = interpreter.carrier
    events = noun.get("statusCallbackEvent", "")
    membership = Membership(
        label=noun.get("participantLabel", ""),
        muted=truth(noun, "muted"),
        beep=noun.get("beep", "true"),
        start_on_enter=truth(noun, "startConferenceOnEnter", True),
        end_on_exit=truth(noun, "endConferenceOnExit"),
        wait=document.source(noun, "waitUrl", "waitMethod"),
        silent_wait=noun.get("waitUrl") == "",
        most=int(number(noun, "maxParticipants", 250)),
        coach=noun.get("coach", ""),
        callback=document.resolve(noun.get("statusCallback")) if noun.get("statusCallback") else "",
        callback_method=noun.get("statusCallbackMethod", "POST").upper(),
        events=frozenset(events.split()),
        record=noun.get("record", "do-not-record") in ("record-from-start", "true"),
        recording_subscription=carrier.recordings.subscription(noun, document),
        leaves_on_star=truth(dial, "hangupOnStar"),
    )
    try:
        return (yield from stay(interpreter, words(noun), membership))
    except (RoomFull, SameLabel) as refusal:
        carrier.alarm(refusal.code, words(noun))
        return None


def stay(interpreter, room: str, membership: Membership):
    """From joining the room to leaving it. Used by Dial and by participants that REST invites."""
    carrier, leg = interpreter.carrier, interpreter.leg
    conference = carrier.conferences.open(room)
    participant = conference.join(leg, membership)
    outcome = "answered"

    def go():
        redirected = leg.talking and participant.present and outcome == "answered"
        by_api = leg.ended_by_api or redirected
        conference.leave(participant, "participant_updated_via_api" if by_api else "participant_hung_up")
        leg.participant = None

    with Tidying(go):
        try:
            while participant.present:
                try:
                    yield from be_there(interpreter, conference, participant)
                except RoomChanged:
                    continue
        except LeftRoom:
            pass
        except DocumentFailed as failure:
            carrier.alarm(failure.code, failure.url)
            outcome = "failed"
    return [("DialCallStatus", outcome)]


def be_there(interpreter, conference, participant):
    """One stretch in the room: announced to, held, waiting for it to begin, talking. RoomChanged ends it."""
    interpreter.running = "conference"
    if participant.announcement:
        source, participant.announcement = participant.announcement, None
        try:
            yield from interpreter.run(source, ANNOUNCE)
        except DocumentFailed as failure:
            interpreter.carrier.alarm(failure.code, failure.url)
            conference.announced(participant, heard=False)
        else:
            conference.announced(participant)
        return
    if participant.hold:
        yield from interpreter.loop(participant.hold_source, HOLD)
    elif conference.status == "init":
        if participant.membership.silent_wait:
            yield Wait()
        yield from interpreter.loop(participant.membership.wait, CONFERENCE_WAIT)
    else:
        event = yield Wait.for_any("digit")
        if event.value == "*" and participant.membership.leaves_on_star:
            conference.leave(participant, "participant_hung_up")


def invited(interpreter, room: str, membership: Membership):
    """The life of a leg that REST put into a room: in the room, and then it ends."""
    try:
        yield from stay(interpreter, room, membership)
    except (RoomFull, SameLabel) as refusal:
        interpreter.carrier.alarm(refusal.code, room)
