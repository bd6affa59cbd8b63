"""What a cell of the matrix is: one address, one method, and what each actor must get."""

import re
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.urls import URLPattern, get_resolver, reverse

from .practice_world import Word
from .world import (
    ACTORS,
    ADMIN,
    ANONYMOUS,
    FORMER,
    MEMBER,
    OTHER_CONTACT,
    OWNER,
    POOL,
    STRANGER,
    SUPERVISOR,
    TEAM,
    Side,
    World,
)

# Who a page of the desk or the portal is for, when it is about client A.
DESK = frozenset({TEAM, POOL, SUPERVISOR, ADMIN})
CLIENT = frozenset({OWNER})
SECRETARIES = frozenset({TEAM, POOL, FORMER, STRANGER})
CONTACTS = frozenset({OWNER, MEMBER, OTHER_CONTACT})
AT_THE_DESK = SECRETARIES | {SUPERVISOR, ADMIN}
EVERYBODY = frozenset(ACTORS)

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
PASSING = ("django_session", "usersessions_usersession", "cache")  # rows of signing in, not of the office
EVER_NEW = re.compile(r"\b[A-Za-z0-9]{64}\b|data-server-time=\"[^\"]*\"")  # the CSRF token, the time


@dataclass(frozen=True)
class Cell:
    """One address and method.

    `allowed` get `status`. Everybody in `empty_for` gets `status` too, and nothing of client A. All
    others are sent to sign in (anonymous) or find nothing (404), but for `others`, which names them.
    """

    name: str
    method: str
    allowed: frozenset
    status: int = 200
    args: tuple[str, ...] = ()
    body: Callable[[Side], dict] | dict = field(default_factory=dict)
    empty_for: frozenset = frozenset()
    others: dict = field(default_factory=dict)
    shows: bool = False  # the answer holds the client's word
    changes: bool = False  # the act writes rows
    before: Callable[[World, Any], None] | None = None  # what must be so for the act to be possible
    headers: dict = field(default_factory=dict)

    def __str__(self):
        return f"{self.method} {self.name}"

    def expected(self, actor: str) -> int:
        if actor in self.others:
            return self.others[actor]
        if actor in self.allowed or actor in self.empty_for:
            return self.status
        return 302 if actor == ANONYMOUS else 404

    def address(self, side: Side) -> str:
        return reverse(self.name, args=[key_of(getattr(side, arg)) for arg in self.args])

    def address_of_nothing(self, side: Side) -> str:
        """The same address with ids that do not exist."""
        return reverse(self.name, args=[of_nothing(key_of(getattr(side, arg))) for arg in self.args])

    def sent_by(self, world: World, actor: str, side: Side, address: str, body: dict | None = None):
        """Do it. The test client satisfies the CSRF check, as a foreign page could not."""
        given = self.body(side) if callable(self.body) else self.body
        browser = world.browsers[actor]
        as_before = copy(browser.cookies)  # what one page said is not shown on the next one
        try:
            return getattr(browser, self.method.lower())(address, given | (body or {}), headers=self.headers)
        finally:
            browser.cookies = as_before


def of_nothing(key):
    if isinstance(key, Word):
        return key
    return uuid4() if isinstance(key, UUID) else f"{key}x"


def key_of(row):
    return row.row.pk if hasattr(row, "row") else getattr(row, "pk", row)


def content(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def told_apart(answer, address: str) -> tuple:
    """What somebody could tell one answer from another by, the address she asked for aside."""
    text = EVER_NEW.sub("…", content(answer))
    for key in re.findall(r"[0-9a-f-]{36}|m/[^/]+", address):
        text = text.replace(key, "…")
    location = answer.headers.get("Location", "")
    for key in re.findall(r"[0-9a-f-]{36}|m/[^/]+", address):
        location = location.replace(key, "…")
    return answer.status_code, answer.headers.get("Content-Type"), location, text


class Watch:
    """What has changed in the database since it was made, inside one transaction.

    PostgreSQL counts every row that is written, also one that is rolled back afterwards, so most acts that
    changed nothing are told by the counts alone. Where they moved, those tables are read as they are and as
    they were.
    """

    def __init__(self):
        self.counted = written()
        self.savepoint = transaction.savepoint()

    def changed(self) -> set[str]:
        """The tables that hold something else now. What was done since is undone by asking."""
        touched = sorted(t for t, count in written().items() if count != self.counted.get(t, 0))
        if not touched:
            return set()
        after = held(touched)
        transaction.savepoint_rollback(self.savepoint)
        before = held(touched)
        return {table for table in touched if after[table] != before[table]}


def written() -> dict[str, int]:
    """How many rows of each table this transaction has inserted, altered and deleted."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
            " WHERE NOT relname = ANY(%s)",
            [list(PASSING)],
        )
        return dict(cursor.fetchall())


def held(tables) -> dict[str, tuple]:
    """How many rows each table has and the sum over what they hold: equal only if nothing changed."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', count(*), coalesce(sum(hashtextextended(row::text, 0)), 0)"
                f' FROM "{table}" row'
                for table in tables
            )
        )
        return {table: (count, held) for table, count, held in cursor.fetchall()}


class undone:
    """What happens in this block has not happened afterwards."""

    def __enter__(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, *trouble):
        transaction.set_rollback(True)
        return self.atomic.__exit__(*trouble)


def addresses() -> Iterator[tuple[str, str]]:
    """(name, route) of every address the site answers."""
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(patterns, prefix, space):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield space + (pattern.name or ""), route
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, route, inner)
