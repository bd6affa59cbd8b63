"""Google Calendar, by its HTTP interface.

https://developers.google.com/workspace/calendar/api/guides/sync (sync tokens, 410),
…/guides/errors (403, 409, 412, 429), …/guides/version-resources (etags), …/guides/push (channels),
…/v3/reference/events (everything else).
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, tzinfo
from urllib.parse import quote, urlencode

from calendar_app import icalendar, zones
from calendar_app.icalendar import Unreadable

from . import (
    Entry,
    Fetched,
    Found,
    Missing,
    Page,
    Refused,
    Stale,
    Taken,
    Throttled,
    TokenSpent,
    Trouble,
    Written,
    google_events,
)
from .taking import taken_by
from .watching import Watch
from .web import Answer, Web, patience

BASE = "https://www.googleapis.com/calendar/v3"
A_PAGE = 2500  # the most there is; Google may give fewer
ONLY_READ = {"freeBusyReader", "reader"}
TOO_MUCH = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded"}
NO_LONGER = {"insufficientPermissions", "authError", "accessNotConfigured"}


class Google:
    """One person's calendars. See `Elsewhere`."""

    def __init__(self, web: Web):
        self.web = web

    def calendars(self) -> list[Found]:
        """Hers first. Google writes to guests only where a request says so."""
        listed = [
            each
            for page in self._pages("/users/me/calendarList", {"maxResults": 250})
            for each in page.get("items", [])
            if not each.get("deleted")
        ]
        listed.sort(key=lambda each: not each.get("primary"))
        return [
            Found(
                each["id"],
                each.get("summaryOverride") or each.get("summary") or each["id"],
                read_only=each.get("accessRole") in ONLY_READ,
                server_invites=each.get("accessRole") not in ONLY_READ,
            )
            for each in listed
        ]

    def read(self, raw: str, *, zone: tzinfo, told: Mapping[str, str] | None = None) -> list[icalendar.Event]:
        """Zones have their IANA names here, so what a person said of others has no say."""
        return google_events.read(raw, zone=zone)

    def owner(self) -> str:
        """Her address: it is also the id of her own calendar."""
        found = self.calendars()
        return found[0].remote_id if found and "@" in found[0].remote_id else ""

    def changes(self, calendar_id: str, token: str) -> Iterator[Page]:
        """All of a round at once: a series comes with its exceptions, which may lie on other pages, and
        a round that is broken off has no token to go on from.

        A sync token goes with none of the filters that would narrow what is listed.
        """
        asked = {"maxResults": A_PAGE, "syncToken": token} if token else {"maxResults": A_PAGE}
        series: dict[str, dict] = {}
        changed: list[Fetched] = []
        gone: list[str] = []
        told: dict = {}
        for told in self._pages(_events(calendar_id), asked):
            for event in told.get("items", []):
                if event.get("recurringEventId"):
                    series.setdefault(event["recurringEventId"], {})[event["id"]] = event
                elif event.get("status") == "cancelled":
                    gone.append(event["id"])
                elif event.get("recurrence"):
                    series.setdefault(event["id"], {})[""] = event
                else:
                    changed.append(_fetched(event))
        for series_id, found in series.items():
            if token:  # only what changed was listed
                kept, lost = self._series_again(calendar_id, series_id, found)
            else:
                kept, lost = _put_together(found.get(""), [found[key] for key in found if key])
            changed += kept
            gone += lost
        if "nextSyncToken" not in told:
            raise Trouble("no token at the end")
        yield Page(changed, gone, token=told["nextSyncToken"], is_everything=not token)

    def taken(self, calendar_id: str, begins: datetime, ends: datetime) -> list[Taken]:
        """What Google itself says of this stretch, series worked out by Google."""
        asked = {
            "singleEvents": "true",
            "orderBy": "startTime",
            "timeMin": _stamp(begins),
            "timeMax": _stamp(ends),
            "maxResults": A_PAGE,
        }
        found = []
        for page in self._pages(_events(calendar_id), asked):
            for event in page.get("items", []):
                zone = zones.named(page.get("timeZone", "UTC")) or UTC
                with suppress(Unreadable):  # it is shown as unreadable once it is read in
                    name = event.get("recurringEventId") or event["id"]
                    found += taken_by(google_events.read_one(event, zone), name)
        return found

    def get(self, calendar_id: str, remote_id: str) -> Fetched:
        event = self._event(calendar_id, remote_id)
        return self._with_exceptions(calendar_id, event) if event.get("recurrence") else _fetched(event)

    def find(self, calendar_id: str, uid: str) -> Fetched | None:
        for asked in ({"privateExtendedProperty": f"{google_events.OURS}={uid}"}, {"iCalUID": uid}):
            for event in self._listed(calendar_id, asked):
                if event.get("status") != "cancelled" and not event.get("recurringEventId"):
                    return (
                        self._with_exceptions(calendar_id, event)
                        if event.get("recurrence")
                        else _fetched(event)
                    )
        return None

    def create(self, calendar_id: str, entry: Entry) -> Written:
        """The id follows from the UID, so that a second attempt meets the first: 409. Raises Stale where what
        stands there was made by another write than this. An id is not given twice: one deleted is revived.
        """
        if entry.instance_at is not None:
            return self._write_instance(calendar_id, self._series_of(calendar_id, entry.uid), entry)
        event_id = id_from(entry.uid)
        body = google_events.written(entry) | {"id": event_id}
        answer = self._ask("POST", _events(calendar_id) + _told_to(entry.tells_guests), body=body)
        if answer.status == 409:
            event = _checked(self._ask("GET", _events(calendar_id, event_id))).told
            if event.get("status") == "cancelled":
                return self._put(calendar_id, event, entry)
            if google_events.key_of(event) != entry.key:
                raise Stale(event_id)
        else:
            event = _checked(answer).told
        return Written(event["id"], event["etag"])

    def update(self, calendar_id: str, remote_id: str, etag: str, entry: Entry) -> Written:
        event = self._event(calendar_id, remote_id)
        if event["etag"] != etag:
            raise Stale(remote_id)
        if entry.instance_at is not None:
            return self._write_instance(calendar_id, event, entry)
        return self._put(calendar_id, event, entry)

    def delete(self, calendar_id: str, remote_id: str, etag: str, *, tells_guests: bool = False) -> None:
        address = _events(calendar_id, remote_id) + _told_to(tells_guests)
        _checked(self._ask("DELETE", address, headers={"If-Match": etag} if etag else None))

    def answer(self, calendar_id: str, remote_id: str, address: str, answer: str, words: str) -> Written:
        """Her own line among those invited, and nothing else; Google writes to whoever invites."""
        event = self._event(calendar_id, remote_id)
        attendees = [dict(each) for each in event.get("attendees") or []]
        own = [
            each for each in attendees if each.get("self") or str(each.get("email", "")).lower() == address
        ]
        if not own:
            raise Missing(remote_id)
        own[0] |= {"responseStatus": answer, "comment": words}
        asked = self._ask(
            "PATCH",
            _events(calendar_id, remote_id) + _told_to(True),
            body={"attendees": attendees},
            headers={"If-Match": event["etag"]},
        )
        told = _checked(asked).told
        return Written(told["id"], told["etag"])

    def watch(self, calendar_id: str, *, channel_id: str, address: str, token: str, until: datetime) -> Watch:
        """Ask to be told at `address` when something changes. It carries no content, and ends by itself."""
        body = {
            "id": channel_id,
            "type": "web_hook",
            "address": address,
            "token": token,
            "expiration": int(until.timestamp() * 1000),
        }
        told = _checked(self._ask("POST", _events(calendar_id) + "/watch", body=body)).told
        ends = datetime.fromtimestamp(int(told["expiration"]) / 1000, UTC) if "expiration" in told else until
        return Watch(told["id"], told.get("resourceId", ""), ends)

    def renew(self, watch: Watch, *, until: datetime) -> Watch:
        """Google's channels cannot be renewed: a new one takes its place."""
        raise Missing("channels end")

    def unwatch(self, watch: Watch) -> None:
        body = {"id": watch.remote_id, "resourceId": watch.resource_id}
        _checked(self._ask("POST", "/channels/stop", body=body))

    def _put(self, calendar_id, event, entry: Entry) -> Written:
        """Written whole, with what stood there beside ours; only if it is still what was read."""
        address = _events(calendar_id, event["id"]) + _told_to(entry.tells_guests)
        body = google_events.written(entry, before=event)
        told = _checked(self._ask("PUT", address, body=body, headers={"If-Match": event["etag"]})).told
        return Written(told["id"], told["etag"])

    def _write_instance(self, calendar_id, master, entry: Entry) -> Written:
        asked = urlencode({"originalStart": entry.instance_at.isoformat(), "showDeleted": "true"})
        told = _checked(self._ask("GET", f"{_events(calendar_id, master['id'])}/instances?{asked}")).told
        if not told.get("items"):
            raise Missing(master["id"])
        return self._put(calendar_id, told["items"][0], entry)

    def _series_of(self, calendar_id, uid):
        found = self.find(calendar_id, uid)
        if found is None:
            raise Missing(uid)
        return google_events.parts(found.raw)[0]

    def _event(self, calendar_id, remote_id):
        """Raises Missing for one that was deleted, of which Google still tells."""
        event = _checked(self._ask("GET", _events(calendar_id, remote_id))).told
        if event.get("status") == "cancelled":
            raise Missing(remote_id)
        return event

    def _with_exceptions(self, calendar_id, master) -> Fetched:
        """All occurrences of a series have its iCalUID; cancelled ones are listed with it."""
        listed = self._listed(calendar_id, {"iCalUID": master["iCalUID"]})
        exceptions = [each for each in listed if each.get("recurringEventId") == master["id"]]
        return _fetched(master, exceptions)

    def _series_again(self, calendar_id, series_id, found):
        try:
            master = self._event(calendar_id, series_id)
        except Missing:
            kept, lost = _put_together(None, [found[key] for key in found if key])
            return kept, [series_id, *lost]
        if not master.get("recurrence"):
            return [_fetched(master)], []
        return [self._with_exceptions(calendar_id, master)], [key for key in found if key]

    def _listed(self, calendar_id, asked):
        for page in self._pages(_events(calendar_id), {"maxResults": A_PAGE} | asked):
            yield from page.get("items", [])

    def _pages(self, address, asked):
        """What is listed there, page by page; each is asked with the same words, and the last one's token."""
        syncing = "syncToken" in asked
        page_token = ""
        while True:
            more = {"pageToken": page_token} if page_token else {}
            told = _checked(self._ask("GET", f"{address}?{urlencode(asked | more)}"), syncing=syncing).told
            yield told
            page_token = told.get("nextPageToken", "")
            if not page_token:
                return

    def _ask(self, method, address, **told) -> Answer:
        return self.web.ask(method, address, **told)


