"""When Google's events take place, as Google works it out: apart from what the product does for itself."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr


def at(told: Mapping[str, str]) -> datetime:
    """A moment. Of a whole day: its midnight in UTC."""
    if "date" in told:
        return datetime.combine(date.fromisoformat(told["date"]), datetime.min.time(), UTC)
    when = datetime.fromisoformat(told["dateTime"])
    return when if when.tzinfo else when.replace(tzinfo=ZoneInfo(told["timeZone"]))


def original(instance: Mapping) -> datetime:
    return at(instance["originalStartTime"])


def instances(
    master: dict, events: Iterable[dict], until: datetime, *, cancelled: bool = False
) -> list[dict]:
    """Each time of a series as an event of its own; exceptions in their places."""
    exceptions = {original(each): each for each in events if each.get("recurringEventId") == master["id"]}
    found = []
    for when in _times(master, until):
        if when in exceptions:
            if cancelled or exceptions[when]["status"] != "cancelled":
                found.append(exceptions[when])
        else:
            found.append(_instance(master, when))
    return found


def _times(master: dict, until: datetime) -> list[datetime]:
    all_day = "date" in master["start"]
    zone = UTC if all_day else ZoneInfo(master["start"]["timeZone"])
    first = at(master["start"]).astimezone(zone).replace(tzinfo=None)
    left_out, walls = set(), {first}
    for line in master["recurrence"]:
        head, _, value = line.partition(":")
        if head.startswith("RRULE"):
            rule = rrulestr(_naive(value, zone), dtstart=first)
            walls |= set(rule.between(first, until.astimezone(zone).replace(tzinfo=None), inc=True))
        elif head.startswith("EXDATE"):
            left_out |= {_stamp(each, head, zone) for each in value.split(",")}
        elif head.startswith("RDATE"):
            walls |= {
                _stamp(each, head, zone).astimezone(zone).replace(tzinfo=None) for each in value.split(",")
            }
    moments = sorted(wall.replace(tzinfo=zone).astimezone(UTC) for wall in walls)
    return [each for each in moments if each not in left_out]


def _naive(rule: str, zone) -> str:
    """UNTIL in UTC told on the wall clock of the series, where the rule is worked out."""
    parts = []
    for part in rule.split(";"):
        if part.startswith("UNTIL=") and part.endswith("Z"):
            until = datetime.strptime(part[6:], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone)
            part = f"UNTIL={until:%Y%m%dT%H%M%S}"
        parts.append(part)
    return ";".join(parts)


def _stamp(told: str, head: str, zone) -> datetime:
    if "T" not in told:
        return datetime.strptime(told, "%Y%m%d").replace(tzinfo=UTC)
    if told.endswith("Z"):
        return datetime.strptime(told, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    its = ZoneInfo(head.partition("TZID=")[2].partition(";")[0]) if "TZID=" in head else zone
    return datetime.strptime(told, "%Y%m%dT%H%M%S").replace(tzinfo=its).astimezone(UTC)


def _instance(master: dict, when: datetime) -> dict:
    length = at(master["end"]) - at(master["start"])
    copied = {name: value for name, value in master.items() if name != "recurrence"}
    if "date" in master["start"]:
        start, end = {"date": f"{when:%Y-%m-%d}"}, {"date": f"{when + length:%Y-%m-%d}"}
        stamp = f"{when:%Y%m%d}"
    else:
        zone = master["start"]["timeZone"]
        start = {"dateTime": when.astimezone(ZoneInfo(zone)).isoformat(), "timeZone": zone}
        end = {"dateTime": (when + length).astimezone(ZoneInfo(zone)).isoformat(), "timeZone": zone}
        stamp = f"{when:%Y%m%dT%H%M%SZ}"
    return copied | {
        "id": f"{master['id']}_{stamp}",
        "recurringEventId": master["id"],
        "originalStartTime": start,
        "start": start,
        "end": end,
    }


def listed(events: Iterable[dict], query: Mapping[str, str], far: datetime) -> Iterator[dict]:
    """What events.list gives without a token.

    Cancelled events are left out, but for cancelled times of series while those are not worked out.
    """
    events = list(events)
    singles = query.get("singleEvents") == "true"
    deleted = query.get("showDeleted") == "true"
    begins = datetime.fromisoformat(query["timeMin"]) if "timeMin" in query else None
    ends = datetime.fromisoformat(query["timeMax"]) if "timeMax" in query else None
    found = []
    masters = {each["id"]: each for each in events}
    for event in events:
        if event["status"] == "cancelled" and not deleted and (singles or "recurringEventId" not in event):
            continue
        if singles and event.get("recurrence"):
            found += instances(event, events, far)
        elif not singles or event.get("recurringEventId") not in masters:
            found.append(event)
    for event in found:
        whole = masters.get(event.get("recurringEventId", ""), event)
        if "iCalUID" in query and (event.get("iCalUID") or whole.get("iCalUID")) != query["iCalUID"]:
            continue
        if "privateExtendedProperty" in query:
            name, _, value = query["privateExtendedProperty"].partition("=")
            if ((event.get("extendedProperties") or {}).get("private") or {}).get(name) != value:
                continue
        if (begins and at(event["end"]) <= begins) or (ends and at(event["start"]) >= ends):
            continue
        yield event
