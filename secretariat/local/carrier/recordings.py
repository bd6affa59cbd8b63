"""Recordings: begun, finished, and ready only a while later."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from . import sound
from .account import API_HOST, rfc2822
from .legs import Leg

if TYPE_CHECKING:
    from .conference import Conference
    from .core import Carrier


@dataclass(frozen=True)
class RecordingSubscription:
    url: str = ""
    method: str = "POST"
    events: frozenset[str] = frozenset({"completed"})


@dataclass(eq=False)
class Recording:
    """`status` in-progress, paused, processing, completed or absent; `duration` in whole seconds."""

    carrier: "Carrier"
    sid: str
    leg: Leg
    source: str
    channels: int
    subscription: RecordingSubscription
    started_at: datetime
    conference: "Conference | None" = None
    status: str = "in-progress"
    duration: int = 0
    deleted: bool = False
    paused_seconds: float = 0.0
    paused_at: datetime | None = None

    @property
    def url(self) -> str:
        return API_HOST + self.carrier.account.path(f"/Recordings/{self.sid}")

    def content(self, kind: str) -> bytes | None:
        """The sound as wav or mp3; None until it is ready."""
        if self.status != "completed" or self.deleted:
            return None
        return sound.mp3(self.duration) if kind == "mp3" else sound.wav(self.duration, self.channels)

    def pause(self) -> None:
        if self.status == "in-progress":
            self.status, self.paused_at = "paused", self.carrier.now

    def resume(self) -> None:
        if self.status == "paused" and self.paused_at is not None:
            self.paused_seconds += (self.carrier.now - self.paused_at).total_seconds()
            self.status, self.paused_at = "in-progress", None


class Recordings:
    def __init__(self, carrier):
        self._carrier = carrier
        self.by_sid: dict[str, Recording] = {}

    def subscription(self, element, document) -> RecordingSubscription:
        """What an element's recordingStatusCallback attributes ask for."""
        url = element.get("recordingStatusCallback", "")
        return RecordingSubscription(
            document.resolve(url) if url else "",
            element.get("recordingStatusCallbackMethod", "POST").upper(),
            frozenset(element.get("recordingStatusCallbackEvent", "completed").split()),
        )

    def begin(self, leg, source, *, channels=1, conference=None, subscription=None) -> Recording:
        carrier = self._carrier
        recording = Recording(
            carrier,
            carrier.sids.new("RE"),
            leg,
            source,
            channels,
            subscription or RecordingSubscription(),
            carrier.now,
            conference,
        )
        self.by_sid[recording.sid] = recording
        if source != "RecordVerb" and conference is None:
            leg.recordings.append(recording)
        self._announce(recording, "in-progress")
        return recording

    def finish(self, recording: Recording, *, silent: bool = False) -> None:
        """Stop; the sound is there, or said to be absent, `recording_ready_after` seconds later."""
        if recording.status not in ("in-progress", "paused"):
            return
        carrier = self._carrier
        recording.resume()
        lasted = (carrier.now - recording.started_at).total_seconds() - recording.paused_seconds
        recording.duration = round(lasted)
        recording.status = "processing"
        absent = silent or recording.duration < 1
        late = 0.0
        if carrier.chaos.strikes("late_absent"):
            absent, late = True, 30.0

        def ready():
            recording.status = "absent" if absent else "completed"
            self._announce(recording, recording.status)

        carrier.timeline.after(carrier.choices.recording_ready_after + late, ready)

    def finish_all(self, leg: Leg) -> None:
        for recording in self.by_sid.values():
            if recording.leg is leg and recording.conference is None:
                self.finish(recording)

    def _announce(self, recording: Recording, event: str) -> None:
        told = recording.subscription
        if not told.url or event not in told.events:
            return
        fields = {
            "AccountSid": self._carrier.account.sid,
            "CallSid": recording.leg.sid,
            "RecordingSid": recording.sid,
            "RecordingUrl": recording.url,
            "RecordingStatus": event,
            "RecordingDuration": str(recording.duration),
            "RecordingChannels": str(recording.channels),
            "RecordingStartTime": rfc2822(recording.started_at),
            "RecordingSource": recording.source,
            "RecordingTrack": "both",
        }
        if recording.conference is not None:
            fields["ConferenceSid"] = recording.conference.sid
        self._carrier.post_room.send(told.url, told.method, fields.items(), leg_sid=recording.leg.sid)
