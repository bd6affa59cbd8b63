"""A telephone of somebody outside, in a test's own process.

`secretariat.local.outside.client.Telephone` has the same verbs over HTTP, for stories; a test holds the two
to each other.
"""

from secretariat.local.carrier import Party


class Telephone:
    """`number` is E.164. Until it is told otherwise there is a person who waits to be played."""

    def __init__(self, office, number: str):
        self.office, self.number = office, number

    # -- what it does of itself

    def behaves(self, **behaviour) -> None:
        """The keywords of `Party`."""
        self.office.carrier.add_party(self.number, Party(**behaviour))

    def has_a_mailbox(self, after: float = 15.0) -> None:
        """Unless somebody answers within `after` seconds, a machine does, which never presses a key."""
        self.office.carrier.add_party(self.number, Party.voicemail(after))

    def forwards_to(self, number: str, after: float = 0.0) -> None:
        """Its calls go to this number of ours, at once or after so many seconds of ringing."""
        self.behaves(answer="forwards", forwards_to=number, after=after)

    def is_busy(self) -> None:
        self.behaves(answer="busy")

    def is_off(self) -> None:
        """Switched off, and nothing answers in its place."""
        self.behaves(answer="off")

    def never_answers(self) -> None:
        self.behaves(answer="no-answer")

    def is_by_its_owner(self) -> None:
        self.behaves()

    # -- what its owner does

    @property
    def call(self):
        """The newest live call here, ringing or connected, or None."""
        legs = self.office.carrier.control.legs_of(self.number)
        return legs[-1] if legs else None

    @property
    def rings(self) -> bool:
        return bool(self.call and self.call.status == "ringing")

    @property
    def talks(self) -> bool:
        return bool(self.call and self.call.status == "in-progress")

    def heard(self) -> list[str]:
        """Every word and sound of its newest call, over or not."""
        legs = [leg for leg in self.office.carrier.control.legs(live=False) if leg.far_end == self.number]
        return [piece.text for piece in legs[-1].heard] if legs else []

    def answers(self) -> None:
        self._acts("answer")

    def declines(self) -> None:
        self._acts("decline")

    def presses(self, digits: str) -> None:
        self._acts("press", digits)

    def says(self, words: str) -> None:
        self._acts("say", words)

    def mutes(self, muted: bool = True) -> None:
        self._acts("mute", muted)

    def hangs_up(self) -> None:
        self._acts("hang_up")

    def dials(self, number: str):
        """Ring one of our numbers from here."""
        leg = self.office.carrier.control.ring(number, self.number)
        self.office.settle()
        return leg

    def texts(self, number: str, words: str) -> None:
        """Text one of our numbers from here."""
        self.office.carrier.control.text(number, self.number, words)
        self.office.settle()

    def _acts(self, verb: str, *what) -> None:
        assert self.call, f"Nobody is on the line at {self.number}."
        getattr(self.office.carrier.control, verb)(self.call, *what)
        self.office.settle()