def id_from(uid: str) -> str:
    """An id as Google wants one: of the letters a to v and digits (base32hex), 5 to 1,024 of them."""
    return base64.b32hexencode(hashlib.sha256(uid.encode()).digest()).decode().rstrip("=").lower()


def _events(calendar_id: str, remote_id: str = "") -> str:
    address = f"/calendars/{quote(calendar_id, safe='')}/events"
    return f"{address}/{quote(remote_id, safe='')}" if remote_id else address


def _told_to(guests: bool) -> str:
    return f"?sendUpdates={'all' if guests else 'none'}"


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _fetched(event, exceptions=None) -> Fetched:
    raw = (
        json.dumps(event, separators=(",", ":"), sort_keys=True)
        if exceptions is None
        else google_events.whole(event, list(exceptions))
    )
    return Fetched(event["id"], event.get("etag", ""), raw)


def _put_together(master, exceptions) -> tuple[list[Fetched], list[str]]:
    """A series; or, of one she was not asked to as a whole, the single times to which she was."""
    if master is not None:
        return [_fetched(master, exceptions)], []
    alone = [each for each in exceptions if each.get("status") != "cancelled"]
    return [_fetched(each) for each in alone], [
        each["id"] for each in exceptions if each.get("status") == "cancelled"
    ]


def _checked(answer: Answer, *, syncing: bool = False) -> Answer:
    """The answer, if it is a good one. Raises the Trouble it tells of."""
    if answer.status < 400:
        return answer
    reason, location = _reason(answer)
    if syncing and (answer.status == 410 or (answer.status == 400 and location == "syncToken")):
        raise TokenSpent(reason)
    if answer.status in (404, 410):
        raise Missing(reason)
    if answer.status == 412:
        raise Stale(reason)
    if answer.status == 403 and reason in TOO_MUCH:
        raise Throttled(patience(answer))
    if answer.status == 403 and reason in NO_LONGER:
        raise Refused(reason)
    raise Trouble(f"{answer.status} {reason}")


def _reason(answer: Answer) -> tuple[str, str]:
    error = answer.told.get("error")
    first = (error.get("errors") or [{}])[0] if isinstance(error, dict) else {}
    return str(first.get("reason", "")), str(first.get("location", ""))
