"""One leg of a call: its states, its notices, and who is at its far end."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import phonenumbers

from .account import API_VERSION, rfc2822
from .documents import Source
from .interruptions import HungUp
from .parties import Heard, Party, speech_seconds
from .timeline import Timer

if TYPE_CHECKING:
    from .bridge import Bridge
    from .conference import Participant
    from .core import Carrier
    from .interpreter import Interpreter
    from .queues import Member
    from .recordings import Recording

RINGING_OUT = ("queued", "initiated", "ringing")
TERMINAL = ("completed", "busy", "no-answer", "failed", "canceled")
SIP_CODES = {"busy": 486, "no-answer": 487, "canceled": 487, "failed": 404, "completed": 200}


@dataclass(frozen=True)
class Subscription:
    """Where the application wants to hear of a leg, and of what."""

    url: str = ""
    method: str = "POST"
    events: frozenset[str] = frozenset({"completed"})


@dataclass(eq=False)
class Leg:
    """A leg. `from_` and `to` are E.164, `client:<identity>`, or whatever the caller's network sends.

    `direction` is inbound, outbound-api or outbound-dial. `status` only ever rises; the four terminal ones
    and `completed` absorb everything after them.
    """

    carrier: "Carrier"
    sid: str
    from_: str
    to: str
    direction: str
    party: Party
    status: str = "queued"
    parent: "Leg | None" = None
    subscription: Subscription = Subscription()
    forwarded_from: str = ""
    extra: dict[str, str] = field(default_factory=dict)  # StirVerstat, CallToken, custom parameters
    interpreter: "Interpreter" = field(init=False)
    bridge: "Bridge | None" = None
    participant: "Participant | None" = None
    member: "Member | None" = None
    twin: "Leg | None" = None  # the other side of a call between two numbers of this account
    on_answer: Callable[[], None] | None = None
    pending_source: Source | None = None
    fallback_url: str = ""
    answered_by: str | None = None  # what machine detection said, where it was asked for
    machine: bool = False  # a mailbox picked up, not the person
    silent: bool = False  # the party's own microphone is off
    heard: list[Heard] = field(default_factory=list)
    watchers: list[Callable[["Leg", str], None]] = field(default_factory=list)
    created_at: datetime | None = None
    dialled_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    sequence: int = 0
    sip_code: int | None = None
    recordings: "list[Recording]" = field(default_factory=list)
    timers: list[Timer] = field(default_factory=list)
    spoke_at: datetime | None = None
    ended_by_api: bool = False
    terminal_notices: set[str] = field(default_factory=set)

    @property
    def live(self) -> bool:
        return self.status not in TERMINAL

    @property
    def talking(self) -> bool:
        return self.status == "in-progress"

    @property
    def awaits_key(self) -> bool:
        """Whether a key pressed now is heard: before, while the document is still asked for, it is lost."""
        waiting = self.interpreter.waiting
        return bool(waiting and "digit" in waiting.names)

    @property
    def far_end(self) -> str:
        """The address of the party outside."""
        return self.from_ if self.direction == "inbound" else self.to

    @property
    def identity(self) -> str:
        """The browser's identity, empty for a telephone."""
        return identity_in(self.far_end) if self.far_end.startswith("client:") else ""

    @property
    def parameters(self) -> dict[str, str]:
        """What the browser is told with the call: of `<Parameter>`, and of `client:<identity>?name=value`."""
        return self.extra | dict(parse_qsl(self.far_end.partition("?")[2]))

    @property
    def seconds(self) -> int:
        """Whole seconds of conversation, from the answer to the end (or now)."""
        if self.answered_at is None:
            return 0
        return round(((self.ended_at or self.carrier.now) - self.answered_at).total_seconds())

    def fields(self) -> list[tuple[str, str]]:
        """What every webhook about this leg carries."""
        fields = {
            "CallSid": self.sid,
            "AccountSid": self.carrier.account.sid,
            "From": self.from_,
            "To": self.to,
            "Caller": self.from_,
            "Called": self.to,
            "CallStatus": self.status,
            "ApiVersion": API_VERSION,
            "Direction": self.direction,
            "FromCountry": country(self.from_),
            "ToCountry": country(self.to),
            "CallerCountry": country(self.from_),
            "CalledCountry": country(self.to),
        }
        if self.forwarded_from:
            fields["ForwardedFrom"] = self.forwarded_from
        if self.parent:
            fields["ParentCallSid"] = self.parent.sid
        if self.answered_by:
            fields["AnsweredBy"] = self.answered_by
        return list((fields | self.extra).items())

    def ring(self) -> None:
        self.status = "ringing"
        self.announce("ringing")
        self.changed("ringing")

    def answer(self) -> None:
        """The far end, or for an inbound call we, pick up."""
        if self.status not in RINGING_OUT:
            return
        self.status = "in-progress"
        self.answered_at = self.carrier.now
        self.cancel_timers()
        self.announce("answered")
        self.changed("answered")
        if self.on_answer:
            self.carrier.timeline.soon(self._begin)

    def answer_by_machine(self) -> None:
        """The mailbox behind the far end picks up."""
        if self.status in RINGING_OUT:
            self.machine = True
            self.answer()

    def _begin(self) -> None:
        if self.talking and self.on_answer:  # she may have hung up in the same moment
            self.on_answer()

    def end(self, status: str = "completed", *, sip_code: int | None = None) -> None:
        """Reach a terminal state; verbs under way are tidied up, then the last notice goes out."""
        if not self.live:
            return
        unheard = self.status == "queued" and status == "canceled"
        self.status = status
        self.ended_at = self.carrier.now
        self.sip_code = sip_code or SIP_CODES[status]
        self.cancel_timers()
        self.interpreter.interrupt(HungUp())
        self.carrier.timeline.soon(lambda: self._settle_end(unheard))

    def _settle_end(self, unheard: bool) -> None:
        self.carrier.recordings.finish_all(self)
        if self.carrier.chaos.modes.action_before_completed:
            self.changed("ended")
            self.carrier.timeline.soon(lambda: self.announce("completed"))
            return
        if not unheard:
            self.announce("completed")
        self.changed("ended")

    def announce(self, event: str) -> None:
        """Tell the application, if it asked. Numbering counts only what is told, from 0."""
        told = self.subscription
        if not told.url or event not in told.events:
            return
        status = {"initiated": "initiated", "ringing": "ringing", "answered": "in-progress"}.get(event)
        fields = dict(self.fields()) | {
            "CallStatus": status or self.status,
            "CallbackSource": "call-progress-events",
            "SequenceNumber": str(self.sequence),
            "Timestamp": rfc2822(self.carrier.now),
        }
        if event == "completed":
            fields["CallDuration"] = str(self.seconds)
            fields["Duration"] = str(-(-self.seconds // 60))
            fields["SipResponseCode"] = str(self.sip_code)
            for recording in self.recordings:
                fields["RecordingUrl"] = recording.url
                fields["RecordingSid"] = recording.sid
                fields["RecordingDuration"] = str(recording.duration)
            self.terminal_notices.add(self.status)
        self.sequence += 1
        self.carrier.post_room.send(told.url, told.method, fields.items(), leg_sid=self.sid)

    def changed(self, change: str) -> None:
        for watcher in list(self.watchers):
            watcher(self, change)
        self.carrier.tell(
            {"event": change, "leg": self.sid, "status": self.status, "identity": self.identity}
        )

    def hears(self, kind: str, text: str, seconds: float = 0.0) -> None:
        self.heard.append(Heard(self.carrier.now, kind, text, seconds))
        self.carrier.tell({"event": "heard", "leg": self.sid, "kind": kind, "text": text, "seconds": seconds})
        if self.twin and kind != "ring":  # what this leg's far end hears, comes out at the other number
            for leg in self.twin.company():
                leg.hears(kind, text, seconds)

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        """Do this unless the leg is answered or ended before."""
        self.timers.append(self.carrier.timeline.after(seconds, act))

    def cancel_timers(self) -> None:
        for timer in self.timers:
            timer.cancel()
        self.timers.clear()

    def company(self) -> list["Leg"]:
        """Who hears what is said on this leg."""
        if self.bridge:
            return [leg for leg in self.bridge.legs if leg is not self and leg.talking]
        if self.participant:
            return self.participant.audience()
        return []

    def company_heard(self) -> list["Leg"]:
        """Whom this leg's far end would hear, if they spoke now."""
        others = self.bridge.legs if self.bridge else ()
        if self.participant:
            others = [participant.leg for participant in self.participant.conference.present]
        return [leg for leg in others if leg is not self and not leg.silent and self in leg.company()]

    def press(self, digits: str) -> None:
        """The party outside presses keys; a mailbox never does, whoever wishes it."""
        for digit in "" if self.machine else digits:
            self.interpreter.tell("digit", digit)

    def voice_to(self, text: str) -> None:
        """The party outside says something: everybody connected with her hears it, unless she is muted."""
        if self.silent:
            return
        self.spoke_at = self.carrier.now
        for leg in self.company():
            leg.hears("voice", text, speech_seconds(text))
        self.interpreter.tell("speech", text)

    def beep(self) -> None:
        """The far end's machine gives its tone."""
        for leg in self.company():
            leg.hears("beep", "the tone", 0.5)


def identity_in(address: str) -> str:
    """The number or the browser's identity of an address, without the parameters that may follow it."""
    return address.removeprefix("client:").partition("?")[0]


def country(address: str) -> str:
    """The two letters of an E.164 number's country, empty for anything else."""
    if not address.startswith("+"):
        return ""
    try:
        parsed = phonenumbers.parse(address, None)
    except phonenumbers.NumberParseException:
        return ""
    return phonenumbers.region_code_for_number(parsed) or ""
