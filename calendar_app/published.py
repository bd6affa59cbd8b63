"""Entries of a diary as iCalendar, for programs that only read them. Pure.

Each meeting of a series is an entry of its own, as it is a row. Times are told by the wall clock of their
zone, with that zone's rules; where those do not hold for all the years told of, in UTC.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from secretariat import calendar_files

from . import zone_rules

PRODUCT = "-//Secretariat//Diary//EN"
CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"
RENEWED_EVERY = timedelta(minutes=30)


@dataclass(frozen=True)
class Told:
    """One entry as its readers see it. `starts`, `ends`, `stamp`: moments; `zone`: an IANA name."""

    uid: str
    starts: datetime
    ends: datetime
    zone: str
    summary: str
    stamp: datetime | None = None  # empty: whenever the whole was changed last
    sequence: int = 0
    status: str = CONFIRMED
    busy: bool = True
    all_day: bool = False
    private: bool = False
    where: str = ""
    link: str = ""
    words: str = ""


def calendar(
    entries: Sequence[Told], *, stamp: datetime, name: str = "", every: timedelta | None = None
) -> str:
    """A whole calendar. `stamp`: when it was changed last; `every`: how often it is worth asking again."""
    made = Calendar()
    made.add("PRODID", PRODUCT)
    made.add("VERSION", "2.0")
    made.add("CALSCALE", "GREGORIAN")
    if name := " ".join(name.split()):  # the library does not escape it
        made.add("NAME", name)
        made.add("X-WR-CALNAME", name)
    if every:
        made.add("REFRESH-INTERVAL", every, parameters={"VALUE": "DURATION"})
        made.add("X-PUBLISHED-TTL", every)
    ruled = _ruled(entries)
    for zone in sorted(ruled):
        made.add_component(zone_rules.described(zone, ruled[zone]))
    for entry in entries:
        made.add_component(_event(entry, stamp, by_its_clock=entry.zone in ruled))
    return calendar_files.written(made)


def _ruled(entries: Iterable[Told]) -> dict[str, int]:
    """The zones that can be told by rules, each with the year whose rules those are."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        if not entry.all_day:
            local = (moment.astimezone(ZoneInfo(entry.zone)) for moment in (entry.starts, entry.ends))
            years.setdefault(entry.zone, set()).update(each.year for each in local)
    # From the year before: the change that holds when the first one begins must be among them.
    return {
        zone: min(found) - 1
        for zone, found in years.items()
        if zone_rules.holds(zone, min(found) - 1, max(found))
    }


def _event(entry: Told, stamp: datetime, *, by_its_clock: bool) -> Event:
    event = Event()
    event.add("UID", entry.uid)
    event.add("DTSTAMP", (entry.stamp or stamp).astimezone(UTC))
    if entry.stamp:
        event.add("LAST-MODIFIED", entry.stamp.astimezone(UTC))
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTART", _time(entry, entry.starts, by_its_clock))
    event.add("DTEND", _time(entry, entry.ends, by_its_clock))
    event.add("SUMMARY", entry.summary)
    event.add("STATUS", entry.status)
    event.add("TRANSP", "OPAQUE" if entry.busy and entry.status != CANCELLED else "TRANSPARENT")
    if entry.private:
        event.add("CLASS", "PRIVATE")
    if entry.where:
        event.add("LOCATION", entry.where)
    if entry.link:
        event.add("URL", entry.link)
    if entry.words:
        event.add("DESCRIPTION", entry.words)
    return event


def _time(entry: Told, moment: datetime, by_its_clock: bool) -> date | datetime:
    local = moment.astimezone(ZoneInfo(entry.zone))
    if entry.all_day:
        return local.date()
    return local if by_its_clock else moment.astimezone(UTC)
