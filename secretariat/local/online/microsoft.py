"""Microsoft Graph's calendars, played. What it does is what Microsoft's own pages, and those who met it, say.

https://learn.microsoft.com/en-us/graph/delta-query-events, …/graph/api/event-delta, …/graph/throttling,
…/graph/api/resources/{event,subscription}; github.com/microsoftgraph/microsoft-graph-docs 7632 (an occurrence
in a delta has nothing but its times) and 4501 (a deleted occurrence is not told of).
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from . import microsoft_times
from .consent import Consent
from .faults import AnswerLost, Faults
from .microsoft_times import begins, ends, stamp
from .wire import Notice, Now, Reply, Request

SUBSCRIPTION_LASTS = timedelta(minutes=10_080)
OURS = re.compile(r"singleValueExtendedProperties/any\(ep: ep/id eq '(.+?)' and ep/value eq '(.+)'\)")
ANSWERS = {"accept": "accepted", "tentativelyAccept": "tentativelyAccepted", "decline": "declined"}
BY_UID = re.compile(r"iCalUId eq '(.+)'")
BARE = ("id", "type", "seriesMasterId", "start", "end", "@odata.etag")


@dataclass
class Kept:
    """One calendar. `events` are single ones and masters; a master keeps its exceptions and what fell out."""

    calendar_id: str
    name: str
    can_edit: bool = True
    events: dict[str, dict] = field(default_factory=dict)
    gone: dict[str, dict] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    oldest: int = 0


class Microsoft:
    """`reached(address)`: how a subscription asks whether an address is ours; the answer's body, or None."""

    def __init__(self, now: Now, reached: Callable[[str], str | None] = lambda address: None):
        self.now = now
        self.reached = reached
        self.consent = Consent(now, rotates=True)
        self.faults = Faults()
        self.accounts: dict[str, list[Kept]] = {}
        self.subscriptions: dict[str, dict] = {}
        self.notices: list[Notice] = []
        self.mails: list[tuple[str, str]] = []
        self.transactions: dict[str, dict] = {}
        self.most = 1000
        self.versions = 0

    def account(self, email: str) -> Kept:
        if email not in self.accounts:
            self.accounts[email] = [Kept(f"AAMk{len(self.accounts)}=", "Calendar")]
        return self.accounts[email][0]

    def ask(self, method, url, headers, content) -> Reply:
        request = Request.of(method, url, headers, content)
        instead, lost = self.faults.instead(request)
        reply = instead or self._answer(request)
        if lost:
            raise AnswerLost
        return reply

    def _answer(self, request: Request) -> Reply:
        if request.host == "login.microsoftonline.com":
            return self.consent.token(request)
        account = self.consent.account_of(request.bearer)
        if account is None:
            return error(401, "InvalidAuthenticationToken")
        self.account(account)
        wished = re.search(r'outlook\.timezone="([^"]+)"', request.headers.get("prefer", ""))
        if wished and wished[1] != "UTC" and wished[1] not in WINDOWS_TO_OLSON:
            return error(500, "UnknownError")
        parts = request.segments[1:]
        match request.method, parts:
            case "POST", ["subscriptions"]:
                return self._subscribe(account, request)
            case "PATCH" | "DELETE", ["subscriptions", which]:
                return self._subscription(which, request)
            case "GET", ["me", "calendar"]:
                return Reply(200, self._listed(account, self.accounts[account][0]))
            case "GET", ["me", "calendars"]:
                return Reply(200, {"value": [self._listed(account, each) for each in self.accounts[account]]})
            case _, ["me", "calendars", which, *rest]:
                kept = next((each for each in self.accounts[account] if each.calendar_id == which), None)
                return self._of_calendar(kept, rest, request) if kept else error(404, "ErrorItemNotFound")
            case _, ["me", "events", which, *rest]:
                return self._of_event(account, which, rest, request)
        return error(404, "ResourceNotFound")

    def _listed(self, account, kept: Kept) -> dict:
        return {
            "id": kept.calendar_id,
            "name": kept.name,
            "canEdit": kept.can_edit,
            "isDefaultCalendar": kept is self.accounts[account][0],
            "owner": {"name": account, "address": account},
        }

    def _of_calendar(self, kept: Kept, rest, request: Request) -> Reply:
        match request.method, rest:
            case "GET", ["events"]:
                return Reply(200, {"value": self._filtered(kept, request.query.get("$filter", ""))})
            case "POST", ["events"]:
                return self._create(kept, request)
            case "GET", ["calendarView"]:
                return self._paged(self._view(kept, request.query), request)
            case "GET", ["calendarView", "delta"]:
                return self._delta(kept, request)
        return error(404, "ResourceNotFound")

    def _filtered(self, kept: Kept, wanted: str) -> list[dict]:
        if found := OURS.fullmatch(wanted):
            said = {"id": found[1], "value": found[2].replace("''", "'")}
            return [e for e in kept.events.values() if said in e.get("singleValueExtendedProperties", [])]
        if found := BY_UID.fullmatch(wanted):
            return [e for e in kept.events.values() if e["iCalUId"] == found[1].replace("''", "'")]
        return list(kept.events.values())

    def _view(self, kept: Kept, query) -> list[dict]:
        """Every time that touches the stretch, with all that is known of it."""
        first, last = (datetime.fromisoformat(query[name]) for name in ("startDateTime", "endDateTime"))
        found = [time for event in kept.events.values() for time in microsoft_times.times(event, last)]
        return [each for each in found if begins(each) < last and ends(each) > first]

    def _paged(self, found: list[dict], request: Request) -> Reply:
        at = int(request.query.get("$skip", 0))
        asked = re.search(r"odata\.maxpagesize=(\d+)", request.headers.get("prefer", ""))
        most = min(int(request.query.get("$top", asked[1] if asked else 10)), self.most)
        told: dict = {"value": found[at : at + most]}
        if len(found) > at + most:
            onward = urlencode({**request.query, "$skip": at + most})
            told["@odata.nextLink"] = request.address(f"{request.path}?{onward}")
        return Reply(200, told)

    def _delta(self, kept: Kept, request: Request) -> Reply:
        """A round in pages. Its last one has the link of the next round; the window stays as it was."""
        query = request.query
        if "$deltatoken" in query or "$skiptoken" in query:
            state = json.loads(query.get("$deltatoken") or query["$skiptoken"])
        elif "startDateTime" in query and "endDateTime" in query:
            state = {"since": None, "window": [query["startDateTime"], query["endDateTime"]], "at": 0}
        else:
            return error(400, "ErrorInvalidParameter")
        if state["since"] is not None and state["since"] < kept.oldest:
            return error(410, "SyncStateNotFound")
        window = dict(zip(("startDateTime", "endDateTime"), state["window"], strict=True))
        changed = None if state["since"] is None else dict.fromkeys(kept.changes[state["since"] :])
        found = self._changed(kept, window, changed)
        asked = re.search(r"odata\.maxpagesize=(\d+)", request.headers.get("prefer", ""))
        most = min(int(asked[1]) if asked else 10, self.most)
        at, base = state["at"], request.address(request.path)
        told: dict = {"value": found[at : at + most]}
        if len(found) > at + most:
            onward = json.dumps(state | {"at": at + most})
            told["@odata.nextLink"] = f"{base}?{urlencode({'$skiptoken': onward})}"
        else:
            onward = json.dumps(state | {"since": len(kept.changes), "at": 0})
            told["@odata.deltaLink"] = f"{base}?{urlencode({'$deltatoken': onward})}"
        return Reply(200, told)

    def _changed(self, kept: Kept, window, changed) -> list[dict]:
        found: list[dict] = []
        first, last = (datetime.fromisoformat(window[name]) for name in ("startDateTime", "endDateTime"))
        for event_id in changed if changed is not None else list(kept.events):
            event = kept.events.get(event_id)
            its = [] if event is None else microsoft_times.times(event, last)
            within = [each for each in its if begins(each) < last and ends(each) > first]
            if not within:
                if changed is not None:  # deleted; or outside, which looks the same
                    found.append({"id": event_id, "@removed": {"reason": "deleted"}})
                continue
            if event.get("recurrence"):
                found.append(shown(event))
            found += [
                {name: each[name] for name in BARE} if each["type"] == "occurrence" else each
                for each in within
            ]
        return found

    def _create(self, kept: Kept, request: Request) -> Reply:
        told = request.told
        if not kept.can_edit:
            return error(403, "ErrorAccessDenied")
        for name in ("start", "end"):
            zone = told.get(name, {}).get("timeZone")
            if zone != "UTC" and zone not in WINDOWS_TO_OLSON:
                return error(400, "TimeZoneNotSupportedException")
        if transaction := told.get("transactionId"):
            before = self.transactions.get(transaction)
            if before is not None:
                same = before["subject"] == told.get("subject") and before["id"] in kept.events
                if not same:
                    return error(409, "ErrorDuplicateTransactionId")
                return Reply(201, kept.events[before["id"]])
        event_id = f"AAMkE{self.versions + 1}="
        event = {
            "id": event_id,
            "iCalUId": f"040000008200E00074C5B7101A82E008{self.versions + 1:016X}",
            "type": "seriesMaster" if told.get("recurrence") else "singleInstance",
            "isCancelled": False,
            "responseStatus": {"response": "organizer"},
        } | told
        if transaction:
            self.transactions[transaction] = event
        self._tell_guests(event, "invited")
        return Reply(201, shown(self.put(kept, event)))

    def _of_event(self, account, event_id, rest, request: Request) -> Reply:
        for kept in self.accounts[account]:
            for event in kept.events.values():
                if event["id"] == event_id and rest == ["instances"] and request.method == "GET":
                    last = datetime.fromisoformat(request.query["endDateTime"])
                    first = datetime.fromisoformat(request.query["startDateTime"])
                    its = microsoft_times.times(event, last)
                    return self._paged([e for e in its if begins(e) < last and ends(e) > first], request)
                its = [event] if event["id"] == event_id else microsoft_times.times(event, self._far())
                found = next((each for each in its if each["id"] == event_id), None)
                if found is not None and not rest:
                    return self._of_one(kept, event, found, request)
                if found is not None and rest[0] in ANSWERS and request.method == "POST":
                    return self._answered(kept, event, ANSWERS[rest[0]], request.told)
        return error(404, "ErrorItemNotFound")

    def _answered(self, kept: Kept, event, response: str, told) -> Reply:
        """Whoever invited is written to if asked for; what is declined leaves the calendar."""
        if event["responseStatus"]["response"] == "organizer":
            return error(400, "ErrorInvalidRequest")
        if told.get("sendResponse", True):
            self.mails.append((event["organizer"]["emailAddress"]["address"], "answered"))
        if response == "declined":
            self.remove(kept, event["id"])
        else:
            self.put(kept, event | {"responseStatus": {"response": response}})
        return Reply(202)

    def _far(self) -> datetime:
        return self.now() + timedelta(days=800)

    def _of_one(self, kept: Kept, event, found, request: Request) -> Reply:
        if request.method == "GET":
            return Reply(200, shown(found))
        if request.headers.get("if-match") not in (None, found["@odata.etag"]):
            return error(412, "ErrorIrresolvableConflict")
        if request.method == "DELETE":
            self._tell_guests(event, "cancelled")
            if found is not event:
                self.drop_time(kept, event, found)
            else:
                self.remove(kept, event["id"])
            return Reply(204)
        told = request.told
        if "transactionId" in told:
            return error(400, "ErrorInvalidPropertySet")
        if found is not event:
            found = self.change_time(kept, event, found, told)
        else:
            found = self.put(kept, event | told)
        self._tell_guests(found, "changed")
        return Reply(200, shown(found))

    def put(self, kept: Kept, event: dict) -> dict:
        self.versions += 1
        event = event | {"@odata.etag": f'W/"{self.versions:012d}=="'}
        event["lastModifiedDateTime"] = stamp(self.now()) + "Z"
        for name in ("start", "end"):  # told in UTC, whatever it was written in
            event[name] = microsoft_times.in_utc(event[name])
        event.setdefault("zone_of_series", "UTC")
        kept.events[event["id"]] = event
        self._changed_there(kept, event["id"])
        return event

    def remove(self, kept: Kept, event_id: str) -> None:
        kept.gone[event_id] = kept.events.pop(event_id)
        self._changed_there(kept, event_id)

    def drop_time(self, kept: Kept, event, time) -> None:
        """One time of a series falls out. Nothing tells of it but that the others are listed without it."""
        self.put(kept, event | {"dropped": [*event.get("dropped", []), time["originalStart"]]})

    def change_time(self, kept: Kept, event, time, told) -> dict:
        changed = {
            name: microsoft_times.in_utc(v) if name in ("start", "end") else v for name, v in told.items()
        }
        moved = {**event.get("moved", {}), time["originalStart"]: changed}
        event = self.put(kept, event | {"moved": moved})
        return next(each for each in microsoft_times.times(event, self._far()) if each["id"] == time["id"])

    def forget_tokens(self, kept: Kept) -> None:
        kept.oldest = len(kept.changes) + 1

    def _tell_guests(self, event, why) -> None:
        """Whoever is an attendee is written to; there is no asking not to."""
        self.mails += [(each["emailAddress"]["address"], why) for each in event.get("attendees", [])]

    def _changed_there(self, kept: Kept, event_id) -> None:
        kept.changes.append(event_id)
        for which, subscription in self.subscriptions.items():
            if subscription["calendar"] is kept and subscription["until"] > self.now():
                self.notify(which, {"changeType": "updated", "resourceData": {"id": event_id}})

    def _subscribe(self, account, request: Request) -> Reply:
        told = request.told
        until = datetime.fromisoformat(told["expirationDateTime"])
        if until > self.now() + SUBSCRIPTION_LASTS:
            return error(400, "ExtensionError")
        kept = next(
            (
                k
                for k in self.accounts[account]
                if f"/{k.calendar_id.replace('=', '%3D')}/" in told["resource"]
            ),
            None,
        )
        for name in ("notificationUrl", "lifecycleNotificationUrl"):
            asked = f"{told[name]}?{urlencode({'validationToken': 'Validation: Testing client & token'})}"
            if name in told and self.reached(asked) != "Validation: Testing client & token":
                return error(400, "ValidationError")
        which = f"7f105c7d-2dc5-4530-97cd-{len(self.subscriptions):012d}"
        self.subscriptions[which] = {"calendar": kept, "until": until, "told": told}
        return Reply(201, {"id": which, "expirationDateTime": stamp(until) + "Z"})

    def _subscription(self, which, request: Request) -> Reply:
        if which not in self.subscriptions:
            return error(404, "ResourceNotFound")
        if request.method == "DELETE":
            del self.subscriptions[which]
            return Reply(204)
        until = datetime.fromisoformat(request.told["expirationDateTime"])
        if until > self.now() + SUBSCRIPTION_LASTS:
            return error(400, "ExtensionError")
        self.subscriptions[which]["until"] = until
        return Reply(200, {"id": which, "expirationDateTime": stamp(until) + "Z"})

    def notify(self, which: str, said: dict) -> None:
        """A change, or a word about the subscription itself: `{"lifecycleEvent": "missed"}`."""
        told = self.subscriptions[which]["told"]
        value = {"subscriptionId": which, "clientState": told.get("clientState", ""), **said}
        value["subscriptionExpirationDateTime"] = stamp(self.subscriptions[which]["until"]) + "Z"
        name = "lifecycleNotificationUrl" if "lifecycleEvent" in said else "notificationUrl"
        self.notices.append(
            Notice(told[name], {"Content-Type": "application/json"}, json.dumps({"value": [value]}).encode())
        )


def shown(event: dict) -> dict:
    return {
        name: value for name, value in event.items() if name not in ("dropped", "moved", "zone_of_series")
    }


def error(status: int, code: str) -> Reply:
    return Reply(status, {"error": {"code": code, "message": code}})
