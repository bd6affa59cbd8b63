"""What a calendar says, read from iCalendar (RFC 5545). Pure, and made for whatever anybody wrote.

It comes cut into its objects (`cutting`). Lines are taken apart by the `icalendar` library; what a date, a
zone or a missing line means is decided here. The bounds are counted, not timed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, tzinfo

from icalendar.parser import Contentline
from icalendar.prop import vDuration

from . import recurrence, zones
from .cutting import Unreadable, lines_of
from .elsewhere import Invited

MOST_ZONES = 8  # of its own, that one entry names
MOST_DATES = 20_000  # of one event: those left out or put in
IN_DAYS = re.compile(r"\+?P\d+[WD]", re.ASCII)  # a day by the calendar, not twenty-four hours
STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?", re.ASCII)
REPEATED = {"EXDATE", "RDATE", "ATTENDEE", "RRULE", "CATEGORIES"}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Event:
    """One VEVENT. `starts` is a date, or a wall time of `zone`; lengths are days first, then real seconds."""

    uid: str
    starts: date | datetime
    zone: tzinfo
    days: int = 0
    length: timedelta = timedelta(0)
    rule: recurrence.Rule | None = None
    put_in: tuple[tuple[date | datetime, tzinfo], ...] = ()
    left_out: frozenset[datetime] = frozenset()  # moments
    days_left_out: frozenset[date] = frozenset()
    instance: datetime | date | None = None  # RECURRENCE-ID: a moment, or a day
    and_after: bool = False
    sequence: int = 0
    stamp: str = ""
    summary: str = ""
    where: str = ""
    description: str = ""
    busy: str = "busy"  # busy, tentative, free
    cancelled: bool = False
    private: bool = False
    organiser: str = ""
    guests: tuple[Invited, ...] = ()

    @property
    def all_day(self) -> bool:
        return not isinstance(self.starts, datetime)


Property = tuple[dict[str, str], str]


@dataclass
class _Block:
    """The lines of one component that matter, taken apart."""

    one: dict[str, Property] = field(default_factory=dict)
    many: dict[str, list[Property]] = field(default_factory=dict)
    faults: set[str] = field(default_factory=set)


MATTER = {
    *(
        "UID",
        "DTSTART",
        "DTEND",
        "DURATION",
        "RECURRENCE-ID",
        "SEQUENCE",
        "SUMMARY",
        "LOCATION",
        "DESCRIPTION",
    ),
    *("STATUS", "TRANSP", "CLASS", "ORGANIZER", "DTSTAMP", "LAST-MODIFIED", "X-MICROSOFT-CDO-BUSYSTATUS"),
    *REPEATED,
}
TIMES = {"DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "EXDATE", "RDATE"}


def read(raw: str, *, zone: tzinfo, told: Mapping[str, str] | None = None) -> list[Event]:
    """The events of one piece. `zone`: of times without one. `told`: what a person said a zone's name means.

    Raises Unreadable.
    """
    blocks, defined, its_own = _taken_apart(raw)
    if not blocks:
        raise Unreadable("no_event")
    its_zone = zones.named(its_own) if its_own else None
    reading = _Reading(its_zone or zone, defined, told or {})
    events = [reading.event(block) for block in blocks]
    if its_zone is not None:  # programs that name a zone so write moments, and mean its wall clock
        events = [_on_the_wall_of(its_zone, event) for event in events]
    return events


def _on_the_wall_of(zone: tzinfo, event: Event) -> Event:
    """A rule that is told in UTC, as one of this zone's wall clock."""
    if event.rule is None or event.zone is not UTC or not isinstance(event.starts, datetime):
        return event
    try:
        wall = event.starts.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return event
    return replace(event, starts=wall, zone=zone)


