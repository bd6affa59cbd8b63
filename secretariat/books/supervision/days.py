"""A day of somebody's work as her supervisor and she herself see it: alike, and nothing of what callers said.
Pure: no clock, no database, no settings.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clients.cover import joined, without
from secretariat.office.rota import rules
from secretariat.office.rota.rules import NOTHING, Stretch

LONG = timedelta(hours=10)
IDLE = timedelta(hours=1)  # without anything done, from which on it is said
APART = timedelta(minutes=30)  # from the plan, from which on it is said


class Left(StrEnum):
    """What she took, and left without a result."""

    CALL = "call"
    MAIL = "mail"
    LETTER = "letter"
    WORK = "work"  # a piece of work that still lies with her, or with nobody


@dataclass(frozen=True)
class Day:
    """One day. `idle` is the longest time on shift, breaks aside, in which nothing is recorded.

    `started_at`, `ended_at`: on shift. `last_at`: until when she was on shift or worked.
    """

    on: date
    started_at: datetime | None
    ended_at: datetime | None
    last_at: datetime | None
    on_shift: timedelta
    worked: timedelta
    idle: timedelta
    calls: int
    without_result: tuple[str, ...] = ()
    unusual: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.on_shift and not self.worked


def day(
    on: date,
    *,
    zone: str,
    shifts: Iterable[Stretch],
    breaks: Iterable[Stretch] = (),
    records: Iterable[Stretch] = (),
    planned: Iterable[Stretch] = (),
    calls: int = 0,
    left: Iterable[Left] = (),
) -> Day:
    """What happened on this day of hers, cut at midnight of `zone`."""
    whole = rules.days(on, on, zone)
    there, paused = _within(shifts, whole), _within(breaks, whole)
    done, due = _within(records, whole), _within(planned, whole)
    free = without(there, [*paused, *done])
    idle = max((each.length for each in free), default=NOTHING)
    on_shift = _sum(there)
    return Day(
        on=on,
        started_at=there[0].begins if there else None,
        ended_at=there[-1].ends if there else None,
        last_at=max((each[-1].ends for each in (there, done) if each), default=None),
        on_shift=on_shift,
        worked=_sum(done),
        idle=idle,
        calls=calls,
        without_result=tuple(_without_result(left)),
        unusual=tuple(_unusual(there, due, done, on_shift, idle, zone)),
    )


def _unusual(there, due, done, on_shift, idle, zone) -> Iterable[str]:
    if on_shift > LONG:
        yield _("%(hours)s on shift") % {"hours": rules.hours(on_shift)}
    if idle >= IDLE:
        yield _("%(hours)s on shift with nothing recorded") % {"hours": rules.hours(idle)}
    if due and not there:
        yield _("A planned shift, and nobody came")
    beyond = [each for each in without(there, due) if each.length >= APART] if due else []
    for each in beyond:
        yield _("Outside the plan: %(when)s") % {"when": rules.said(each, zone)}
    missing = _sum(without(due, there))
    if there and missing >= APART:
        yield _("%(hours)s of the plan were not worked") % {"hours": rules.hours(missing)}
    off = _sum(without(done, there))
    if off >= APART:
        yield _("%(hours)s of work recorded off shift") % {"hours": rules.hours(off)}


def _without_result(left: Iterable[Left]) -> Iterable[str]:
    n = Counter(left)
    said = {
        Left.CALL: ngettext("%(n)d call without a message", "%(n)d calls without a message", n[Left.CALL]),
        Left.MAIL: ngettext("%(n)d mail begun and not sent", "%(n)d mails begun and not sent", n[Left.MAIL]),
        Left.LETTER: ngettext(
            "%(n)d letter begun and not finished", "%(n)d letters begun and not finished", n[Left.LETTER]
        ),
        Left.WORK: ngettext(
            "%(n)d piece of work taken and left undone",
            "%(n)d pieces of work taken and left undone",
            n[Left.WORK],
        ),
    }
    return (words % {"n": n[each]} for each, words in said.items() if n[each])


def _within(stretches: Iterable[Stretch], whole: Stretch) -> list[Stretch]:
    cut = (
        Stretch(max(each.begins, whole.begins), min(each.ends, whole.ends))
        for each in stretches
        if each.meets(whole)
    )
    return joined(cut)


def _sum(stretches: Iterable[Stretch]) -> timedelta:
    return sum((each.length for each in stretches), NOTHING)
