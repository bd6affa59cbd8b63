"""Processor time: it says more than the clock where others want the processor too."""

import os
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def seconds() -> float:
    """What everything that this process started, and what that started, has used so far."""
    parents, used = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            facts = path.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        pid = int(path.parent.name)
        parents[pid], used[pid] = int(facts[1]), (int(facts[11]) + int(facts[12])) / TICK
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(used[pid] for pid in ours - {os.getpid()})
