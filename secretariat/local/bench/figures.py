"""One measured figure, and what must be said beside it. Standard library only."""

import json
import os
import platform
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

AT_LEAST, AT_MOST = "at least", "at most"
SYNCS = 200


class MeasurementFailed(RuntimeError):
    """The run proves nothing: an error, a row too few, a fault that was not met."""


@dataclass(frozen=True)
class Figure:
    """A median over rounds against the limit it should keep. A missed limit is a result, not a failure."""

    name: str
    goal: str
    unit: str
    limit: float
    side: str  # which side of the limit is good: AT_LEAST or AT_MOST
    rounds: tuple[float, ...]
    beside: str = ""  # what the figure was made of, for the table

    @property
    def value(self) -> float:
        return statistics.median(self.rounds)

    @property
    def holds(self) -> bool:
        return self.value >= self.limit if self.side == AT_LEAST else self.value <= self.limit

    def as_json(self) -> str:
        told = {"name": self.name, "goal": self.goal, "value": round(self.value, 3), "unit": self.unit}
        return json.dumps(told | {"limit": self.limit, "holds": self.holds})

    def as_row(self) -> str:
        spread = f"{min(self.rounds):.3g} … {max(self.rounds):.3g}"
        good = f"{self.side} {self.limit:g}"
        verdict = "holds" if self.holds else "misses"
        median = f"{self.name:<26} {self.value:>8.3g} {self.unit:<8} {spread:<18}"
        return f"{median} {good:<14} {verdict:<7} {self.beside}"


def table(figures: list[Figure], folder: Path) -> str:
    """Medians, ranges and the state of the machine they were measured on."""
    head = f"{'figure':<26} {'median':>8} {'':<8} {'range':<18} {'limit':<14}"
    return "\n".join(["", head, *(figure.as_row() for figure in figures), "", machine(folder)])


def machine(folder: Path) -> str:
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return (
        f"{os.cpu_count()} cores, load {load}, fdatasync {sync_microseconds(folder):.0f} µs, "
        f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    )


def sync_microseconds(folder: Path) -> float:
    """How long the disk takes to make 8 KiB durable, the median. A virtual disk may flatter itself."""
    path, page, took = folder / "sync", os.urandom(8192), []
    with path.open("wb", buffering=0) as file:
        for _ in range(SYNCS):
            file.seek(0)
            file.write(page)
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    path.unlink()
    return statistics.median(took) * 1e6


def percentile(values: list[float], percent: float) -> float:
    """The smallest value that so many per cent do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100).__int__() - 1)]
