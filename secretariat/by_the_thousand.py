"""Rows by the thousand, out of the database and into it as quickly as the driver can: values, not objects.

Both are part of the transaction under way. What is read is in the database's own binary form; what is written
goes by COPY.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL
from psycopg import sql

AT_ONCE = 1000  # rows of one piece that is sent
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def read_out(told: QuerySet) -> list[tuple]:
    """The rows of a `values_list`: UUIDs, numbers, text and moments in UTC, as PostgreSQL holds them.

    No converter of a field is asked, so it is for columns that need none.
    """
    asked, given = told.query.sql_with_params()
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(asked, given, binary=True).fetchall()


def one_of(ids: Iterable[UUID]) -> RawSQL:
    """For `pk__in` of thousands: one value instead of one for each."""
    return RawSQL("SELECT unnest(%s::uuid[])", [list(ids)])


def copy_in(model: type[Model], names: Sequence[str], rows: Iterable[Sequence]) -> None:
    """Write these rows; each is the values of the fields `names`, in that order.

    A field that is not named is left to the database, and nothing of the rows is read back. Values are those
    of the columns: ids, not rows; JSON as text.
    """
    fields = {each.name: str(each.column) for each in model._meta.concrete_fields}
    columns = sql.SQL(", ").join([sql.Identifier(fields[each]) for each in names])
    asked = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(model._meta.db_table), columns)
    with connection.cursor() as cursor, cursor.copy(asked) as taken_in:
        for piece in _pieces(rows):
            taken_in.write(piece)


def _pieces(rows: Iterable[Sequence]) -> Iterator[str]:
    lines: list[str] = []
    for row in rows:
        lines.append("\t".join(map(_written, row)))
        if len(lines) == AT_ONCE:
            yield "\n".join(lines) + "\n"
            lines.clear()
    if lines:
        yield "\n".join(lines) + "\n"


def _written(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, UUID):
        return value.hex  # in a third of the time that its dashes take
    if not isinstance(value, str):
        return str(value)
    if value.isprintable() and "\\" not in value:
        return value  # nearly all
    return value.translate(ESCAPED)
