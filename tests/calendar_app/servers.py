"""The real calendar servers of this run: started at first use, once per worker."""

import atexit
from functools import cache
from pathlib import Path
from uuid import uuid4

from secretariat.local import calendar_servers
from secretariat.local.children import Children
from secretariat.local.test_servers import TestServers, worker

KINDS = ("radicale", "xandikos")


@cache
def _children() -> Children:
    children = Children(Path(TestServers.of_this_run().folder) / f"calendars {worker()}")
    atexit.register(children.stop)
    return children


@cache
def server(kind: str) -> calendar_servers.CalendarServer:
    folder = Path(TestServers.of_this_run().folder) / f"calendars {worker()}" / kind
    if kind == "radicale":
        return calendar_servers.radicale(_children(), folder, {"sec": "pass word: with a colon"})
    return calendar_servers.xandikos(_children(), folder)


class ClientsCalendar:
    """One calendar on one of them, as the client's own calendar program sees it."""

    def __init__(self, kind: str):
        self.server = server(kind)
        self.kind = kind
        self.name = f"work-{uuid4().hex[:12]}"
        self.url = self.server.make("sec", self.name)
        self.username, self.password = "sec", self.server.people["sec"]

    def puts(self, uid: str, *lines: str, name: str = "", to: str = "") -> str:
        """An entry, new or in place of what was there; its address."""
        address = to or f"{self.url}{name or uid}.ics"
        inside = [f"UID:{uid}", "DTSTAMP:20260101T000000Z", *lines]
        events = "\r\n".join(inside).replace("\r\n+\r\n", f"\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n")
        head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nBEGIN:VEVENT\r\n"
        text = f"{head}{events}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        status, said = self.server.ask("sec", "PUT", address, text)
        assert status in (201, 204), (status, said)
        return address

    def deletes(self, address: str) -> None:
        status, said = self.server.ask("sec", "DELETE", address)
        assert status in (200, 204), (status, said)

    def shows(self, address: str) -> str:
        status, said = self.server.ask("sec", "GET", address)
        return said if status == 200 else ""
