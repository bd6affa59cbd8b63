"""The benchmarks and the fault run at the size of a test, on servers that keep what they were given."""

import json
import os
import subprocess
import sys

import pytest

from secretariat.local.bench import BENCHES
from secretariat.local.paths import CHECKOUT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("bench")]
FIELDS = {"name", "goal", "value", "unit", "limit", "holds"}


def measured(name: str) -> dict[str, dict]:
    """Run one benchmark. It fails by itself when rows do not match responses or a fault was not met."""
    command = [sys.executable, str(CHECKOUT / "manage.py"), "bench", name, "--quick"]
    # As from a shell: the servers of this test run are none of its business.
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    figures = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    for figure in figures:
        assert set(figure) == FIELDS
        assert isinstance(figure["holds"], bool)
        assert figure["name"] in done.stdout.rpartition("figure ")[2]  # in the table too
    assert "fdatasync" in done.stdout
    return {figure["name"]: figure for figure in figures}


def test_killed_workers_lose_nothing_and_send_nothing_twice():
    figures = measured("outbox")
    assert figures["outbox-lost"]["value"] == 0
    assert figures["outbox-doubled"]["value"] == 0
    assert figures["outbox-doubled-unasked"]["value"] > 0


def test_every_call_of_a_load_is_answered_and_kept():
    assert measured("webhook").keys() == {"webhook-throughput"}


def test_every_desk_hears_of_its_call():
    assert measured("desks").keys() == {"call-to-desk"}


def test_each_benchmark_has_its_test():
    assert set(BENCHES) == {"outbox", "webhook", "desks"}
