"""A client's own calendar in the world outside: a real CalDAV server, as her telephone's program sees it."""

import asyncio
import html
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from aiohttp import web
from defusedxml.ElementTree import fromstring
from django.template import Context
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from secretariat.local.calendar_servers import CalendarServer

from .configuration import OwnCalendar
from .exchange import Exchange
from .pages import ENGINE, FONT

LONGEST_TITLE = 200
AHEAD = timedelta(days=60)
EVERYTHING = (
    '<?xml version="1.0"?><c:calendar-query xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav">'
    '<d:prop><d:getetag/><c:calendar-data/></d:prop><c:filter><c:comp-filter name="VCALENDAR">'
    '<c:comp-filter name="VEVENT"/></c:comp-filter></c:filter></c:calendar-query>'
)


class Refused(Exception):
    """The server did not do it, as it has changed there, or is not there."""


@dataclass(frozen=True)
class Standing:
    """One entry, on her own clocks."""

    address: str
    etag: str
    title: str
    starts: datetime
    minutes: int
    repeats: bool
    raw: str

    @property
    def local(self) -> datetime:
        """Her wall time, which no template turns into another zone's."""
        return self.starts.replace(tzinfo=None)


class OwnCalendars:
    """The calendars that clients of this office keep with programs of their own."""

    def __init__(self, exchange: Exchange):
        self.exchange = exchange

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/calendar/", self.page),
            web.post("/calendar/entries/", self.put),
            web.post("/calendar/entries/delete/", self.delete),
        ]

    async def page(self, request: web.Request, *, said: str = "") -> web.Response:
        shown = []
        for number, calendar in enumerate(self.exchange.configuration.calendars):
            try:
                entries = await asyncio.to_thread(standing, calendar, self.exchange.now())
            except (OSError, Refused, ValueError):
                said, entries = said or _("The calendar’s server does not answer."), []
            shown.append({"number": number, "calendar": calendar, "entries": entries})
        given = self.exchange.configuration
        context = {"shown": shown, "said": said, "font": FONT.is_dir(), "app_url": given.app_url}
        text = ENGINE.get_template("caldav.html").render(Context(context))
        return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})

    async def put(self, request: web.Request) -> web.StreamResponse:
        """She puts something in, or moves what stands there."""
        form = await request.post()
        calendar = self._of(form)
        try:
            local = datetime.fromisoformat(str(form.get("starts", "")))
            minutes = min(max(int(str(form.get("minutes") or 30)), 5), 24 * 60)
        except ValueError:
            return await self.page(request, said=_("Say when it begins, and for how many minutes."))
        starts = local.replace(tzinfo=calendar.zone).astimezone(UTC)
        title = str(form.get("title", "")).strip()[:LONGEST_TITLE]
        entry = str(form.get("entry", ""))
        try:
            if entry:
                await asyncio.to_thread(move, calendar, entry, starts, minutes, title)
            else:
                await asyncio.to_thread(
                    add, calendar, starts, minutes, title or _("Busy"), self.exchange.now()
                )
        except (OSError, Refused):
            return await self.page(
                request, said=_("It has changed there, or is gone. This is how it is now.")
            )
        return _back()

    async def delete(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        try:
            await asyncio.to_thread(take_out, self._of(form), str(form.get("entry", "")))
        except (OSError, Refused):
            return await self.page(
                request, said=_("It has changed there, or is gone. This is how it is now.")
            )
        return _back()

    def _of(self, form) -> OwnCalendar:
        number = str(form.get("calendar", ""))
        calendars = self.exchange.configuration.calendars
        if not number.isdecimal() or int(number) >= len(calendars):
            raise web.HTTPBadRequest(text="no such calendar")
        return calendars[int(number)]


def _back() -> web.Response:
    return web.Response(status=303, headers={"Location": "/calendar/"})


# What her program does there


def _server(calendar: OwnCalendar) -> CalendarServer:
    port = urlsplit(calendar.url).port or 80
    return CalendarServer(None, port, {calendar.username: calendar.password}, "{person}/")


def _ask(calendar: OwnCalendar, method: str, address: str, body: str = "", **headers) -> str:
    sent = {name.replace("_", "-").title(): value for name, value in headers.items()}
    status, said = _server(calendar).ask(calendar.username, method, address, body, sent)
    if status >= 300:
        raise Refused(str(status))
    return said


def _is_hers(calendar: OwnCalendar, address: str) -> str:
    """An address below her own calendar. Raises Refused for any other."""
    if not address.startswith(calendar.url) or "/" in address.removeprefix(calendar.url) or ".." in address:
        raise Refused("not hers")
    return address


def standing(calendar: OwnCalendar, now: datetime) -> list[Standing]:
    """What stands there from today on, in order. Raises OSError, Refused."""
    told = _ask(calendar, "REPORT", calendar.url, EVERYTHING, depth="1", content_type="application/xml")
    found = []
    for response in fromstring(told).findall("{DAV:}response"):
        address = urljoin(calendar.url, response.findtext("{DAV:}href", ""))
        raw = response.findtext(".//{urn:ietf:params:xml:ns:caldav}calendar-data") or ""
        etag = html.unescape(response.findtext(".//{DAV:}getetag") or "")
        entry = _read(address, etag, raw, calendar.zone)
        if entry is not None and (entry.repeats or now - timedelta(days=1) < entry.starts < now + AHEAD):
            found.append(entry)
    return sorted(found, key=lambda each: each.starts)


def _read(address: str, etag: str, raw: str, zone: ZoneInfo) -> Standing | None:
    try:
        event = Calendar.from_ical(raw).walk("VEVENT")[0]
        starts = event.decoded("DTSTART")
        ends = (
            event.decoded("DTEND") if "DTEND" in event else starts + event.decoded("DURATION", timedelta(0))
        )
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    if not isinstance(starts, datetime):
        starts = datetime(starts.year, starts.month, starts.day, tzinfo=zone)
        ends = datetime(ends.year, ends.month, ends.day, tzinfo=zone)
    local = (starts if starts.tzinfo else starts.replace(tzinfo=zone)).astimezone(zone)
    minutes = round((ends - starts).total_seconds() / 60)
    return Standing(address, etag, str(event.get("SUMMARY", "")), local, minutes, "RRULE" in event, raw)


def add(calendar: OwnCalendar, starts: datetime, minutes: int, title: str, now: datetime) -> str:
    """A new entry; its address. Raises OSError, Refused."""
    event, whole, uid = Event(), Calendar(), str(uuid.uuid4())
    event.add("UID", uid)
    event.add("DTSTAMP", now.astimezone(UTC))
    event.add("DTSTART", starts)
    event.add("DTEND", starts + timedelta(minutes=minutes))
    event.add("SUMMARY", title)
    whole.add("PRODID", "-//Outside//Telephone//EN")
    whole.add("VERSION", "2.0")
    whole.add_component(event)
    address = f"{calendar.url}{uid}.ics"
    _ask(calendar, "PUT", address, whole.to_ical().decode(), if_none_match="*")
    return address


def move(calendar: OwnCalendar, address: str, starts: datetime, minutes: int, title: str) -> None:
    """To another time, and what else stands in it stays. Raises OSError, Refused."""
    now = next(
        (each for each in standing(calendar, starts) if each.address == _is_hers(calendar, address)), None
    )
    raw = now.raw if now else _ask(calendar, "GET", _is_hers(calendar, address))
    whole = Calendar.from_ical(raw)
    event = whole.walk("VEVENT")[0]
    for name in ("DTSTART", "DTEND", "DURATION"):
        event.pop(name, None)
    event.add("DTSTART", starts)
    event.add("DTEND", starts + timedelta(minutes=minutes))
    if title:
        event.pop("SUMMARY", None)
        event.add("SUMMARY", title)
    headers = {"if_match": now.etag} if now else {}
    _ask(calendar, "PUT", address, whole.to_ical().decode(), **headers)


def take_out(calendar: OwnCalendar, address: str) -> None:
    _ask(calendar, "DELETE", _is_hers(calendar, address))
