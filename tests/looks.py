"""What a room's office need not look at again, because it would find the same: nothing to do.

The sweep looks everywhere every second, and a room asks for as much after each posting and each step of its
clock, though most of these looks find nothing, and what costs is Django's making of the questions. So a look
that was in vain is not made again while no row of the packages it read was written and the clock stands; and
where nothing at all was found, its questions are put once more as they were, and any answer makes it look
anew. What is due is told by the database's clock, so that the same question knows of the later hour. All
this holds where nobody else writes, inside a test's own transaction; with committed rows every look is made.

From one test to the next it is remembered which tables a look begins in: where nothing stands in any of them,
there is nothing to find, whatever stands beside.
"""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection

WRITTEN = re.compile(r'\b(?:INSERT INTO|UPDATE|DELETE FROM) "?([a-z]+)_')
READ = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE|USING) "?([a-z]+)_')
BEGINS = re.compile(r'(?:FROM|UPDATE) "([a-z0-9_]+)"')
NO_QUESTION = ("SAVEPOINT", "RELEASE", "SET LOCAL")


@dataclass(frozen=True)
class Look:
    """What was found, by which questions, and when: by the office's clock, and by the count of writes."""

    found: Any
    asked: list[tuple[str, tuple]]
    answered: bool  # some question had an answer, of which the look made nothing
    at: datetime | None
    count: int

    @property
    def packages(self) -> set[str]:
        return {package for sql, _ in self.asked for package in READ.findall(sql)}

    @property
    def may_be_asked_again(self) -> bool:
        """A hand-made hour in a question would be the old one, and an order to write is no question."""
        return not self.answered and all(
            sql.startswith("SELECT") and not _names_an_hour(params) for sql, params in self.asked
        )

    @property
    def begins(self) -> frozenset[str] | None:
        """The tables its questions begin in: joined to an empty one is nothing. None if one is unclear."""
        begun = [_begins_in(sql) for sql, _ in self.asked]
        return frozenset(begun) if begun and all(begun) else None


def _begins_in(sql: str) -> str:
    """The first table outside of all brackets, without whose rows a question has no answer; or ""."""
    if not sql.startswith(("SELECT", "UPDATE", "DELETE")):
        return ""
    while (outside := re.sub(r"\([^()]*\)", "", sql)) != sql:
        sql = outside
    found = BEGINS.search(sql)
    return found[1] if found else ""


def _names_an_hour(params) -> bool:
    return any(isinstance(each, date) or (isinstance(each, list) and _names_an_hour(each)) for each in params)


class Looks:
    """Watches what one process writes and reads. A table's name begins with its package's."""

    def __init__(self):
        self.count = 0
        self.last_written: dict[str, int] = {}
        self.undone = 0  # the count when rows were last put back as they had been
        self.asked: list[tuple[str, tuple]] | None = None
        self.answered = False
        self.known: dict[Hashable, Look] = {}
        self.barren: dict[
            Hashable, str
        ] = {}  # of looks that began in empty tables: whether one is not, as SQL

    def begin(self) -> None:
        """Forget what stands in this test's tables, and watch this thread's connection."""
        self.known.clear()
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)

    def __call__(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if self.asked is not None and not sql.startswith(NO_QUESTION):
            self.asked.append((sql, tuple(params or ())))
            self.answered |= context["cursor"].rowcount != 0
        if sql.startswith("ROLLBACK"):
            self.count += 1
            self.undone = self.count
        elif context["cursor"].rowcount and (written := WRITTEN.findall(sql)):
            self.count += 1
            self.last_written.update(dict.fromkeys(written, self.count))
        return answer

    def unless_in_vain(self, name: Hashable, act: Callable[[], int], *, at: datetime) -> int:
        """Do it, and say how much was done; nothing, where it would do nothing. `at` is the office's time."""
        if self._is_in_vain(name, at):
            return 0
        before = self.count
        look = self._look(act, at)
        if look.found or self.count != before:
            self.known.pop(name, None)
        else:
            self.known[name] = look
            self._remember(name, look)
        return look.found

    def _remember(self, name, look: Look) -> None:
        """That it found nothing, where it began in tables in which nothing stands."""
        if name in self.barren or look.answered or not (tables := look.begins):
            return
        any_row = " UNION ALL ".join(f'(SELECT 1 FROM "{table}" LIMIT 1)' for table in sorted(tables))
        if not _has_answer(any_row, ()):
            self.barren[name] = any_row

    def remembered(self, name: Hashable, ask: Callable[[], Any]) -> Any:
        """The answer, asked for again once something was written where it was found. It may know no time."""
        if not self._nothing_written(name):
            self.known[name] = self._look(ask, None)
        return self.known[name].found

    def _is_in_vain(self, name, at) -> bool:
        look = self.known.get(name)
        if not self._watches():
            return False
        if look and look.at == at and self._nothing_written(name):
            return True
        if name in self.barren and not _has_answer(self.barren[name], ()):
            return True
        if not look or not look.may_be_asked_again or any(_has_answer(*each) for each in look.asked):
            return False
        self.known[name] = replace(look, at=at, count=self.count)
        return True

    def _nothing_written(self, name) -> bool:
        look = self.known.get(name)
        if look is None or not self._watches():
            return False
        return all(self.last_written.get(package, 0) <= look.count for package in look.packages) and (
            self.undone <= look.count
        )

    def _watches(self) -> bool:
        return connection.in_atomic_block and self in connection.execute_wrappers

    def _look(self, act, at) -> Look:
        self.asked, self.answered = [], False
        try:
            found = act()
        finally:
            asked, self.asked = self.asked, None
        return Look(found, asked, self.answered, at, self.count)


def _has_answer(sql, params) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return bool(cursor.rowcount)


looks = Looks()
