"""Real calendar servers on this computer,: Radicale and xandikos. Standard library only."""

import base64
import http.client
import os
import secrets
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from .children import Child, Children
from .ports import free_port

STARTING_SECONDS = 30
CONFIGURATION = """
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {people}
htpasswd_encryption = plain
[rights]
type = owner_only
[storage]
filesystem_folder = {folder}
[web]
type = none
[logging]
level = warning
"""


class CalendarServerFell(RuntimeError):
    """It could not be started; the message holds its last words."""


@dataclass(frozen=True)
class CalendarServer:
    """A running server, and who may sign in there. `home` is where one's calendars lie."""

    child: Child | None  # none: somebody else's, who says where it is
    port: int
    people: dict[str, str]
    home: str

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def address(self, person: str, calendar: str) -> str:
        return f"{self.url}{self.home.format(person=person)}{quote(calendar)}/"

    def ask(self, person: str, method: str, address: str, body: str = "", headers=None) -> tuple[int, str]:
        """As the person's own calendar program does: what was answered."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        secret = base64.b64encode(f"{person}:{self.people[person]}".encode()).decode()
        sent = {"Authorization": f"Basic {secret}", "Content-Type": "text/calendar; charset=utf-8"}
        try:
            path = address.removeprefix(self.url.rstrip("/"))
            line.request(method, path, body.encode() or None, sent | (headers or {}))
            answer = line.getresponse()
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            line.close()

    def make(self, person: str, calendar: str, name: str = "") -> str:
        """A calendar there, unless there is one; its address."""
        address = self.address(person, calendar)
        named = (
            '<?xml version="1.0" encoding="utf-8"?><c:mkcalendar xmlns:d="DAV:" '
            'xmlns:c="urn:ietf:params:xml:ns:caldav"><d:set><d:prop>'
            f"<d:displayname>{name or calendar}</d:displayname></d:prop></d:set></c:mkcalendar>"
        )
        self.ask(person, "MKCALENDAR", address, named, {"Content-Type": "application/xml"})
        return address


def radicale(children: Children, folder: Path, people: dict[str, str]) -> CalendarServer:
    """Start Radicale with its calendars in `folder`, and wait until it answers. Raises CalendarServerFell."""
    folder.mkdir(parents=True, exist_ok=True)
    known = folder / "people"
    write_privately_as_text(known, "".join(f"{name}:{password}\n" for name, password in people.items()))

    def command(port: int) -> list[str]:
        told = CONFIGURATION.format(port=port, people=known, folder=folder / "calendars")
        write_privately_as_text(folder / "radicale.ini", told)
        return [sys.executable, "-m", "radicale", "--config", str(folder / "radicale.ini")]

    return _started(children, "radicale", command, people, "{person}/")


def xandikos(children: Children, folder: Path) -> CalendarServer:
    """Start xandikos likewise. It asks nobody for a password."""
    folder.mkdir(parents=True, exist_ok=True)

    def command(port: int) -> list[str]:
        asked = ["--defaults", "--current-user-principal", "/sec/"]
        serve = [sys.executable, "-m", "xandikos", "serve", "-d", str(folder), "-l", "127.0.0.1"]
        return [*serve, "-p", str(port), *asked]

    return _started(children, "xandikos", command, {"sec": secrets.token_hex(8)}, "{person}/calendars/")


def _started(children: Children, name: str, command, people: dict[str, str], home: str) -> CalendarServer:
    for _ in range(5):
        port = free_port()
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        child = children.start(name, command(port), environment=kept | {"PYTHONUNBUFFERED": "1"})
        made = CalendarServer(child, port, people, home)
        if _answers(made):
            return made
        children.running.remove(child)
        child.stop()
    raise CalendarServerFell(f"`{name}` did not start:\n{children.last_words(name)}")


def _answers(server: CalendarServer) -> bool:
    deadline = time.monotonic() + STARTING_SECONDS
    person = next(iter(server.people))
    while server.child and server.child.process.poll() is None and time.monotonic() < deadline:
        try:
            # Only the server of this folder knows this password.
            status, _ = server.ask(person, "PROPFIND", server.url, "", {"Depth": "0"})
            if status == 207:
                return True
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.05)
    return False


def write_privately_as_text(path: Path, text: str) -> None:
    """As `write_privately`, for what is no JSON."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
