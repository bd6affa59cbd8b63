"""Processes of ours: started so that none is left behind. Standard library only.

Each child has a session of its own, so that Ctrl-C reaches only us and we stop them in order. On
Linux the kernel ends a child whose parent was killed; everywhere the next start reaps what an
earlier one left, recognised by process number *and* command line.
"""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
STOPPING_SECONDS = 10


@dataclass(frozen=True)
class Account:
    """The unprivileged user that a child becomes when root starts it."""

    uid: int
    gid: int


class Child:
    """One running process. `ends_on` is the signal that asks it to finish quickly and cleanly."""

    def __init__(
        self, name: str, command: list[str], process: subprocess.Popen, ends_on: signal.Signals, note: Path
    ):
        self.name = name
        self.command = command
        self.process = process
        self.ends_on = ends_on
        self._note = note

    def ask_to_stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(self.ends_on)

    def stop(self) -> None:
        """Ask, wait, and after ten seconds insist; what it started itself goes too."""
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(STOPPING_SECONDS)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self._note.unlink(missing_ok=True)


class Children:
    """The processes of one folder. Logs go to `log/NAME.log`, notes of who runs to `run/`."""

    def __init__(self, folder: Path):
        self.notes = folder / "run"
        self.logs = folder / "log"
        for made in (folder, self.notes, self.logs):
            made.mkdir(parents=True, exist_ok=True)
        self.running: list[Child] = []

    def start(
        self,
        name: str,
        command: list[str],
        *,
        environment: dict[str, str],
        account: Account | None = None,
        ends_on: signal.Signals = signal.SIGTERM,
        folder: Path | None = None,
        typed: bytes = b"",
    ) -> Child:
        """Start `command` with exactly `environment`; `typed` is what it reads on its standard input.

        Call it from the main thread: the kernel counts the starting thread's end as the parent's.
        """
        with (self.logs / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE if typed else subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=environment,
                cwd=folder,
                start_new_session=True,
                preexec_fn=_end_with_parent(ends_on),
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=() if account else None,
            )
        if process.stdin:
            process.stdin.write(typed)
            process.stdin.close()
        note = self.notes / f"{name}.json"
        note.write_text(json.dumps({"pid": process.pid, "command": command, "ends_on": int(ends_on)}))
        child = Child(name, command, process, ends_on, note)
        self.running.append(child)
        return child

    def stop(self) -> None:
        """Stop all, the last started first."""
        while self.running:
            self.running.pop().stop()

    def fallen(self) -> Child | None:
        """A child that has ended by itself, if any."""
        return next((child for child in self.running if child.process.poll() is not None), None)

    def reap_leftovers(self) -> list[str]:
        """End what an earlier start in this folder left running. Returns the names of those."""
        reaped = []
        for note in sorted(self.notes.glob("*.json")):
            left = json.loads(note.read_text() or "{}")
            if left and _runs(left):
                _end(left)
                reaped.append(note.stem)
            note.unlink()
        return reaped

    def last_words(self, name: str, lines: int = 20) -> str:
        """The end of a child's log, for whoever must know why it fell."""
        log = self.logs / f"{name}.log"
        text = log.read_text(errors="replace") if log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def _end_with_parent(ends_on: signal.Signals):
    """What a Linux child does before it becomes its command: ask to be ended with its parent.

    It runs after the change of user, which would have cleared the request.
    """
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, int(ends_on))


def _runs(left: dict) -> bool:
    """Whether the noted process is still that command, and not a stranger with a reused number."""
    proc = Path(f"/proc/{left['pid']}/cmdline")
    if Path("/proc/self").exists():
        with contextlib.suppress(OSError):
            words = proc.read_bytes().removesuffix(b"\0").decode(errors="replace").split("\0")
            return words == left["command"]
        return False
    said = subprocess.run(["ps", "-o", "args=", "-p", str(left["pid"])], capture_output=True, text=True)
    return said.stdout.strip() == " ".join(left["command"])


def _end(left: dict) -> None:
    deadline = time.monotonic() + STOPPING_SECONDS
    with contextlib.suppress(ProcessLookupError):
        os.kill(left["pid"], left["ends_on"])
        while _runs(left) and time.monotonic() < deadline:
            time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(left["pid"], signal.SIGKILL)
