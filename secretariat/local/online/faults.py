"""What a service may do to us: ask for patience, lose an answer, be away. Each once, as told."""

from dataclasses import dataclass, field

from .wire import Reply, Request


class AnswerLost(Exception):
    """The request was done, and its answer never came."""


class NobodyThere(Exception):
    """The request never arrived."""


@dataclass
class Faults:
    """`coming` are dealt out in order: a Reply instead of doing it, "lost" or "away"."""

    coming: list = field(default_factory=list)
    asked: list[Request] = field(default_factory=list)

    def instead(self, request: Request) -> tuple[Reply | None, bool]:
        """What is answered instead, and whether the answer is lost after it was done."""
        self.asked.append(request)
        if not self.coming:
            return None, False
        fault = self.coming.pop(0)
        if fault == "away":
            raise NobodyThere
        return (None, True) if fault == "lost" else (fault, False)
