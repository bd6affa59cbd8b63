"""What goes over a stream: `text/event-stream`, with events that a script can name."""

import json
from dataclasses import dataclass
from uuid import UUID

RETRY = b"retry: 2000\n\n"  # milliseconds until a browser whose stream broke asks again
RESYNC = b"event: resync\ndata: {}\n\n"
SESSION_ENDED = b"event: session.ended\ndata: {}\n\n"


@dataclass(frozen=True)
class Event:
    """A live event as the streams see it."""

    id: int
    event: str
    subject: str
    version: int
    audience: frozenset[UUID]

    @classmethod
    def heard(cls, words: bytes) -> "Event":
        """What a hint over Redis says. Raises ValueError, KeyError or TypeError if it is none."""
        said = json.loads(words)
        audience = frozenset(UUID(each) for each in said["audience"])
        return cls(int(said["id"]), str(said["event"]), str(said["subject"]), int(said["version"]), audience)

    def as_bytes(self) -> bytes:
        told = json.dumps({"id": self.subject, "version": self.version}, separators=(",", ":"))
        return f"id: {self.id}\nevent: {self.event}\ndata: {told}\n\n".encode()


def beat(last_id: int) -> bytes:
    """Proof of life. It carries the newest id, so that a stream that heard nothing else can catch up too."""
    return f"id: {last_id}\nevent: beat\ndata: {{}}\n\n".encode()
