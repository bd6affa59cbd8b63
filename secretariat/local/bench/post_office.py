"""A provider with its book beside an office, and the processes that bring letters to it."""

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from secretariat.local.children import Child
from secretariat.local.paths import CHECKOUT
from secretariat.local.ports import free_port

from .figures import MeasurementFailed
from .office import Office

POISON = "poison"  # how the name of a letter begins that kills whoever takes it up
LEASE = 4.0  # seconds in the fault runs; production's is 30, and they would mostly wait for it
DELAY = 0.05  # seconds until the provider says that it has a letter


@dataclass(frozen=True)
class PostOffice:
    """Where letters go. `book` says which came, how often and when."""

    office: Office
    book: Path
    port: int

    def starts(self, name: str, *words: str) -> Child:
        """A worker or the sweep, which know how to send letters here."""
        return self.runs(name, "delivering", *words)

    def runs(self, name: str, module: str, *words: str) -> Child:
        """A process of the module beside this one that is told where to bring letters."""
        return self.office.children.start(
            name,
            [sys.executable, "-m", f"{__package__}.{module}", str(self.port), *words],
            environment=self.office.environment,
            folder=CHECKOUT,
        )

    def came(self) -> int:
        """How many letters have come."""
        with closing(sqlite3.connect(self.book)) as rows:
            return rows.execute("SELECT count(*) FROM letters").fetchone()[0]

    def arrived(self, beginning: str) -> dict[str, list[float]]:
        """When each letter of this name came, on the clock of time.time; more than once if it came again."""
        asked = "SELECT key, at FROM letters WHERE key LIKE ? ORDER BY at"
        moments: dict[str, list[float]] = {}
        with closing(sqlite3.connect(self.book)) as rows:
            for key, at in rows.execute(asked, [f"{beginning}%"]):
                moments.setdefault(key, []).append(at)
        return moments

    def waiting(self, beginning: str = "") -> int:
        """How many letters have not ended."""
        with psycopg.connect(self.office.owner_url) as rows:
            asked = (
                "SELECT count(*) FROM outbox_effect "
                "WHERE state IN ('pending', 'leased') AND starts_with(key, %s)"
            )
            return rows.execute(asked, [beginning]).fetchone()[0]

    def ended(self, state: str, beginning: str = "") -> set[str]:
        with psycopg.connect(self.office.owner_url) as rows:
            asked = "SELECT key FROM outbox_effect WHERE state = %s AND starts_with(key, %s)"
            return {key for (key,) in rows.execute(asked, [state, beginning]).fetchall()}

    def until(self, reached, otherwise: str, *, seconds: float) -> None:
        """Look again and again, until `reached()`. Raises MeasurementFailed after so many seconds."""
        deadline = time.monotonic() + seconds
        while not reached():
            if time.monotonic() > deadline:
                raise MeasurementFailed(otherwise)
            time.sleep(0.1)


@contextmanager
def beside(office: Office, *, delay: float = DELAY, **settings: str) -> Iterator[PostOffice]:
    """An office that has nothing to send yet, and a provider that waits. `settings` differ from the usual."""
    office.stop_all()
    office.empty()
    office = replace(office, environment=office.environment | settings)
    book, port = office.folder / "book.sqlite3", free_port()
    book.unlink(missing_ok=True)
    office.children.start(
        "provider",
        [sys.executable, "-m", f"{__package__}.provider", str(book), str(port), str(delay)],
        environment=office.environment,
        folder=CHECKOUT,
    )
    post = PostOffice(office, book, port)
    post.until(book.exists, "the provider did not start", seconds=30)
    try:
        yield post
    finally:
        office.stop_all()
