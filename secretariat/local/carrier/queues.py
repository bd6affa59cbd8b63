"""Queues: callers waiting in the order they came."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from .legs import Leg

if TYPE_CHECKING:
    from .core import Carrier
    from .interpreter import Interpreter

DEFAULT_MOST = 1000


class QueueFull(Exception):
    pass


@dataclass(eq=False)
class Member:
    leg: Leg
    queue: "Queue"
    entered_at: datetime
    waiting: bool = True
    taker: "Interpreter | None" = None

    def gone(self) -> None:
        """She waits no more and talks to nobody from here; whoever took her hears of it."""
        self.waiting = False
        self.queue.remove(self)
        if self.taker:
            self.taker.tell("caller", "gone")

    @property
    def position(self) -> int:
        return self.queue.members.index(self) + 1 if self in self.queue.members else 0

    @property
    def seconds(self) -> int:
        return round((self.queue.carrier.now - self.entered_at).total_seconds())

    def fields(self) -> list[tuple[str, object]]:
        """What the waiting document is told each time it is asked for."""
        members = self.queue.members
        return [
            ("QueuePosition", self.position),
            ("QueueSid", self.queue.sid),
            ("QueueTime", self.seconds),
            ("AvgQueueTime", self.queue.average_wait),
            ("CurrentQueueSize", len(members)),
            ("MaxQueueSize", self.queue.most),
        ]


@dataclass(eq=False)
class Queue:
    carrier: "Carrier"
    sid: str
    name: str
    most: int = DEFAULT_MOST
    members: deque[Member] = field(default_factory=deque)
    takers: "deque[Interpreter]" = field(default_factory=deque)  # interpreters waiting for somebody to come
    created_at: datetime | None = None

    @property
    def average_wait(self) -> int:
        return round(sum(m.seconds for m in self.members) / len(self.members)) if self.members else 0

    def add(self, leg: Leg) -> Member:
        """Go to the end of the queue. Raises QueueFull."""
        if len(self.members) >= self.most:
            raise QueueFull
        member = Member(leg, self, self.carrier.now)
        self.members.append(member)
        leg.member = member
        if self.takers:
            self.takers.popleft().tell("somebody came")
        return member

    def remove(self, member: Member) -> None:
        if member in self.members:
            self.members.remove(member)
        if member.leg.member is member:
            member.leg.member = None

    def find(self, call_sid: str) -> Member | None:
        if call_sid == "Front":
            return self.members[0] if self.members else None
        return next((m for m in self.members if m.leg.sid == call_sid), None)


class Queues:
    def __init__(self, carrier):
        self._carrier = carrier
        self.by_sid: dict[str, Queue] = {}

    def open(self, name: str, most: int = DEFAULT_MOST) -> Queue:
        for queue in self.by_sid.values():
            if queue.name == name:
                return queue
        queue = Queue(self._carrier, self._carrier.sids.new("QU"), name, most, created_at=self._carrier.now)
        self.by_sid[queue.sid] = queue
        return queue
