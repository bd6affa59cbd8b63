"""Microsoft's events: their JSON read, and ours written in it. Pure.

https://learn.microsoft.com/en-us/graph/api/resources/event
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calendar_app import icalendar, recurrence, zones
from calendar_app.icalendar import Unreadable

from . import Entry, Invited, Trouble

Event = Mapping[str, Any]
# Ours among the named properties that any client may keep at an item; the UUID is our own name space.
OURS = "String {6f1d3e0e-5a0b-4f0e-9a63-7d1c7b0c2f51} Name secretariat"
OUR_WRITE = "String {6f1d3e0e-5a0b-4f0e-9a63-7d1c7b0c2f51} Name secretariat-write"
FREE_THERE = {"free", "workingElsewhere"}
ANSWERS = {"accepted": "accepted", "tentativelyAccepted": "tentative", "declined": "declined"}
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WHICH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
# What may be other for one time of a series, and matters.
OF_A_TIME = {
    *("originalStart", "isAllDay", "isCancelled", "subject", "showAs", "sensitivity", "responseStatus"),
    *("location", "onlineMeeting"),
}
NOT_ITS_SERIES = {"id", "start", "end", "type", "recurrence", "@odata.etag", "@odata.type"}


def read(raw: str, *, zone: tzinfo) -> list[icalendar.Event]:
    """A single event, or each time of a series as `whole` puts them together, for `expansion.expand`.

    Microsoft works its series out itself, for the stretch that was asked for, so no rule is followed here.
    `zone` has no say: Microsoft tells the zone of every time. Raises Unreadable, whatever it is told.
    """
    try:
        return _read(raw)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise Unreadable("no_event") from error


def _read(raw: str) -> list[icalendar.Event]:
    event, instances = parts(raw)
    if instances is None:
        return [read_one(event)]
    # In a delta an occurrence comes with nothing but its times; the rest is its series'.
    of_series = {name: event[name] for name in event if name not in NOT_ITS_SERIES}
    uid = uid_of(event)
    found = [read_one({**of_series, **each}, uid=uid) for each in instances]
    return found or [read_one({**event, "isCancelled": True}, uid=uid)]  # none in this stretch


def whole(master: Event, instances: list[Event]) -> str:
    """A series and its times, as one text. Of a time only what differs: of a daily one there are hundreds."""
    instances = [
        {
            name: value
            for name, value in each.items()
            if name in NOT_ITS_SERIES or (name in OF_A_TIME and value != master.get(name))
        }
        for each in instances
    ]
    return json.dumps({"master": master, "instances": instances}, separators=(",", ":"), sort_keys=True)


def parts(raw: str) -> tuple[Event, list[Event] | None]:
    try:
        found = json.loads(raw)
    except ValueError as error:
        raise Unreadable("not_json") from error
    if not isinstance(found, dict):
        raise Unreadable("no_event")
    if "master" in found:
        return found["master"], list(found.get("instances", []))
    return found, None


def uid_of(event: Event) -> str:
    return str(_kept(event, OURS) or event.get("iCalUId") or event.get("id") or "")[:1024]


def key_of(event: Event) -> str:
    """The key of our write that made it what it is; empty where that was none of ours."""
    return _kept(event, OUR_WRITE)


def _kept(event: Event, name: str) -> str:
    kept = event.get("singleValueExtendedProperties") or []
    return next((str(each.get("value") or "") for each in kept if each.get("id") == name), "")


def read_one(event: Event, *, uid: str = "") -> icalendar.Event:
    starts, zone = _at(event.get("start"))
    ends, their_zone = _at(event.get("end"))
    when: datetime | date = starts
    if event.get("isAllDay"):
        # Midnight to midnight of whatever zone it is told in; only the days count.
        when, days, length = starts.date(), max(1, (ends.date() - starts.date()).days), timedelta(0)
    else:
        days, length = 0, recurrence.moment(ends, their_zone) - recurrence.moment(starts, zone)
    if length < timedelta(0):
        raise Unreadable("ends_before")
    place = (event.get("location") or {}).get("displayName")
    return icalendar.Event(
        uid=uid or uid_of(event),
        starts=when,
        zone=zone,
        days=days,
        length=length,
        stamp=str(event.get("lastModifiedDateTime", ""))[:24],
        summary=str(event.get("subject") or "")[:500],
        where=str(place or (event.get("onlineMeeting") or {}).get("joinUrl") or "")[:240],
        description=str((event.get("body") or {}).get("content") or "")[:4000],
        busy=busy_of(event),
        cancelled=bool(event.get("isCancelled")),
        private=event.get("sensitivity") in ("private", "confidential"),
        organiser=_address(event.get("organizer")),
        guests=guests_of(event),
    )


def busy_of(event: Event) -> str:
    response = (event.get("responseStatus") or {}).get("response")
    if event.get("showAs") in FREE_THERE or response == "declined":
        return "free"
    undecided = response in ("tentativelyAccepted", "notResponded") or event.get("showAs") == "tentative"
    return "tentative" if undecided else "busy"


def guests_of(event: Event) -> tuple[Invited, ...]:
    return tuple(
        Invited(
            _address(each),
            str((each.get("emailAddress") or {}).get("name", "")),
            ANSWERS.get((each.get("status") or {}).get("response", ""), "waiting"),
        )
        for each in (event.get("attendees") or [])[:500]
        if each.get("type") != "resource"
    )


def _address(person) -> str:
    return str(((person or {}).get("emailAddress") or {}).get("address", "")).lower()


def _at(told) -> tuple[datetime, tzinfo]:
    """`{"dateTime": "2027-03-29T08:30:00.0000000", "timeZone": "UTC"}`: seven digits, no offset."""
    told = told or {}
    try:
        when = datetime.fromisoformat(str(told["dateTime"])[:26].removesuffix("Z"))
    except (KeyError, ValueError) as error:
        raise Unreadable("no_time") from error
    zone = zones.named(told.get("timeZone") or "UTC")
    if zone is None:
        raise Unreadable("unknown_zone", str(told["timeZone"]))
    return when.replace(microsecond=0, tzinfo=None), zone


def written(entry: Entry, *, before: Event | None = None) -> dict:
    """The event as it is to stand there; what it does not name stays as it is.

    Graph writes to whoever is an attendee, and cannot be asked not to: guests are named only where it may.
    """
    its_zone = windows_name(entry.zone, entry.starts.year)
    body: dict[str, Any] = {
        "subject": entry.summary,
        "location": {"displayName": entry.where or entry.link},
        "start": _told(entry.starts, entry.zone, its_zone),
        "end": _told(entry.ends, entry.zone, its_zone),
        "isAllDay": False,
        "showAs": "busy" if entry.busy else "free",
        "sensitivity": "private" if entry.private else "normal",
    }
    if not (before or {}).get("isOnlineMeeting"):  # whoever writes the body of such a one loses its link
        link = entry.link if entry.where and entry.link not in entry.description else ""
        words = "\n\n".join(filter(None, (entry.description, link)))
        body["body"] = {"contentType": "text", "content": words}
    body["singleValueExtendedProperties"] = [
        {"id": OURS, "value": entry.uid},
        {"id": OUR_WRITE, "value": entry.key},
    ]
    if entry.rule:
        body["recurrence"] = repeated(entry)
    if entry.tells_guests:
        body["attendees"] = [
            {"type": "required", "emailAddress": {"address": guest.email, "name": guest.name or guest.email}}
            for guest in entry.guests
        ]
    return body


def _told(when: datetime, zone: str, its_zone: str) -> dict:
    if its_zone == "UTC":
        return {"dateTime": f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}
    return {
        "dateTime": f"{when.astimezone(zones.named(zone)):%Y-%m-%dT%H:%M:%S}",
        "timeZone": its_zone,
    }


@lru_cache(maxsize=1024)
def windows_name(iana: str, year: int) -> str:
    """What Windows calls this zone, or one that keeps the same time from `year` for three years; else "UTC".

    Graph takes Windows names everywhere, and of IANA's not all, and not in every place.
    """
    zone = zones.named(iana)
    if zone in (None, UTC):
        return "UTC"
    for name, representative in WINDOWS_TO_OLSON.items():
        if representative == iana:
            return name
    samples = [datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=3 * n) for n in range(3 * 122)]
    wanted = [each.astimezone(zone).utcoffset() for each in samples]
    for name, representative in sorted(WINDOWS_TO_OLSON.items()):
        its = zones.named(representative)
        if its is not None and [each.astimezone(its).utcoffset() for each in samples] == wanted:
            return name
    return "UTC"


def repeated(entry: Entry) -> dict:
    """RRULE in Graph's words. Raises Trouble for a rule that Graph has no words for.

    https://learn.microsoft.com/en-us/graph/api/resources/recurrencepattern
    """
    rule = recurrence.read(entry.rule)
    starts = entry.starts.astimezone(zones.named(entry.zone) or UTC)
    if rule.weeks or rule.year_days or rule.hours or rule.minutes or rule.seconds or entry.left_out:
        raise Trouble("a rule Graph has no words for")
    return {"pattern": _pattern(rule, starts), "range": _range(rule, starts, entry.zone)}


def _pattern(rule: recurrence.Rule, starts: datetime) -> dict:
    pattern: dict[str, Any] = {"interval": rule.interval}
    by_day = [DAYS[weekday] for _nth, weekday in rule.days]
    place = next(iter({nth for nth, _weekday in rule.days} - {0}), 0) or next(iter(rule.positions), 0)
    yearly = {"month": rule.months[0] if rule.months else starts.month} if rule.freq == "YEARLY" else {}
    if rule.freq == "DAILY" and not by_day:
        return pattern | {"type": "daily"}
    if rule.freq == "WEEKLY" or (rule.freq == "DAILY" and rule.interval == 1):
        days = by_day or [DAYS[starts.weekday()]]
        return pattern | {
            "type": "weekly",
            "daysOfWeek": days,
            "firstDayOfWeek": DAYS[rule.week_starts],
        }
    kind = "Yearly" if yearly else "Monthly"
    if by_day:
        if place not in WHICH:
            raise Trouble("a rule Graph has no words for")
        return pattern | yearly | {"type": f"relative{kind}", "daysOfWeek": by_day, "index": WHICH[place]}
    month_day = rule.month_days[0] if rule.month_days else starts.day
    if len(rule.month_days) > 1 or len(rule.months) > 1 or month_day < 1:
        raise Trouble("a rule Graph has no words for")
    return pattern | yearly | {"type": f"absolute{kind}", "dayOfMonth": month_day}


def _range(rule: recurrence.Rule, starts: datetime, zone: str) -> dict:
    found = {"startDate": f"{starts:%Y-%m-%d}", "recurrenceTimeZone": windows_name(zone, starts.year)}
    if rule.count:
        return found | {"type": "numbered", "numberOfOccurrences": rule.count}
    if rule.until is None:
        return found | {"type": "noEnd"}
    until: date = rule.until
    if isinstance(until, datetime):
        until = (until.astimezone(zones.named(zone) or UTC) if until.tzinfo else until).date()
    return found | {"type": "endDate", "endDate": f"{until:%Y-%m-%d}"}
