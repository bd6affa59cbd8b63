"""Microsoft 365 calendars, by Microsoft Graph.

https://learn.microsoft.com/en-us/graph/api/event-delta and …/graph/delta-query-events (changes),
…/graph/outlook-immutable-id, …/graph/api/calendar-post-events (transactionId), …/graph/throttling,
…/graph/api/resources/subscription and …/graph/change-notifications-lifecycle-events (being told).
"""

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from urllib.parse import quote, urlencode

from calendar_app import icalendar

from . import (
    Entry,
    Fetched,
    Found,
    Missing,
    Page,
    Refused,
    Stale,
    Taken,
    TokenSpent,
    Trouble,
    Unreachable,
    Written,
    microsoft_events,
)
from .taking import taken_by
from .watching import Watch
from .web import Answer, Web

BASE = "https://graph.microsoft.com/v1.0"
A_PAGE = 100
HEADERS = {
    # Other ids change when an item is moved. Times come in UTC unless a Windows zone is named.
    "Prefer": 'IdType="ImmutableId", outlook.timezone="UTC", outlook.body-content-type="text"',
}
BACK, AHEAD = timedelta(days=31), timedelta(days=550)
WINDOW_LASTS = timedelta(days=1)
KEY_SPACE = uuid.UUID("6f1d3e0e-5a0b-4f0e-9a63-7d1c7b0c2f51")
NOT_KNOWN = {"syncstatenotfound", "resyncrequired", "syncstateinvalid", "errorinvalidsyncstatedata"}
CHANGED = {"errorirresolvableconflict", "erroritemconflict", "conditionnotmet", "preconditionfailed"}
NO_ENTRY = {"erroraccessdenied", "accessdenied", "authorization_requestdenied", "mailboxnotenabledforrestapi"}
ACTS = {"accepted": "accept", "tentative": "tentativelyAccept", "declined": "decline"}
WRITTEN_BEFORE = "errorduplicatetransactionid"


