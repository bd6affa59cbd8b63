"""One prepared statement, run on Django's own connection."""

import time
from typing import Any

import psycopg
from django.db import connection


def run(statement: bytes, values: list[Any]) -> tuple:
    """Run it and return its one row. The server keeps its plan; places are $1, $2 …

    A fault of the database comes as Django's own, such as IntegrityError. Where queries are counted, as in
    tests, this one counts.
    """
    connection.ensure_connection()
    began = time.monotonic()
    with connection.wrap_database_errors, psycopg.RawCursor(connection.connection) as cursor:
        connection.validate_no_broken_transaction()
        row = cursor.execute(statement, values, prepare=True).fetchone()
    if connection.queries_logged:
        connection.queries_log.append({"sql": statement.decode(), "time": f"{time.monotonic() - began:.3f}"})
    return row