def _taken_apart(raw: str) -> tuple[list[_Block], dict[str, tzinfo], str]:
    blocks: list[_Block] = []
    zone_lines: dict[str, list[str]] = {}
    block: _Block | None = None
    zone: list[str] | None = None
    depth, its_own = 0, ""
    for line in lines_of(raw):
        name = line[:60].upper().rstrip()
        if name == "BEGIN:VEVENT":
            if block is not None:
                raise Unreadable("cut_off")
            block, depth = _Block(), 0
        elif name == "END:VEVENT" and block is not None:
            blocks.append(block)
            block = None
        elif name == "BEGIN:VTIMEZONE":
            zone = []
        elif name == "END:VTIMEZONE" and zone is not None:
            named = next((ln.partition(":")[2].strip() for ln in zone if ln.upper().startswith("TZID")), "")
            zone_lines[named] = zone
            zone = None
        elif zone is not None:
            zone.append(line)
        elif block is not None:
            if name.startswith("BEGIN:"):
                depth += 1
            elif name.startswith("END:"):
                depth = max(0, depth - 1)
            elif not depth:
                _take(block, line)
        elif name.startswith("X-WR-TIMEZONE:"):
            its_own = line.partition(":")[2].strip()
    if block is not None:
        raise Unreadable("cut_off")
    used = {name for block in blocks for name in _zones_of(block)}
    wanted = [name for name in zone_lines if name in used][:MOST_ZONES]
    own = {name: zones.defined_by(name, zone_lines[name]) for name in wanted}
    return blocks, {name: rules for name, rules in own.items() if rules is not None}, its_own


def _zones_of(block: _Block) -> Iterator[str]:
    for params, _value in (*block.one.values(), *(each for many in block.many.values() for each in many)):
        if "TZID" in params:
            yield params["TZID"].strip()


def _take(block: _Block, line: str):
    name = re.split("[;:]", line, maxsplit=1)[0].upper()
    if name not in MATTER:
        return
    try:
        _, params, value = Contentline(line).parts()
    except (ValueError, IndexError):
        block.faults.add(name)
        return
    found = ({key.upper(): _one(each) for key, each in params.items()}, str(value))
    if name in REPEATED:
        block.many.setdefault(name, []).append(found)
    else:
        block.one.setdefault(name, found)


def _one(value) -> str:
    return str(value[0] if isinstance(value, list) and value else value)


@dataclass(frozen=True)
class _Reading:
    zone: tzinfo
    defined: Mapping[str, tzinfo]
    told: Mapping[str, str]

    def event(self, block: _Block) -> Event:
        if block.faults & TIMES:
            raise Unreadable("no_time")
        if "DTSTART" not in block.one:
            raise Unreadable("no_start")
        starts, zone = self.time(*block.one["DTSTART"])
        days, length = self.lasts(block, starts, zone)
        left_out, days_left_out = self.left_out(block)
        instance, and_after = self.instance(block)
        status = block.one.get("STATUS", ({}, ""))[1].strip().upper()
        return Event(
            uid=block.one.get("UID", ({}, ""))[1].strip()[:1024],
            starts=starts,
            zone=zone,
            days=days,
            length=length,
            rule=self.rule(block),
            put_in=self.put_in(block),
            left_out=left_out,
            days_left_out=days_left_out,
            instance=instance,
            and_after=and_after,
            sequence=_whole(block.one.get("SEQUENCE", ({}, "0"))[1]),
            stamp=(block.one.get("LAST-MODIFIED") or block.one.get("DTSTAMP") or ({}, ""))[1][:16],
            summary=_words(block, "SUMMARY", 500),
            where=_words(block, "LOCATION", 240),
            description=_words(block, "DESCRIPTION", 4000),
            busy=_busy(block, status),
            cancelled=status == "CANCELLED",
            private=block.one.get("CLASS", ({}, ""))[1].strip().upper() in ("PRIVATE", "CONFIDENTIAL"),
            organiser=_address(block.one.get("ORGANIZER", ({}, ""))[1]),
            guests=tuple(_guest(*each) for each in block.many.get("ATTENDEE", [])[:500]),
        )

    def time(self, params: dict[str, str], value: str) -> tuple[date | datetime, tzinfo]:
        """A date, or a wall time, and the zone it is told in."""
        found = STAMP.fullmatch(value.strip())
        if not found:
            raise Unreadable("no_time")
        year, month, day = (int(part) for part in found.groups()[:3])
        try:
            if found[4] is None:
                return date(year, month, day), self.zone
            second = min(int(found[6]), 59)  # a leap second
            wall = datetime(year, month, day, int(found[4]), int(found[5]), second)
        except ValueError as error:
            raise Unreadable("no_time") from error
        if found[7]:
            return wall, UTC
        name = params.get("TZID", "").strip()
        if not name:
            return wall, self.zone
        try:
            return wall, zones.resolve(name, defined=self.defined, told=self.told)
        except zones.ZoneUnknown as unknown:
            raise Unreadable("unknown_zone", unknown.name) from unknown

    def moment(self, params: dict[str, str], value: str) -> datetime | date:
        when, zone = self.time(params, value)
        if not isinstance(when, datetime):
            return when
        try:
            return recurrence.moment(when, zone)
        except OverflowError:
            return when.replace(tzinfo=UTC)

    def lasts(self, block: _Block, starts, zone) -> tuple[int, timedelta]:
        if "DTEND" in block.one:
            ends, its_zone = self.time(*block.one["DTEND"])
            return _between(starts, zone, ends, its_zone)
        if "DURATION" in block.one:
            text = block.one["DURATION"][1].strip().upper()
            try:
                length = vDuration.from_ical(text)
            except (ValueError, OverflowError) as error:
                raise Unreadable("no_length") from error
            if length < timedelta(0):
                raise Unreadable("ends_before")
            if not isinstance(starts, datetime):
                return max(1, length.days), timedelta(0)
            days = length.days if IN_DAYS.match(text) else 0
            return days, length - timedelta(days=days)
        return (0, timedelta(0)) if isinstance(starts, datetime) else (1, timedelta(0))

    def rule(self, block: _Block) -> recurrence.Rule | None:
        rules = block.many.get("RRULE", [])
        if not rules:
            return None
        if len(rules) > 1:
            raise Unreadable("not_a_rule")
        try:
            return recurrence.read(rules[0][1])
        except recurrence.Unfollowable as fault:
            raise Unreadable(fault.code) from fault

    def put_in(self, block: _Block) -> tuple[tuple[date | datetime, tzinfo], ...]:
        found = []
        for params, value in block.many.get("RDATE", []):
            for each in value.split(","):
                if each.strip():
                    found.append(self.time(params, each.partition("/")[0]))
            if len(found) > MOST_DATES:
                raise Unreadable("too_often")
        return tuple(found)

    def left_out(self, block: _Block) -> tuple[frozenset[datetime], frozenset[date]]:
        moments: set[datetime] = set()
        days: set[date] = set()
        for params, value in block.many.get("EXDATE", []):
            for each in value.split(","):
                if not each.strip():
                    continue
                when = self.moment(params, each)
                if isinstance(when, datetime):
                    moments.add(when)
                else:
                    days.add(when)
            if len(moments) + len(days) > MOST_DATES:
                raise Unreadable("too_often")
        return frozenset(moments), frozenset(days)

    def instance(self, block: _Block):
        if "RECURRENCE-ID" not in block.one:
            return None, False
        params, value = block.one["RECURRENCE-ID"]
        return self.moment(params, value), params.get("RANGE", "").upper() == "THISANDFUTURE"


