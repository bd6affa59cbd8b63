"""Which time zone a calendar means. Pure.

A name is one of the IANA's, one of Microsoft's, a name that ends in one of the IANA's (some programs put
their own before it), or defined by the calendar itself. Any other is asked about, and never guessed.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from . import recurrence

THE_WORLDS = {"utc", "z", "gmt", "etc/utc", "etc/gmt", "tzone://microsoft/utc", "coordinated universal time"}
MICROSOFTS: dict[str, str] = {name.casefold(): iana for name, iana in WINDOWS_TO_OLSON.items()}


class ZoneUnknown(Exception):
    """Nobody here knows this zone. `name` is what the calendar calls it."""

    def __init__(self, name: str):
        super().__init__(name)
        self.name = name[:120]


LONGEST_NAME = 200


def named(name: str) -> tzinfo | None:
    """The zone of this name, or None if it is nobody's."""
    return _named(name) if len(name) <= LONGEST_NAME else None


@lru_cache(maxsize=1024)
def _named(name: str) -> tzinfo | None:
    name = name.strip().strip('"')
    if name.casefold() in THE_WORLDS:
        return UTC
    if name.casefold() in MICROSOFTS:
        return ZoneInfo(MICROSOFTS[name.casefold()])
    parts = name.strip("/").split("/")
    # "/freeassociation.sourceforge.net/Europe/London", "/citadel.org/20210210_1/America/Indiana/Knox"
    for count in (len(parts), 3, 2):
        if 0 < count <= len(parts) and (count > 1 or len(parts) == 1):
            found = _iana("/".join(parts[-count:]))
            if found is not None:
                return found
    return None


def _iana(name: str) -> ZoneInfo | None:
    if len(name) > 64 or not name.isascii() or ".." in name:
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


class OwnRules(tzinfo):
    """A zone as the calendar itself defines it: from when on which offset holds.

    `changes` are (first local moment, in the offset before it; offset before; offset after), in order.
    """

    def __init__(self, name: str, changes: Sequence[tuple[datetime, timedelta, timedelta]]):
        self.name = name
        self.changes = sorted(changes, key=lambda change: change[0])
        self.begins = [begins for begins, _, _ in self.changes]
        self.moments = [begins - before for begins, before, _ in self.changes]

    def utcoffset(self, dt):
        local = dt.replace(tzinfo=None)
        at = bisect_right(self.begins, local) - 1
        if at < 0:
            return self.changes[0][1]
        begins, before, after = self.changes[at]
        skipped = after > before and local < begins + (after - before)
        if skipped:
            return after if dt.fold else before
        following = self.changes[at + 1] if at + 1 < len(self.changes) else None
        if following and not dt.fold:
            return after
        # Shown twice: the second time is reckoned with what follows.
        if (
            following
            and following[2] < following[1]
            and local >= following[0] - (following[1] - following[2])
        ):
            return following[2]
        return after

    def dst(self, dt):
        return timedelta(0)

    def tzname(self, dt):
        return self.name

    def fromutc(self, dt):
        moment = dt.replace(tzinfo=None)
        at = bisect_right(self.moments, moment) - 1
        offset = self.changes[at][2] if at >= 0 else self.changes[0][1]
        return (moment + offset).replace(tzinfo=self)


def resolve(name: str, *, defined: Mapping[str, tzinfo], told: Mapping[str, str]) -> tzinfo:
    """The zone called `name`. `defined`: the calendar's own; `told`: what a person said a name means.

    Raises ZoneUnknown.
    """
    if name in told and (zone := named(told[name])) is not None:
        return zone
    zone = named(name) or defined.get(name)
    if zone is None:
        raise ZoneUnknown(name)
    return zone


MOST_OBSERVANCES = 400
MOST_CHANGES = 10_000
KNOWN_FROM, KNOWN_UNTIL = datetime(1970, 1, 1), datetime(2060, 1, 1)
OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)


def defined_by(name: str, lines: Sequence[str]) -> tzinfo | None:
    """The zone that these lines of a VTIMEZONE define; None where `name` says enough, or they say nothing."""
    return _defined_by(name, tuple(lines))


@lru_cache(maxsize=64)  # each entry of a calendar brings its zones along
def _defined_by(name: str, lines: tuple[str, ...]) -> tzinfo | None:
    if named(name) is not None:
        return None
    place = next((line.partition(":")[2] for line in lines if line.upper().startswith("X-LIC-LOCATION")), "")
    if place and (zone := named(place)) is not None:
        return zone
    changes: list[tuple[datetime, timedelta, timedelta]] = []
    work = recurrence.Work()
    try:
        for observance in _observances(lines)[:MOST_OBSERVANCES]:
            changes += _changes(observance, work)
            if len(changes) > MOST_CHANGES:
                return None
    except (KeyError, ValueError, OverflowError, recurrence.Unfollowable):
        return None
    return OwnRules(name, changes) if changes else None


def _observances(lines: Sequence[str]) -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = []
    for line in lines:
        key, _, value = line.partition(":")
        key = key.partition(";")[0].upper()
        if key == "BEGIN":
            found.append({})
        elif found:
            found[-1].setdefault(key, []).append(value.strip())
    return found


def _changes(
    observance: Mapping[str, Sequence[str]], work: recurrence.Work
) -> list[tuple[datetime, timedelta, timedelta]]:
    before, after = _offset(observance["TZOFFSETFROM"][0]), _offset(observance["TZOFFSETTO"][0])
    first = datetime.strptime(observance["DTSTART"][0][:15], "%Y%m%dT%H%M%S")
    begins = [first]
    for text in observance.get("RRULE", [])[:1]:
        rule = recurrence.read(text)
        if rule.count is None and first.year < KNOWN_FROM.year:
            # Programs begin their rules in 1601: only what lies near enough to matter is worked out.
            begins = []
        near = max(first, KNOWN_FROM)
        begins += recurrence.walls(rule, first, timezone(before), near, KNOWN_UNTIL, work=work)
    for text in observance.get("RDATE", [])[:MOST_OBSERVANCES]:
        begins += [datetime.strptime(each[:15], "%Y%m%dT%H%M%S") for each in text.split(",")[:500]]
    return [(moment, before, after) for moment in dict.fromkeys(begins)]


def _offset(text: str) -> timedelta:
    found = OFFSET.fullmatch(text.strip())
    if not found:
        raise ValueError("no offset")
    length = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    if length >= timedelta(hours=24):
        raise ValueError("no offset")
    return -length if found[1] == "-" else length
