"""A restore is practised: base backup and write-ahead log, to a moment between two acts.

The commands are those of docs/operating/backup.md, on a server with production's durability.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from secretariat.local import databases, migrating, postgres
from secretariat.local.children import Account, Children
from secretariat.local.paths import CHECKOUT

pytestmark = pytest.mark.slow

ACTS = """
import django; django.setup()
from clients.models import Client
from secretariat import ledger
for n in range({acts}):
    client = Client.objects.create(name=f"Client {{n}} of {name}", zone="Europe/London")
    ledger.record("client.made", client_id=client.pk, subject=("clients.client", client.pk))
ledger.seal()
"""

APART = {"TEST_SERVERS": ""}  # not on the databases of this test run


@dataclass
class Site:
    """A database server with its archive, and the product beside it."""

    folder: Path
    account: Account | None
    binaries: Path
    children: Children

    def starts(self, data: Path, **settings: str) -> None:
        self.server = postgres.start(self.children, data, settings=settings)

    def stops(self) -> None:
        self.children.stop()

    def url(self, role: str) -> str:
        return self.server.url("secretariat", role, role)

    def manage(self, *words: str) -> str:
        return self._python(str(CHECKOUT / "manage.py"), *words)

    def acts(self, name: str, acts: int) -> None:
        self._python("-c", ACTS.format(name=name, acts=acts))

    def _python(self, *words: str) -> str:
        environment = os.environ | APART | {"DATABASE_URL": self.url("app")}
        done = subprocess.run(
            [sys.executable, *words], cwd=CHECKOUT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def asks(self, question: str):
        with psycopg.connect(self.server.url("secretariat"), autocommit=True) as connection:
            return connection.execute(question).fetchone()[0]

    def backs_up(self, to: Path) -> None:
        command = ["pg_basebackup", "--dbname", self.server.url("postgres"), "--pgdata", str(to)]
        self._as_postgres(*command, "--checkpoint", "fast", "--wal-method", "none", "--no-verify-checksums")
        self._as_postgres("pg_verifybackup", "--no-parse-wal", str(to))

    def _as_postgres(self, command: str, *words: str) -> None:
        who = {"user": self.account.uid, "group": self.account.gid} if self.account else {}
        done = subprocess.run(
            [str(self.binaries / command), *words], cwd=self.folder, capture_output=True, text=True, **who
        )
        assert done.returncode == 0, done.stderr


@pytest.fixture
def site():
    folder = Path(f"/tmp/secretariat-restore-{os.getpid()}")  # a folder that PostgreSQL's own user can reach
    folder.mkdir(mode=0o755)
    account, binaries, _data = postgres._places(folder / "first")
    if account:
        os.chown(folder, account.uid, account.gid)
    site = Site(folder, account, binaries, Children(folder / "processes"))
    yield site
    site.stops()
    shutil.rmtree(folder)


def test_a_restore_ends_at_the_moment_asked_for_and_the_ledger_proves_it(site):
    archive, backup = site.folder / "wal", site.folder / "second"
    keep = f"cp %p {archive}/%f.part && mv {archive}/%f.part {archive}/%f"
    archive.mkdir()
    if site.account:
        os.chown(archive, site.account.uid, site.account.gid)
    site.starts(
        site.folder / "first",
        wal_level="replica",
        archive_mode="on",
        archive_command=f"test ! -f {archive}/%f && {keep}",
    )
    databases.make_roles(site.server, databases.Roles(owner="owner", app="app"))
    databases.make_database(site.server, "secretariat")
    migrating.migrate(site.url("owner"), settings="secretariat.settings.test", environment=APART)

    site.acts("the night before", 40)
    site.backs_up(backup)
    site.acts("the morning", 60)
    noted = re.search(r"\d+:[0-9a-f]{64}", site.manage("verify_ledger"))[0]
    moment = site.asks("SELECT clock_timestamp()::text")
    site.acts("what must be undone", 25)
    assert site.asks("SELECT count(*) FROM clients_client") == 125
    segment = site.asks("SELECT pg_walfile_name(pg_switch_wal())")
    while site.asks("SELECT last_archived_wal FROM pg_stat_archiver") < segment:
        site.asks("SELECT pg_sleep(0.1)")  # the archiver works by itself
    password = site.server.superuser_password
    site.stops()

    (backup / "recovery.signal").touch()
    kept = backup.with_name("second.password")
    kept.write_text(password)
    site.starts(
        backup,
        restore_command=f"cp {archive}/%f %p",
        recovery_target_time=moment,
        recovery_target_action="promote",
    )
    while site.asks("SELECT pg_is_in_recovery()"):
        site.asks("SELECT pg_sleep(0.1)")

    assert site.asks("SELECT count(*) FROM clients_client") == 100
    assert site.asks("SELECT count(*) FROM clients_client WHERE name LIKE '%must be undone'") == 0
    assert f"Note this elsewhere: {noted}" in site.manage("verify_ledger", "--noted", noted)
    site.acts("the first of the new day", 1)
    assert site.asks("SELECT count(*) FROM clients_client") == 101
