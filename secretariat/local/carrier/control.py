"""The world's hands: what people outside do. For the outside pages and tests, never for the application."""

from .legs import Leg, identity_in
from .messages import Message
from .ringing import SIP_DECLINED


class Control:
    def __init__(self, carrier):
        self._carrier = carrier

    def _then(self, result):
        self._carrier.timeline.run_due()
        return result

    def find(self, sid: str) -> Leg | None:
        return self._carrier.legs.get(sid)

    def ring(self, to: str, caller: str, forwarded_from: str = "", **extra: str) -> Leg:
        """Somebody rings one of our numbers, or a telephone that forwards its calls to one.

        `caller` is whatever the network sends, `anonymous` too. `extra` are further fields of the webhook,
        such as StirVerstat. Raises KeyError for a number that does not lead to us.
        """
        diverted = self._carrier.party_at(to).forwards_to
        if diverted and to not in self._carrier.account.numbers:
            to, forwarded_from = diverted, to
        return self._then(
            self._carrier.call_number(self._carrier.account.numbers[to], caller, forwarded_from, **extra)
        )

    def press(self, leg: Leg, digits: str) -> None:
        leg.press(digits)
        self._then(None)

    def press_together(self, *legs: Leg, digits: str) -> None:
        """The same keys on several telephones in one instant: nothing happens between them."""
        for leg in legs:
            leg.press(digits)
        self._then(None)

    def say(self, leg: Leg, text: str) -> None:
        """The party at the leg's far end speaks."""
        leg.voice_to(text)
        self._then(None)

    def mute(self, leg: Leg, muted: bool = True) -> None:
        """The party switches her microphone off or on; the carrier is not told, and hears nothing of her."""
        leg.silent = muted
        self._carrier.tell({"event": "silent" if muted else "heard again", "leg": leg.sid})

    def hang_up(self, leg: Leg) -> None:
        """The party outside hangs up: a caller who is not answered yet gives up, a called person declines."""
        if leg.talking:
            leg.end("completed")
        elif leg.direction == "inbound":
            leg.end("no-answer")
        else:
            leg.end("busy")
        self._then(None)

    def answer(self, leg: Leg) -> None:
        """A called person picks up."""
        if leg.direction == "inbound":
            raise ValueError("A caller cannot answer the call she makes.")
        if leg.status == "ringing":
            leg.answer()
        self._then(None)

    def decline(self, leg: Leg) -> None:
        """A called person refuses; her mailbox takes the call, where she has one."""
        if leg.direction != "inbound" and leg.status == "ringing":
            if leg.party.answer == "voicemail":
                leg.answer_by_machine()
            else:
                leg.end("busy", sip_code=SIP_DECLINED)
        self._then(None)

    def text(self, to: str, from_: str, body: str, media=()) -> Message:
        """Somebody texts one of our numbers. `media` are (content type, bytes) pairs."""
        return self._then(self._carrier.messages.arrive(to, from_, body, list(media)))

    def chaos(self, **modes) -> None:
        self._carrier.chaos.set(**modes)

    def legs(self, *, live: bool = True) -> list[Leg]:
        return [leg for leg in self._carrier.legs.values() if leg.live or not live]

    def legs_of(self, address: str) -> list[Leg]:
        """Live legs whose far end is this number or browser, oldest first."""
        return [leg for leg in self.legs() if identity_in(leg.far_end) == identity_in(address)]
