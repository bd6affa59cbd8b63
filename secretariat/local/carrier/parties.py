"""The ends outside: people and machines at telephones and browsers, and what they hear."""

from dataclasses import dataclass
from datetime import datetime

SPEECH_SECONDS_PER_CHARACTER = 0.06


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

    `answer` is human, answers, busy, no-answer, reject, invalid or voicemail; `after` the seconds of
    ringing before that happens; `keys` are (seconds after the answer, digits); `hang_up_after` counts from
    the answer too. `speaks` is how many seconds it talks when asked to leave a recording: None for a person
    who talks until control says otherwise, 0 for silence.
    """

    answer: str = "human"
    after: float = 0.0
    keys: tuple[tuple[float, str], ...] = ()
    hang_up_after: float | None = None
    speaks: float | None = None
    greeting: str = ""

    def __post_init__(self):
        if self.answer not in ("human", "answers", "busy", "no-answer", "reject", "invalid", "voicemail"):
            raise ValueError(f"A party does not know how to {self.answer!r}.")

    @classmethod
    def human(cls) -> "Party":
        return cls()

    @classmethod
    def answers(cls, after=3.0, *, keys=(), hang_up_after=None, speaks=None) -> "Party":
        return cls("answers", after, tuple(keys), hang_up_after, speaks)

    @classmethod
    def voicemail(cls, after=15.0, greeting="Please leave a message after the tone.") -> "Party":
        return cls("voicemail", after, greeting=greeting)

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

    @property
    def answered_by(self) -> str:
        """What answering-machine detection would say of it."""
        return "machine_start" if self.answer == "voicemail" else "human"
