"""The rows one call left behind, so that the floor can write the same ones under ids of its own."""

import json
import uuid
from pathlib import Path

import psycopg
from psycopg import sql

from .office import Office

# Filled by the database itself when the rows before them are written.
FOLLOWS_BY_ITSELF = {"ledger_unsealed"}


def take(office: Office, answer: bytes, path: Path) -> dict[str, int]:
    """Write down every row that has been gained, and the answer. Returns how many rows of each table."""
    tables = {name: count for name, count in office.written().items() if name not in FOLLOWS_BY_ITSELF}
    with psycopg.connect(office.owner_url) as connection:
        rows = [
            row for name in _in_order(connection, tables) for row in _rows(connection, name, office.baseline)
        ]
    path.write_text(json.dumps({"rows": rows, "answer": answer.decode()}))
    return tables


def _in_order(connection, tables) -> list[str]:
    """The tables, each after those that its foreign keys name."""
    pairs = connection.execute(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
    ).fetchall()
    left, ordered = set(tables), []
    while left:
        ready = sorted(
            table for table in left if not any(a == table and b in left and b != table for a, b in pairs)
        )
        ordered += ready or sorted(left)
        left -= set(ordered)
    return ordered


def _rows(connection, table: str, baseline: int) -> list[dict]:
    columns = connection.execute(
        "SELECT column_name, udt_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' "
        "AND is_identity = 'NO' AND coalesce(column_default, '') NOT LIKE 'nextval%%' "
        "ORDER BY ordinal_position",
        [table],
    ).fetchall()
    names = [name for name, _ in columns]
    asked = sql.SQL("SELECT {} FROM {} WHERE xmin::text::bigint >= %s").format(
        sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(name)) for name in names),
        sql.Identifier(table),
    )
    found = connection.execute(asked, [baseline]).fetchall()
    return [
        {"table": table, "columns": names, "types": [kind for _, kind in columns], "values": list(row)}
        for row in found
    ]


def ids_in(rows: list[dict]) -> set[str]:
    """The ids that came into being with these rows: each must be new again in a copy."""
    return {row["values"][row["columns"].index("id")] for row in rows if _has_new_id(row)}


def _has_new_id(row: dict) -> bool:
    if "id" not in row["columns"]:
        return False
    try:
        uuid.UUID(row["values"][row["columns"].index("id")])
    except ValueError:
        return False
    return True
