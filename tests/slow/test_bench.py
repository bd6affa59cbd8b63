"""The benchmarks and the fault run at the size of a test, on servers that keep what they were given."""

import json
import os
import subprocess
import sys

import pytest

from secretariat.local.paths import CHECKOUT

pytestmark = pytest.mark.slow
FIELDS = {"name", "goal", "value", "unit", "limit", "holds"}


def test_the_figures_are_measured_and_a_killed_worker_loses_and_doubles_nothing():
    """All in one, since two benchmarks side by side measure each other.

    Each fails by itself when rows do not match responses or a fault was not met.
    """
    command = [sys.executable, str(CHECKOUT / "manage.py"), "bench", "--quick"]
    # As from a shell: the servers of this test run are none of its business.
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    figures = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    table = done.stdout.rpartition("figure ")[2]
    assert "fdatasync" in table
    for figure in figures:
        assert set(figure) == FIELDS
        assert isinstance(figure["holds"], bool)
        assert figure["name"] in table
    values = {figure["name"]: figure["value"] for figure in figures}
    assert {"webhook-throughput", "call-to-desk"} < set(values)
    assert values["outbox-lost"] == values["outbox-doubled"] == 0
    assert values["outbox-doubled-unasked"] > 0
