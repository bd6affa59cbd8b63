"""Is somebody planned for every hour that was promised? Pure: no clock, no database, no settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from secretariat.office.rota.rules import NOTHING, Stretch


@dataclass(frozen=True)
class Cover:
    """What was promised in a time, how much of it somebody is planned for, and when nobody is."""

    promised: timedelta
    covered: timedelta
    gaps: tuple[Stretch, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.gaps


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The same time in order, without overlaps: what touches becomes one."""
    found: list[Stretch] = []
    for each in sorted(stretches):
        if found and each.begins <= found[-1].ends:
            found[-1] = Stretch(found[-1].begins, max(found[-1].ends, each.ends))
        else:
            found.append(each)
    return found


def without(promised: Iterable[Stretch], covered: Iterable[Stretch]) -> list[Stretch]:
    """What of the promised time lies in none of the covered."""
    taken = joined(covered)
    left = []
    for each in joined(promised):
        begins = each.begins
        for other in taken:
            if other.ends <= begins or other.begins >= each.ends:
                continue
            if other.begins > begins:
                left.append(Stretch(begins, other.begins))
            begins = max(begins, other.ends)
        if begins < each.ends:
            left.append(Stretch(begins, each.ends))
    return left


def cover(promised: Iterable[Stretch], shifts: Iterable[Stretch]) -> Cover:
    """How the shifts stand beside what was promised; several at once cover an hour once."""
    whole = joined(promised)
    gaps = without(whole, shifts)
    due, open_ = (sum((each.length for each in some), NOTHING) for some in (whole, gaps))
    return Cover(due, due - open_, tuple(gaps))
