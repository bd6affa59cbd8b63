"""Google's events: their JSON read, and ours written in it. Pure.

https://developers.google.com/workspace/calendar/api/v3/reference/events
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from calendar_app import icalendar, recurrence, zones
from calendar_app.icalendar import Unreadable

from . import Entry, Invited

Event = Mapping[str, Any]
OURS = "secretariat"  # the private property that carries our UID, as an event with an id of ours has Google's
OUR_WRITE = "secretariatWrite"  # the key of the write that made it what it is
MOST_DATES = 20_000
NOT_TAKEN = {"workingLocation", "birthday"}  # say where somebody is, or whose day it is: she is free
ANSWERS = {"needsAction": "waiting", "accepted": "accepted", "tentative": "tentative", "declined": "declined"}


def read(raw: str, *, zone: tzinfo) -> list[icalendar.Event]:
    """An event, or a series with its exceptions as `whole` puts them together, for `expansion.expand`.

    `zone` is the diary's: what Google gives no zone is reckoned there. Raises Unreadable, whatever comes.
    """
    try:
        return _read(raw, zone)
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
        raise Unreadable("no_event") from error


def _read(raw: str, zone: tzinfo) -> list[icalendar.Event]:
    event, exceptions = parts(raw)
    found = [_of_series(event, zone) if event.get("recurrence") else read_one(event, zone)]
    for exception in exceptions:
        instance, its_zone = _at(exception.get("originalStartTime"), zone)
        if isinstance(instance, datetime):
            instance = recurrence.moment(instance, its_zone)
        if exception.get("status") == "cancelled":  # of these nothing else is sure to be told
            found.append(
                icalendar.Event(
                    uid=found[0].uid,
                    starts=instance.replace(tzinfo=None) if isinstance(instance, datetime) else instance,
                    zone=UTC,
                    instance=instance,
                    cancelled=True,
                )
            )
        else:
            found.append(read_one(exception, zone, uid=found[0].uid, instance=instance))
    return found


def whole(master: Event, exceptions: list[Event]) -> str:
    """A series and what stands apart from it, as one text."""
    return json.dumps({"master": master, "exceptions": exceptions}, separators=(",", ":"), sort_keys=True)


def parts(raw: str) -> tuple[Event, list[Event]]:
    try:
        found = json.loads(raw)
    except ValueError as error:
        raise Unreadable("not_json") from error
    if not isinstance(found, dict):
        raise Unreadable("no_event")
    if "master" in found:
        return found["master"], list(found.get("exceptions", []))
    return found, []


def uid_of(event: Event) -> str:
    """Our UID where we wrote it, else Google's."""
    ours = (event.get("extendedProperties") or {}).get("private") or {}
    return str(ours.get(OURS) or event.get("iCalUID") or event.get("id") or "")[:1024]


def key_of(event: Event) -> str:
    """The key of our write that made it what it is; empty where that was none of ours."""
    return str(((event.get("extendedProperties") or {}).get("private") or {}).get(OUR_WRITE, ""))


def read_one(event: Event, zone: tzinfo, *, uid: str = "", **facts) -> icalendar.Event:
    starts, its_zone = _at(event.get("start"), zone)
    ends, their_zone = _at(event.get("end") or event.get("start"), zone)
    days, length = _lasts(starts, its_zone, ends, their_zone)
    return icalendar.Event(
        uid=uid or uid_of(event),
        starts=starts,
        zone=its_zone,
        days=days,
        length=length,
        sequence=event.get("sequence") or 0,
        stamp=str(event.get("updated", ""))[:24],
        summary=str(event.get("summary") or "")[:500],
        where=str(event.get("location") or event.get("hangoutLink") or "")[:240],
        description=str(event.get("description") or "")[:4000],
        busy=busy_of(event),
        cancelled=event.get("status") == "cancelled",
        private=event.get("visibility") in ("private", "confidential"),
        organiser=str((event.get("organizer") or {}).get("email", "")).lower(),
        guests=guests_of(event),
        **facts,
    )


def busy_of(event: Event) -> str:
    """A meeting the owner declined stays confirmed: only her own answer says that she is free."""
    own = next((each for each in event.get("attendees") or [] if each.get("self")), {})
    if (
        event.get("transparency") == "transparent"
        or event.get("eventType") in NOT_TAKEN
        or own.get("responseStatus") == "declined"
    ):
        return "free"
    undecided = own.get("responseStatus") in ("tentative", "needsAction") and not own.get("organizer")
    return "tentative" if undecided or event.get("status") == "tentative" else "busy"


def guests_of(event: Event) -> tuple[Invited, ...]:
    return tuple(
        Invited(
            str(each.get("email", "")).lower(),
            str(each.get("displayName", "")),
            ANSWERS.get(each.get("responseStatus", ""), "waiting"),
        )
        for each in (event.get("attendees") or [])[:500]
        if not each.get("self") and not each.get("resource")
    )


def _at(told, zone: tzinfo) -> tuple[datetime | date, tzinfo]:
    """`{"date"}` is a whole day; `{"dateTime", "timeZone"}` a moment, given as a wall time of that zone."""
    told = told or {}
    try:
        if "date" in told:
            return date.fromisoformat(told["date"]), zone
        when = datetime.fromisoformat(told["dateTime"])
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable("no_time") from error
    its_zone = zones.named(told["timeZone"]) if told.get("timeZone") else zone
    if its_zone is None:
        raise Unreadable("unknown_zone", str(told["timeZone"]))
    wall = when.astimezone(its_zone).replace(tzinfo=None) if when.tzinfo else when
    if when.tzinfo and recurrence.moment(wall, its_zone) != when:  # shown twice: the moment is what was told
        return when.astimezone(UTC).replace(tzinfo=None), UTC
    return wall, its_zone


