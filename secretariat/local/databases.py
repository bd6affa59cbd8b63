"""Roles and databases on a private PostgreSQL, as an operator would make them on a real one.

`owner` owns database and schema and runs migrations; `app` reads and writes rows and can change
nothing else. The superuser does only what is in this file.
"""

import contextlib
import time
from dataclasses import dataclass

import psycopg
from psycopg import sql

from .postgres import Postgres

EXTENSIONS = ("btree_gin", "btree_gist", "pg_trgm", "unaccent", "citext")
LEAVING_SECONDS = 60


@dataclass(frozen=True)
class Roles:
    """The passwords of the two roles."""

    owner: str
    app: str


def make_roles(server: Postgres, roles: Roles, *, may_empty: bool = False) -> None:
    """Make both roles or give them these passwords. With `may_empty`, owner may set foreign keys aside."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for name, password, rights in (("owner", roles.owner, "CREATEDB"), ("app", roles.app, "NOCREATEDB")):
            known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
            verb = sql.SQL("ALTER" if known else "CREATE")
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN {} PASSWORD {}").format(
                    verb, sql.Identifier(name), sql.SQL(rights), sql.Literal(password)
                )
            )
        if may_empty:
            connection.execute("GRANT SET ON PARAMETER session_replication_role TO owner")


def exists(server: Postgres, name: str) -> bool:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return found.fetchone() is not None


def make_database(server: Postgres, name: str) -> None:
    """Make an empty database with the extensions and rights."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER owner").format(sql.Identifier(name)))
    with psycopg.connect(server.url(name), autocommit=True) as connection:
        for extension in EXTENSIONS:
            connection.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(extension)))
        connection.execute("""
            ALTER SCHEMA public OWNER TO owner;
            GRANT USAGE ON SCHEMA public TO app;
            ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public
                GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app;
            ALTER DEFAULT PRIVILEGES FOR ROLE owner IN SCHEMA public
                GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO app;
            """)


def drop_databases(server: Postgres, *, beginning: str, except_for: str = "") -> None:
    """Drop every database whose name begins so."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        found = connection.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname <> %s",
            [beginning, except_for],
        ).fetchall()
        for (name,) in found:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def rename_database(server: Postgres, name: str, to: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(to))
        )


def copy_database(owner_url: str, template: str, to: str) -> None:
    """Make database `to` afresh as a copy of `template`, to which nobody may be connected."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        _drop(connection, to)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(to), sql.Identifier(template))
        )


def _drop(connection: psycopg.Connection, name: str) -> None:
    """Drop a database of the owner's that nobody needs any more, if there is one.

    The owner may end sessions of her own alone. Those of a process that has just been stopped may still be
    about to end, and PostgreSQL may be tidying up there: it ends that itself where nothing is forced, and
    waits a few seconds for the rest. Raises psycopg.errors.ObjectInUse if somebody stays.
    """
    until = time.monotonic() + LEAVING_SECONDS
    plain = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    while True:
        with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
            connection.execute(plain + sql.SQL(" WITH (FORCE)"))
            return
        try:
            connection.execute(plain)
            return
        except psycopg.errors.ObjectInUse:
            if time.monotonic() > until:
                raise
