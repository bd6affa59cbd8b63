"""On-call lists in words, and what does not fit together in them. Pure: it warns, it forbids nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from . import wording
from .numbers import spaced
from .on_call import LOOKED_AHEAD, OnCall, Roster, gaps

A_WEEK = timedelta(days=7)
NEARLY_EVERY_DAY = 6
MOST_GAPS = 3


class Person(Protocol):
    """As `contradictions.PersonFacts`. `stopped`: pairs of a number and why nothing is sent to it."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def numbers(self) -> tuple[str, ...]: ...
    @property
    def stopped(self) -> tuple[tuple[str, str], ...]: ...
    @property
    def is_active(self) -> bool: ...


def because(told: OnCall, *, zone: str, now: datetime) -> str:
    """Why somebody is told of a message: "on call by “Nights” until Tue 08:00"."""
    if told.until_at is None:
        return _("on call by “%(list)s”") % {"list": told.name}
    until = wording.moment(told.until_at, zone, now=now)
    return _("on call by “%(list)s” until %(until)s") % {"list": told.name, "until": until}


def in_rosters(rosters: Iterable[Roster], people: Iterable[Person], *, now: datetime) -> Iterator[str]:
    """Who is named and cannot be reached, and when nobody is on call."""
    rosters, known = tuple(rosters), {person.id: person for person in people}
    for roster in rosters:
        for person in _named(roster, now):
            if person in known:
                yield from _in_person(roster, known[person])
    if rosters:
        yield from _in_gaps(rosters, now)


def _named(roster: Roster, now: datetime) -> list[UUID]:
    coming = (each for each in roster.replacements if each.until_at > now)
    return list(dict.fromkeys([*roster.people, *(person for each in coming for person in each.people)]))


def _in_person(roster: Roster, person: Person) -> Iterator[str]:
    names = {"list": roster.name, "name": person.name}
    if not person.is_active:
        yield _("“%(list)s” names %(name)s, who is no longer there. The next in order is on call.") % names
        return
    if not person.numbers:
        yield _("“%(list)s” names %(name)s, who has no number to be rung or texted at.") % names
    for number, why in person.stopped:
        words = names | {"number": spaced(number), "why": why}
        yield _("“%(list)s” names %(name)s, but nothing is sent to %(number)s: %(why)s.") % words


def _in_gaps(rosters: tuple[Roster, ...], now: datetime) -> Iterator[str]:
    zone, ends = rosters[0].zone, (each.until_at for roster in rosters for each in roster.replacements)
    until = min(max([now + A_WEEK, *ends]), now + LOOKED_AHEAD)
    found = gaps(rosters, now, until)
    if found == [(now, until)]:
        yield _("Nobody is on call.")
        return
    daily = [_hours(gap, zone) for gap in found]
    for hours in dict.fromkeys(daily):
        if daily.count(hours) >= NEARLY_EVERY_DAY:
            yield _("Nobody is on call %(from)s–%(until)s.") % dict(
                zip(("from", "until"), hours, strict=True)
            )
    once = [gap for gap, hours in zip(found, daily, strict=True) if daily.count(hours) < NEARLY_EVERY_DAY]
    # Hours that come back every day are cut short by now and by the end of what is looked at.
    for begins, gap_ends in [gap for gap in once if not _is_cut(gap, daily, zone, now, until)][:MOST_GAPS]:
        words = {
            "from": wording.moment(begins, zone, now=now),
            "until": wording.moment(gap_ends, zone, now=now),
        }
        yield _("Nobody is on call from %(from)s until %(until)s.") % words


def _hours(gap: tuple[datetime, datetime], zone: str) -> tuple[str, str]:
    """Its wall times, whatever the day: "08:00" and "18:00"; the dates too where it lasts a day or more."""
    begins, ends = (each.astimezone(ZoneInfo(zone)) for each in gap)
    form = "%H:%M" if ends - begins < timedelta(days=1) else "%d.%m.%Y %H:%M"
    return begins.strftime(form), ends.strftime(form)


def _is_cut(gap, daily, zone, now, until) -> bool:
    begins, ends = _hours(gap, zone)
    usual = {hours for hours in daily if daily.count(hours) >= NEARLY_EVERY_DAY}
    return any(
        (gap[0] == now and ends == each[1]) or (gap[1] == until and begins == each[0]) for each in usual
    )
