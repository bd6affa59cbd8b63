"""The carrier's clock: virtual time, a heap of timers, and nothing that waits.

`advance` fires every timer on the way in the order it falls due; two for the same moment fire in the order
they were set. So a run is the same run each time.
"""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta


class Timer:
    """Something that will be done at `due` unless cancelled before."""

    def __init__(self, due: datetime, act: Callable[[], None]):
        self.due = due
        self.act = act
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class Timeline:
    def __init__(self, start: datetime):
        if start.tzinfo is None:
            raise ValueError("The carrier's clock needs an aware datetime.")
        self.now = start
        self._heap: list[tuple[datetime, int, Timer]] = []
        self._order = 0

    def after(self, seconds: float, act: Callable[[], None]) -> Timer:
        timer = Timer(self.now + timedelta(seconds=max(0.0, seconds)), act)
        self._order += 1
        heapq.heappush(self._heap, (timer.due, self._order, timer))
        return timer

    def soon(self, act: Callable[[], None]) -> Timer:
        """Do this as soon as the present act is over: nobody is ever interrupted in mid-act."""
        return self.after(0, act)

    def next_due(self) -> datetime | None:
        while self._heap and self._heap[0][2].cancelled:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def run_due(self) -> None:
        """Fire everything due now, including what that sets for now."""
        while (due := self.next_due()) is not None and due <= self.now:
            heapq.heappop(self._heap)[2].act()

    def advance(self, seconds: float) -> None:
        until = self.now + timedelta(seconds=seconds)
        self.run_due()
        while (due := self.next_due()) is not None and due <= until:
            self.now = due
            self.run_due()
        self.now = until

    def clear(self) -> None:
        self._heap.clear()
