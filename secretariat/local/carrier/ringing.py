"""Ringing the ends outside: who answers, who does not, and how fast calls may be placed."""

from datetime import timedelta
from functools import partial

from .legs import Leg
from .parties import speech_seconds

API_RING_SECONDS = 60
SIP_DECLINED, SIP_UNAVAILABLE = 603, 480


class BadNumber(Exception):
    """A number that cannot be called or shown; `code` is the carrier's."""

    def __init__(self, code: int, message: str):
        super().__init__(message)
        self.code = code
        self.message = message


class Exchange:
    """Places calls. REST legs keep to the account's calls a second; dialled legs go at once."""

    def __init__(self, carrier):
        self._carrier = carrier
        self._free_at = None  # until then no further call is placed; a clock may be set before the first

    def place(self, leg: Leg, timeout: float) -> None:
        """Dial a REST leg when its turn comes."""
        carrier = self._carrier
        start = max(carrier.now, self._free_at or carrier.now)
        self._free_at = start + timedelta(seconds=1 / carrier.choices.calls_per_second)
        wait = (start - carrier.now).total_seconds()
        leg.timers.append(carrier.timeline.after(wait, lambda: self.dial(leg, timeout)))

    def dial(self, leg: Leg, timeout: float) -> None:
        """Ring for at most `timeout` seconds; the party's script decides the rest."""
        if not leg.live:
            return
        carrier = self._carrier
        leg.status, leg.dialled_at = "initiated", carrier.now
        leg.announce("initiated")
        carrier.timeline.soon(lambda: self._reach(leg, timeout))

    def _reach(self, leg: Leg, timeout: float) -> None:
        if not leg.live:
            return
        carrier, party = self._carrier, leg.party
        timeout += carrier.choices.ring_grace
        if leg.to in carrier.account.numbers:
            leg.ring()
            leg.after(timeout, lambda: leg.end("no-answer"))
            carrier.ring_ourselves(leg)
            return
        if leg.identity and leg.identity not in carrier.registered:
            missing = carrier.choices.unregistered_client
            leg.after(timeout if carrier.choices.unregistered_waits else 0, lambda: leg.end(missing))
            return
        if party.answer == "invalid":
            leg.end("failed", sip_code=404)
            return
        if party.answer == "off":
            leg.end("no-answer", sip_code=SIP_UNAVAILABLE)
            return
        if party.answer == "busy" and not party.after:
            leg.end("busy")
            return
        leg.ring()
        leg.after(timeout, lambda: leg.end("no-answer"))
        if party.answer == "answers":
            leg.after(party.after, leg.answer)
        elif party.answer == "voicemail":
            leg.after(party.after, leg.answer_by_machine)
        elif party.answer == "forwards":
            leg.after(party.after, lambda: carrier.forward(leg, party.forwards_to))
        elif party.answer == "busy":
            leg.after(party.after, lambda: leg.end("busy"))
        elif party.answer == "reject":
            leg.after(party.after, lambda: leg.end("busy", sip_code=SIP_DECLINED))

    @staticmethod
    def follow_script(leg: Leg) -> None:
        """What the party does by itself once the call is answered."""
        party, timeline = leg.party, leg.carrier.timeline
        if leg.machine and party.greeting:
            # A moment of silence first, as machines begin: whoever is to hear it is connected by then.
            timeline.after(1, lambda: leg.voice_to(party.greeting))
            timeline.after(1 + speech_seconds(party.greeting), leg.beep)
        for after, digits in party.keys:
            timeline.after(after, partial(leg.press, digits))
        if party.hang_up_after is not None:
            timeline.after(party.hang_up_after, leg.end)