class Microsoft:
    """One person's calendars. See `Elsewhere`. `now`: the moment, aware, from which windows are reckoned."""

    def __init__(self, web: Web, now: Callable[[], datetime]):
        self.web = web
        self.now = now

    def calendars(self) -> list[Found]:
        """Hers first. Whoever is a guest of an event saved there is written to by Microsoft, always."""
        listed = [
            each for page in self._pages(f"/me/calendars?$top={A_PAGE}") for each in page.get("value", [])
        ]
        listed.sort(key=lambda each: not each.get("isDefaultCalendar"))
        return [
            Found(
                each["id"],
                each.get("name") or each["id"],
                read_only=not each.get("canEdit"),
                server_invites=bool(each.get("canEdit")),
            )
            for each in listed
        ]

    def read(self, raw: str, *, zone: tzinfo, told: Mapping[str, str] | None = None) -> list[icalendar.Event]:
        """Times come in UTC, as we ask for them, so what a person said of zones has no say."""
        return microsoft_events.read(raw, zone=zone)

    def changes(self, calendar_id: str, token: str) -> Iterator[Page]:
        """A delta holds for the window it began with, so each day the window moves on and all is read.

        All is read, too, after anything was removed: what lies outside the window looks removed as well, and
        of a series it is not said which of its times fell out.
        """
        kept = _kept(token)
        if kept is None or self.now() - kept["read_at"] > WINDOW_LASTS:
            yield from self._all(calendar_id)
            return
        items, link = self._round(kept["link"])
        if any("@removed" in each for each in items):
            yield from self._all(calendar_id)
            return
        singles, series = _parted(items)
        changed = [_fetched(each) for each in singles]
        for each in series:
            with suppress(Missing):  # deleted since: the next round says so
                changed.append(self._series(each, kept["begins"], kept["ends"]))
        yield Page(changed, token=_token(link, kept))

    def taken(self, calendar_id: str, begins: datetime, ends: datetime) -> list[Taken]:
        address = f"{_calendar(calendar_id)}/calendarView?{_window(begins, ends)}&$top={A_PAGE}"
        return [
            taken
            for page in self._pages(address)
            for event in page.get("value", [])
            for taken in _taken(event)
        ]

    def get(self, calendar_id: str, remote_id: str) -> Fetched:
        event = self._event(remote_id)
        if event.get("type") == "seriesMaster":
            return self._series(remote_id, *self._stretch())
        return _fetched(event)

    def find(self, calendar_id: str, uid: str) -> Fetched | None:
        """By the property that carries our UID: Exchange makes iCalUId itself."""
        said = uid.replace("'", "''")
        ours = microsoft_events.OURS
        for wanted in (
            f"singleValueExtendedProperties/any(ep: ep/id eq '{ours}' and ep/value eq '{said}')",
            f"iCalUId eq '{said}'",
        ):
            asked = urlencode({"$filter": wanted, "$expand": _with_ours()}, quote_via=quote)
            for page in self._pages(f"{_calendar(calendar_id)}/events?{asked}"):
                for event in page.get("value", []):
                    return self.get(calendar_id, event["id"])
        return None

    def create(self, calendar_id: str, entry: Entry) -> Written:
        """Looked for first, and named by its UID, so that Graph knows a second attempt: it answers with the
        first, or 409. Raises Stale where what stands there was made by another write than this.
        """
        if entry.instance_at is not None:
            found = self.find(calendar_id, entry.uid)
            if found is None:
                raise Missing(entry.uid)
            return self._write_instance(found.remote_id, entry)
        if (stands := self._stands(calendar_id, entry)) is not None:
            return stands
        body = microsoft_events.written(entry)
        for name in (entry.uid, entry.key):  # the second where one of that name was deleted there
            body["transactionId"] = str(uuid.uuid5(KEY_SPACE, name))
            answer = self.web.ask("POST", f"{_calendar(calendar_id)}/events", body=body)
            if answer.status != 409 or _code(answer) != WRITTEN_BEFORE:
                break
            if (stands := self._stands(calendar_id, entry)) is not None:
                return stands
        told = _checked(answer).told
        return Written(told["id"], told["@odata.etag"])

    def _stands(self, calendar_id, entry: Entry) -> Written | None:
        found = self.find(calendar_id, entry.uid)
        if found is None:
            return None
        if microsoft_events.key_of(microsoft_events.parts(found.raw)[0]) != entry.key:
            raise Stale(found.remote_id)
        return Written(found.remote_id, found.etag)

    def owner(self) -> str:
        """Her address, or nothing where Microsoft does not say."""
        told = _checked(self.web.ask("GET", "/me/calendar")).told
        return str((told.get("owner") or {}).get("address") or "").lower()

    def update(self, calendar_id: str, remote_id: str, etag: str, entry: Entry) -> Written:
        event = self._unchanged(remote_id, etag)
        if entry.instance_at is not None:
            return self._write_instance(remote_id, entry)
        return self._patch(event, entry)

    def delete(self, calendar_id: str, remote_id: str, etag: str, *, tells_guests: bool = False) -> None:
        """Where the owner invited guests to it, Graph sends them a cancellation, asked or not."""
        if etag:
            self._unchanged(remote_id, etag)
        _checked(self.web.ask("DELETE", _event(remote_id), headers={"If-Match": etag} if etag else None))

    def answer(self, calendar_id: str, remote_id: str, address: str, answer: str, words: str) -> Written:
        """Graph writes to whoever invites, and takes what is declined out of her calendar."""
        event = self._event(remote_id)
        if (event.get("responseStatus") or {}).get("response") in (None, "organizer"):
            raise Missing(remote_id)
        body = {"comment": words, "sendResponse": True}
        _checked(self.web.ask("POST", f"{_event(remote_id)}/{ACTS[answer]}", body=body))
        try:
            event = self._event(remote_id)
        except Missing:
            return Written("", "")
        return Written(event["id"], event["@odata.etag"])

    def watch(self, calendar_id: str, *, channel_id: str, address: str, token: str, until: datetime) -> Watch:
        """Subscribe. Before it answers, Graph asks at `address` whether that is ours."""
        told = _checked(
            self.web.ask(
                "POST",
                "/subscriptions",
                body={
                    "changeType": "created,updated,deleted",
                    "notificationUrl": address,
                    "lifecycleNotificationUrl": address,
                    "resource": f"{_calendar(calendar_id)}/events",
                    "expirationDateTime": _stamp(until),
                    "clientState": token,
                },
            )
        ).told
        return Watch(told["id"], "", _moment(told.get("expirationDateTime"), until))

    def renew(self, watch: Watch, *, until: datetime) -> Watch:
        body = {"expirationDateTime": _stamp(until)}
        address = f"/subscriptions/{quote(watch.remote_id, safe='')}"
        told = _checked(self.web.ask("PATCH", address, body=body)).told
        return Watch(watch.remote_id, "", _moment(told.get("expirationDateTime"), until))

    def unwatch(self, watch: Watch) -> None:
        _checked(self.web.ask("DELETE", f"/subscriptions/{quote(watch.remote_id, safe='')}"))

    def _all(self, calendar_id) -> Iterator[Page]:
        begins, ends = self._stretch()
        items, link = self._round(f"{_calendar(calendar_id)}/calendarView/delta?{_window(begins, ends)}")
        items = [each for each in items if "@removed" not in each]
        singles, series = _parted(items)
        masters = {each["id"]: each for each in items if each.get("type") == "seriesMaster"}
        times: dict[str, list] = {}
        for each in items:
            if each.get("seriesMasterId"):
                times.setdefault(each["seriesMasterId"], []).append(each)
        changed = [_fetched(each) for each in singles]
        for series_id in series:
            try:
                master = masters.get(series_id) or self._event(series_id)
            except Missing:
                continue
            changed.append(_fetched(master, times.get(series_id, [])))
        kept = {"read_at": self.now(), "begins": begins, "ends": ends}
        yield Page(changed, token=_token(link, kept), is_everything=True)

    def _round(self, address) -> tuple[list, str]:
        """Everything up to the delta link, and that."""
        items: dict = {}  # one may be told of twice, and the later word counts
        told: dict = {}
        for told in self._pages(address, syncing=True):
            items |= {each["id"]: each for each in told.get("value", [])}
        if "@odata.deltaLink" not in told:
            raise Trouble("no link at the end")
        return list(items.values()), told["@odata.deltaLink"]

    def _series(self, series_id, begins, ends) -> Fetched:
        master = self._event(series_id)
        address = f"{_event(series_id)}/instances?{_window(begins, ends)}&$top={A_PAGE}"
        return _fetched(master, [each for page in self._pages(address) for each in page.get("value", [])])

    def _write_instance(self, series_id, entry: Entry) -> Written:
        about = entry.instance_at
        around = _window(about - timedelta(days=1), about + timedelta(days=1))
        for page in self._pages(f"{_event(series_id)}/instances?{around}"):
            for event in page.get("value", []):
                its = microsoft_events.read_one(event)
                meant = _moment(event.get("originalStart"), its.starts.replace(tzinfo=its.zone))
                if meant == about:
                    return self._patch(event, entry)
        raise Missing(series_id)

    def _patch(self, event, entry: Entry) -> Written:
        body = microsoft_events.written(entry, before=event)
        headers = {"If-Match": event["@odata.etag"]}
        told = _checked(self.web.ask("PATCH", _event(event["id"]), body=body, headers=headers)).told
        return Written(told["id"], told["@odata.etag"])

    def _unchanged(self, remote_id, etag):
        """As it is now, if that is what we know. If-Match goes along too: between the two it may change."""
        event = self._event(remote_id)
        if event["@odata.etag"] != etag:
            raise Stale(remote_id)
        return event

    def _event(self, remote_id):
        asked = urlencode({"$expand": _with_ours()}, quote_via=quote)
        return _checked(self.web.ask("GET", f"{_event(remote_id)}?{asked}")).told

    def _stretch(self) -> tuple[datetime, datetime]:
        today = self.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return today - BACK, today + AHEAD

    def _pages(self, address, *, syncing=False):
        """Page by page; the links that lead on are used as they are."""
        headers = {"Prefer": f"{HEADERS['Prefer']}, odata.maxpagesize={A_PAGE}"}
        while address:
            told = _checked(self.web.ask("GET", address, headers=headers), syncing=syncing).told
            yield told
            address = told.get("@odata.nextLink", "")


