"""How many further attempts a provider is given that does not take the first ones. No clock, no database.

Without such a bound everything that fails is tried up to eight times, and a provider in trouble gets eight
times the load that brought it there.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

WINDOW = timedelta(minutes=5)
FOR_EACH_FIRST = 0.5  # so that all attempts together are one and a half times the first ones at most,
FLOOR = 20  # and these beside, in a window: enough for an office in which little happens
# What is pressing still has something left when the rest has used up its part.
MAY_USE = {"calls": 1.0, "urgent": 0.8, "bulk": 0.5, "cpu": 0.5}
WELL_AFTER = 10  # attempts that went well one after another: then nothing needs to be bounded any more


@dataclass(frozen=True)
class Tally:
    """Attempts by one channel in this window and in the one before. `age` is how old this window is."""

    age: timedelta
    firsts: int = 0
    retries: int = 0
    firsts_before: int = 0
    retries_before: int = 0

    def rolled(self) -> "Tally":
        """As it is counted now: a window that is over becomes the one before, or is forgotten."""
        if self.age < WINDOW:
            return self
        over = self.age // WINDOW
        age = self.age - over * WINDOW
        if over > 1:
            return Tally(age)
        return Tally(age, firsts_before=self.firsts, retries_before=self.retries)

    def with_firsts(self, count: int) -> "Tally":
        return replace(self, firsts=self.firsts + count)

    def with_retry(self) -> "Tally":
        return replace(self, retries=self.retries + 1)


def may_retry(tally: Tally, queue: str) -> bool:
    """Whether one more attempt of this queue is within bounds.

    Of the window before counts the part that is not yet as old as a window.
    """
    now = tally.rolled()
    still = 1 - now.age / WINDOW
    firsts = now.firsts + still * now.firsts_before
    retries = now.retries + still * now.retries_before
    return retries + 1 <= MAY_USE.get(queue, min(MAY_USE.values())) * (FLOOR + FOR_EACH_FIRST * firsts)
