"""Conferences and those in them."""

from secretariat.local.carrier import machine_detection
from secretariat.local.carrier.conference import Conference, Membership, SameLabel
from secretariat.local.carrier.documents import Source
from secretariat.local.carrier.recordings import RecordingSubscription
from secretariat.local.carrier.ringing import API_RING_SECONDS
from secretariat.local.carrier.verbs.joining import invited

from . import calls, shapes
from .answering import RestError, not_found
from .registry import operation

SHORTEST_RING, LONGEST_RING = 5, 600


def find(carrier, sid_or_name: str) -> Conference:
    room = carrier.conferences.find(sid_or_name)
    if room is None:
        raise not_found(f"/Conferences/{sid_or_name}")
    return room


def find_participant(carrier, room_name: str, sid_or_label: str):
    room = find(carrier, room_name)
    participant = room.find(sid_or_label)
    if participant is None:
        raise not_found(f"/Participants/{sid_or_label}")
    return room, participant


def by_sid(carrier, sid: str) -> Conference:
    room = carrier.conferences.by_sid.get(sid)
    if room is None:
        raise not_found(f"/Conferences/{sid}")
    return room


@operation("GET /Conferences.json")
def listed(carrier, asked):
    rooms = [
        room
        for room in reversed(carrier.conferences.by_sid.values())
        if asked.text("FriendlyName", room.name) == room.name
        and asked.text("Status", room.status) == room.status
        and calls.within(room.created_at, asked, "DateCreated")
        and calls.within(room.updated_at, asked, "DateUpdated")
    ]
    return [shapes.conference(carrier, room) for room in rooms]


@operation("GET /Conferences/{Sid}.json")
def fetch(carrier, given, Sid):
    return shapes.conference(carrier, by_sid(carrier, Sid))


@operation("POST /Conferences/{Sid}.json")
def update(carrier, given, Sid):
    room = by_sid(carrier, Sid)
    if given.text("AnnounceUrl"):
        source = Source(given.text("AnnounceUrl"), given.text("AnnounceMethod", "POST"))
        for participant in room.present:
            room.announce_to(participant, source)
    if given.text("Status") == "completed":
        room.close()
    return shapes.conference(carrier, room)


@operation("GET /Conferences/{ConferenceSid}/Participants.json")
def participants(carrier, asked, ConferenceSid):
    room = find(carrier, ConferenceSid)
    if room.status == "completed":
        return []
    waiting = [shapes.participant(carrier, room, leg, terms) for leg, terms in room.expected.values()]
    inside = [
        shapes.participant(carrier, room, p.leg, p.membership, p)
        for p in room.present
        if all(
            name not in asked or asked.truth(name) == value
            for name, value in (("Hold", p.hold), ("Muted", p.muted), ("Coaching", bool(p.membership.coach)))
        )
    ]
    return inside + waiting


@operation("POST /Conferences/{ConferenceSid}/Participants.json")
def invite(carrier, given, ConferenceSid):
    to, from_ = given.text("To"), given.text("From")
    calls.check_to(to)
    token = given.text("CallToken")
    calls.check_from(carrier, from_, to, token)
    if given.text("CallerId"):
        calls.check_from(carrier, given.text("CallerId"), to, token)
        from_ = given.text("CallerId")
    timeout = given.number("Timeout", API_RING_SECONDS)
    if not SHORTEST_RING <= timeout <= LONGEST_RING:
        raise RestError(400, 20001, f"Timeout is {SHORTEST_RING} to {LONGEST_RING} seconds.")
    if ConferenceSid.startswith("CF") and len(ConferenceSid) == 34:
        room = by_sid(carrier, ConferenceSid)
        if room.status == "completed":
            raise not_found(f"/Conferences/{ConferenceSid}")
    else:
        room = carrier.conferences.open(ConferenceSid)
    membership = _membership(given)
    try:
        room.check_label(membership.label)
    except SameLabel:
        raise RestError(400, SameLabel.code, f"The label {membership.label} is taken.") from None
    leg = carrier.new_leg(from_, to, "outbound-api", subscription=calls.subscription(given))
    if token:
        leg.extra["CallToken"] = token
    room.expect(leg, membership)
    asked = machine_detection.Detection(
        given.text("MachineDetection"),
        given.number("MachineDetectionTimeout", machine_detection.MOST_SECONDS),
        given.text("AmdStatusCallback"),
        given.text("AmdStatusCallbackMethod", "POST").upper(),
    )

    def answered():
        leg.interpreter.start(invited(leg.interpreter, room.name, membership))
        if asked.mode:
            machine_detection.beside_the_call(leg, asked)

    leg.on_answer = answered
    calls.watch_over(carrier, leg, given)
    leg.watchers.append(room.watch)
    carrier.exchange.place(leg, timeout)
    return shapes.participant(carrier, room, leg, membership)