def _between(starts, zone, ends, its_zone) -> tuple[int, timedelta]:
    if not isinstance(starts, datetime):
        if isinstance(ends, datetime):
            begun = ends.time() > datetime.min.time() and ends.date() < date.max  # so is that day taken
            ends = ends.date() + (DAY if begun else timedelta(0))
        if ends < starts:
            raise Unreadable("ends_before")
        return max(1, (ends - starts).days), timedelta(0)
    if not isinstance(ends, datetime):
        ends = datetime.combine(ends, datetime.min.time())
        its_zone = zone
    try:
        length = recurrence.moment(ends, its_zone) - recurrence.moment(starts, zone)
    except OverflowError:
        length = ends - starts
    if length < timedelta(0):
        raise Unreadable("ends_before")
    return 0, length


def _words(block: _Block, name: str, most: int) -> str:
    return (
        " ".join(block.one.get(name, ({}, ""))[1].split())[:most]
        if name != "DESCRIPTION"
        else (block.one.get(name, ({}, ""))[1].strip()[:most])
    )


def _whole(text: str) -> int:
    text = text.strip()
    return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else 0


def _busy(block: _Block, status: str) -> str:
    shown_as = block.one.get("X-MICROSOFT-CDO-BUSYSTATUS", ({}, ""))[1].strip().upper()
    if block.one.get("TRANSP", ({}, ""))[1].strip().upper() == "TRANSPARENT" or shown_as == "FREE":
        return "free"
    return "tentative" if status == "TENTATIVE" or shown_as == "TENTATIVE" else "busy"


ANSWERS = {"ACCEPTED": "accepted", "TENTATIVE": "tentative", "DECLINED": "declined"}


def _guest(params: dict[str, str], value: str) -> Invited:
    answer = ANSWERS.get(params.get("PARTSTAT", "").upper(), "waiting")
    return Invited(_address(value), params.get("CN", "")[:120], answer)


def _address(value: str) -> str:
    value = value.strip()
    return (value[7:] if value[:7].lower() == "mailto:" else value).lower()[:254]
