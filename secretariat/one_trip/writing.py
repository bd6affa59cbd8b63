"""Rows of several tables, written by one statement.

    rows = Rows()
    rows.add(call)
    rows.add(offer, unless_taken=True)
    rows.add(leg, only_with=offer)
    rows.write()

A row added `unless_taken` is left out where a unique constraint stands against it, and with it every row
that was added `only_with` it. Columns are those of the models; one that the database fills by itself is
left to it, and a value such as `clock.Now()` is worked out there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.db import connection
from django.db.models import AutoField, Model
from django.db.models.expressions import BaseExpression, DatabaseDefault

from .statement import run
from .values import written


@dataclass(frozen=True)
class _Row:
    row: Model
    unless_taken: bool
    only_with: Model | None
    then: Callable[[Model], None] | None


@dataclass
class Rows:
    """What is to be written together. `then` is called with a row that was written, in the transaction."""

    _added: list[_Row] = field(default_factory=list)

    def add(self, row: Model, *, unless_taken=False, only_with: Model | None = None, then=None) -> Model:
        self._added.append(_Row(row, unless_taken, only_with, then))
        return row

    def write(self) -> None:
        """Write them in one statement. Raises IntegrityError, and then none is written.

        Afterwards `row._state.adding` of a row that was left out is still True.
        """
        if not self._added:
            return
        groups: dict[_Group, list[_Row]] = {}
        for added in self._added:
            groups.setdefault(_group(added), []).append(added)
        # A row that others depend on comes before them, whatever was added first.
        ordered = sorted(groups, key=lambda group: not group.unless_taken)
        asked = [_as_json(group, groups[group]) for group in ordered]
        (answer,) = run(_statement(tuple(ordered), settings.CLOCK_MAY_SHIFT), asked)
        taken_out: set[int] = set()
        for group, ids in zip(ordered, json.loads(answer), strict=True):
            self._learn(group, groups[group], ids or [], taken_out)
        for added in self._added:
            if added.then and not added.row._state.adding:
                added.then(added.row)

    def _learn(self, group, members, ids, taken_out) -> None:
        if group.unless_taken:
            there = set(ids)
            members = [each for each in members if json.loads(_pk(each.row)) in there]
        elif group.depends:
            members = [each for each in members if not each.only_with._state.adding]
        if len(members) != len(ids):
            raise RuntimeError(f"{len(ids)} of {len(members)} rows of {group.model.__name__} were written")
        for each, pk in zip(members, ids, strict=True):
            if group.makes_pk:
                each.row.pk = pk
            each.row._state.adding, each.row._state.db = False, connection.alias


@dataclass(frozen=True)
class _Group:
    """Rows of one table that are written the same way. `by_sql`: columns with an expression, and its SQL."""

    model: type[Model]
    columns: tuple[str, ...]
    by_sql: tuple[tuple[str, str], ...]
    unless_taken: bool
    depends: bool

    @property
    def makes_pk(self) -> bool:
        return self.model._meta.pk.column not in self.columns


@lru_cache(maxsize=200)
def _columns_of(model: type[Model]) -> tuple[tuple[str, str, bool], ...]:
    """Attribute and column of each field, and whether the database numbers it."""
    fields = [each for each in model._meta.concrete_fields if not each.generated]
    return tuple((each.attname, each.column, isinstance(each, AutoField)) for each in fields)


def _group(added: _Row) -> _Group:
    values, columns, by_sql = added.row.__dict__, [], []
    model = type(added.row)
    for name, column, numbered in _columns_of(model):
        value = values[name]
        if isinstance(value, BaseExpression):
            if isinstance(value, DatabaseDefault):
                continue
            by_sql.append((column, _sql(value)))
        elif numbered and value is None:
            continue
        columns.append(column)
    return _Group(model, tuple(columns), tuple(by_sql), added.unless_taken, added.only_with is not None)


def _sql(expression) -> str:
    sql, params = expression.as_sql(None, connection)
    if params:
        raise TypeError("an expression written here has no values of its own")
    return sql


def _as_json(group: _Group, members: list[_Row]) -> str:
    told_apart = set(group.columns) - {column for column, _ in group.by_sql}
    columns = [(name, column) for name, column, _ in _columns_of(group.model) if column in told_apart]
    told = []
    for each in members:
        row = each.row.__dict__
        told.append({column: row[name] for name, column in columns})
        if each.only_with is not None:
            told[-1]["only_with"] = each.only_with.pk
    return json.dumps(told, default=written)


def _pk(row: Model) -> str:
    return json.dumps(row.pk, default=written)


@lru_cache(maxsize=200)
def _statement(groups: tuple[_Group, ...], clock_may_shift: bool) -> bytes:
    """The statement that writes such groups. Each gets its rows as JSON, in the order of the groups."""
    quote = connection.ops.quote_name
    parts, answers = [], []
    kept = [f"SELECT id FROM w{n}" for n, group in enumerate(groups) if group.unless_taken]
    for n, group in enumerate(groups):
        table, by_sql = quote(group.model._meta.db_table), dict(group.by_sql)
        values = ", ".join(by_sql.get(column) or f"r.{quote(column)}" for column in group.columns)
        columns = ", ".join(map(quote, group.columns))
        # Not a join: the rows keep their order, and so the database gives out its numbers in that order.
        only = ""
        if group.depends:
            only = f" WHERE (j.value ->> 'only_with')::uuid = ANY (ARRAY({' UNION ALL '.join(kept)}))"
        taken = " ON CONFLICT DO NOTHING" if group.unless_taken else ""
        parts.append(
            f"w{n} (id) AS (INSERT INTO {table} ({columns}) SELECT {values}"
            f" FROM json_array_elements(${n + 1}::json) WITH ORDINALITY j (value, place),"
            f" json_populate_record(NULL::{table}, j.value) r{only} ORDER BY j.place{taken}"
            f" RETURNING {quote(group.model._meta.pk.column)})"
        )
        answers.append(f"(SELECT json_agg(id) FROM w{n})")
    return f"WITH {', '.join(parts)} SELECT json_build_array({', '.join(answers)})::text".encode()
