import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from secretariat.local.children import Children
from tests.patience import PATIENCE

PATIENT = [sys.executable, "-c", "import time; time.sleep(300)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print('deaf', flush=True); time.sleep(300)",
]
ENVIRONMENT = {"PATH": os.defpath}


@pytest.fixture
def children(tmp_path):
    found = Children(tmp_path / "an office")
    yield found
    found.stop()


def runs(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def eventually(condition) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    return condition()


def test_stopping_ends_every_child_and_its_note(children):
    pids = [children.start(name, PATIENT, environment=ENVIRONMENT).process.pid for name in ("one", "two")]
    assert all(map(runs, pids))
    children.stop()
    assert not any(map(runs, pids))
    assert list(children.notes.iterdir()) == []


def test_a_child_that_does_not_listen_is_ended_all_the_same(children, monkeypatch):
    monkeypatch.setattr("secretariat.local.children.STOPPING_SECONDS", 0.1)
    child = children.start("deaf", STUBBORN, environment=ENVIRONMENT)
    assert eventually(lambda: "deaf" in children.last_words("deaf"))
    child.stop()
    assert child.process.returncode == -signal.SIGKILL


def test_what_a_child_started_itself_ends_with_it(children):
    parent = "import subprocess, sys; print(subprocess.Popen(['sleep', '300']).pid, flush=True); input()"
    child = children.start("parent", [sys.executable, "-c", parent], environment=ENVIRONMENT, typed=b" ")
    assert eventually(lambda: children.last_words("parent").strip() != "")
    grandchild = int(children.last_words("parent").split()[0])
    child.stop()
    assert eventually(lambda: not runs(grandchild))


def test_a_child_that_fell_is_noticed_with_its_last_words(children):
    children.start("steady", PATIENT, environment=ENVIRONMENT)
    weak = children.start(
        "weak", [sys.executable, "-c", "raise SystemExit('no more')"], environment=ENVIRONMENT
    )
    assert eventually(lambda: children.fallen() is weak)
    assert children.last_words("weak") == "no more"


def leave_behind(folder: Path, command: list[str]) -> subprocess.Popen:
    """A process that an earlier start noted and did not end."""
    process = subprocess.Popen(command, start_new_session=True)
    (folder / "left.json").write_text(
        json.dumps({"pid": process.pid, "command": command, "ends_on": int(signal.SIGTERM)})
    )
    return process


def test_leftovers_of_an_earlier_start_are_reaped(children):
    left = leave_behind(children.notes, PATIENT)
    assert eventually(lambda: Path(f"/proc/{left.pid}/cmdline").read_bytes().count(b"\0") == len(PATIENT))
    assert children.reap_leftovers() == ["left"]
    assert left.wait(PATIENCE) == -signal.SIGTERM


def test_a_stranger_with_the_number_of_a_leftover_is_left_alone(children):
    stranger = leave_behind(children.notes, PATIENT)
    note = children.notes / "left.json"
    note.write_text(json.dumps(json.loads(note.read_text()) | {"command": ["postgres", "-D", "elsewhere"]}))
    try:
        assert children.reap_leftovers() == []
        assert stranger.poll() is None
        assert not note.exists()
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends children with their parent")
def test_a_child_ends_with_a_parent_that_was_killed(tmp_path):
    script = f"""
import sys, time
from pathlib import Path
from secretariat.local.children import Children
child = Children(Path({str(tmp_path)!r})).start("child", {PATIENT!r}, environment={{}})
print(child.process.pid, flush=True)
time.sleep(300)
"""
    checkout = Path(__file__).parents[2]
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=checkout)
    child = int(parent.stdout.readline())
    assert runs(child)
    parent.kill()
    parent.communicate()
    assert eventually(lambda: not runs(child))
