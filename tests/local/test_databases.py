import pytest
from django.conf import settings
from django.db import ProgrammingError, connection

from secretariat.local.emptying import empty
from secretariat.local.models import Clock


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
@pytest.mark.parametrize("extension", ["btree_gist", "citext", "pg_trgm", "unaccent"])
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
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_with_committed_rows_leaves_none(turn):
    from django.contrib.sessions.models import Session

    assert not Session.objects.exists()
    Session.objects.create(session_key=f"k{turn}", session_data="d", expire_date="2026-03-02T00:00:00Z")
