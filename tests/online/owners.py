"""Two people's calendars, one at each service, and what their owners do there with its own apps."""

import uuid
from datetime import UTC, date, datetime, timedelta

from calendar_app import expansion, icalendar, zones
from calendar_app.elsewhere import Entry, google_events, microsoft_events
from calendar_app.elsewhere.google import BASE as GOOGLES
from calendar_app.elsewhere.google import Google
from calendar_app.elsewhere.microsoft import BASE as MICROSOFTS
from calendar_app.elsewhere.microsoft import HEADERS, Microsoft
from calendar_app.elsewhere.web import Web
from secretariat.local.online import google_times, microsoft_times
from secretariat.local.online.consent import Grant

OWNER = "anna@harlow.example"
NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
LONDON = zones.named("Europe/London")


def at(told: str) -> datetime:
    return datetime.fromisoformat(told).replace(tzinfo=UTC)


class There:
    """What both have in common. `ours` is our adapter; `service` the one played here."""

    reading: object

    def __init__(self, online, clock):
        self.clock = clock
        self.refused: list[str] = []
        self.online = online
        grant = Grant(OWNER, "all", "refresh", {"access": datetime.max.replace(tzinfo=UTC)})
        self.service.consent.grants["refresh"] = grant
        self.kept = self.service.account(OWNER)
        self.ours = self.adapter()

    def token(self, refused: str) -> str:
        if refused:
            self.refused.append(refused)
        return "access"

    @property
    def calendar_id(self) -> str:
        return self.kept.calendar_id

    def read_all(self, token: str = ""):
        """One round to its end: what changed by id, what went, and the token."""
        changed, gone, last = {}, [], None
        for last in self.ours.changes(self.calendar_id, token):
            changed |= {each.remote_id: each for each in last.changed}
            gone += last.gone
        return changed, gone, last

    def times(self, fetched, *, until="2028-01-01") -> list[tuple[str, str]]:
        """When it takes place by our reckoning: start in UTC, and whether it is busy."""
        events = self.reading.read(fetched.raw, zone=LONDON)
        found = expansion.expand(events, at("2020-01-01"), at(until), zone=LONDON).happenings
        return [(f"{each.starts:%Y-%m-%d %H:%M}", each.busy) for each in found]

    def one(self, fetched) -> icalendar.Event:
        return self.reading.read(fetched.raw, zone=LONDON)[0]


class AtGoogle(There):
    looks = 0  # requests before a meeting is put in
    reading = google_events
    throttled = 403, {"error": {"errors": [{"reason": "rateLimitExceeded"}], "code": 403}}

    @property
    def service(self):
        return self.online.google

    def adapter(self):
        return Google(Web(GOOGLES, self.token))

    def puts(self, summary, starts, ends, **facts) -> str:
        event = {
            "id": uuid.uuid4().hex.translate(str.maketrans("wxyz", "abcd")),
            "status": "confirmed",
            "summary": summary,
            "start": _google(starts),
            "end": _google(ends),
        } | facts
        event.setdefault("iCalUID", f"{event['id']}@google.com")
        return self.service.put(self.kept, event)["id"]

    def weekly(self, summary, starts, ends, *, count) -> str:
        return self.puts(summary, starts, ends, recurrence=[f"RRULE:FREQ=WEEKLY;COUNT={count}"])

    def _instance(self, series_id, number):
        master = self.kept.events[series_id]
        found = google_times.instances(master, self.kept.events.values(), NOW + timedelta(days=800))
        return found[number]

    def moves_one(self, series_id, number, starts, ends):
        event = self._instance(series_id, number) | {"start": _google(starts), "end": _google(ends)}
        event.pop("recurrence", None)
        self.service.put(self.kept, event)

    def drops_one(self, series_id, number):
        self.service.cancel(self.kept, self._instance(series_id, number))

    def edits(self, event_id, summary):
        self.service.put(self.kept, self.kept.events[event_id] | {"summary": summary})

    def invited(self, summary) -> str:
        """Somebody asks her to come, and she has not answered."""
        people = [{"email": "bank@harbour.example", "organizer": True, "responseStatus": "accepted"}]
        people.append({"email": OWNER, "self": True, "responseStatus": "needsAction"})
        starts, ends = at("2027-03-10 10:00"), at("2027-03-10 10:30")
        return self.puts(summary, starts, ends, attendees=people, organizer={"email": "bank@harbour.example"})

    def answer_of(self, event_id) -> str:
        own = [each for each in self.kept.events[event_id]["attendees"] if each.get("self")]
        return own[0]["responseStatus"]

    def deletes(self, event_id):
        self.service.cancel(self.kept, self.kept.events[event_id])

    def standing(self) -> list[str]:
        return [e["summary"] for e in self.kept.events.values() if e["status"] != "cancelled"]


