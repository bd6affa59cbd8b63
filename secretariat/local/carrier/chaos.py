"""What can go wrong on the way, one flag each, drawn from one seeded source of chance.

Notices are delayed, dropped, reordered and doubled. Questions (those answered with TwiML) are only doubled: a
question that never comes is a call that never was.
"""

import random
from dataclasses import dataclass, fields


@dataclass
class Modes:
    """Each is off at first. The first six are chances between 0 and 1."""

    duplicate: float = 0.0  # the same delivery twice, same token
    duplicate_other_token: float = 0.0  # the same content again under another token
    reorder: float = 0.0  # within three seconds
    delay: float = 0.0  # up to a minute
    drop: float = 0.0
    late_absent: float = 0.0  # a recording is announced as absent, late
    callback_before_answer: bool = False  # webhooks arrive before the REST answer does
    action_before_completed: bool = False  # the parent's action before the child's last notice
    fail_after_performing: int = 0  # the nth REST POST from now is performed and answered 500
    refuse: int = 0  # the next n REST requests are answered 429
    slow_rest: float = 0.0  # seconds before each REST answer
    hang_up_in: str = ""  # the far end hangs up in the middle of the next verb of this name


class Chaos:
    def __init__(self, seed: int):
        self._random = random.Random(seed + 1)
        self.modes = Modes()

    def set(self, **modes) -> None:
        known = {field.name for field in fields(Modes)}
        if unknown := set(modes) - known:
            raise ValueError(f"No such chaos: {', '.join(sorted(unknown))}.")
        for name, value in modes.items():
            setattr(self.modes, name, value)

    def calm(self) -> None:
        self.modes = Modes()

    def strikes(self, mode: str) -> bool:
        chance = float(getattr(self.modes, mode))
        return chance > 0 and self._random.random() < chance

    def seconds(self, most: float) -> float:
        return self._random.random() * most

    def notice_delay(self) -> float:
        """Seconds a notice is held up."""
        if self.strikes("delay"):
            return self.seconds(60)
        return self.seconds(3) if self.strikes("reorder") else 0.0

    def refuses(self) -> bool:
        """Whether this REST request is turned away unread (429)."""
        if self.modes.refuse <= 0:
            return False
        self.modes.refuse -= 1
        return True

    def fails_after_performing(self) -> bool:
        """Whether this REST POST, already performed, is answered as if it had failed (500)."""
        if self.modes.fail_after_performing <= 0:
            return False
        self.modes.fail_after_performing -= 1
        return self.modes.fail_after_performing == 0

    def hangs_up_in(self, verb: str) -> bool:
        if self.modes.hang_up_in != verb:
            return False
        self.modes.hang_up_in = ""
        return True
