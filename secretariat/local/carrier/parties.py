"""The ends outside: people and machines at telephones and browsers, and what they hear."""

from dataclasses import dataclass
from datetime import datetime

SPEECH_SECONDS_PER_CHARACTER = 0.06


BEHAVIOURS = frozenset(
    ["human", "answers", "busy", "no-answer", "reject", "invalid", "voicemail", "off", "forwards"]
)
GREETING = "Please leave a message after the tone."


def speech_seconds(text: str) -> float:
    return len(text) * SPEECH_SECONDS_PER_CHARACTER


@dataclass(frozen=True)
class Heard:
    """One thing heard on a line. `kind` is say, play, ring, music, voice or beep; `seconds` as planned."""

    at: datetime
    kind: str
    text: str
    seconds: float


@dataclass(frozen=True)
class Party:
    """How one outside end behaves when it is rung. Without a script it is a person who waits for control.

    `answer` is one of BEHAVIOURS; `after` the seconds of ringing before that happens; `keys` are (seconds
    after the answer, digits); `hang_up_after` counts from the answer too. `speaks` is how many seconds it
    talks when asked to leave a recording: None for a person who talks until control says otherwise, 0 for
    silence. `forwards_to` is a number of the account that a forwarding telephone sends its calls to.

    A voicemail is a mailbox behind a person: until it picks up she may answer; it takes what she declines.
    """

    answer: str = "human"
    after: float = 0.0
    keys: tuple[tuple[float, str], ...] = ()
    hang_up_after: float | None = None
    speaks: float | None = None
    greeting: str = ""
    forwards_to: str = ""

    def __post_init__(self):
        if self.answer not in BEHAVIOURS:
            raise ValueError(f"A party does not know how to {self.answer!r}.")
        if (self.answer == "forwards") != bool(self.forwards_to):
            raise ValueError("Who forwards says where to, and nobody else does.")

    @classmethod
    def human(cls) -> "Party":
        return cls()

    @classmethod
    def answers(cls, after=3.0, *, keys=(), hang_up_after=None, speaks=None) -> "Party":
        return cls("answers", after, tuple(keys), hang_up_after, speaks)

    @classmethod
    def voicemail(cls, after=15.0, greeting=GREETING, hang_up_after=None) -> "Party":
        return cls("voicemail", after, hang_up_after=hang_up_after, greeting=greeting)

    @classmethod
    def busy(cls, after=0.0) -> "Party":
        return cls("busy", after)

    @classmethod
    def no_answer(cls) -> "Party":
        return cls("no-answer")

    @classmethod
    def rejects(cls, after=1.0) -> "Party":
        return cls("reject", after)

    @classmethod
    def invalid(cls) -> "Party":
        return cls("invalid")

    @classmethod
    def off(cls) -> "Party":
        """Switched off or without a signal, and without a mailbox."""
        return cls("off")

    @classmethod
    def forwards(cls, to: str, after=0.0) -> "Party":
        """Sends its calls to `to`, at once or when nobody has answered for `after` seconds."""
        return cls("forwards", after, forwards_to=to)
