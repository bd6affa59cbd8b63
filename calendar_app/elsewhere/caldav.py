"""CalDAV (RFC 4791, 6578): five requests, each bounded, each write only if nothing changed meanwhile."""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from urllib.parse import quote, unquote, urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from calendar_app import composing, expansion, icalendar, recurrence
from calendar_app.cutting import Unreadable
from secretariat.channels import http
from secretariat.channels.fetching import Answer, Fetcher, NotFetched

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
    Unreachable,
    Written,
)

DAV, CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
SPACES = 'xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav" xmlns:s="http://calendarserver.org/ns/"'
AT_ONCE = 100  # objects asked for in one request
MOST_TURNS = 200  # of a server that tells its changes piece by piece
WAIT, LONGEST_WAIT = 60.0, 3600.0
CTAG = "ctag:"  # of servers that know no sync tokens
OFFSETS = timedelta(hours=15)  # further than any zone is from UTC
# Somebody wrote what nobody thought of.
UPSET = (ValueError, OverflowError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
OURS_TO_ACT = {"not_public", "no_address", "not_secure", "certificate"}


class CalDav:
    """One sign-in to one server. `known`: by calendar, the etags we have, which need not be fetched again."""

    def __init__(
        self, url: str, username: str, password: str, *, known: Mapping[str, Mapping[str, str]] | None = None
    ):
        self.url = url
        self.known = known or {}
        self.zone: tzinfo = UTC  # of times without one, where it matters what is taken
        secret = base64.b64encode(f"{username}:{password}".encode()).decode()
        self.fetcher = Fetcher(headers={"Authorization": f"Basic {secret}"})

    def __enter__(self) -> "CalDav":
        return self

    def __exit__(self, *_):
        self.fetcher.__exit__()

    # What there is

    def calendars(self) -> list[Found]:
        found, home = self._look(self.url)
        if found is None and home is None:
            found, home = self._look(urljoin(self.url, "/.well-known/caldav"))
        if home is None:
            if found is None:
                raise Refused("no_calendars")
            return [found]
        answer = self._propfind(home, HOME, depth=1)
        listed = [self._found(each, answer) for each in _responses(answer)]
        return [each for each in listed if each is not None]

    def _look(self, url: str) -> tuple[Found | None, str | None]:
        """A calendar, if that is what lies there; else where this person's calendars lie."""
        try:
            answer = self._propfind(url, PRINCIPAL, depth=0)
        except Missing:
            return None, None
        here = next(iter(_responses(answer)), None)
        if here is None:
            return None, None
        if (itself := self._found(here, answer)) is not None:
            return itself, None
        home = _href(here, CALDAV + "calendar-home-set")
        principal = _href(here, DAV + "current-user-principal")
        if home is None and principal is not None:
            answer = self._propfind(urljoin(answer.url, principal), PRINCIPAL, depth=0)
            home = next((_href(each, CALDAV + "calendar-home-set") for each in _responses(answer)), None)
        return None, urljoin(answer.url, home) if home else None

    def _found(self, response: Element, answer: Answer) -> Found | None:
        kinds = response.find(f".//{DAV}resourcetype")
        if kinds is None or kinds.find(CALDAV + "calendar") is None:
            return None
        holds = [each.get("name", "") for each in response.iter(CALDAV + "comp")]
        if holds and "VEVENT" not in holds:
            return None
        href = response.findtext(DAV + "href", "")
        rights = response.find(f".//{DAV}current-user-privilege-set")
        may = {each.tag for each in rights.iter()} if rights is not None else {DAV + "write"}
        return Found(
            remote_id=urljoin(answer.url, href),
            name=(response.findtext(f".//{DAV}displayname") or unquote(href.rstrip("/").rpartition("/")[2]))[
                :200
            ],
            read_only=not may & {DAV + "write", DAV + "write-content", DAV + "all", DAV + "bind"},
            server_invites="calendar-auto-schedule" in answer.headers.get("dav", ""),
        )

    # What changed

    def read(self, raw: str, *, zone, told):
        return icalendar.read(raw, zone=zone, told=told)

    def changes(self, calendar_id: str, token: str) -> Iterator[Page]:
        if token.startswith(CTAG):
            yield from self._by_ctag(calendar_id, token)
            return
        everything = not token
        for _ in range(MOST_TURNS):
            answer = self._report(calendar_id, SYNC.format(token=_escaped(token)), depth=0, checks=False)
            if answer.status in (403, 409, 412, 507) and token and not everything:
                raise TokenSpent(str(answer.status))
            if answer.status in (400, 403, 404, 405, 409, 415, 501) and everything and not token:
                if answer.status == 404:
                    raise Missing("404")
                yield from self._by_ctag(calendar_id, "")
                return
            _judge(answer)
            root = _xml(answer)
            listed, gone, is_cut = self._listed(root, answer, calendar_id)
            token = (root.findtext(DAV + "sync-token") or "").strip()
            yield from self._pages(calendar_id, listed, gone, everything)
            if not is_cut:
                yield Page(token=token, is_everything=everything)
                return
        raise Unreachable("endless")

    def _by_ctag(self, calendar_id: str, token: str) -> Iterator[Page]:
        """Of a server without sync tokens: one word for the whole, and all of it when that changed."""
        answer = self._propfind(calendar_id, CTAG_ASKED, depth=0)
        now = CTAG + (_xml(answer).findtext(".//{http://calendarserver.org/ns/}getctag") or "")
        if now == token and now != CTAG:
            yield Page(token=now)
            return
        answer = self._propfind(calendar_id, ETAGS, depth=1)
        listed, _, _ = self._listed(_xml(answer), answer, calendar_id)
        yield from self._pages(calendar_id, listed, [], True)
        yield Page(token=now, is_everything=True)

    def _listed(
        self, root: Element, answer: Answer, calendar_id: str
    ) -> tuple[dict[str, str], list[str], bool]:
        """Etags by address, what is gone, and whether there is more."""
        listed: dict[str, str] = {}
        gone: list[str] = []
        is_cut = False
        here = urlsplit(calendar_id).path.rstrip("/")
        for response in root.findall(DAV + "response"):
            address = urljoin(answer.url, response.findtext(DAV + "href", ""))
            status = response.findtext(DAV + "status", "")
            if urlsplit(address).netloc != urlsplit(answer.url).netloc:
                continue  # whoever lists things of another host is not asked about them
            if urlsplit(address).path.rstrip("/") == here:
                is_cut = is_cut or " 507" in status
            elif " 404" in status or " 410" in status:
                gone.append(address)
            elif response.find(f".//{DAV}collection") is None:
                listed[address] = (response.findtext(f".//{DAV}getetag") or "").strip()
        return listed, gone, is_cut

    def _pages(self, calendar_id: str, listed: Mapping[str, str], gone: Sequence[str], everything: bool):
        known = self.known.get(calendar_id, {})
        same = [address for address, etag in listed.items() if etag and known.get(address) == etag]
        wanted = [address for address in listed if address not in set(same)]
        if same or gone:
            yield Page(same=same, gone=gone, is_everything=everything)
        for begin in range(0, len(wanted), AT_ONCE):
            yield self._fetched(calendar_id, wanted[begin : begin + AT_ONCE], everything)

    def _fetched(self, calendar_id: str, addresses: Sequence[str], everything: bool) -> Page:
        paths = "".join(f"<d:href>{_escaped(_path(each))}</d:href>" for each in addresses)
        answer = self._report(calendar_id, MULTIGET.format(paths=paths), depth=1)
        changed: list[Fetched] = []
        for response in _responses(answer):
            address = urljoin(answer.url, response.findtext(DAV + "href", ""))
            raw = response.findtext(f".//{CALDAV}calendar-data")
            if raw is not None:
                etag = (response.findtext(f".//{DAV}getetag") or "").strip()
                changed.append(Fetched(address, etag, raw))
        by_path = {_path(each.remote_id): each for each in changed}
        # An address is kept as the list wrote it: servers escape it in one answer and not in another.
        ordered = [(address, by_path.get(_path(address))) for address in addresses]
        found = [Fetched(address, each.etag, each.raw) for address, each in ordered if each is not None]
        gone: list[str] = []
        for address in (address for address, each in ordered if each is None):
            # Left out, or with an error of its own: that it is gone is believed only when it says so itself.
            try:
                found.append(self.get("", address))
            except Missing:
                gone.append(address)
            except (Refused, Unreachable):
                found.append(Fetched(address, "", ""))  # shown as one that cannot be read
        return Page(changed=found, gone=gone, is_everything=everything)

    def taken(self, calendar_id: str, begins: datetime, ends: datetime) -> list[Taken]:
        # Wider than asked: a server takes whole days and times without a zone for UTC's.
        first, last = (begins - OFFSETS).astimezone(UTC), (ends + OFFSETS).astimezone(UTC)
        span = f'start="{first:%Y%m%dT%H%M%SZ}" end="{last:%Y%m%dT%H%M%SZ}"'
        answer = self._report(calendar_id, IN_SPAN.format(span=span), depth=1)
        found: list[Taken] = []
        for response in _responses(answer):
            raw = response.findtext(f".//{CALDAV}calendar-data") or ""
            address = urljoin(answer.url, response.findtext(DAV + "href", ""))
            try:
                events = icalendar.read(raw, zone=self.zone)
                happenings = expansion.expand(events, begins, ends, zone=self.zone).happenings
            except (Unreadable, recurrence.Unfollowable, *UPSET):
                continue  # it is shown as unreadable once it is read in
            found += [
                Taken(each.starts, each.ends, each.busy == "tentative", each.summary, address)
                for each in happenings
                if each.busy != "free"
            ]
        return found

    # One object

    def get(self, calendar_id: str, remote_id: str) -> Fetched:
        answer = _judge(self._ask("GET", remote_id))
        return Fetched(remote_id, answer.headers.get("etag", ""), answer.body.decode("utf-8", "replace"))

    def find(self, calendar_id: str, uid: str) -> Fetched | None:
        try:
            return self.get(calendar_id, _address(calendar_id, uid))
        except Missing:
            pass
        answer = self._report(calendar_id, OF_UID.format(uid=_escaped(uid)), depth=1)
        for response in _responses(answer):
            raw = response.findtext(f".//{CALDAV}calendar-data")
            if raw and uid in raw:
                etag = (response.findtext(f".//{DAV}getetag") or "").strip()
                return Fetched(urljoin(answer.url, response.findtext(DAV + "href", "")), etag, raw)
        return None

    def create(self, calendar_id: str, entry: Entry) -> Written:
        address = _address(calendar_id, entry.uid)
        try:
            return self._put(address, composing.written(entry), {"If-None-Match": "*"})
        except Stale:
            there = self.find(calendar_id, entry.uid)
            if there is not None and entry.key and composing.key_in(there.raw) == entry.key:
                return Written(there.remote_id, there.etag)  # ours: only the answer got lost
            raise

    def update(self, calendar_id: str, remote_id: str, etag: str, entry: Entry) -> Written:
        there = self.get(calendar_id, remote_id)
        if there.etag and etag and there.etag != etag:
            if entry.key and composing.key_in(there.raw) == entry.key:
                return Written(remote_id, there.etag)
            raise Stale("changed")
        return self._put(remote_id, composing.revised(there.raw, entry), _only_if(there.etag or etag))

    def answer(self, calendar_id: str, remote_id: str, address: str, answer: str, words: str) -> Written:
        """A server that schedules writes to whoever invites once this is saved (RFC 6638 §3.2.2)."""
        there = self.get(calendar_id, remote_id)
        answered = composing.answered(there.raw, address, answer)
        if answered is None:
            raise Missing("not invited")
        return self._put(remote_id, answered, _only_if(there.etag))

    def delete(self, calendar_id: str, remote_id: str, etag: str) -> None:
        if etag.startswith("W/") and self.get(calendar_id, remote_id).etag != etag:
            raise Stale("changed")
        _judge(self._ask("DELETE", remote_id, headers=_only_if(etag)))

    def _put(self, address: str, text: str, only_if: Mapping[str, str]) -> Written:
        headers = {"Content-Type": "text/calendar; charset=utf-8", **only_if}
        answer = _judge(self._ask("PUT", address, headers=headers, body=text.encode()))
        etag = answer.headers.get("etag", "")
        # Without a tag the server has changed what it was given: what stands there now is asked for.
        return Written(address, etag or self.get("", address).etag)

    # Requests

    def _propfind(self, url: str, body: str, *, depth: int) -> Answer:
        return _judge(self._ask("PROPFIND", url, headers=_of_depth(depth), body=body.encode()))

    def _report(self, url: str, body: str, *, depth: int, checks: bool = True) -> Answer:
        answer = self._ask("REPORT", url, headers=_of_depth(depth), body=body.encode())
        return _judge(answer) if checks else answer

    def _ask(self, method: str, url: str, *, headers=None, body: bytes | None = None) -> Answer:
        try:
            return self.fetcher.ask(method, url, headers=headers, body=body)
        except NotFetched as fault:
            if fault.code in OURS_TO_ACT:
                raise Refused(fault.code) from fault
            raise Unreachable(fault.code) from fault


def _only_if(etag: str) -> dict[str, str]:
    # A weak tag never matches (RFC 9110 §13.1.1); the object was read and compared just before.
    return {} if not etag or etag.startswith("W/") else {"If-Match": etag}


def _of_depth(depth: int) -> dict[str, str]:
    return {"Depth": str(depth), "Content-Type": "application/xml; charset=utf-8"}


def _judge(answer: Answer) -> Answer:
    """The answer, if it is a success."""
    status = answer.status
    if status < 300:
        return answer
    if status in (401, 403, 407):
        raise Refused(str(status))
    if status in (404, 410):
        raise Missing(str(status))
    if status in (409, 412):
        raise Stale(str(status))
    if status == 429 or (status == 503 and "retry-after" in answer.headers):
        asked = http.seconds(answer.headers.get("retry-after"))
        raise Throttled(WAIT if asked is None else min(asked, LONGEST_WAIT))
    raise Unreachable(str(status))


def _xml(answer: Answer) -> Element:
    try:
        return fromstring(answer.body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise Unreachable("no_xml") from error


def _responses(answer: Answer) -> list[Element]:
    return _xml(answer).findall(DAV + "response")


def _href(response: Element, name: str) -> str | None:
    found = response.find(f".//{name}/{DAV}href")
    return found.text.strip() if found is not None and found.text else None


def _last_of(href: str) -> str:
    return unquote(href.rstrip("/").rpartition("/")[2])


def _path(address: str) -> str:
    return quote(unquote(urlsplit(address).path), safe="/@:+=,;~!$&'()*-._")


def _address(calendar_id: str, uid: str) -> str:
    """Where an entry of ours lies: the same for every attempt."""
    plain = uid if uid.isascii() and len(uid) < 120 else hashlib.sha256(uid.encode()).hexdigest()
    return calendar_id.rstrip("/") + "/" + quote(plain, safe="@-._") + ".ics"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _find(what: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?><d:propfind {SPACES}><d:prop>{what}</d:prop></d:propfind>'


HOME = _find(
    "<d:resourcetype/><d:displayname/><c:supported-calendar-component-set/><d:current-user-privilege-set/>"
)
PRINCIPAL = _find(
    "<d:current-user-principal/><c:calendar-home-set/><d:resourcetype/><d:displayname/>"
    "<c:supported-calendar-component-set/><d:current-user-privilege-set/>"
)
CTAG_ASKED = _find("<s:getctag/>")
ETAGS = _find("<d:getetag/><d:resourcetype/>")
SYNC = (
    f'<?xml version="1.0" encoding="utf-8"?><d:sync-collection {SPACES}>'
    "<d:sync-token>{token}</d:sync-token>"
    "<d:sync-level>1</d:sync-level><d:prop><d:getetag/><d:resourcetype/></d:prop></d:sync-collection>"
)
MULTIGET = (
    f'<?xml version="1.0" encoding="utf-8"?><c:calendar-multiget {SPACES}>'
    "<d:prop><d:getetag/><c:calendar-data/></d:prop>{paths}</c:calendar-multiget>"
)
QUERY = (
    f'<?xml version="1.0" encoding="utf-8"?><c:calendar-query {SPACES}>'
    "<d:prop><d:getetag/><c:calendar-data/></d:prop>"
    '<c:filter><c:comp-filter name="VCALENDAR"><c:comp-filter name="VEVENT">'
    "{what}</c:comp-filter></c:comp-filter></c:filter></c:calendar-query>"
)
IN_SPAN = QUERY.format(what="<c:time-range {span}/>")
OF_UID = QUERY.format(
    what='<c:prop-filter name="UID"><c:text-match collation="i;octet">{uid}</c:text-match></c:prop-filter>'
)