def _lasts(starts, its_zone, ends, their_zone) -> tuple[int, timedelta]:
    if isinstance(starts, datetime) != isinstance(ends, datetime):
        raise Unreadable("no_time")
    if not isinstance(starts, datetime):
        return max(1, (ends - starts).days), timedelta(0)
    length = recurrence.moment(ends, their_zone) - recurrence.moment(starts, its_zone)
    if length < timedelta(0):
        raise Unreadable("ends_before")
    return 0, length


def _of_series(event: Event, zone: tzinfo) -> icalendar.Event:
    rule, put_in, left_out, days_left_out = None, [], set(), set()
    for name, params, value in _lines(event):
        if name == "RRULE" and rule is None:
            try:
                rule = recurrence.read(value)
            except recurrence.Unfollowable as fault:
                raise Unreadable(fault.code) from fault
        elif name == "RDATE":
            put_in += list(_listed(params, value, zone))
        elif name == "EXDATE":
            for when, its_zone in _listed(params, value, zone):
                if isinstance(when, datetime):
                    left_out.add(recurrence.moment(when, its_zone))
                else:
                    days_left_out.add(when)
        else:  # a second rule, or one that takes out
            raise Unreadable("not_a_rule")
    return read_one(
        event,
        zone,
        rule=rule,
        put_in=tuple(put_in),
        left_out=frozenset(left_out),
        days_left_out=frozenset(days_left_out),
    )


def _lines(event: Event) -> Iterator[tuple[str, dict[str, str], str]]:
    """`EXDATE;TZID=Europe/London:20270301T090000` in its three parts. No DTSTART stands among them."""
    for line in event.get("recurrence") or []:
        head, colon, value = str(line).partition(":")
        name, *params = head.split(";")
        if not colon:
            raise Unreadable("not_a_rule")
        yield name.upper(), {k.upper(): v for k, _, v in (each.partition("=") for each in params)}, value


def _listed(params: dict[str, str], value: str, zone: tzinfo) -> Iterator[tuple[datetime | date, tzinfo]]:
    its_zone = zones.named(params["TZID"]) if "TZID" in params else zone
    if its_zone is None:
        raise Unreadable("unknown_zone", params["TZID"])
    for each in value.split(",")[:MOST_DATES]:
        told = each.strip().partition("/")[0]
        try:
            if "T" not in told:
                yield datetime.strptime(told, "%Y%m%d").date(), its_zone
            else:
                when = datetime.strptime(told.removesuffix("Z"), "%Y%m%dT%H%M%S")
                yield when, UTC if told.endswith("Z") else its_zone
        except ValueError as error:
            raise Unreadable("no_time") from error


def written(entry: Entry, *, before: Event | None = None) -> dict:
    """The event as it is to stand there: what `before` says beside it stays.

    Guests are named only where Google may tell them: whoever is an attendee gets the event into a Google
    calendar of her own, even with sendUpdates=none.
    """
    body = dict(before or {})
    body |= {
        "summary": entry.summary,
        "description": _described(entry),
        "location": entry.where or entry.link,
        "start": _told(entry.starts, entry.zone),
        "end": _told(entry.ends, entry.zone),
        "transparency": "opaque" if entry.busy else "transparent",
        "status": "confirmed",
        "sequence": max(entry.sequence, (before or {}).get("sequence", 0)),
    }
    if entry.private or body.get("visibility") in ("private", "confidential"):
        body["visibility"] = "private" if entry.private else "default"
    own = dict(body.get("extendedProperties") or {})
    own["private"] = dict(own.get("private") or {}) | {OURS: entry.uid, OUR_WRITE: entry.key}
    body["extendedProperties"] = own
    if entry.rule:
        body["recurrence"] = [f"RRULE:{entry.rule}", *_excepted(entry)]
    if entry.tells_guests:
        body["attendees"] = _attendees(entry, before or {})
    return body


def _described(entry: Entry) -> str:
    link = entry.link if entry.where and entry.link not in entry.description else ""
    return "\n\n".join(filter(None, (entry.description, link)))


def _told(when: datetime, zone: str) -> dict:
    return {"dateTime": when.astimezone(zones.named(zone) or UTC).isoformat(), "timeZone": zone}


def _excepted(entry: Entry) -> list[str]:
    if not entry.left_out:
        return []
    return ["EXDATE:" + ",".join(f"{each.astimezone(UTC):%Y%m%dT%H%M%SZ}" for each in entry.left_out)]


def _attendees(entry: Entry, before: Event) -> list[dict]:
    """Those to be invited; whoever was before keeps her answer, and the owner and rooms stay."""
    known = {str(each.get("email", "")).lower(): each for each in before.get("attendees") or []}
    kept = [each for each in known.values() if each.get("self") or each.get("resource")]
    theirs = {value: key for key, value in ANSWERS.items()}
    for guest in entry.guests:
        attendee = dict(known.get(guest.email.lower()) or {"responseStatus": theirs[guest.answer]})
        attendee["email"] = guest.email
        if guest.name:
            attendee["displayName"] = guest.name
        if not (attendee.get("self") or attendee.get("resource")):
            kept.append(attendee)
    return kept
