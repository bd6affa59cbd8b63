"""Google Calendar, played. What it does is what Google's own pages say it does.

https://developers.google.com/workspace/calendar/api/guides/{sync,errors,push,version-resources,pagination}
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from . import google_times
from .consent import Consent
from .faults import AnswerLost, Faults
from .wire import Notice, Now, Reply, Request

WITH_TOKEN_NEVER = {
    *("iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin", "timeMax"),
    "updatedMin",
}
CHANNEL_LASTS = timedelta(days=30)
SCOPES = "https://www.googleapis.com/auth/calendar.events"


@dataclass
class Kept:
    """One calendar. `changes` says in order which event changed; tokens below `oldest` are forgotten."""

    calendar_id: str
    name: str
    role: str = "owner"
    zone: str = "Europe/London"
    events: dict[str, dict] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)
    oldest: int = 0


class Google:
    def __init__(self, now: Now):
        self.now = now
        self.consent = Consent(now, rotates=False)
        self.faults = Faults()
        self.accounts: dict[str, list[Kept]] = {}
        self.channels: dict[str, dict] = {}
        self.notices: list[Notice] = []
        self.mails: list[tuple[str, str]] = []  # what guests were sent: address, why
        self.most = 2500
        self.versions = 0

    def account(self, email: str) -> Kept:
        """The first calendar of this account, which is made where there is none."""
        if email not in self.accounts:
            self.accounts[email] = [Kept(email, email)]
        return self.accounts[email][0]

    def ask(self, method, url, headers, content) -> Reply:
        request = Request.of(method, url, headers, content)
        instead, lost = self.faults.instead(request)
        reply = instead or self._answer(request)
        if lost:
            raise AnswerLost
        return reply

    def _answer(self, request: Request) -> Reply:
        if request.host == "oauth2.googleapis.com":
            if request.path == "/revoke":
                return self.consent.revoke(request.form.get("token", ""))
            return self.consent.token(request)
        account = self.consent.account_of(request.bearer)
        if account is None:
            return error(401, "authError", "Invalid Credentials", "Authorization")
        self.account(account)
        parts = request.segments
        if parts[:2] != ["calendar", "v3"]:
            return error(404, "notFound")
        parts = parts[2:]
        if parts == ["users", "me", "calendarList"]:
            return Reply(200, {"items": [self._listed(account, each) for each in self.accounts[account]]})
        if parts == ["channels", "stop"]:
            gone = self.channels.pop(request.told.get("id", ""), None)
            return Reply(204) if gone else error(404, "notFound")
        wanted = account if parts[1] == "primary" else parts[1]
        kept = next((each for each in self.accounts[account] if each.calendar_id == wanted), None)
        if parts[0] != "calendars" or kept is None or parts[2:3] != ["events"]:
            return error(404, "notFound")
        if request.method != "GET" and kept.role in ("reader", "freeBusyReader"):
            return error(403, "requiredAccessLevel")
        return self._of_events(kept, parts[3:], request)

    def _listed(self, account, kept: Kept) -> dict:
        primary = {"primary": True} if kept.calendar_id == account else {}
        return {"id": kept.calendar_id, "summary": kept.name, "accessRole": kept.role} | primary

    def _of_events(self, kept: Kept, rest, request: Request) -> Reply:
        match request.method, rest:
            case "GET", []:
                return self._list(kept, request)
            case "POST", []:
                return self._insert(kept, request)
            case "POST", ["watch"]:
                return self._watch(kept, request)
            case "GET", [event_id, "instances"]:
                return self._instances(kept, event_id, request)
        event = self._found(kept, rest[0])
        if event is None:
            return error(404, "notFound")
        match request.method:
            case "GET":
                return Reply(200, event)
            case "PUT":
                return self._update(kept, event, request)
            case "PATCH":
                return self._patch(kept, event, request)
            case "DELETE":
                return self._delete(kept, event, request)
        return error(404, "notFound")

    def _found(self, kept: Kept, event_id) -> dict | None:
        """An event by its id, an instance of a series by the id that Google makes for it."""
        if event_id in kept.events:
            return kept.events[event_id]
        master_id, _, _when = event_id.rpartition("_")
        master = kept.events.get(master_id)
        if master is None or master["status"] == "cancelled" or not master.get("recurrence"):
            return None
        instances = google_times.instances(master, kept.events.values(), self._far())
        return next((each for each in instances if each["id"] == event_id), None)

    def _far(self) -> datetime:
        return self.now() + timedelta(days=800)

    def _list(self, kept: Kept, request: Request) -> Reply:
        query = request.query
        token = query.get("syncToken")
        if token:
            if WITH_TOKEN_NEVER & query.keys() or query.get("showDeleted") == "false":
                return error(400, "syncTokenWithRequestRestrictions")
            name, _, number = token.partition("|")
            if name != kept.calendar_id or not number.isdigit():
                return error(400, "invalid", "Invalid sync token value.", "syncToken")
            if int(number) < kept.oldest:
                return error(410, "fullSyncRequired", "Sync token is no longer valid.", "syncToken")
            changed = dict.fromkeys(kept.changes[int(number) :])
            found = [kept.events[each] for each in changed]
        else:
            found = list(google_times.listed(kept.events.values(), query, self._far()))
        at, _, asked_with = query.get("pageToken", "0~").partition("~")
        if asked_with != str(token or "") and query.get("pageToken"):
            return error(400, "invalid", "Invalid page token value.", "pageToken")
        most = min(int(query.get("maxResults", 250)), self.most)
        page = found[int(at) : int(at) + most]
        told: dict = {"kind": "calendar#events", "timeZone": kept.zone, "items": page}
        if len(found) > int(at) + most:
            told["nextPageToken"] = f"{int(at) + most}~{token or ''}"
        elif not (WITH_TOKEN_NEVER & query.keys()):
            told["nextSyncToken"] = f"{kept.calendar_id}|{len(kept.changes)}"
        return Reply(200, told)

    def _instances(self, kept: Kept, event_id, request: Request) -> Reply:
        master = kept.events.get(event_id)
        if master is None:
            return error(404, "notFound")
        found = google_times.instances(
            master, kept.events.values(), self._far(), cancelled=request.query.get("showDeleted") == "true"
        )
        if "originalStart" in request.query:
            wanted = datetime.fromisoformat(request.query["originalStart"])
            found = [each for each in found if google_times.original(each) == wanted]
        return Reply(200, {"items": found})

    def _insert(self, kept: Kept, request: Request) -> Reply:
        told = request.told
        event_id = told.get("id") or f"made{self.versions + 1:028d}".replace("w", "v")
        if not 5 <= len(event_id) <= 1024 or set(event_id) - set("0123456789abcdefghijklmnopqrstuv"):
            return error(400, "invalid", "Invalid resource id value.", "id")
        if event_id in kept.events:  # a deleted one too: an id is not given twice
            return error(409, "duplicate", "The requested identifier already exists.")
        if told.get("start", {}).keys() != told.get("end", {}).keys() or "start" not in told:
            return error(400, "required", "Missing time.", "start")
        event = {"iCalUID": f"{event_id}@google.com", "status": "confirmed", "sequence": 0} | told
        event["id"] = event_id
        self.tell_guests(event, request.query.get("sendUpdates"), "invited")
        return Reply(200, self.put(kept, event))

    def _update(self, kept: Kept, event, request: Request) -> Reply:
        if request.headers.get("if-match") not in (None, event["etag"]):
            return error(412, "conditionNotMet", "Precondition Failed")
        fixed = ("id", "iCalUID", "recurringEventId", "originalStartTime")
        told = request.told | {name: event[name] for name in fixed if name in event}
        self.tell_guests(told, request.query.get("sendUpdates"), "changed")
        return Reply(200, self.put(kept, told))

    def _patch(self, kept: Kept, event, request: Request) -> Reply:
        """What is named takes the place of what was. Of others' meetings she may change her answer alone."""
        if request.headers.get("if-match") not in (None, event["etag"]):
            return error(412, "conditionNotMet", "Precondition Failed")
        organiser = event.get("organizer") or {}
        if organiser and not organiser.get("self") and set(request.told) - {"attendees"}:
            return error(403, "forbiddenForNonOrganizer")
        if request.query.get("sendUpdates") == "all" and organiser and not organiser.get("self"):
            self.mails.append((organiser["email"], "answered"))
        return Reply(200, self.put(kept, event | request.told))

    def _delete(self, kept: Kept, event, request: Request) -> Reply:
        if event["status"] == "cancelled":
            return error(410, "deleted", "Resource has been deleted")
        if request.headers.get("if-match") not in (None, event["etag"]):
            return error(412, "conditionNotMet", "Precondition Failed")
        self.tell_guests(event, request.query.get("sendUpdates"), "cancelled")
        self.cancel(kept, event)
        return Reply(204)

    def cancel(self, kept: Kept, event) -> None:
        """Deleted events stay as little more than their ids; exceptions go with their series."""
        for each in [*kept.events.values()]:
            if each.get("recurringEventId") == event["id"] and each["status"] != "cancelled":
                self.cancel(kept, each)
        names = ("id", "recurringEventId", "originalStartTime")
        self.put(kept, {name: event[name] for name in names if name in event} | {"status": "cancelled"})

    def put(self, kept: Kept, event: dict) -> dict:
        """Store one state of an event, under a new etag, and tell whoever watches."""
        self.versions += 1
        event = event | {"etag": f'"{self.versions:016d}"', "updated": f"{self.now().astimezone(UTC):%FT%TZ}"}
        kept.events[event["id"]] = event
        kept.changes.append(event["id"])
        for channel in self.channels.values():
            if channel["calendar"] is kept and channel["until"] > self.now():
                self._notice(channel, "exists")
        return event

    def forget_tokens(self, kept: Kept) -> None:
        kept.oldest = len(kept.changes) + 1

    def tell_guests(self, event, updates, why) -> None:
        if updates in ("all", "externalOnly"):
            for each in event.get("attendees", []):
                if not each.get("self"):
                    self.mails.append((each["email"], why))

    def _watch(self, kept: Kept, request: Request) -> Reply:
        told = request.told
        if told["id"] in self.channels:
            return error(400, "channelIdNotUnique")
        if not told.get("address", "").startswith("https://") and not request.prefix:
            return error(400, "push.webhookUrlNotHttps")
        until = self.now() + CHANNEL_LASTS
        if told.get("expiration"):
            until = min(until, datetime.fromtimestamp(int(told["expiration"]) / 1000, UTC))
        channel = {
            "calendar": kept,
            "until": until,
            "told": told,
            "number": 0,
            "resource": f"r{len(self.channels)}",
        }
        self.channels[told["id"]] = channel
        self._notice(channel, "sync")
        return Reply(
            200,
            {
                "id": told["id"],
                "resourceId": channel["resource"],
                "expiration": str(int(until.timestamp() * 1000)),
            },
        )

    def _notice(self, channel, state) -> None:
        channel["number"] += 1
        headers = {
            "X-Goog-Channel-ID": channel["told"]["id"],
            "X-Goog-Message-Number": str(channel["number"]),
            "X-Goog-Resource-ID": channel["resource"],
            "X-Goog-Resource-State": state,
            "X-Goog-Channel-Token": channel["told"].get("token", ""),
        }
        self.notices.append(Notice(channel["told"]["address"], headers))


def error(code: int, reason: str, message: str = "", location: str = "") -> Reply:
    first = {"domain": "calendar", "reason": reason, "message": message or reason}
    if location:
        first |= {"locationType": "parameter", "location": location}
    return Reply(code, {"error": {"errors": [first], "code": code, "message": message or reason}})
