"""`manage.py demo`: a whole office on this computer, private to it, until Ctrl-C."""

import argparse
import contextlib
import fcntl
import json
import secrets
import shutil
import signal
import subprocess
import sys
import threading
import time
import webbrowser
from pathlib import Path

from . import calendar_servers, databases, migrating, npm, postgres, valkey
from .children import Children
from .keys import Keys, write_privately
from .office_processes import INSIDE, SETTINGS, NotReady, OfficeProcesses, Ports, environment_of
from .paths import CHECKOUT, DEMO
from .ports import first_free, is_free

PORT = 8000
DATABASE = "secretariat"
CALENDAR_OF = ("Okafor Legal", "ngozi")  # the client, and her name at her calendar's server
FALLS_ALLOWED = 5  # within a minute, then the demo gives up


FALLEN = (
    NotReady,
    postgres.PostgresFell,
    valkey.ValkeyFell,
    calendar_servers.CalendarServerFell,
    migrating.MigrationFailed,
)


class Stopped(BaseException):
    """Somebody asked the demo to stop."""


def run(arguments: list[str]) -> int:
    """Run the demo until it is stopped; returns the exit code."""
    asked = _parser().parse_args(arguments)
    folder = asked.data.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"A demo already runs on {folder}{_address_of(folder)}.")
        children = Children(folder)
        try:
            return _serve(asked, folder, children)
        except Stopped:
            print("\nStopping …", flush=True)
            return 0
        except FALLEN as trouble:
            print(trouble, file=sys.stderr)
            return 1
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            _forget_addresses(folder)
            children.stop()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("manage.py demo", description=__doc__)
    parser.add_argument("--port", type=int, help=f"default {PORT}, or the next free one")
    parser.add_argument("--data", type=Path, default=DEMO, help="its folder, by default .local/demo")
    parser.add_argument("--fresh", action="store_true", help="forget what an earlier start kept")
    parser.add_argument("--empty", action="store_true", help="no demo office, only its administrator")
    parser.add_argument("--no-browser", action="store_true", help="open no browser window")
    return parser


def _serve(asked: argparse.Namespace, folder: Path, children: Children) -> int:
    if left := children.reap_leftovers():
        print(f"Ended what an earlier start left running: {', '.join(left)}.")
    _forget_addresses(folder)
    if asked.fresh:
        postgres.forget(folder / "postgres")
        for name in ("media", "static", "log", "outside", "calendars"):
            shutil.rmtree(folder / name, ignore_errors=True)
        children.logs.mkdir(exist_ok=True)
    ports = Ports.free(_web_port(asked.port))
    keys = Keys.kept(folder / "keys.json")
    fetching = threading.Thread(target=npm.install)
    fetching.start()

    print("Starting PostgreSQL and Valkey …", flush=True)
    server = postgres.start(children, folder / "postgres")
    redis_url = valkey.start(children).url()
    databases.make_roles(server, databases.Roles(owner=keys.owner_password, app=keys.app_password))
    if not databases.exists(server, DATABASE):
        databases.make_database(server, DATABASE)
    owner_url = server.url(DATABASE, "owner", keys.owner_password)
    app_url = server.url(DATABASE, "app", keys.app_password)
    environment = environment_of(keys, ports, folder, database_url=app_url, redis_url=redis_url)

    online = _calendars(children, folder)

    print("Bringing the database up to date …", flush=True)
    migrating.migrate(owner_url, settings=SETTINGS, environment=environment)
    print("Making the office …", flush=True)
    said = f"{online.port}:{online.people[CALENDAR_OF[1]]}"
    office = _fill(environment | {"DEMO_CALENDAR": said}, empty=asked.empty)
    fetching.join()

    print("Starting the office …", flush=True)
    processes = OfficeProcesses(children, folder, environment, ports)
    outside = office.pop("outside")
    processes.start_outside(outside if asked.empty else outside | {"calendars": [_own_calendar(online)]})
    processes.start_inside()
    write_privately(folder / "environment.json", environment | {"DATABASE_OWNER_URL": owner_url})
    described = _described(environment, owner_url, office)
    described["calendars"] = [] if asked.empty else [_calendar_described(online)]
    write_privately(folder / "demo.json", described)
    _welcome(described, asked)
    return _watch(processes)


