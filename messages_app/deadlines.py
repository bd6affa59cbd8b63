"""What is tried next, and when, until somebody acknowledges. Pure: no clock, no database, no settings.

Waits are lengths of time, counted in UTC: five minutes are five minutes on a night when the clocks change.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

TEXT, CALL, EMAIL, PORTAL, PUSH = "text", "call", "email", "portal", "push"
USUAL_WAIT = timedelta(minutes=5)
USUAL_PASSES = 3


@dataclass(frozen=True)
class Rung:
    """One thing to try, how long to wait for an answer to it, and whether it is tried each time round.

    Without a contact it is for whoever is on call: see `named`.
    """

    contact: UUID | None
    channel: str
    wait: timedelta = USUAL_WAIT
    every_pass: bool = True


@dataclass(frozen=True)
class Reachable:
    """A contact as far as reaching her goes, in the client's order of people."""

    id: UUID
    mobile: str = ""
    email: str = ""
    sees_all: bool = False
    push: str = ""


@dataclass(frozen=True)
class Step:
    """What is tried at `due_at` (UTC). The last step has nobody: then it stands red on the desk."""

    turn: int  # the time round, from 1
    due_at: datetime
    contact: UUID | None = None
    channel: str = ""

    @property
    def is_end(self) -> bool:
        return self.contact is None


def usual_rungs(
    addressed_to: UUID | None, people: Iterable[Reachable], on_call: Sequence[UUID] = ()
) -> list[Rung]:
    """The ladder of a client who set none: the addressee, whoever is on call, those who see everything.

    Each is texted once and rung each time round; somebody without a mobile is written to, or told in
    her browser if that is all there is. A member to whom it is not addressed, and who is not on call, is
    left out: she may not see it.
    """
    known = {person.id: person for person in people}
    meant = [addressed_to, *on_call, *(person.id for person in known.values() if person.sees_all)]
    rungs = []
    for person in [known[each] for each in dict.fromkeys(meant) if each in known]:
        if person.mobile:
            rungs += [Rung(person.id, TEXT, every_pass=False), Rung(person.id, CALL)]
        elif person.email:
            rungs.append(Rung(person.id, EMAIL))
        elif person.push:
            rungs.append(Rung(person.id, PUSH))
    return rungs


def named(rungs: Iterable[Rung], on_call: Sequence[UUID]) -> list[Rung]:
    """The rungs with everybody who is on call in the place of “whoever is on call”, one after the other."""
    return [
        replace(rung, contact=contact)
        for rung in rungs
        for contact in ([rung.contact] if rung.contact else on_call)
    ]


def climb(rungs: Sequence[Rung], *, passes: int, begins_at: datetime) -> list[Step]:
    """Every step of the ladder with its moment, the end last. Nobody to try: the end comes at once."""
    steps, due_at = [], begins_at.astimezone(UTC)
    for turn in range(1, passes + 1):
        for rung in rungs:
            if turn == 1 or rung.every_pass:
                steps.append(Step(turn, due_at, rung.contact, rung.channel))
                due_at += rung.wait
    return [*steps, Step(steps[-1].turn if steps else 1, due_at)]


def brought_forward(waiting: Sequence[datetime], at: datetime) -> list[datetime]:
    """The moments of the steps that still wait, when the one before them has come to nothing by `at`.

    The next is due now and the rest keep their distances. Nothing is ever put off.
    """
    if not waiting or waiting[0] <= at:
        return list(waiting)
    sooner = waiting[0] - at
    return [due_at - sooner for due_at in waiting]


@dataclass(frozen=True)
class Refrain:
    """After the first step only this is repeated, at this distance, so many times."""

    contact: UUID
    channel: str
    every: timedelta
    times: int


def refrain(steps: Sequence[Step]) -> Refrain | None:
    """What the ladder comes down to where it can be said in one breath: the same call again and again."""
    tried = [step for step in steps if not step.is_end]
    if len(tried) < 3 or len({(step.contact, step.channel) for step in tried[1:]}) > 1:
        return None
    moments = [step.due_at for step in tried]
    gaps = {later - sooner for sooner, later in itertools.pairwise(moments)}
    if len(gaps) > 1:
        return None
    return Refrain(tried[1].contact, tried[1].channel, gaps.pop(), len(tried) - 1)  # type: ignore[arg-type]