def _membership(given) -> Membership:
    wait = given.text("WaitUrl")
    return Membership(
        label=given.text("Label"),
        muted=given.truth("Muted"),
        beep=given.text("Beep", "true"),
        start_on_enter=given.truth("StartConferenceOnEnter", True),
        end_on_exit=given.truth("EndConferenceOnExit"),
        wait=Source(wait, given.text("WaitMethod", "POST").upper()) if wait else None,
        silent_wait="WaitUrl" in given and not wait,
        most=given.number("MaxParticipants", 250),
        coach=given.text("CallSidToCoach") if given.truth("Coaching") else "",
        callback=given.text("ConferenceStatusCallback"),
        callback_method=given.text("ConferenceStatusCallbackMethod", "POST").upper(),
        events=frozenset(given.words("ConferenceStatusCallbackEvent", ("start", "end"))),
        record=given.text("ConferenceRecord") in ("true", "record-from-start"),
        recording_subscription=RecordingSubscription(
            given.text("ConferenceRecordingStatusCallback"),
            given.text("ConferenceRecordingStatusCallbackMethod", "POST").upper(),
            frozenset(given.words("ConferenceRecordingStatusCallbackEvent", ("completed",))),
        ),
        early_media=given.truth("EarlyMedia", True),
    )


@operation("GET /Conferences/{ConferenceSid}/Participants/{CallSid}.json")
def participant(carrier, given, ConferenceSid, CallSid):
    room = find(carrier, ConferenceSid)
    for leg, terms in room.expected.values():
        if CallSid in (leg.sid, terms.label):
            return shapes.participant(carrier, room, leg, terms)
    room, inside = find_participant(carrier, ConferenceSid, CallSid)
    return shapes.participant(carrier, room, inside.leg, inside.membership, inside)


@operation("POST /Conferences/{ConferenceSid}/Participants/{CallSid}.json")
def change(carrier, given, ConferenceSid, CallSid):
    room, inside = find_participant(carrier, ConferenceSid, CallSid)
    if "EndConferenceOnExit" in given:
        room.end_on_exit(inside, given.truth("EndConferenceOnExit"))
    if "Hold" in given:
        url = given.text("HoldUrl")
        source = Source(url, given.text("HoldMethod", "GET").upper()) if url else None
        room.hold(inside, given.truth("Hold"), source)
    if "Muted" in given:
        room.mute(inside, given.truth("Muted"))
    if "Coaching" in given:
        room.coach(inside, given.text("CallSidToCoach") if given.truth("Coaching") else "")
    if "BeepOnExit" in given:
        room.beep_on_exit(inside, given.truth("BeepOnExit"))
    if "WaitUrl" in given:
        url = given.text("WaitUrl")
        room.wait_with(
            inside, Source(url, given.text("WaitMethod", "POST").upper()) if url else None, silent=not url
        )
    if given.text("AnnounceUrl"):
        source = Source(given.text("AnnounceUrl"), given.text("AnnounceMethod", "POST").upper())
        room.announce_to(inside, source)
    return shapes.participant(carrier, room, inside.leg, inside.membership, inside)


@operation("DELETE /Conferences/{ConferenceSid}/Participants/{CallSid}.json")
def remove(carrier, given, ConferenceSid, CallSid):
    """Out of the room. A leg that REST invited ends with it; one that a document brought goes on with it."""
    room = find(carrier, ConferenceSid)
    for leg, terms in list(room.expected.values()):
        if CallSid in (leg.sid, terms.label):
            leg.end("canceled")
            return
    room, inside = find_participant(carrier, ConferenceSid, CallSid)
    room.leave(inside, "participant_updated_via_api")
