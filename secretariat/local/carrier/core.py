"""The carrier: one account's telephones, rooms, queues, recordings and texts, in memory, on a virtual clock.

It opens no socket and starts no thread. A transport takes the postings that must go out (`take_postings`),
reports how they were answered (`answered`, `failed`), brings REST requests (`rest`) and lets time pass
(`advance`).
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from . import invariants, verbs  # noqa: F401  verbs: so that the vocabulary is complete
from .account import Account, CallerId, Choices, Number, Sids
from .chaos import Chaos
from .conference import Conferences
from .control import Control
from .delivery import Posting, PostRoom
from .documents import Source
from .interpreter import Interpreter
from .legs import Leg, Subscription, identity_in
from .messages import Messages
from .parties import Party
from .queues import Queues
from .recordings import Recordings
from .rest import answer as rest
from .rest.answering import RestAnswer
from .ringing import BadNumber, Exchange
from .timeline import Timeline

PLAY_SECONDS = 5.0
RING_SECONDS = {"gb": 3.0, "ie": 3.0, "au": 3.0, "nz": 3.0, "us": 6.0, "ca": 6.0}  # one ring and its pause


@dataclass(frozen=True)
class WireEvent:
    """One exchange on the wire: `direction` out is a webhook, in a REST request; `ms` if measured."""

    at: datetime
    direction: str
    what: str
    method: str
    path: str
    status: int
    ms: int | None
    signed: bool


class Carrier:
    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        *,
        start: datetime,
        api_key_sid: str = "",
        api_key_secret: str = "",
        seed: int = 0,
    ):
        self.account = Account(account_sid, auth_token, {api_key_sid: api_key_secret} if api_key_sid else {})
        self.timeline = Timeline(start)
        self.sids = Sids(seed)
        self.chaos = Chaos(seed)
        self.parties: dict[str, Party] = {}
        self.registered: set[str] = set()
        self.answers_within: float | None = 2.0  # seconds an answer may take, where somebody measures it
        self._listeners: list[Callable[[dict], None]] = []
        self._sounds: dict[str, tuple[str, float]] = {}
        self.control = Control(self)
        self._forget()

    def _forget(self) -> None:
        self.legs: dict[str, Leg] = {}
        self.log: list[WireEvent] = []
        self.alarms: list[tuple[datetime, int, str]] = []  # what the vendor's debugger would show
        self.flags: list[tuple[datetime, object, str]] = []  # what a test must not pass over
        self.post_room = PostRoom(self)
        self.exchange = Exchange(self)
        self.conferences = Conferences(self)
        self.queues = Queues(self)
        self.recordings = Recordings(self)
        self.messages = Messages(self)

    def reset(self) -> None:
        """Forget every call and text, and all chaos. Numbers, parties, registrations and the clock stay."""
        self.timeline.clear()
        self.chaos.calm()
        self.account.choices = Choices()
        self.account.stopped.clear()
        self._forget()

    # -- the world around

    @property
    def now(self) -> datetime:
        return self.timeline.now

    @property
    def choices(self) -> Choices:
        return self.account.choices

    def add_number(self, e164, voice_url="", fallback_url="", sms_url="", status_callback="") -> Number:
        """Give the account a number; repeated, it changes where that number's calls are announced."""
        known = self.account.numbers.get(e164)
        sid = known.sid if known else self.sids.new("PN")
        number = Number(
            sid,
            e164,
            voice_url,
            fallback_url=fallback_url,
            sms_url=sms_url,
            status_callback=status_callback,
            friendly_name=e164,
            created_at=known.created_at if known else self.now,
        )
        self.account.numbers[e164] = number
        return number

    def add_caller_id(self, e164: str, friendly_name: str = "") -> CallerId:
        """A number somebody has proved to be hers: it may be shown on our calls."""
        caller_id = CallerId(self.sids.new("PN"), e164, friendly_name or e164, self.now)
        self.account.caller_ids[e164] = caller_id
        return caller_id

    def add_party(self, address: str, party: Party) -> None:
        """An outside end: an E.164 number, or a browser's identity (with or without `client:`)."""
        self.parties[address.removeprefix("client:")] = party

    def party_at(self, address: str) -> Party:
        return self.parties.get(identity_in(address), Party())

    def add_sound(self, path_ending: str, kind: str, seconds: float) -> None:
        """How a played file sounds (play, music or ring) and how long it lasts."""
        self._sounds[path_ending] = (kind, seconds)

    def sound_of(self, url: str) -> tuple[str, float]:
        """(kind, seconds). A file nobody described is told by its name: `ring…` rings, `…music…` is music."""
        path = urlsplit(url).path
        for ending, sound in self._sounds.items():
            if path.endswith(ending):
                return sound
        name = path.rpartition("/")[2].lower()
        if name.startswith("ring"):  # ringing-gb.wav: the tone of a country
            return "ring", RING_SECONDS.get(name.partition(".")[0].rpartition("-")[2], PLAY_SECONDS)
        return ("music" if "music" in name or "hold" in name else "play"), PLAY_SECONDS

    def register(self, identity: str) -> None:
        self.registered.add(identity)
        self.tell({"event": "registered", "identity": identity})

    def unregister(self, identity: str) -> None:
        """The browser is gone: a call ringing there stops, one under way is lost."""
        self.registered.discard(identity)
        self.tell({"event": "unregistered", "identity": identity})
        for leg in self.legs.values():
            if leg.identity == identity and leg.live and leg.status != "queued":
                leg.end("completed" if leg.talking else self.choices.unregistered_client)
        self.timeline.run_due()

    # -- time and wire

    def take_postings(self) -> list[Posting]:
        """The webhooks that must go out now. Each must be reported by `answered` or `failed`."""
        self.timeline.run_due()
        return self.post_room.take()

    def answered(self, posting: Posting, *, status: int, headers=(), body=b"", seconds=None) -> None:
        """The application answered; `seconds` is how long it took, None where nobody measured."""
        self.post_room.answered(posting, status, headers, body, seconds)
        self.timeline.run_due()

    def failed(self, posting: Posting, kind: str) -> None:
        """Nothing came back: `ct` no connection, `rt` no answer in `posting.timeout` seconds."""
        if kind not in ("ct", "rt"):
            raise ValueError("A posting fails by ct (connect) or rt (read).")
        self.post_room.failed(posting, kind)
        self.timeline.run_due()

    def rest(self, method: str, path: str, query=(), form=(), authorization: str = "") -> RestAnswer:
        answer = rest(self, method.upper(), path, list(query), list(form), authorization)
        self.record("in", "rest", method.upper(), path, answer.status)
        self.timeline.run_due()
        return answer

    def advance(self, seconds: float) -> None:
        self.timeline.advance(seconds)

    def next_due(self) -> datetime | None:
        return self.timeline.next_due()

    @property
    def idle(self) -> bool:
        """Nothing is due now and no posting is unanswered."""
        due = self.timeline.next_due()
        return self.post_room.idle and (due is None or due > self.now)

    # -- telling

    def subscribe(self, callback: Callable[[dict], None]) -> Callable[[], None]:
        """Hear of everything that happens, as small dictionaries with an `event`. Returns how to stop."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def tell(self, event: dict) -> None:
        for listener in list(self._listeners):
            listener({"at": self.now.isoformat(), **event})

    def record(self, direction, what, method, url, status=0, seconds=None) -> None:
        ms = None if seconds is None else round(seconds * 1000)
        event = WireEvent(
            self.now, direction, what, method, urlsplit(url).path, status, ms, direction != "in"
        )
        self.log.append(event)
        self.tell({"event": "wire", "what": what, "path": event.path, "status": status, "ms": ms})

    def alarm(self, code: int, about: str) -> None:
        """What the vendor's debugger would show an operator."""
        self.alarms.append((self.now, code, about))

    def flag(self, what, complaint: str) -> None:
        """A fault of the application that must turn a test red."""
        self.flags.append((self.now, what, complaint))

    def check(self) -> list[str]:
        return invariants.broken(self)

    # -- legs

    def new_leg(self, from_: str, to: str, direction: str, *, parent=None, **details) -> Leg:
        far_end = from_ if direction == "inbound" else to
        leg = Leg(
            self,
            self.sids.new("CA"),
            from_,
            to,
            direction,
            self.party_at(far_end),
            parent=parent,
            created_at=self.now,
            **details,
        )
        leg.interpreter = Interpreter(leg)
        leg.watchers.append(self._watch)
        self.legs[leg.sid] = leg
        return leg

    def _watch(self, leg: Leg, change: str) -> None:
        if change == "ringing" and leg.direction != "inbound":
            self.tell(
                {
                    "event": "incoming",
                    "leg": leg.sid,
                    "to": leg.to,
                    "from": leg.from_,
                    "identity": leg.identity,
                    "parameters": leg.parameters,
                }
            )
        if change == "answered" and leg.direction != "inbound":
            self.exchange.follow_script(leg)

    def check_shown_by(self, parent: Leg | None, shown: str, to: str) -> None:
        """Raise BadNumber where `shown` may not be shown on a leg to `to`."""
        if shown.startswith("client:"):
            if not to.startswith("client:"):
                raise BadNumber(13214, f"{shown} cannot be shown to a telephone.")
            return
        own = parent is not None and shown in (parent.from_, parent.to)
        if not own and not self.account.may_show(shown):
            raise BadNumber(13214, f"{shown} is neither ours nor verified.")

    def call_number(self, number: Number, from_: str, forwarded_from: str = "", **extra: str) -> Leg:
        """An inbound call to one of our numbers: it rings, and the voice URL is asked what to do."""
        token = json.dumps({"parentCallInfoToken": self.sids.token(), "identityHeaderTokens": []})
        extra = {"CallToken": token, **extra}
        leg = self.new_leg(from_, number.e164, "inbound", forwarded_from=forwarded_from, extra=extra)
        leg.status = "ringing"
        if number.status_callback:
            leg.subscription = Subscription(number.status_callback, number.status_callback_method)
        leg.interpreter.fallback_url = number.fallback_url
        leg.hears("ring", "ringing")
        if number.rings_its_address:
            source = Source(number.voice_url, number.voice_method)
            leg.interpreter.start(leg.interpreter.main(source))
        else:
            leg.end("failed")  # a number without a voice URL fails without a word in the debugger
        return leg

    def ring_ourselves(self, leg: Leg) -> None:
        """A leg of ours to a number of ours is a call of its own there, with that number's own document."""
        self._join(leg, self.call_number(self.account.numbers[leg.to], leg.from_))

    def forward(self, leg: Leg, e164: str) -> None:
        """The called telephone sends the call on to a number of ours, which so rings us."""
        if leg.status != "ringing":
            return
        if e164 not in self.account.numbers:
            leg.end("failed", sip_code=404)
            return
        self._join(leg, self.call_number(self.account.numbers[e164], leg.from_, forwarded_from=leg.to))

    @staticmethod
    def _join(leg: Leg, arriving: Leg) -> None:
        """Two legs that are one call: the one we placed, and the one that comes back in to us."""
        leg.twin, arriving.twin = arriving, leg

        def arriving_changed(other, change):
            if change == "answered":
                leg.answer()
            elif change == "ended":
                leg.end("completed" if leg.talking else other.status)

        arriving.watchers.append(arriving_changed)

        def leg_changed(other, change):
            if change == "ended":
                arriving.end()

        leg.watchers.append(leg_changed)
