"""The process itself: it comes up, says where, and goes away."""

import json
import subprocess
import sys

from tests.patience import PATIENCE

from .conftest import ROOT, Process, configuration


def test_it_says_where_it_listens_and_stops_when_told(tmp_path, office):
    with Process(configuration(office.url), tmp_path) as running:
        assert json.loads(running.ready_file.read_text()) == running.ready
        assert set(running.ready) == {"api_base_url", "outside_url", "smtp_port"}
    assert running.child.returncode == 0


def test_a_configuration_it_cannot_read_is_named_in_one_sentence(tmp_path):
    file = tmp_path / "outside.json"
    file.write_text('{"app_url": "http://127.0.0.1:1"}')
    command = [sys.executable, "-m", "secretariat.local.outside", "--config", file]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert ended.returncode == 2
    assert ended.stderr.strip() == f"{file}: the configuration cannot be read: 'twilio'"
