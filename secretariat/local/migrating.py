"""Run the migrations of a private database, in a process of their own."""

import os
import subprocess
import sys

from .paths import CHECKOUT


class MigrationFailed(RuntimeError):
    """A migration did not run; the message holds what Django said."""


def migrate(owner_url: str, *, settings: str, environment: dict[str, str] | None = None) -> None:
    """Bring the database up to date as its owner. Raises MigrationFailed."""
    done = subprocess.run(
        [sys.executable, str(CHECKOUT / "manage.py"), "migrate", "--verbosity", "0"],
        cwd=CHECKOUT,
        env=os.environ
        | (environment or {})
        | {"DATABASE_OWNER_URL": owner_url, "DJANGO_SETTINGS_MODULE": settings},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise MigrationFailed(done.stderr.strip() or done.stdout.strip())
