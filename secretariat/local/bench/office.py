"""The office that is measured: production's settings and durability, on servers and ports of its own."""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import psycopg
from psycopg import sql

from secretariat.local import postgres, testing
from secretariat.local.children import Child, Children
from secretariat.local.databases import copy_database
from secretariat.local.keys import Keys
from secretariat.local.office_processes import Ports, environment_of
from secretariat.local.paths import CHECKOUT
from secretariat.local.ports import free_port
from secretariat.local.test_servers import TestServers, on

from .figures import MeasurementFailed

DATABASE = "test_bench"
STARTING_SECONDS = 60
MANY_CONNECTIONS = {"max_connections": "300"}  # two hundred book at once


@dataclass
class Office:
    """A database with clients and secretaries in it, and the processes that were started on it."""

    folder: Path
    environment: dict[str, str]
    owner_url: str
    template: str
    children: Children
    filled: dict = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    _ports: dict[str, int] = field(default_factory=dict)
    baseline: int = 0  # transactions from this one on are the measurement's

    @property
    def signed_url(self) -> str:
        return f"{self.environment['PUBLIC_BASE_URL']}/twilio/voice/"

    def fill(self, clients: int) -> None:
        """At least so many clients, each with one line and one free secretary; nothing has happened yet."""
        if len(self.filled.get("numbers", ())) >= clients:
            self.forget()
            if self._counted() == self.counts:  # else a row of the office itself was changed, and went too
                return
        self.stop_all()
        self.empty()
        self.filled = json.loads(self.with_django(f"filling.tell({clients})"))
        self.begin()

    def empty(self) -> None:
        """A new database. Nothing may run on the old one."""
        copy_database(on(self.owner_url, "postgres"), self.template, DATABASE)
        self.filled = {}
        self.begin()

    def beside(self, database: str) -> "Office":
        """The same office on another database of the same server."""
        environment = self.environment | {"DATABASE_URL": on(self.environment["DATABASE_URL"], database)}
        return replace(self, environment=environment, owner_url=on(self.owner_url, database), _ports={})

    def begin(self) -> None:
        """What is written from now on is the measurement's."""
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            connection.execute("ANALYZE")
            self.baseline = connection.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()[0]
        self.counts = self._counted()

    def with_django(self, call: str) -> str:
        """Call a function of a module beside this one in a process with Django; what it printed."""
        return self._run("-c", _in_django(call))

    def beginning(self, call: str) -> subprocess.Popen:
        """The same, while something else happens."""
        return subprocess.Popen(
            [sys.executable, "-c", _in_django(call)],
            cwd=CHECKOUT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def collect_static(self) -> None:
        """Without them a page of production's is an error."""
        self._run(str(CHECKOUT / "manage.py"), "collectstatic", "--noinput")

    def _run(self, *words: str) -> str:
        command = [sys.executable, *words]
        done = subprocess.run(command, cwd=CHECKOUT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise MeasurementFailed(done.stderr.strip())
        return done.stdout

    def serve(
        self,
        name: str,
        application: str,
        *,
        interface: str = "wsgi",
        workers: int = 2,
        as_in_production: bool = False,
        yields: int = 0,
        python: str = sys.executable,
        **more: str,
    ) -> int:
        """Start granian on a free port, unless it runs, and wait until it answers. Returns the port.

        Lines to it stay open between requests, unless it is to serve as docker-compose.yml has it. What
        `yields` is so much nicer than the others. `python`: another one, for what is not ours.
        """
        if name in self._ports and any(child.name == name for child in self.children.running):
            return self._ports[name]
        self._ports[name] = port = free_port()
        shape = ["--workers", str(workers), "--blocking-threads", "4"]
        if interface != "wsgi":
            shape = ["--workers", "1"]
        server = ("secretariat.draining", "--no-http1-keep-alive") if as_in_production else ("granian",)
        child = self.children.start(
            name,
            [
                *(("nice", "-n", str(yields)) if yields else ()),
                *(python, "-m", *server, "--interface", interface, "--no-ws", *shape),
                *("--backlog", "16384", "--backpressure", "16384", "--workers-kill-timeout", "15"),
                *("--host", "127.0.0.1", "--port", str(port), application),
            ],
            environment=self.environment | more,
            folder=CHECKOUT,
        )
        self._wait(child, port)
        return port

    def start(self, name: str, *words: str) -> Child:
        """Start a Python process of the office."""
        return self.children.start(
            name, [sys.executable, *words], environment=self.environment, folder=CHECKOUT
        )

    def _wait(self, child: Child, port: int) -> None:
        deadline = time.monotonic() + STARTING_SECONDS
        while child.process.poll() is None and time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
                return
            except urllib.error.HTTPError:
                return
            except OSError:
                time.sleep(0.1)
        raise MeasurementFailed(f"`{child.name}` did not start:\n{self.children.last_words(child.name)}")

    def stop(self, *names: str) -> None:
        for child in [each for each in self.children.running if each.name in names]:
            child.stop()
            self.children.running.remove(child)

    def stop_all(self) -> None:
        self.children.stop()

    # --- Rows written since the office was filled -------------------------------------------------------

    def written(self) -> dict[str, int]:
        """How many rows each table has gained."""
        with psycopg.connect(self.owner_url) as connection:
            counts = {name: self._gained(connection, name) for name in _tables(connection)}
        return {name: count for name, count in counts.items() if count}

    def _counted(self) -> dict[str, int]:
        with psycopg.connect(self.owner_url) as connection:
            return {name: _count(connection, name) for name in _tables(connection)}

    def _gained(self, connection, name: str) -> int:
        asked = "SELECT count(*) FROM {} WHERE xmin::text::bigint >= %s"
        return connection.execute(sql.SQL(asked).format(sql.Identifier(name)), [self.baseline]).fetchone()[0]

    def forget(self) -> None:
        """Take away what was written, so that every round begins in the same office."""
        written = self.written()
        with psycopg.connect(self.owner_url, autocommit=True) as connection:
            with connection.transaction():
                connection.execute("SET LOCAL session_replication_role = replica")
                for name in written:
                    asked = "DELETE FROM {} WHERE xmin::text::bigint >= %s"
                    connection.execute(sql.SQL(asked).format(sql.Identifier(name)), [self.baseline])
            for name in written:
                connection.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(name)))


def _in_django(call: str) -> str:
    return f"import django; django.setup(); from {__package__} import {call.partition('.')[0]}; {call}"


def _count(connection, name: str) -> int:
    return connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()[0]


def _tables(connection) -> list[str]:
    found = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'django_session'"
    )
    return [name for (name,) in found]


@contextmanager
def running(folder: Path) -> Iterator[Office]:
    """An empty office; everything started on it ends with the block. Call it from the main thread."""
    with testing.servers(folder, settings=postgres.SAFE | postgres.OF_A_FIRM | MANY_CONNECTIONS) as servers:
        children = Children(folder / "processes")
        children.reap_leftovers()
        owner_url, environment = on(servers.owner_url, DATABASE), _environment(servers, folder)
        try:
            office = Office(folder, environment, owner_url, servers.template, children)
            office.empty()
            yield office
        finally:
            children.stop()


def _environment(servers: TestServers, folder: Path) -> dict[str, str]:
    environment = environment_of(
        Keys(), Ports.free(), folder, database_url=on(servers.app_url, DATABASE), redis_url=servers.redis_url
    )
    return environment | {"DJANGO_SETTINGS_MODULE": "secretariat.settings.production"}
