"""Rooms: who is in them, who hears whom, and what the application is told of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from .account import rfc2822
from .documents import Source
from .interruptions import LeftRoom, RoomChanged
from .legs import Leg
from .recordings import Recording, RecordingSubscription

if TYPE_CHECKING:
    from .core import Carrier

EVENT_FAMILY = {
    "conference-start": "start",
    "conference-end": "end",
    "participant-join": "join",
    "participant-leave": "leave",
    "participant-mute": "mute",
    "participant-unmute": "mute",
    "participant-hold": "hold",
    "participant-unhold": "hold",
    "participant-modify": "modify",
    "announcement-end": "announcement",
    "announcement-fail": "announcement",
}


class RoomFull(Exception):
    code = 16020


class SameLabel(Exception):
    code = 16025


@dataclass
class Membership:
    """On what terms somebody comes in. The callback counts only for the first to join."""

    label: str = ""
    muted: bool = False
    beep: str = "true"
    start_on_enter: bool = True
    end_on_exit: bool = False
    wait: Source | None = None
    silent_wait: bool = False
    most: int = 250
    coach: str = ""
    callback: str = ""
    callback_method: str = "POST"
    events: frozenset[str] = frozenset()
    record: bool = False
    recording_subscription: RecordingSubscription | None = None
    leaves_on_star: bool = False
    early_media: bool = False  # whoever is in the room hears an invited telephone ring


@dataclass(eq=False)
class Participant:
    leg: Leg
    membership: Membership
    conference: "Conference"
    muted: bool = False
    hold: bool = False
    hold_source: Source | None = None
    announcement: Source | None = None
    present: bool = True
    created_at: datetime | None = None

    @property
    def label(self) -> str:
        return self.membership.label

    def audience(self) -> list[Leg]:
        """Who hears this participant. A held one is out of the mix both ways; a muted one still listens."""
        if self.muted or self.hold or self.conference.status != "in-progress":
            return []
        if self.membership.coach:
            return [p.leg for p in self.conference.present if p.leg.sid == self.membership.coach]
        return [p.leg for p in self.conference.present if p is not self and not p.hold]

    def change_place(self) -> None:
        self.leg.interpreter.interrupt(RoomChanged(), lambda: self.present and self.leg.participant is self)


@dataclass(eq=False)
class Conference:
    """A room by name: init, in-progress, completed. The name may be used again once it is completed."""

    carrier: "Carrier"
    sid: str
    name: str
    status: str = "init"
    participants: list[Participant] = field(default_factory=list)
    expected: dict[str, tuple[Leg, Membership]] = field(default_factory=dict)  # invited, not yet in
    callback: str = ""
    callback_method: str = "POST"
    events: frozenset[str] = frozenset()
    sequence: int = 0
    recording: Recording | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    ended_because: str | None = None
    ended_by: str | None = None

    @property
    def present(self) -> list[Participant]:
        return [participant for participant in self.participants if participant.present]

    def find(self, sid_or_label: str) -> Participant | None:
        for participant in self.present:
            if sid_or_label == participant.leg.sid or (sid_or_label and sid_or_label == participant.label):
                return participant
        return None

    # -- coming and going

    def expect(self, leg: Leg, membership: Membership) -> None:
        """REST invites a leg: its label is taken and its callbacks count before it answers."""
        self.check_label(membership.label)
        self.expected[leg.sid] = (leg, membership)
        self._take_callback(membership)

    def watch(self, leg: Leg, change: str) -> None:
        """An invited leg rings for the room to hear; one that ends before it is in has never answered."""
        if change == "ringing" and leg.sid in self.expected and self.expected[leg.sid][1].early_media:
            for participant in self.present:
                if not participant.hold:
                    participant.leg.hears("ring", "ringing")
        if change != "ended" or self.expected.pop(leg.sid, None) is None:
            return
        participant = Participant(leg, Membership(), self, present=False)
        self._announce(
            "participant-leave",
            participant,
            ReasonParticipantLeft="participant_add_failed",
            ParticipantCallStatus=leg.status,
        )
        self._end_if_empty("last-participant-left", participant)

    def check_label(self, label: str, leg: Leg | None = None) -> None:
        taken = {p.label for p in self.present}
        taken |= {membership.label for other, membership in self.expected.values() if other is not leg}
        if label and label in taken:
            raise SameLabel

    def join(self, leg: Leg, membership: Membership) -> Participant:
        """Come in. Raises RoomFull or SameLabel."""
        if len(self.present) >= membership.most:
            raise RoomFull
        self.check_label(membership.label, leg)
        if membership.coach and not any(p.leg.sid == membership.coach for p in self.present):
            self.carrier.alarm(13240, membership.coach)
        self.expected.pop(leg.sid, None)
        self._take_callback(membership)
        participant = Participant(leg, membership, self, membership.muted, created_at=self.carrier.now)
        self.participants.append(participant)
        leg.participant = participant
        self._announce("participant-join", participant)
        if membership.beep in ("true", "onEnter"):
            for other in self.present:
                if other is not participant and not other.hold:
                    other.leg.hears("beep", "somebody has come in", 0.5)
        self._start_if_ready(membership)
        return participant

    def _take_callback(self, membership: Membership) -> None:
        if not self.participants and not self.callback:
            self.callback, self.callback_method = membership.callback, membership.callback_method
            self.events = membership.events

    def _start_if_ready(self, membership: Membership) -> None:
        if self.status != "init" or len(self.present) < 2:
            return
        if not any(p.membership.start_on_enter for p in self.present):
            return
        self.status, self.updated_at = "in-progress", self.carrier.now
        self._announce("conference-start")
        for participant in self.present:
            participant.change_place()
        recorded = next((p.membership for p in self.present if p.membership.record), None)
        if recorded:
            self.recording = self.carrier.recordings.begin(
                self.present[0].leg,
                "Conference",
                conference=self,
                subscription=recorded.recording_subscription,
            )

    def leave(self, participant: Participant, reason: str) -> None:
        """Somebody goes; if she held the room together, so do all others."""
        if not participant.present:
            return
        self._out(participant, reason)
        kicked = "kicked" if reason == "participant_updated_via_api" else "left"
        if participant.membership.end_on_exit:
            self._end(f"participant-with-end-conference-on-exit-{kicked}", participant)
        else:
            self._end_if_empty(f"last-participant-{kicked}", participant)

    def _out(self, participant: Participant, reason: str) -> None:
        participant.present = False
        self._announce(
            "participant-leave",
            participant,
            ReasonParticipantLeft=reason,
            ParticipantCallStatus=participant.leg.status,
        )
        participant.leg.interpreter.interrupt(LeftRoom(), lambda: participant.leg.participant is participant)
        if participant.membership.beep in ("true", "onExit"):
            for other in self.present:
                if not other.hold:
                    other.leg.hears("beep", "somebody has gone", 0.5)

    def _end_if_empty(self, why: str, participant: Participant) -> None:
        if not self.present and not self.expected:
            self._end(why, participant)

    def close(self) -> None:
        """REST ends the room."""
        self._end("conference-ended-via-api", None)

    def _end(self, why: str, by: Participant | None) -> None:
        if self.status == "completed":
            return
        reason = "moderator_ended_conference" if by else "conference_ended_via_api"
        for other in self.present:
            self._out(other, reason)
        self.status, self.updated_at = "completed", self.carrier.now
        self.ended_because, self.ended_by = why, by.leg.sid if by else None
        if self.recording:
            self.carrier.recordings.finish(self.recording)
        ended = {"ReasonConferenceEnded": why}
        if by:
            ended |= {"CallSidEndingConference": by.leg.sid, "ParticipantLabelEndingConference": by.label}
        self._announce("conference-end", None, **ended)

    # -- changes of place

    def hold(self, participant: Participant, held: bool, source: Source | None) -> None:
        if participant.hold == held:
            return
        participant.hold, participant.hold_source = held, source
        self._announce("participant-hold" if held else "participant-unhold", participant)
        participant.change_place()

    def mute(self, participant: Participant, muted: bool) -> None:
        if participant.muted == muted:
            return
        participant.muted = muted
        self._announce("participant-mute" if muted else "participant-unmute", participant)

    def end_on_exit(self, participant: Participant, ends: bool) -> None:
        """While she is held the carrier says yes and changes nothing: a known fault of theirs, kept."""
        if participant.hold or participant.membership.end_on_exit == ends:
            return
        participant.membership.end_on_exit = ends
        self._announce("participant-modify", participant)

    def coach(self, participant: Participant, sid: str) -> None:
        participant.membership.coach = sid
        self._announce("participant-modify", participant)

    def announce_to(self, participant: Participant, source: Source) -> None:
        participant.announcement = source
        participant.change_place()

    def announced(self, participant: Participant, *, heard: bool = True) -> None:
        self._announce("announcement-end" if heard else "announcement-fail", participant)

    def beep_on_exit(self, participant: Participant, beeps: bool) -> None:
        on_enter = participant.membership.beep in ("true", "onEnter")
        names = {(True, True): "true", (True, False): "onEnter", (False, True): "onExit"}
        participant.membership.beep = names.get((on_enter, beeps), "false")
        self._announce("participant-modify", participant)

    def wait_with(self, participant: Participant, source: Source | None, *, silent: bool) -> None:
        """What she hears until the room begins."""
        participant.membership.wait, participant.membership.silent_wait = source, silent
        if self.status == "init":
            participant.change_place()

    def _announce(self, event: str, participant: Participant | None = None, **extra: str) -> None:
        if not self.callback or EVENT_FAMILY[event] not in self.events:
            return
        fields = {
            "ConferenceSid": self.sid,
            "FriendlyName": self.name,
            "AccountSid": self.carrier.account.sid,
            "SequenceNumber": str(self.sequence),
            "Timestamp": rfc2822(self.carrier.now),
            "StatusCallbackEvent": event,
        }
        if participant:
            membership = participant.membership
            fields |= {
                "CallSid": participant.leg.sid,
                "Muted": _lower(participant.muted),
                "Hold": _lower(participant.hold),
                "Coaching": _lower(bool(membership.coach)),
                "EndConferenceOnExit": _lower(membership.end_on_exit),
                "StartConferenceOnEnter": _lower(membership.start_on_enter),
            }
            if participant.label:
                fields["ParticipantLabel"] = participant.label
        self.sequence += 1
        self.carrier.post_room.send(
            self.callback,
            self.callback_method,
            (fields | extra).items(),
            leg_sid=participant.leg.sid if participant else "",
        )


class Conferences:
    """Every room of the account, by SID; by name only while it is not over."""

    def __init__(self, carrier):
        self._carrier = carrier
        self.by_sid: dict[str, Conference] = {}

    def named(self, name: str) -> Conference | None:
        for conference in self.by_sid.values():
            if conference.name == name and conference.status != "completed":
                return conference
        return None

    def open(self, name: str) -> Conference:
        conference = self.named(name)
        if conference is None:
            now = self._carrier.now
            conference = Conference(
                self._carrier, self._carrier.sids.new("CF"), name, created_at=now, updated_at=now
            )
            self.by_sid[conference.sid] = conference
        return conference

    def find(self, sid_or_name: str) -> Conference | None:
        return self.by_sid.get(sid_or_name) or self.named(sid_or_name)


def _lower(value: bool) -> str:
    return "true" if value else "false"
