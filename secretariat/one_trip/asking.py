"""Several questions of the ORM in one statement, compiled at first use.

    ASKED = Question(lambda: {
        "line": rows(Line.objects.filter(number=Given("number", CharField()))),
        "holidays": rows(Holiday.objects.filter(client=Of("line", "client_id", UUIDField()))),
        "is_ours": exists(Line.objects.filter(number=Given("caller", CharField()))),
    })
    found = ASKED.ask(number="+44…", caller="+44…")

`rows` come as the model's own instances, with what was selected as related and annotated. Each answer is
the same as the query set's own would be at that moment. `changing.py` has parts that write.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.query import get_related_populators
from psycopg.sql import Literal

from .statement import run
from .values import reader

MOST_COLUMNS = 100  # PostgreSQL passes no more arguments to a function
_PLACES = re.compile(r"%(s|%)")


class Given(Expression):
    """A value that is told with each asking, under this name."""

    def __init__(self, name: str, output_field: Field):
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler, connection):
        return "%s", [_Place(self.name, self.output_field)]


class Of(Expression):
    """A column of the one row that an earlier `rows` of this question finds; NULL where it finds none."""

    def __init__(self, part: str, column: str, output_field: Field):
        super().__init__(output_field=output_field)
        self.part, self.column = part, column

    def as_sql(self, compiler, connection):
        name, column = connection.ops.quote_name(f"asked_{self.part}"), connection.ops.quote_name(self.column)
        return f"(SELECT {column} FROM {name})", []


@dataclass(frozen=True)
class _Place:
    name: str
    field: Field


class Part(Protocol):
    """One thing asked for. `compiled` adds what it needs to the statement."""

    def compiled(self, name: str, statement: "Compiled") -> None: ...


def rows(queryset: QuerySet) -> Part:
    return _Found(queryset)


def exists(queryset: QuerySet) -> Part:
    return _Told(queryset.order_by().values("pk"), "EXISTS({})")


def count(queryset: QuerySet) -> Part:
    return _Told(queryset.order_by().values("pk"), "(SELECT count(*) FROM ({}) counted)")


def ids(queryset: QuerySet) -> Part:
    """The set of what one column of UUIDs holds: `Post.objects.values("user_id")`."""
    return _Told(queryset.order_by(), "(SELECT json_agg(found.id) FROM ({}) found (id))", _as_set)


def _as_set(answer: list[str] | None) -> set[UUID]:
    return {UUID(each) for each in answer or ()}


@dataclass(frozen=True)
class _Found:
    queryset: QuerySet

    def compiled(self, name, statement):
        compiler = self.queryset.query.get_compiler(connection.alias)
        sql, params = compiler.as_sql()
        its = Rows(compiler)
        table = statement.table(name, its.columns, f"MATERIALIZED ({statement.numbered(sql, params)})")
        statement.answer(name, its.asked_of(table), its.made)


@dataclass(frozen=True)
class _Told:
    queryset: QuerySet
    wanted: str
    made: Callable | None = None

    def compiled(self, name, statement):
        sql, params = self.queryset.query.get_compiler(connection.alias).as_sql()
        statement.answer(name, self.wanted.format(statement.numbered(sql, params)), self.made)


class Rows:
    """How rows of one query set are asked for, and how instances are made of the answer."""

    def __init__(self, compiler):
        self._annotations = compiler.annotation_col_map or {}
        its = compiler.klass_info
        if its is None:
            raise TypeError("rows() takes a query set of instances, without values()")
        self._model, self._own = its["model"], slice(its["select_fields"][0], its["select_fields"][-1] + 1)
        self._names = [column[0].target.attname for column in compiler.select[self._own]]
        self._related = get_related_populators(its, compiler.select, compiler.using)
        readers = [reader(column[0].output_field) for column in compiler.select]
        self._readers = [(place, read) for place, read in enumerate(readers) if read]
        self.columns = [f"c{place}" for place in range(len(compiler.select))]
        self.columns[self._own] = self._names  # so that Of can name them
        if len(self.columns) > MOST_COLUMNS:
            raise TypeError(f"more than {MOST_COLUMNS} columns for each {self._model.__name__}")

    def asked_of(self, table: str) -> str:
        """What makes one answer of all rows of a table with these columns."""
        columns = ", ".join(map(connection.ops.quote_name, self.columns))
        return f"(SELECT json_agg(json_build_array({columns})) FROM {table})"

    def made(self, answer: list[list] | None) -> list:
        return [self._instance(row) for row in answer or ()]

    def _instance(self, row: list):
        for place, read in self._readers:
            if row[place] is not None:
                row[place] = read(row[place])
        instance = self._model.from_db(connection.alias, self._names, row[self._own])
        for related in self._related:
            related.populate(row, instance)
        for name, place in self._annotations.items():
            setattr(instance, name, row[place])
        return instance


class Question:
    """`parts` returns what to ask, by name. An earlier part may be named by `Of` in a later one."""

    def __init__(self, parts: Callable[[], dict[str, Part]]):
        self._parts = parts
        self._compiled: dict[bool, Compiled] = {}

    def ask(self, **given) -> dict[str, Any]:
        # Only the clock's shift changes the statement: demo and tests have one, production has none.
        kind = settings.CLOCK_MAY_SHIFT
        if kind not in self._compiled:
            self._compiled[kind] = Compiled(self._parts())
        return self._compiled[kind].ask(given)


class Compiled:
    """The statement as it grows, part by part, and how its answer is read."""

    def __init__(self, parts: dict[str, Part]):
        self._values: list[Any] = []
        self._numbers: dict[str, int] = {}
        self._makers: list[tuple[str, Callable | None]] = []
        self._tables: list[str] = []
        self._answers: list[str] = []
        for name, part in parts.items():
            part.compiled(name, self)
        tables = f"WITH {', '.join(self._tables)} " if self._tables else ""
        self._statement = f"{tables}SELECT json_build_array({', '.join(self._answers)})::text".encode()

    def table(self, name: str, columns: list[str], body: str) -> str:
        """Let later parts read what this one finds, by `Of`. Returns its name as SQL knows it."""
        quote = connection.ops.quote_name
        table = quote(f"asked_{name}")
        self._tables.append(f"{table} ({', '.join(map(quote, columns))}) AS {body}")
        return table

    def answer(self, name: str, sql: str, made: Callable | None = None) -> None:
        """What is told under this name, and what makes of it what the asker gets."""
        self._answers.append(sql)
        self._makers.append((name, made))

    def numbered(self, sql: str, params) -> str:
        """The ORM's statement with this one's places in it."""
        left = iter(params)

        def place(found):
            return "%" if found[1] == "%" else self._place(next(left))

        return _PLACES.sub(place, sql)

    def _place(self, value) -> str:
        if isinstance(value, str):
            # The code's own words, never anybody's input. The server must see them: it keeps one plan for all
            # values of a place, and would not know that an index over some states has this one.
            return Literal(str(value)).as_string()
        if not isinstance(value, _Place):
            self._values.append(value)
            return f"${len(self._values)}"
        if value.name not in self._numbers:
            self._values.append(value)
            self._numbers[value.name] = len(self._values)
        # Without its type the server would guess from the first place, and others may differ.
        return f"${self._numbers[value.name]}::{_type(value.field)}"

    def ask(self, given: dict[str, Any]) -> dict[str, Any]:
        if given.keys() != self._numbers.keys():
            raise TypeError(f"asked with {sorted(given)}, but needed are {sorted(self._numbers)}")
        values = [given[each.name] if isinstance(each, _Place) else each for each in self._values]
        (answer,) = run(self._statement, values)
        told = json.loads(answer, parse_float=Decimal)
        return {
            name: made(each) if made else each for (name, made), each in zip(self._makers, told, strict=True)
        }


def _type(field: Field) -> str:
    """What a value of this field is called where no length matters."""
    return re.sub(r"\(.*?\)", "", field.db_type(connection))


def prefetched(instance, name: str, found: list) -> None:
    """Let `instance.<name>.all()` give these rows, as after prefetch_related."""
    related = getattr(instance, name).get_queryset()
    related._result_cache, related._prefetch_done = found, True
    if not hasattr(instance, "_prefetched_objects_cache"):
        instance._prefetched_objects_cache = {}
    instance._prefetched_objects_cache[name] = related
