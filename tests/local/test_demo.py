"""Whole demos, started and ended as a person would."""

import json
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from secretariat.local import postgres
from tests.patience import PATIENCE

pytestmark = pytest.mark.slow

CHECKOUT = Path(__file__).parents[2]
STARTS_WITHIN = 120  # seconds, on a computer that does much else
CONTRACT = {
    *("url", "outside_url", "database_url", "database_owner_url", "redis_url", "twilio"),
    *("anymail_webhook_secret", "accounts", "lines", "mailboxes", "calendars"),
}


class Demo:
    """A demo in a folder of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.said = folder.with_suffix(".said")
        self.process = None

    def start(self) -> dict:
        """Start it, wait for Ready, and return what demo.json says."""
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "demo", "--no-browser", "--data", str(self.folder)],
                cwd=CHECKOUT,
                env=environment,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while "Ready: " not in self.said.read_text():
            assert self.process.poll() is None, self.said.read_text()
            assert time.monotonic() < deadline, self.said.read_text()
            time.sleep(0.1)
        return json.loads((self.folder / "demo.json").read_text())

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def processes(self) -> list[int]:
        """Those that the demo noted as its own and that still run."""
        notes = [json.loads(note.read_text()) for note in (self.folder / "run").glob("*.json")]
        return [note["pid"] for note in notes if Path(f"/proc/{note['pid']}").exists()]


@pytest.fixture
def demo(tmp_path):
    started = []

    def in_folder(name: str) -> Demo:
        started.append(Demo(tmp_path / name))
        return started[-1]

    yield in_folder
    for each in started:
        if each.process and each.process.poll() is None:
            each.end()
        postgres.forget(each.folder / "postgres")


def rows(url: str, query: str) -> list:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def test_two_demos_run_side_by_side_and_keep_the_contract(demo):
    one, two = demo("her own office"), demo("another")
    first, second = one.start(), two.start()
    assert first["url"] != second["url"]
    assert set(first) == CONTRACT
    assert set(first["twilio"]) == {"account_sid", "auth_token", "api_base_url"}
    assert [(account["email"], account["role"]) for account in first["accounts"]] == [
        ("admin@example.com", "admin"),
        ("supervisor@example.com", "supervisor"),
        ("secretary@example.com", "secretary"),
        ("secretary2@example.com", "secretary"),
        ("client@example.com", "contact"),
        ("rival@example.com", "contact"),
        ("company@example.com", "partner"),
    ]
    assert all(set(line) == {"client", "number"} for line in first["lines"])
    assert stat.S_IMODE((one.folder / "demo.json").stat().st_mode) == 0o600
    assert rows(first["database_url"], "SELECT current_user") == [("app",)]
    assert rows(first["database_owner_url"], "SELECT current_user") == [("owner",)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_that_is_asked_to_end_leaves_no_process(demo, number):
    office = demo("office")
    office.start()
    noted = office.processes()
    assert len(noted) >= 6
    assert office.end(number) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in noted)
    assert not (office.folder / "demo.json").exists()


def test_a_killed_demo_starts_again_and_still_has_its_rows(demo):
    office = demo("office")
    owner_url = office.start()["database_owner_url"]
    with psycopg.connect(owner_url) as connection:
        connection.execute("UPDATE office_firm SET name = 'Marsh & Co'")
    office.end(signal.SIGKILL)
    again = office.start()
    assert rows(again["database_url"], "SELECT name FROM office_firm") == [("Marsh & Co",)]
    assert rows(again["database_url"], "SELECT count(*) FROM office_user") == [(7,)]
    assert office.end() == 0


def test_a_second_start_in_the_same_folder_says_where_the_first_is(demo):
    office = demo("office")
    url = office.start()["url"]
    second = subprocess.run(
        [sys.executable, "manage.py", "demo", "--no-browser", "--data", str(office.folder)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )
    assert second.returncode == 1
    assert second.stderr.strip().endswith(f"{url}.")
