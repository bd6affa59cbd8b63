"""Did she come, when, and did she stay? What became of a planned shift, judged from what happened. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .rules import NOTHING, Stretch

COMES_EARLY = timedelta(hours=2)  # who began that long before is at work for something else


class State(StrEnum):
    TO_COME = "to_come"
    DUE = "due"  # it has begun, and she may still come within the grace
    LATE = "late"  # not there, and the grace is over
    AT_WORK = "at_work"
    LEFT = "left"  # gone before the end, which is still to come
    KEPT = "kept"  # over, and she was there
    MISSED = "missed"  # over, and she never came


@dataclass(frozen=True)
class Worked:
    """A shift as it happened. `ended` none: it goes on."""

    began: datetime
    ended: datetime | None = None


@dataclass(frozen=True)
class Standing:
    """How a planned shift stands at a moment. `late` and `early` are nought within the grace."""

    state: State
    came_at: datetime | None = None
    left_at: datetime | None = None
    late: timedelta = NOTHING
    early: timedelta = NOTHING
    breaks: timedelta = NOTHING

    @property
    def is_as_planned(self) -> bool:
        return self.state not in (State.LATE, State.MISSED, State.LEFT) and not (self.late or self.early)


def stand(
    plan: Stretch,
    worked: Iterable[Worked],
    breaks: Iterable[Worked] = (),
    *,
    grace: timedelta,
    at: datetime,
) -> Standing:
    """How it stands at `at`: by the shifts that happened within it, at least in part."""
    hers = sorted((each for each in worked if _is_of(each, plan, at)), key=lambda each: each.began)
    if not hers or hers[0].began > at:
        return Standing(_not_there(plan, grace, at))
    came_at = hers[0].began
    late = came_at - plan.begins if came_at - plan.begins > grace else NOTHING
    taken = _sum(breaks, plan, at)
    if any(each.ended is None for each in hers):
        state = State.AT_WORK if at < plan.ends else State.KEPT
        return Standing(state, came_at, None, late, NOTHING, taken)
    left_at = max(each.ended for each in hers if each.ended)
    early = plan.ends - left_at if plan.ends - left_at > grace else NOTHING
    state = State.LEFT if early and at < plan.ends else State.KEPT
    return Standing(state, came_at, left_at, late, early, taken)


def _is_of(worked: Worked, plan: Stretch, at: datetime) -> bool:
    """Whether she worked within it, or has come for it before it begins."""
    if worked.ended is None and at < plan.begins:
        return plan.begins - worked.began <= COMES_EARLY
    return worked.began < plan.ends and (worked.ended is None or worked.ended > plan.begins)


def _not_there(plan: Stretch, grace: timedelta, at: datetime) -> State:
    if at < plan.begins:
        return State.TO_COME
    if at >= plan.ends:
        return State.MISSED
    return State.LATE if at >= plan.begins + grace else State.DUE


def _sum(breaks: Iterable[Worked], plan: Stretch, at: datetime) -> timedelta:
    lengths = (Stretch(each.began, max(each.began, each.ended or at)).within(plan) for each in breaks)
    return sum(lengths, NOTHING)
