from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event

import psycopg
import pytest
from django.conf import settings
from django.db import ProgrammingError, connection

from secretariat.local import emptying, test_servers
from secretariat.local.databases import copy_database
from secretariat.local.emptying import empty
from secretariat.local.models import Clock
from tests.patience import PATIENCE


@pytest.mark.django_db
def test_the_product_connects_as_the_role_that_only_reads_and_writes_rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("app",)
        with pytest.raises(ProgrammingError, match="permission denied"):
            cursor.execute("CREATE TABLE mine ()")


@pytest.mark.django_db
def test_the_app_role_cannot_empty_a_table_at_a_stroke():
    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("TRUNCATE local_clock")


@pytest.mark.django_db
@pytest.mark.parametrize("extension", ["btree_gin", "btree_gist", "citext", "pg_trgm", "unaccent"])
def test_the_extensions_are_there(extension):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = %s", [extension])
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_emptying_takes_committed_rows_and_sets_the_clock_right():
    from django.contrib.sessions.models import Session

    Session.objects.create(session_key="k", session_data="d", expire_date="2026-03-02T00:00:00Z")
    Clock.objects.update(shift="01:00:00")
    empty(settings.DATABASE_OWNER_URL)
    assert not Session.objects.exists()
    assert Clock.objects.get().shift.total_seconds() == 0


@pytest.mark.django_db(transaction=True)
def test_emptying_gives_way_to_a_process_that_needs_what_it_waits_for(monkeypatch):
    """A process has one table and wants another. Neither it nor the emptying may be refused."""
    from django.contrib.sessions.models import Session

    from secretariat.office.models import User

    Session.objects.create(session_key="k", session_data="d", expire_date="2026-03-02T00:00:00Z")
    helen = User.objects.create(email="helen@example.com", name="Helen")
    app_url = test_servers.on(
        test_servers.TestServers.of_this_run().app_url, settings.DATABASES["default"]["NAME"]
    )
    refused, empties = Event(), emptying._empty

    def empties_what_it_may(connection):
        try:
            empties(connection)
        except psycopg.errors.LockNotAvailable:
            refused.set()
            raise

    monkeypatch.setattr(emptying, "_empty", empties_what_it_may)
    with ThreadPoolExecutor() as beside, psycopg.connect(app_url) as process:
        process.execute("UPDATE office_user SET name = 'Helen Marsh' WHERE id = %s", [helen.pk])
        emptied = beside.submit(empty, settings.DATABASE_OWNER_URL)
        assert refused.wait(PATIENCE)
        process.execute("UPDATE django_session SET session_data = 'other'")
        assert process.execute("SELECT session_data FROM django_session").fetchall() == [("other",)]
        process.commit()
        emptied.result()
    assert not Session.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_database_is_made_afresh_once_the_last_who_used_it_has_gone():
    """A process that was stopped is not gone from PostgreSQL at once, and its owner may not send it away."""
    servers = test_servers.TestServers.of_this_run()
    name = f"{settings.DATABASES['default']['NAME']}_afresh"
    copy = partial(copy_database, test_servers.on(servers.owner_url, "postgres"), servers.template, name)
    copy()
    watching = psycopg.connect(servers.superuser_url, autocommit=True)
    with ThreadPoolExecutor() as beside, watching:
        with psycopg.connect(test_servers.on(servers.app_url, name)) as leaving:
            leaving.execute("UPDATE local_clock SET shift = '1 hour'")
            leaving.commit()
            made = beside.submit(copy)
            while not watching.execute(WAITS_FOR_HER, [name]).fetchone():
                assert not made.done()
        made.result()
    with psycopg.connect(test_servers.on(servers.app_url, name)) as comes:
        assert comes.execute("SELECT 1 FROM local_clock WHERE shift > '0'").fetchone() is None


WAITS_FOR_HER = """
    SELECT 1 FROM pg_stat_activity
    WHERE state = 'active' AND query = format('DROP DATABASE IF EXISTS "%%s"', %s::text)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_with_committed_rows_leaves_none(turn):
    from django.contrib.sessions.models import Session

    assert not Session.objects.exists()
    Session.objects.create(session_key=f"k{turn}", session_data="d", expire_date="2026-03-02T00:00:00Z")
