"""Every date of a series judged as a single meeting would be, and what was decided of those that clash."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from django.utils.translation import gettext as _

from . import busy, planning
from .booking import Word
from .free_time import Book, Clash
from .models import Diary
from .planning import NotPossible, Plan

LEAVE, MOVE, DESPITE = "leave", "move", "despite"


@dataclass(frozen=True)
class Decision:
    """What becomes of one date: it is left out, stands at another time, or stands all the same, because.

    `on` and `at`, a wall time, where it is to be at another. `accepted`: the keys of what was shown to stand
    against it.
    """

    what: str = ""
    on: date | None = None
    at: time | None = None
    because: str = ""
    accepted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Instance:
    """One date: the moment the rule means, how it is to be, and what stands against that.

    `refused`: words for what no reason helps against. `decision` is what was decided so far.
    """

    meant: datetime
    on: date
    plan: Plan
    decision: Decision
    starts: datetime | None = None
    clashes: tuple[Clash, ...] = ()
    refused: str = ""

    @property
    def is_left_out(self) -> bool:
        return self.decision.what == LEAVE

    @property
    def is_moved(self) -> bool:
        return not self.is_left_out and (self.decision.on is not None or self.decision.at is not None)

    @property
    def is_final(self) -> bool:
        return bool(self.refused) or any(clash.is_final for clash in self.clashes)

    @property
    def is_troubled(self) -> bool:
        return bool(self.refused or self.clashes)

    @property
    def is_open(self) -> bool:
        """Whether something stands against it, and nothing was decided that settles it."""
        if self.is_left_out or not self.is_troubled:
            return False
        if self.is_final or self.decision.what != DESPITE or not self.decision.because.strip():
            return True
        return not {clash.key for clash in self.clashes} <= self.decision.accepted

    @property
    def words(self) -> list[str]:
        return [self.refused] if self.refused else [clash.words for clash in self.clashes]

    @property
    def accepted(self) -> str:
        """What is shown, as the form sends it back."""
        return " ".join(sorted(clash.key for clash in self.clashes))

    @property
    def word(self) -> Word | None:
        return Word(self.decision.because, self.decision.accepted) if self.clashes else None


class Undecided(NotPossible):
    """Some of these `instances` clash, and nobody has said what becomes of them."""

    def __init__(self, instances: list[Instance]):
        super().__init__(_("Say what becomes of the dates that clash."))
        self.instances = instances


def judged(
    diary: Diary,
    dates: Mapping[date, datetime],
    plan_on: Callable[[date], Plan],
    decisions: Mapping[date, Decision],
    *,
    at: datetime,
    reader,
    but_for: Collection = (),
) -> list[Instance]:
    """The dates, each with the moment its rule means, as `plan_on` has them and with what was decided.

    One book is read for all of them. `but_for`: keys of meetings that are about to be moved themselves.
    """
    made = [_planned(diary, on, meant, plan_on, decisions.get(on, Decision())) for on, meant in dates.items()]
    starts = [each.starts for each in made if each.starts]
    if not starts:
        return made
    book = busy.book(diary, at=at, reader=reader, begins=min(starts), until=max(starts))
    if but_for:
        book = Book(book.rules, [each for each in book.taken if each.id not in but_for], at)
    found = []
    for each in made:
        if each.starts:
            each = replace(each, clashes=planning.in_book(book, diary, each.plan, each.starts))
        if each.is_moved and _stands_on_another(each, made, diary):
            each = replace(each, refused=_("Another of the same series stands there."))
        found.append(each)
    return found


def _planned(diary: Diary, on: date, meant: datetime, plan_on, decision: Decision) -> Instance:
    plan = plan_on(on)
    if decision.what != LEAVE:
        plan = replace(plan, on=decision.on or plan.on, at=decision.at or plan.at)
    try:
        starts, _ends = plan.moments(diary)
    except NotPossible as why:
        return Instance(meant, on, plan, decision, refused=str(why))
    return Instance(meant, on, plan, decision, starts)


def _stands_on_another(one: Instance, others: list[Instance], diary: Diary) -> bool:
    if one.starts is None:
        return False
    begins, ends = one.plan.moments(diary)
    return any(
        other.starts and other.starts < ends and other.plan.moments(diary)[1] > begins
        for other in others
        if other.on != one.on and not other.is_left_out
    )
