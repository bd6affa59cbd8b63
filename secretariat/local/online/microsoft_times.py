"""When Microsoft's events take place, as Microsoft works it out, apart from the product."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dateutil import rrule
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

DAYS = {
    "monday": rrule.MO,
    "tuesday": rrule.TU,
    "wednesday": rrule.WE,
    "thursday": rrule.TH,
    "friday": rrule.FR,
    "saturday": rrule.SA,
    "sunday": rrule.SU,
}
WHICH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
KINDS = {"daily": rrule.DAILY, "weekly": rrule.WEEKLY}
NOT_ITS_TIMES = ("recurrence", "dropped", "moved", "zone_of_series", "transactionId")


def stamp(when: datetime) -> str:
    """Seven digits of a second, and no offset."""
    return f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.0000000"


def moment(told: dict) -> datetime:
    zone = UTC if told["timeZone"] == "UTC" else ZoneInfo(WINDOWS_TO_OLSON[told["timeZone"]])
    return datetime.fromisoformat(told["dateTime"][:19]).replace(tzinfo=zone)


def in_utc(told: dict) -> dict:
    return {"dateTime": stamp(moment(told)), "timeZone": "UTC"}


def begins(event: dict) -> datetime:
    return moment(event["start"])


def ends(event: dict) -> datetime:
    return moment(event["end"])


def times(event: dict, until: datetime) -> list[dict]:
    """A single event itself; of a series each time, as it falls or was changed, but those that fell out."""
    if not event.get("recurrence"):
        return [event]
    pattern, span = event["recurrence"]["pattern"], event["recurrence"]["range"]
    name = span.get("recurrenceTimeZone") or "UTC"
    zone = UTC if name == "UTC" else ZoneInfo(WINDOWS_TO_OLSON[name])
    first = begins(event).astimezone(zone).replace(tzinfo=None)
    length = ends(event) - begins(event)
    found = []
    for wall in _walls(pattern, span, first, until.astimezone(zone).replace(tzinfo=None)):
        starts = wall.replace(tzinfo=zone).astimezone(UTC)
        original = stamp(starts) + "Z"
        if original in event.get("dropped", []):
            continue
        copied = {key: value for key, value in event.items() if key not in NOT_ITS_TIMES}
        changed = event.get("moved", {}).get(original)
        found.append(
            copied
            | {
                "id": f"{event['id']}.{starts:%Y%m%d%H%M}",
                "seriesMasterId": event["id"],
                "type": "exception" if changed else "occurrence",
                "originalStart": original,
                "start": {"dateTime": stamp(starts), "timeZone": "UTC"},
                "end": {"dateTime": stamp(starts + length), "timeZone": "UTC"},
            }
            | (changed or {})
        )
    return found


def _walls(pattern: dict, span: dict, first: datetime, until: datetime):
    days = [DAYS[each] for each in pattern.get("daysOfWeek", [])]
    told: dict = {
        "dtstart": first,
        "interval": pattern["interval"],
        "wkst": DAYS[pattern.get("firstDayOfWeek", "sunday")],
    }
    kind = pattern["type"]
    if kind == "weekly":
        told["byweekday"] = days
    elif kind.startswith("relative"):
        told["byweekday"], told["bysetpos"] = days, WHICH[pattern["index"]]
    elif kind.startswith("absolute"):
        told["bymonthday"] = pattern["dayOfMonth"]
    if kind.endswith("Yearly"):
        told["bymonth"] = pattern["month"]
    if span["type"] == "numbered":
        told["count"] = span["numberOfOccurrences"]
    elif span["type"] == "endDate":
        told["until"] = datetime.fromisoformat(span["endDate"]).replace(hour=23, minute=59)
    freq = KINDS.get(kind, rrule.YEARLY if kind.endswith("Yearly") else rrule.MONTHLY)
    return rrule.rrule(freq, **told).between(first, until, inc=True)