def _calendars(children: Children, folder: Path) -> calendar_servers.CalendarServer:
    """The server at which the demo's client keeps her calendar; her password stays from start to start."""
    kept = folder / "calendars"
    kept.mkdir(exist_ok=True)
    password = kept / "password"
    if not password.exists():
        calendar_servers.write_privately_as_text(password, secrets.token_urlsafe(12))
    return calendar_servers.radicale(children, kept, {CALENDAR_OF[1]: password.read_text()})


def _calendar_described(online: calendar_servers.CalendarServer) -> dict[str, str]:
    client, username = CALENDAR_OF
    return {
        "client": client,
        "caldav_url": online.url,
        "username": username,
        "password": online.people[username],
    }


def _own_calendar(online: calendar_servers.CalendarServer) -> dict[str, str]:
    """The same for the world outside, where she is played."""
    client, username = CALENDAR_OF
    return {
        "client": client,
        "url": online.address(username, "diary"),
        "username": username,
        "password": online.people[username],
        "zone": "Africa/Lagos",
    }


def _web_port(asked: int | None) -> int:
    if asked is None:
        return first_free(PORT)
    if not is_free(asked):
        sys.exit(f"Port {asked} is taken: name another with --port, or none for the next free one.")
    return asked


def _fill(environment: dict[str, str], *, empty: bool) -> dict:
    """Fill the database, unless it is full already, and hear what is in it."""
    command = [sys.executable, "-m", "secretariat.local.demo_office", *(["--empty"] if empty else [])]
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise NotReady(done.stderr.strip())
    return json.loads(done.stdout)


def _described(environment: dict[str, str], owner_url: str, office: dict) -> dict:
    """What `demo.json` tells other programs."""
    return {
        "url": environment["PUBLIC_BASE_URL"],
        "outside_url": environment["OUTSIDE_URL"],
        "database_url": environment["DATABASE_URL"],
        "database_owner_url": owner_url,
        "redis_url": environment["REDIS_URL"],
        "twilio": {
            "account_sid": environment["TWILIO_ACCOUNT_SID"],
            "auth_token": environment["TWILIO_AUTH_TOKEN"],
            "api_base_url": environment["TWILIO_API_BASE_URL"],
        },
        "anymail_webhook_secret": environment["ANYMAIL_WEBHOOK_SECRET"],
        **office,
    }


def _welcome(described: dict, asked: argparse.Namespace) -> None:
    print(f"\nReady: {described['url']}\n")
    for account in described["accounts"]:
        print(f"  {account['email']:<26} {account['password']:<20} {account['role']}")
    print(f"\nThe outside world: {described['outside_url']}\nCtrl-C stops everything.", flush=True)
    if not asked.no_browser:
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(described["url"])


def _watch(processes: OfficeProcesses) -> int:
    """Until somebody stops the demo, start again what falls."""
    falls: list[float] = []
    while True:
        time.sleep(0.5)
        fallen = processes.children.fallen()
        if fallen is None:
            continue
        falls = [fall for fall in falls if fall > time.monotonic() - 60] + [time.monotonic()]
        words = processes.children.last_words(fallen.name)
        # The servers and the world outside hold what the rest was told about them: they are not replaced.
        if fallen.name not in INSIDE or len(falls) > FALLS_ALLOWED:
            print(f"The process `{fallen.name}` has fallen:\n{words}", file=sys.stderr)
            return 1
        print(f"The process `{fallen.name}` has fallen and is started again:\n{words}", file=sys.stderr)
        processes.start_again(fallen)


def _stop(*_) -> None:
    raise Stopped


def _forget_addresses(folder: Path) -> None:
    for name in ("demo.json", "environment.json"):
        (folder / name).unlink(missing_ok=True)


def _address_of(folder: Path) -> str:
    try:
        return f": {json.loads((folder / 'demo.json').read_text())['url']}"
    except FileNotFoundError:
        return ""
