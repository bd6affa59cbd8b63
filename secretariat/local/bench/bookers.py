"""R12: many who want the same few times of one diary in the same moment. Each time goes to one of them.

Threads of several processes, each with a connection of its own. Twice more as a control: without the lock the
database's own rule must hold alone; without both, two must get the same time, or the run proves nothing.
"""

import json
import random
import subprocess
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import psycopg

from secretariat.local.databases import copy_database
from secretariat.local.test_servers import on

from .figures import AT_LEAST, AT_MOST, Figure, MeasurementFailed
from .office import DATABASE, Office

RULE = "no_two_meetings_at_once"
STANDING = "state IN ('held', 'confirmed')"
OVERLAPS = f"""
    SELECT count(*) FROM calendar_app_meeting one JOIN calendar_app_meeting other
        ON one.diary_id = other.diary_id AND one.id < other.id
        AND one.starts_at < other.ends_at AND other.starts_at < one.ends_at
    WHERE one.{STANDING} AND other.{STANDING}
"""


def measure(office: Office, *, quick: bool) -> list[Figure]:
    bookers, times, rounds = (60, 6, 5) if quick else (200, 20, 50)
    office.fill(4)
    office.stop_all()
    diary = json.loads(office.with_django("racing.tell_diary()"))
    copies = {name: office.beside(f"test_bench_{name}") for name in ("unlocked", "unruled")}
    for name in copies:
        copy_database(on(office.owner_url, "postgres"), DATABASE, f"test_bench_{name}")
    with psycopg.connect(copies["unruled"].owner_url) as rows:
        rows.execute(f"ALTER TABLE calendar_app_meeting DROP CONSTRAINT {RULE}")
    few = max(3, rounds // 10)
    raced = _Race(diary, bookers, times, processes=2 if quick else 4)
    found = raced.run(office, rounds)
    without_lock = raced.run(copies["unlocked"], few, locks=False)
    without_both = raced.run(copies["unruled"], few, locks=False)
    office.filled = {}  # its diary is full
    if not without_both.overlaps:
        raise MeasurementFailed("without lock and rule nothing overlapped either: nobody raced")
    told = f"{rounds} rounds, {bookers} on {times} times; {found.refused} refused in words"
    alone = f"{few} rounds: the database's rule alone; {without_lock.faults} were told so by a fault"
    return [
        Figure("bookers-overlaps", "R12", "pairs", 0, AT_MOST, (found.overlaps,), told),
        Figure("bookers-times-not-one", "R12", "times", 0, AT_MOST, (found.not_one,)),
        Figure("bookers-not-told-in-words", "R12", "people", 0, AT_MOST, (found.faults,), found.fault),
        Figure("bookers-unlocked-overlaps", "R12", "pairs", 0, AT_MOST, (without_lock.overlaps,), alone),
        Figure("bookers-unruled-overlaps", "R12", "pairs", 1, AT_LEAST, (without_both.overlaps,), "control"),
    ]


class _Found:
    """What came of some rounds: pairs that overlap, times that went to none or several, and who was told."""

    def __init__(self):
        self.overlaps = self.not_one = self.refused = self.faults = 0
        self.fault = ""


class _Race:
    def __init__(self, diary: str, bookers: int, times: int, *, processes: int):
        self.diary, self.bookers, self.times, self.processes = diary, bookers, times, processes

    def run(self, office: Office, rounds: int, *, locks: bool = True) -> _Found:
        found = _Found()
        call = f"racing.book({self.diary!r}, {self.bookers // self.processes}, locks={locks})"
        with ExitStack() as ends:
            processes = [ends.enter_context(office.beginning(call)) for _ in range(self.processes)]
            ends.callback(_hang_up, processes)
            for process in processes:
                _heard(process)
            for number in range(rounds):
                self._round(processes, number, found)
        with psycopg.connect(office.owner_url) as rows:
            found.overlaps = rows.execute(OVERLAPS).fetchone()[0]
            kept = rows.execute(f"SELECT count(*) FROM calendar_app_meeting WHERE {STANDING}").fetchone()[0]
        won = rounds * self.bookers - found.refused - found.faults
        if kept != won:
            raise MeasurementFailed(f"{won} were told that a time is theirs, {kept} meetings stand there")
        return found

    def _round(self, processes, number: int, found: _Found) -> None:
        wanted = [n % self.times for n in range(self.bookers)]
        random.shuffle(wanted)
        day = (datetime.now(UTC) + timedelta(days=number + 2)).date().isoformat()
        parts = [wanted[n :: len(processes)] for n in range(len(processes))]
        for process, wants in zip(processes, parts, strict=True):
            process.stdin.write(json.dumps({"on": day, "wants": wants}) + "\n")
            process.stdin.flush()
        winners = dict.fromkeys(range(self.times), 0)
        for process, wants in zip(processes, parts, strict=True):
            for want, told in zip(wants, _heard(process), strict=True):
                if told.startswith("!"):
                    found.faults, found.fault = found.faults + 1, told[1:80]
                elif told:
                    found.refused += 1
                else:
                    winners[want] += 1
        found.not_one += sum(count != 1 for count in winners.values())


def _heard(process: subprocess.Popen):
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        process.kill()
        raise MeasurementFailed(process.stderr.read().strip() if process.stderr else "it ended")
    return json.loads(line)


def _hang_up(processes) -> None:
    for process in processes:
        process.stdin.close()
