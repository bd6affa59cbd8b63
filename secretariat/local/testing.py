"""`manage.py test`: the suite on servers of its own.

A folder `.local/test/N` holds one PostgreSQL; a second run at the same time takes the next number.
The migrated template stays there for the next run, as long as no migration changes.
"""

import fcntl
import hashlib
import importlib.metadata
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import chromium, databases, migrating, postgres, valkey
from .children import Children
from .paths import CHECKOUT, LOCAL
from .test_servers import TestServers

MIGRATING = "migrating"
DEFAULTS = ["-n", "2", "-m", "not slow"]


def run(arguments: list[str]) -> int:
    """Run pytest with these arguments after the usual ones. Returns its exit code."""
    with own_folder("test") as folder, servers(folder) as found:
        environment = dict(os.environ)
        environment.pop("DATABASE_URL", None)
        environment["DJANGO_SETTINGS_MODULE"] = "secretariat.settings.test"
        environment["CHROMIUM"] = chromium.found_or_installed()
        found.announce(environment)
        command = [sys.executable, "-m", "pytest", *DEFAULTS, *arguments]
        pytest = subprocess.Popen(command, cwd=CHECKOUT, env=environment)
        while True:
            try:
                return pytest.wait()
            except KeyboardInterrupt:  # pytest heard it too, and ends by itself
                continue


@contextmanager
def own_folder(kind: str) -> Iterator[Path]:
    """`.local/KIND/N`, of which no other run has the lock."""
    number = 1
    while True:
        folder = LOCAL / kind / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                number += 1
                continue
            yield folder
            return


@contextmanager
def servers(folder: Path, *, settings: dict[str, str] = postgres.FAST) -> Iterator[TestServers]:
    """PostgreSQL with a migrated template, and Valkey, while the block runs."""
    children = Children(folder)
    children.reap_leftovers()
    try:
        server = _started(children, folder / "postgres", settings)
        roles = databases.Roles(owner=secrets.token_urlsafe(16), app=secrets.token_urlsafe(16))
        databases.make_roles(server, roles, may_empty=True)
        template = _template(server, roles)
        yield TestServers(
            app_url=server.url(template, "app", roles.app),
            owner_url=server.url(template, "owner", roles.owner),
            superuser_url=server.url("postgres"),
            redis_url=valkey.start(children).url(),
            template=template,
            folder=str(folder),
        )
    finally:
        children.stop()


def _started(children: Children, data: Path, settings: dict[str, str]) -> postgres.Postgres:
    try:
        return postgres.start(children, data, settings=settings)
    except postgres.PostgresFell:
        postgres.forget(data)  # tests write without care, so a power cut may have spoilt it
        return postgres.start(children, data, settings=settings)


def _template(server: postgres.Postgres, roles: databases.Roles) -> str:
    """The name of the migrated database that workers copy."""
    name = f"template_{_fingerprint()}"
    databases.drop_databases(server, beginning="test_")
    databases.drop_databases(server, beginning="template_", except_for=name)
    if databases.exists(server, name):
        return name
    databases.drop_databases(server, beginning=MIGRATING)  # left by a run that was stopped
    databases.make_database(server, MIGRATING)
    migrating.migrate(server.url(MIGRATING, "owner", roles.owner), settings="secretariat.settings.test")
    databases.rename_database(server, MIGRATING, name)
    return name


def _fingerprint() -> str:
    """Changes whenever the migrated template would."""
    digest = hashlib.sha256()
    for name in ("django", "django-allauth", "django-anymail"):
        digest.update(importlib.metadata.version(name).encode())
    # The base says which packages are installed, and with them whose migrations run.
    ours = [
        CHECKOUT / "secretariat/settings/base.py",
        *CHECKOUT.glob("*/migrations/*.py"),
        *CHECKOUT.glob("secretariat/*/migrations/*.py"),
    ]
    for path in sorted(ours):
        digest.update(str(path.relative_to(CHECKOUT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