class AtMicrosoft(There):
    looks = 2
    reading = microsoft_events
    throttled = 429, {"error": {"code": "ApplicationThrottled"}}

    @property
    def service(self):
        return self.online.microsoft

    def adapter(self):
        return Microsoft(Web(MICROSOFTS, self.token, HEADERS), self.clock)

    def puts(self, summary, starts, ends, **facts) -> str:
        number = self.service.versions + 1
        event = {
            "id": f"AAMkOwn{number}=",
            "iCalUId": f"04000000{number}",
            "type": "seriesMaster" if "recurrence" in facts else "singleInstance",
            "subject": summary,
            "start": _microsoft(starts),
            "end": _microsoft(ends),
            "isAllDay": not isinstance(starts, datetime),
            "showAs": "busy",
            "responseStatus": {"response": "organizer"},
        } | facts
        return self.service.put(self.kept, event)["id"]

    def weekly(self, summary, starts, ends, *, count) -> str:
        day = f"{starts:%A}".lower()
        return self.puts(
            summary,
            starts,
            ends,
            recurrence={
                "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": [day], "firstDayOfWeek": "monday"},
                "range": {
                    "type": "numbered",
                    "startDate": f"{starts:%Y-%m-%d}",
                    "numberOfOccurrences": count,
                    "recurrenceTimeZone": "GMT Standard Time",
                },
            },
        )

    def _instance(self, series_id, number):
        return microsoft_times.times(self.kept.events[series_id], NOW + timedelta(days=800))[number]

    def moves_one(self, series_id, number, starts, ends):
        time, told = self._instance(series_id, number), {"start": _microsoft(starts), "end": _microsoft(ends)}
        self.service.change_time(self.kept, self.kept.events[series_id], time, told)

    def drops_one(self, series_id, number):
        self.service.drop_time(self.kept, self.kept.events[series_id], self._instance(series_id, number))

    def edits(self, event_id, summary):
        self.service.put(self.kept, self.kept.events[event_id] | {"subject": summary})

    def invited(self, summary) -> str:
        """Somebody asks her to come, and she has not answered."""
        starts, ends = at("2027-03-10 10:00"), at("2027-03-10 10:30")
        return self.puts(
            summary,
            starts,
            ends,
            organizer={"emailAddress": {"address": "bank@harbour.example"}},
            responseStatus={"response": "notResponded"},
        )

    def answer_of(self, event_id) -> str:
        return self.kept.events[event_id]["responseStatus"]["response"]

    def deletes(self, event_id):
        self.service.remove(self.kept, event_id)

    def standing(self) -> list[str]:
        return [event["subject"] for event in self.kept.events.values()]


def _google(when) -> dict:
    if isinstance(when, datetime):
        return {"dateTime": when.astimezone(LONDON).isoformat(), "timeZone": "Europe/London"}
    return {"date": when.isoformat()}


def _microsoft(when) -> dict:
    if not isinstance(when, datetime):
        when = datetime.combine(when, datetime.min.time(), UTC)
    return {"dateTime": f"{when.astimezone(UTC):%Y-%m-%dT%H:%M:%S}", "timeZone": "UTC"}


def entry(summary="Ms Okafor", starts="2027-03-10 10:00", ends="2027-03-10 10:30", **facts) -> Entry:
    told = {"uid": "m1@desk.example", "sequence": 0, "zone": "Europe/London", "key": "write m1"} | facts
    return Entry(summary=summary, starts=at(starts), ends=at(ends), **told)


def day(told: str) -> date:
    return date.fromisoformat(told)
