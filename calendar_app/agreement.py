"""When a meeting that several times were offered for is agreed. Pure: no clock, no database, no settings.

All parties must say yes to the same time. Of several such times the earliest is taken. A yes to a time that
is no longer held counts for nothing: whoever said yes to such times alone has to be asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Option:
    """A time on offer. `is_held`: it is still kept for this."""

    id: Any
    starts: datetime
    is_held: bool = True


@dataclass(frozen=True)
class Party:
    """Somebody who was asked: the times she can come, or her word that none of them suits."""

    id: Any
    yes: frozenset = frozenset()
    refuses: bool = False


@dataclass(frozen=True)
class Verdict:
    """How it stands.

    `remaining`: what may still be chosen, in order of time. `possible`: those of them to which nobody who
    has answered said no. `waiting`: who has yet to answer. `agreed`: the time that suits all, or None.
    """

    remaining: tuple[Option, ...]
    possible: tuple[Option, ...]
    waiting: tuple[Any, ...]
    agreed: Option | None = None

    @property
    def is_stuck(self) -> bool:
        """Nothing that is on offer can be agreed any more, whatever is still answered."""
        return self.agreed is None and not self.possible


def judge(options: Iterable[Option], parties: Iterable[Party], now: datetime) -> Verdict:
    """How it stands at `now` (aware). Without any party nothing is agreed."""
    those = list(parties)
    remaining = tuple(
        sorted(
            (each for each in options if each.is_held and each.starts > now),
            key=lambda each: (each.starts, str(each.id)),
        )
    )
    ids = {each.id for each in remaining}
    heard = [party for party in those if party.refuses or party.yes & ids]
    possible = tuple(
        each for each in remaining if all(each.id in party.yes and not party.refuses for party in heard)
    )
    waiting = tuple(party.id for party in those if party not in heard)
    agreed = possible[0] if possible and those and not waiting else None
    return Verdict(remaining, possible, waiting, agreed)
