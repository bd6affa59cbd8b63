"""Which command goes where. Runs inside the project's environment, before Django."""

import json
import os
import sys
from importlib import import_module

from .paths import DEMO

BEFORE_DJANGO = {
    "demo": "secretariat.local.demo",
    "test": "secretariat.local.testing",
    "bench": "secretariat.local.bench",
}
DEMO_SETTINGS = "secretariat.settings.demo"
NEED_NO_DATABASE = {
    *("check", "collectstatic", "compilemessages", "diffsettings", "help", "makemessages", "makemigrations"),
    *("startapp", "version", "--help", "--version"),
}


def run(argv: list[str]) -> int:
    """Run one command as given on the command line; returns its exit code."""
    command = argv[1] if len(argv) > 1 else "help"
    if command in BEFORE_DJANGO:
        return import_module(BEFORE_DJANGO[command]).run(argv[2:])
    if command == "migrate":
        _become_owner()
    elif not os.environ.get("DATABASE_URL"):
        _find_database(command)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secretariat.settings.production")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(argv)
    except ImproperlyConfigured as missing:
        sys.exit(str(missing))
    return 0


def _become_owner() -> None:
    """Migrations change tables, which only their owner may."""
    if not (os.environ.get("DATABASE_OWNER_URL") or _joined_running_demo()):
        sys.exit("`migrate` connects as the owner of the tables: set DATABASE_OWNER_URL.")
    os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"]


def _find_database(command: str) -> None:
    """Without a database of its own, a command works on the demo that runs in this checkout."""
    if _joined_running_demo() or "DJANGO_SETTINGS_MODULE" in os.environ:
        return  # settings that were asked for say themselves what they miss
    if command not in NEED_NO_DATABASE:
        sys.exit(
            f"`{command}` needs a database: set DATABASE_URL, or have `manage.py demo` running beside it."
        )
    os.environ["DJANGO_SETTINGS_MODULE"] = DEMO_SETTINGS


def _joined_running_demo() -> bool:
    running = DEMO / "environment.json"
    if os.environ.get("DJANGO_SETTINGS_MODULE", DEMO_SETTINGS) != DEMO_SETTINGS or not running.exists():
        return False
    os.environ.update(json.loads(running.read_text()))
    return True
