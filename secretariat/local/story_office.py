"""A real office for stories: its processes on a database of its own, beside the test that watches it.

It is the demo's, but for two things: nobody is in it yet, and its clock is the test's to move.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import loopback, valkey
from .children import Children
from .databases import copy_database
from .keys import Keys
from .office_processes import OfficeProcesses, Ports, environment_of
from .ports import free_port
from .test_servers import TestServers, on, worker


@dataclass(frozen=True)
class StoryOffice:
    """A running office. `processes` starts, stops and starts again single ones."""

    url: str
    outside_url: str
    database_url: str
    owner_url: str
    redis_url: str
    keys: Keys
    processes: OfficeProcesses
    name_server_port: int  # where it asks for the records of domains
    mail_ports: tuple[int, int]  # where it looks for the mail servers of Google and Microsoft: IMAP, SMTP
    tried: Path  # where its processes note that they were stopped from leaving this computer


@contextmanager
def running(servers: TestServers, *, name: str = "story", starts_at: str = "") -> Iterator[StoryOffice]:
    """Start an office for this pytest worker; it ends with the block. Two at once have names of their own.

    With `starts_at`, ISO 8601 with its offset, the simulator's clock begins there and moves only when told;
    else it runs with the computer's. Call it from the main thread.
    """
    folder = Path(servers.folder) / f"{name} {worker()}"
    database = f"test_{name}_{worker()}"
    copy_database(on(servers.owner_url, "postgres"), servers.template, database)
    ports, keys = Ports.free(), Keys()
    app_url = on(servers.app_url, database)
    children = Children(folder)
    children.reap_leftovers()
    redis_url = valkey.start(children).url()  # its own, so that a story can do without it
    environment = environment_of(keys, ports, folder, database_url=app_url, redis_url=redis_url)
    mail_ports = free_port(), free_port()
    environment["ONLINE_MAIL_PORTS"] = f"{mail_ports[0]},{mail_ports[1]}"
    name_server_port = free_port()
    environment["NAME_SERVER"] = f"127.0.0.1:{name_server_port}"
    tried = folder / "tried"
    loopback.noted(tried)  # what an earlier run may have left
    environment[loopback.NOTES] = str(tried)
    processes = OfficeProcesses(children, folder, environment, ports)
    try:
        processes.start_outside(
            {
                "app_url": environment["PUBLIC_BASE_URL"],
                "twilio": {
                    "account_sid": keys.account_sid,
                    "auth_token": keys.auth_token,
                    "api_key_sid": keys.api_key_sid,
                    "api_key_secret": keys.api_key_secret,
                },
                "clock": {"mode": "manual", "start": starts_at} if starts_at else {},
            }
        )
        processes.start_inside()
        yield StoryOffice(
            url=environment["PUBLIC_BASE_URL"],
            outside_url=environment["OUTSIDE_URL"],
            database_url=app_url,
            owner_url=on(servers.owner_url, database),
            redis_url=redis_url,
            keys=keys,
            processes=processes,
            name_server_port=name_server_port,
            mail_ports=mail_ports,
            tried=tried,
        )
    finally:
        children.stop()
