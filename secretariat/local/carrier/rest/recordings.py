"""Recordings: begin, pause, stop, look at, listen to, delete."""

from secretariat.local.carrier.recordings import RecordingSubscription

from . import calls, shapes
from .answering import RestAnswer, RestError, not_found
from .registry import operation

CURRENT = "Twilio.CURRENT"
STATUS = {"paused": "pause", "in-progress": "resume"}


def find(carrier, sid: str):
    recording = carrier.recordings.by_sid.get(sid)
    if recording is None or recording.deleted:
        raise not_found(f"/Recordings/{sid}")
    return recording


def find_of_call(carrier, call_sid: str, sid: str):
    leg = calls.find(carrier, call_sid)
    if sid == CURRENT:
        for recording in reversed(carrier.recordings.by_sid.values()):
            if recording.leg is leg and recording.status in ("in-progress", "paused"):
                return recording
        raise not_found(f"/Recordings/{sid}")
    recording = find(carrier, sid)
    if recording.leg is not leg:
        raise not_found(f"/Recordings/{sid}")
    return recording


@operation("POST /Calls/{CallSid}/Recordings.json")
def begin(carrier, given, CallSid):
    leg = calls.find(carrier, CallSid)
    if not leg.talking:
        raise RestError(400, 21220, "Requested resource is not eligible for recording")
    told = RecordingSubscription(
        given.text("RecordingStatusCallback"),
        given.text("RecordingStatusCallbackMethod", "POST").upper(),
        frozenset(" ".join(given.words("RecordingStatusCallbackEvent", ("completed",))).split()),
    )
    channels = 2 if given.text("RecordingChannels") == "dual" else 1
    made = carrier.recordings.begin(leg, "StartCallRecordingAPI", channels=channels, subscription=told)
    return shapes.recording(carrier, made, "POST /Calls/{CallSid}/Recordings.json")


@operation("POST /Calls/{CallSid}/Recordings/{Sid}.json")
def update(carrier, given, CallSid, Sid):
    recording = find_of_call(carrier, CallSid, Sid)
    status = given.text("Status")
    if status == "stopped":
        carrier.recordings.finish(recording)
    elif status in STATUS:
        getattr(recording, STATUS[status])()
    else:
        raise RestError(400, 20001, f"A recording cannot be made {status}.")
    return shapes.recording(carrier, recording, "POST /Calls/{CallSid}/Recordings/{Sid}.json")


@operation("GET /Calls/{CallSid}/Recordings.json")
def of_call(carrier, asked, CallSid):
    leg = calls.find(carrier, CallSid)
    return [
        shapes.recording(carrier, recording, "GET /Calls/{CallSid}/Recordings.json")
        for recording in carrier.recordings.by_sid.values()
        if recording.leg is leg and not recording.deleted
    ]


@operation("GET /Recordings.json")
def listed(carrier, asked):
    return [
        shapes.recording(carrier, recording)
        for recording in reversed(carrier.recordings.by_sid.values())
        if not recording.deleted
        and asked.text("CallSid", recording.leg.sid) == recording.leg.sid
        and calls.within(recording.started_at, asked, "DateCreated")
    ]


@operation("GET /Recordings/{Sid}.json")
def fetch(carrier, given, Sid):
    return shapes.recording(carrier, find(carrier, Sid))


@operation("DELETE /Recordings/{Sid}.json")
def delete(carrier, given, Sid):
    find(carrier, Sid).deleted = True


def sound(carrier, sid: str, kind: str) -> RestAnswer:
    """The sound itself; 404 until it is ready."""
    content = find(carrier, sid).content(kind)
    if content is None:
        raise not_found(f"/Recordings/{sid}")
    return RestAnswer(200, content, {"Content-Type": "audio/mpeg" if kind == "mp3" else "audio/x-wav"})