def _taken(event) -> list[Taken]:
    try:
        return taken_by(microsoft_events.read_one(event), event.get("seriesMasterId") or event["id"])
    except icalendar.Unreadable:
        return []  # it is shown as unreadable once it is read in


def _calendar(calendar_id: str) -> str:
    return f"/me/calendars/{quote(calendar_id, safe='')}"


def _event(remote_id: str) -> str:
    return f"/me/events/{quote(remote_id, safe='')}"


def _with_ours() -> str:
    ours = " or ".join(f"id eq '{each}'" for each in (microsoft_events.OURS, microsoft_events.OUR_WRITE))
    return f"singleValueExtendedProperties($filter={ours})"


def _window(begins: datetime, ends: datetime) -> str:
    return urlencode({"startDateTime": _stamp(begins), "endDateTime": _stamp(ends)})


def _stamp(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(told: str | None, otherwise: datetime) -> datetime:
    """`2027-03-29T08:30:00.0000000Z`: seven digits of a second."""
    if not told:
        return otherwise
    try:
        return datetime.fromisoformat(told.rstrip("Z")[:26]).replace(tzinfo=UTC)
    except ValueError as error:
        raise Unreachable("a time that is none") from error


def _fetched(event, instances=None) -> Fetched:
    raw = (
        json.dumps(event, separators=(",", ":"), sort_keys=True)
        if instances is None
        else microsoft_events.whole(event, list(instances))
    )
    return Fetched(event["id"], event.get("@odata.etag", ""), raw)


def _parted(items) -> tuple[list, list[str]]:
    """Single events, and the series that the others belong to, each once."""
    singles, series = [], {}
    for event in items:
        if event.get("type") == "seriesMaster":
            series[event["id"]] = True
        elif event.get("seriesMasterId"):
            series[event["seriesMasterId"]] = True
        else:
            singles.append(event)
    return singles, list(series)


def _token(link: str, kept: dict) -> str:
    times = {name: kept[name].isoformat() for name in ("read_at", "begins", "ends")}
    return json.dumps({"link": link} | times)


def _kept(token: str) -> dict | None:
    """What our token says; None for none, or for one that is not ours."""
    try:
        told = json.loads(token)
        return {"link": told["link"]} | {
            name: datetime.fromisoformat(told[name]) for name in ("read_at", "begins", "ends")
        }
    except (ValueError, KeyError, TypeError):
        return None


def _checked(answer: Answer, *, syncing: bool = False) -> Answer:
    """The answer, if it is a good one. Raises the Trouble it tells of."""
    if answer.status < 400:
        return answer
    code = _code(answer)
    if syncing and (answer.status == 410 or code in NOT_KNOWN):
        raise TokenSpent(code)
    if answer.status in (404, 410):
        raise Missing(code)
    if answer.status == 412 or code in CHANGED:
        raise Stale(code)
    if answer.status == 403 and code in NO_ENTRY:
        raise Refused(code)
    raise Trouble(f"{answer.status} {code}")


def _code(answer: Answer) -> str:
    error = answer.told.get("error")
    return str(error.get("code", "")).lower() if isinstance(error, dict) else ""
