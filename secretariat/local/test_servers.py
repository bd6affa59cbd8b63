"""The servers that `manage.py test` started, as each process of the test run finds them.

The command leaves their addresses in the environment variable TEST_SERVERS; a pytest-xdist worker
takes a database of its own on each.
"""

import json
import os
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit, urlunsplit

VARIABLE = "TEST_SERVERS"


@dataclass(frozen=True)
class TestServers:
    """Where the servers of this run are. The PostgreSQL addresses name the migrated template."""

    __test__ = False  # pytest: not a class of tests

    app_url: str
    owner_url: str
    superuser_url: str
    redis_url: str
    template: str
    folder: str  # where this run may keep files and logs

    @classmethod
    def of_this_run(cls) -> "TestServers | None":
        """None when pytest was started without `manage.py test`."""
        said = os.environ.get(VARIABLE)
        return cls(**json.loads(said)) if said else None

    def announce(self, environment: dict[str, str]) -> None:
        environment[VARIABLE] = json.dumps(asdict(self))


def worker() -> str:
    """Which pytest-xdist worker this process is, such as "gw0"; "alone" without xdist."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")


def take_my_share() -> None:
    """Point DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL at what is this worker's alone."""
    servers = TestServers.of_this_run()
    if servers is None:
        return
    name = f"test_{worker()}"
    os.environ["DATABASE_URL"] = on(servers.app_url, name)
    os.environ["DATABASE_OWNER_URL"] = on(servers.owner_url, name)
    os.environ["REDIS_URL"] = on(servers.redis_url, str(worker_number()))
    os.environ["MEDIA_ROOT"] = os.path.join(servers.folder, "media", worker())


def worker_number() -> int:
    """A number of this worker's own, from nought."""
    return int(worker().removeprefix("gw")) + 1 if worker().startswith("gw") else 0


def on(url: str, database: str) -> str:
    """The same server's address with another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
