"""How soon callers were answered: the figures a firm is measured by, and what each of them counts.

Waiting is counted from the first ring. Every call given here is counted, those that gave up and those that
found nobody at work among them; whoever asks leaves out what no secretary was to answer. No clock, no
database, no settings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

GAVE_UP = "abandoned"  # the outcome of a call whose caller hung up before an answer

WITHIN, LATE, ABANDONED, UNANSWERED, WAITING = range(5)


@dataclass(frozen=True)
class Wait:
    """One caller's wait. Times are aware; `answered_at` and `ended_at` are None while it has not happened."""

    outcome: str
    rang_at: datetime
    answered_at: datetime | None = None
    ended_at: datetime | None = None


def judge(wait: Wait, *, within: timedelta, at: datetime) -> int:
    """Which of the five this call is at the moment `at`.

    A caller who still waits is WAITING only until `within` has passed: from then on no answer is in time.
    """
    if wait.answered_at is not None:
        return WITHIN if wait.answered_at - wait.rang_at <= within else LATE
    if wait.outcome == GAVE_UP:
        return ABANDONED
    if wait.outcome or wait.ended_at is not None or at - wait.rang_at > within:
        return UNANSWERED
    return WAITING


@dataclass(frozen=True)
class ServiceLevel:
    """The figures of a period. `calls` is the divisor; means are None where there is nothing to divide."""

    calls: int = 0
    within: int = 0
    answered: int = 0
    gave_up: int = 0
    unanswered: int = 0
    speed: timedelta | None = None  # mean time to an answer, of the answered
    gave_up_after: timedelta | None = None

    @property
    def percent(self) -> int | None:
        """Whole percents, rounded down: 100 is said of all calls and of nothing less. None: no calls."""
        return self.within * 100 // self.calls if self.calls else None


def service_level(waits: Iterable[Wait], *, within: timedelta, at: datetime) -> ServiceLevel:
    """The figures of these calls as they stand at `at`."""
    judged = [(wait, judge(wait, within=within, at=at)) for wait in waits]
    counted = [verdict for _wait, verdict in judged if verdict != WAITING]
    answered = [
        wait.answered_at - wait.rang_at
        for wait, verdict in judged
        if verdict in (WITHIN, LATE) and wait.answered_at
    ]
    gave_up = [
        wait.ended_at - wait.rang_at for wait, verdict in judged if verdict == ABANDONED and wait.ended_at
    ]
    return ServiceLevel(
        calls=len(counted),
        within=counted.count(WITHIN),
        answered=len(answered),
        gave_up=counted.count(ABANDONED),
        unanswered=counted.count(UNANSWERED),
        speed=_mean(answered),
        gave_up_after=_mean(gave_up),
    )


def _mean(lengths: list[timedelta]) -> timedelta | None:
    return sum(lengths, timedelta()) / len(lengths) if lengths else None
