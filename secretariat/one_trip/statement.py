"""One prepared statement, run on Django's own connection."""

import time
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from django.db import connection


@contextmanager
def _prepared(its: psycopg.Connection):
    """A cursor that prepares what it runs. Django forbids that on its connections; what it runs itself
    stays as it wants it."""
    before, its.prepare_threshold = its.prepare_threshold, 0
    try:
        with psycopg.RawCursor(its) as cursor:
            yield cursor
    finally:
        its.prepare_threshold = before


def run(statement: bytes, values: list[Any]) -> tuple:
    """Run it and return its one row. The server keeps its plan; places are $1, $2 …

    A fault of the database comes as Django's own, such as IntegrityError. Where queries are counted or
    watched, as in tests, so is this one.
    """
    connection.ensure_connection()
    began = time.monotonic()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, _prepared(connection.connection) as cursor:
        execute = partial(_execute, cursor)
        for wrapper in reversed(connection.execute_wrappers):
            execute = partial(wrapper, execute)
        execute(statement.decode(), values, False, {"connection": connection, "cursor": cursor})
        row = cursor.fetchone()
    if connection.queries_logged:
        connection.queries_log.append({"sql": statement.decode(), "time": f"{time.monotonic() - began:.3f}"})
    return row


def _execute(cursor, statement: str, values, _many, _context):
    return cursor.execute(statement.encode(), values, prepare=True)
