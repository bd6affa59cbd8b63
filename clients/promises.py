"""In which hours of the week somebody is to answer for a client, as floors above know it: what is agreed.

Each package may say in its `promised_hours.py` where that is written down:

    SOURCES = (lambda clients, first, last: [Promise(…), …],)

Those of these clients that hold on some day from `first` to `last`. Where hours are written down, cover is
shown against them, and what the lines are set to beside them is said in words.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib import import_module
from uuid import UUID

from django.apps import apps
from django.utils.module_loading import module_has_submodule
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from secretariat import spans

from . import wording
from .availability import EVERY_HOUR, Holiday, Hours, Interval

DAY_MINUTES = 24 * 60


@dataclass(frozen=True)
class Promise:
    """What is agreed with one client from `first` to `last` (None: until it is ended), days of her zone.

    Without `hours` it is agreed in `words` alone. `address`: the page on which it stands.
    """

    client_id: UUID
    first: date
    last: date | None
    hours: tuple[Interval, ...]
    on_holidays: bool = False  # also on days on which the client is closed
    words: str = ""
    address: str = ""

    def as_hours(self, zone: str, holidays: tuple[Holiday, ...]) -> Hours:
        """As those of a line, for `availability.promised`."""
        if self.on_holidays:
            return Hours(zone, answered=self.hours, answers="listed")
        return Hours(zone, open=self.hours, holidays=holidays)


Source = Callable[[Iterable[UUID], date, date], Iterable[Promise]]


@cache
def sources() -> tuple[Source, ...]:
    found: list[Source] = []
    for config in apps.get_app_configs():
        if config.name != "clients" and module_has_submodule(config.module, "promised_hours"):
            found += import_module(f"{config.name}.promised_hours").SOURCES
    return tuple(found)


def of(clients: Iterable[UUID], first: date, last: date) -> list[Promise]:
    clients = list(clients)
    return [each for source in sources() for each in source(clients, first, last)]


def in_words(hours: Iterable[Interval]) -> str:
    """ "Monday–Friday 08:00–18:00; Saturday 09:00–12:00"."""
    hours = tuple(hours)
    return "; ".join(wording.week(hours)) if without(EVERY_HOUR, hours) else _("at any hour, every day")


def differences(hours: Iterable[Interval], lines: Iterable[Hours]) -> list[str]:
    """Where the lines are set otherwise than is agreed, a sentence each."""
    hours, lines = tuple(hours), tuple(lines)
    if not hours:
        return []
    promised = {"promised": in_words(hours)}
    if not lines:
        return [_("The agreement promises %(promised)s; no line is in use.") % promised]
    found = []
    if lacking := without(hours, [each for line in lines for each in answered(line)]):
        words = _("The agreement promises %(promised)s; no line is answered %(hours)s.")
        found.append(words % (promised | {"hours": in_words(lacking)}))
    # Where we always answer nothing was set, and nobody expects more than is agreed.
    listed = [each for line in lines if line.answers != "always" for each in answered(line)]
    if besides := without(listed, hours):
        words = _("The agreement promises %(promised)s; lines are answered %(hours)s besides.")
        found.append(words % (promised | {"hours": in_words(besides)}))
    return found


def in_words_alone(words: str) -> str:
    """What is said of an agreement whose hours nobody can reckon with."""
    said = {"words": capfirst(words)}
    return (
        _("The agreement has its hours in words alone (“%(words)s”): cover goes by the lines’ hours.") % said
    )


def answered(line: Hours) -> tuple[Interval, ...]:
    """In which hours of an ordinary week a line is answered."""
    if line.answers == "listed":
        return line.answered
    if line.answers == "when_closed":
        return without(EVERY_HOUR, line.open or EVERY_HOUR)
    return EVERY_HOUR


def due(line: Hours) -> tuple[Interval, ...]:
    """In which hours somebody is to be there for it: where we always answer, the client's own."""
    return (line.open or EVERY_HOUR) if line.answers == "always" else answered(line)


def joined(hours: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same hours in order, each once."""
    return without(hours, ())


def without(hours: Iterable[Interval], others: Iterable[Interval]) -> tuple[Interval, ...]:
    """What of these hours of the week lies in none of the others; what touches becomes one."""
    hours, others = tuple(hours), tuple(others)
    left = []
    for day in range(7):
        kept = spans.without(_minutes(hours, day), list(_minutes(others, day)))
        left += [_interval(day, begins, ends) for begins, ends in kept]
    return tuple(left)


def _minutes(hours: Iterable[Interval], day: int) -> Iterator[tuple[int, int]]:
    """Of one day, in order, joined where they touch."""
    of_day = (each for each in hours if each.weekday == day)
    return spans.joined(sorted((_minute(each.opens), _minute(each.closes) or DAY_MINUTES) for each in of_day))


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _interval(day: int, begins: int, ends: int) -> Interval:
    opens, closes = (time(each // 60 % 24, each % 60) for each in (begins, ends))
    return Interval(day, opens, closes)
