"""Calendars that lie elsewhere, behind one small interface. An adapter knows a protocol and nothing of ours:

it opens no transaction, writes no row, and is called outside any. Moments are aware; whole days are dates.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from calendar_app.icalendar import Event


@dataclass(frozen=True)
class Found:
    """A calendar there is. `server_invites`: saving an event there makes its server write to the guests."""

    remote_id: str
    name: str
    read_only: bool = False
    server_invites: bool = False


@dataclass(frozen=True)
class Fetched:
    """One object as it came. `raw` is iCalendar, or the service's own JSON as text."""

    remote_id: str
    etag: str
    raw: str


@dataclass(frozen=True)
class Page:
    """Some of what changed. The last page brings the token from which the next round goes on.

    `is_everything`: these pages list all there is, so that whatever they do not name is gone. `same` names
    what is there still, and as we know it.
    """

    changed: Sequence[Fetched] = ()
    gone: Sequence[str] = ()
    same: Sequence[str] = ()
    token: str = ""
    is_everything: bool = False


@dataclass(frozen=True)
class Invited:
    email: str
    name: str = ""
    answer: str = "waiting"  # waiting, accepted, tentative, declined


@dataclass(frozen=True)
class Entry:
    """A meeting as it is to stand there. `starts` and `ends` are moments, `zone` where it was agreed.

    `key` is the same for every attempt to write the same thing, so that an answer that got lost does not
    make a second one. `tells_guests`: the server may write to them; otherwise it must not.
    """

    uid: str
    sequence: int
    summary: str
    starts: datetime
    ends: datetime
    zone: str
    key: str = ""
    description: str = ""
    where: str = ""
    link: str = ""
    private: bool = False
    busy: bool = True
    rule: str = ""
    left_out: Sequence[datetime] = ()
    instance_at: datetime | None = None
    organiser: str = ""
    sent_by: str = ""
    guests: Sequence[Invited] = field(default=())
    tells_guests: bool = False
    stamp: datetime | None = None  # when it was decided; the same for every attempt


@dataclass(frozen=True)
class Written:
    remote_id: str
    etag: str


@dataclass(frozen=True)
class Taken:
    """Time that is taken there at this moment; asked just before something is booked.

    `remote_id` is that of the entry, of a series that of the whole: as `changes` and `get` name it.
    """

    starts: datetime | date
    ends: datetime | date
    tentative: bool = False
    summary: str = ""
    remote_id: str = ""


class Trouble(Exception):
    """It did not work. The words are for the log, not for a person, and hold no content."""


class Refused(Trouble):
    """They do not let us in: somebody must connect it again."""


class Unreachable(Trouble):
    """No answer, or none that makes sense. What was to be written may or may not have been."""


class Throttled(Trouble):
    """Too many requests; `seconds` until the next is welcome."""

    def __init__(self, seconds: float):
        super().__init__(f"asked to wait {seconds:.0f} s")
        self.seconds = seconds


class TokenSpent(Trouble):
    """They no longer know what we have seen (410; 403, 409, 412 with valid-sync-token): read everything."""


class Stale(Trouble):
    """It has changed there since we last read it (412)."""


class Missing(Trouble):
    """It is not there any more."""


class Elsewhere(Protocol):
    """What every adapter does. Each method may raise any `Trouble`."""

    def calendars(self) -> list[Found]: ...

    def read(self, raw: str, *, zone: tzinfo, told: Mapping[str, str]) -> "list[Event]":
        """What an object says: one event, or a series with its exceptions. Asks nobody.

        `zone`: of times without one. `told`: what a person said the name of a zone means.
        Raises icalendar.Unreadable.
        """

    def changes(self, calendar_id: str, token: str) -> Iterator[Page]:
        """What changed since `token`; everything, where it is empty."""

    def taken(self, calendar_id: str, begins: datetime, ends: datetime) -> list[Taken]:
        """What is taken there at this moment, repeated meetings worked out by us."""

    def get(self, calendar_id: str, remote_id: str) -> Fetched: ...

    def find(self, calendar_id: str, uid: str) -> Fetched | None:
        """What we wrote ourselves when the answer was lost."""

    def create(self, calendar_id: str, entry: Entry) -> Written: ...

    def update(self, calendar_id: str, remote_id: str, etag: str, entry: Entry) -> Written:
        """Only if it is still as `etag` says; raises Stale."""

    def delete(self, calendar_id: str, remote_id: str, etag: str) -> None: ...

    def answer(self, calendar_id: str, remote_id: str, address: str, answer: str, words: str) -> Written:
        """She, who is invited there as `address`, comes (accepted), perhaps (tentative) or not (declined).

        Where that server writes to whoever invites, it does. Raises Missing where she is not invited to it.
        """
