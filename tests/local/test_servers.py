"""The private servers themselves, where their folders lie awkwardly."""

import os

import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from secretariat.local import databases, postgres, valkey
from secretariat.local.children import Children


@pytest.fixture
def children(tmp_path):
    tmp_path.chmod(0o700)  # a folder that an unprivileged user cannot enter
    found = Children(tmp_path / "her own office")
    yield found
    found.stop()


@pytest.fixture
def data(children):
    folder = children.notes.parent / "postgres"
    yield folder
    children.stop()
    postgres.forget(folder)


@pytest.mark.slow
def test_postgres_starts_behind_a_closed_door_with_a_space_in_its_name_and_keeps_its_rows(children, data):
    rights = os.stat(data.parent).st_mode
    roles = databases.Roles(owner="one", app="two")
    server = postgres.start(children, data)
    databases.make_roles(server, roles)
    databases.make_database(server, "office")
    with psycopg.connect(server.url("office", "owner", "one")) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    with psycopg.connect(server.url("office", "app", "two")) as connection:
        connection.execute("INSERT INTO kept VALUES ('still here')")
    children.stop()

    again = postgres.start(children, data)
    with psycopg.connect(again.url("office", "app", "two")) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("still here",)]
    assert os.stat(data.parent).st_mode == rights


@pytest.mark.slow
def test_postgres_listens_on_this_computer_alone_and_asks_for_a_password(children, data):
    server = postgres.start(children, data)
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(server.url("postgres", password="guessed"))
    with psycopg.connect(server.url("postgres")) as connection:
        asked = "SELECT current_setting('listen_addresses'), current_setting('unix_socket_directories')"
        assert connection.execute(asked).fetchone() == ("127.0.0.1", "")
        sorting = (
            "SELECT datcollate, datlocprovider::text, datlocale FROM pg_database WHERE datname = 'postgres'"
        )
        assert connection.execute(sorting).fetchone()[1:] == ("b", "C.UTF-8")


def test_valkey_asks_for_a_password_that_its_command_line_does_not_show(children):
    server = valkey.start(children)
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=server.port, retry=Retry(NoBackoff(), 0)).ping()
    assert redis.Redis.from_url(server.url(3)).ping()
    assert not any(server.password in word for word in server.child.command)


def test_a_port_that_was_taken_meanwhile_is_given_up_for_another(children, monkeypatch):
    first = valkey.start(children)
    ports = iter([first.port])
    honest = valkey.free_port
    monkeypatch.setattr(valkey, "free_port", lambda: next(ports, None) or honest())
    second = valkey.start(children)
    assert second.port != first.port
    assert redis.Redis.from_url(second.url()).ping()
