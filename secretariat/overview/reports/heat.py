"""The week as a picture: days across, hours down, the more calls the fuller. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

CELL_WIDTH, CELL_HEIGHT, LEFT, TOP = 42, 24, 52, 26
DEGREES = 5


@dataclass(frozen=True)
class Cell:
    x: int
    y: int
    degree: int  # 0, no calls, to 5, the most
    calls: int


@dataclass(frozen=True)
class Row:
    hour: int
    y: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Picture:
    """`rows` are the hours from the first in which anybody rang to the last; none if nobody did."""

    rows: tuple[Row, ...]
    most: int = 0

    @property
    def width(self) -> int:
        return LEFT + 7 * CELL_WIDTH

    @property
    def height(self) -> int:
        return TOP + len(self.rows) * CELL_HEIGHT

    @property
    def columns(self) -> list[int]:
        """Where the middle of each day stands."""
        return [LEFT + day * CELL_WIDTH + CELL_WIDTH // 2 for day in range(7)]

    @property
    def busiest(self) -> tuple[int, int, int] | None:
        """(weekday from 1, hour, calls) of the fullest hour, the first of equals. None: nobody rang."""
        cells = [(cell.calls, row.hour, day) for row in self.rows for day, cell in enumerate(row.cells, 1)]
        if not cells:
            return None
        calls, hour, day = max(cells, key=lambda found: (found[0], -found[2], -found[1]))
        return day, hour, calls


def picture(counted: Mapping[tuple[int, int], int]) -> Picture:
    """Draw what `counted` says of (weekday from 1, hour)."""
    hours = [hour for (_day, hour), calls in counted.items() if calls]
    if not hours:
        return Picture(())
    most = max(counted.values())
    rows = []
    for place, hour in enumerate(range(min(hours), max(hours) + 1)):
        y = TOP + place * CELL_HEIGHT
        cells = tuple(
            Cell(LEFT + (day - 1) * CELL_WIDTH, y, degree(calls, most), calls)
            for day in range(1, 8)
            for calls in [counted.get((day, hour), 0)]
        )
        rows.append(Row(hour, y, cells))
    return Picture(tuple(rows), most)


def degree(calls: int, most: int) -> int:
    """How full a cell is: none for none, full for the most, never empty where anybody rang."""
    return -(-calls * DEGREES // most) if most else 0
