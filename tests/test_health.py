import pytest
from django.db import OperationalError, connection

from secretariat import health, ledger, outbox
from secretariat.live import hint
from secretariat.live.models import LiveProcess

TOKEN = {"Authorization": "Bearer test-metrics"}


@pytest.fixture(autouse=True)
def _forgets(monkeypatch, settings):
    monkeypatch.setattr(health, "_is_migrated", False)
    settings.METRICS_TOKEN = "test-metrics"


@pytest.fixture
def _sweeps(monkeypatch):
    monkeypatch.setattr(outbox, "sweeper_age", lambda: 1.0, raising=False)


def test_it_is_alive_without_a_database(client):
    assert client.get("/healthz").content == b"alive\n"


@pytest.mark.django_db
@pytest.mark.usefixtures("_sweeps")
def test_it_is_ready(client):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ready", "degraded": []})
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize(("age", "degraded"), [(None, ["sweep"]), (15.1, ["sweep"]), (14.9, [])])
def test_without_a_sweep_it_works_later(client, monkeypatch, age, degraded):
    monkeypatch.setattr(outbox, "sweeper_age", lambda: age, raising=False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["degraded"]) == (200, degraded)


@pytest.mark.django_db
@pytest.mark.usefixtures("_sweeps")
def test_without_redis_it_works_later(client, monkeypatch):
    monkeypatch.setattr(hint, "redis_answers", lambda: False)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "degraded", "degraded": ["redis"]})


def test_an_unreachable_redis_does_not_answer(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert hint.redis_answers() is False


@pytest.mark.django_db
@pytest.mark.usefixtures("_sweeps")
def test_with_a_migration_missing_it_is_not_ready(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'live'")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "missing": ["migrations"]})


def test_without_postgresql_it_is_not_ready(client, monkeypatch):
    def away():
        raise OperationalError("the server is away")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "missing": ["postgresql"]})


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer no"}, {"Authorization": "test-metrics"}])
def test_figures_are_for_whoever_has_the_token(client, headers):
    assert client.get("/metrics", headers=headers).status_code == 401


def test_without_a_token_there_are_no_figures(client, settings):
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 401


def figures(client):
    text = client.get("/metrics", headers=TOKEN).content.decode()
    return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))


@pytest.mark.django_db
def test_the_office_in_figures(client):
    outbox.post("tests.letter", key="one", queue="bulk")
    outbox.post("tests.letter", key="two", queue="bulk")
    ledger.record("held", subject=("calls.call", 1))
    LiveProcess.objects.create(streams=3)
    LiveProcess.objects.create(streams=4)
    told = figures(client)
    assert told['secretariat_outbox{queue="bulk",state="pending"}'] == "2.0"
    assert told['secretariat_outbox{queue="calls",state="dead"}'] == "0.0"
    assert float(told['secretariat_outbox_due_seconds{queue="bulk"}']) >= 0
    assert told["secretariat_ledger_unsealed"] == "1.0"
    assert told["secretariat_live_streams"] == "7.0"
    assert told["secretariat_inbox_failed"] == "0.0"
    assert told["secretariat_sweep_age_seconds"] == "-1.0"


@pytest.mark.django_db
def test_requests_are_counted_by_the_name_of_their_address(client):
    name = 'secretariat_requests_total{method="GET",status="200",view="healthz"}'
    before = float(figures(client).get(name, 0))
    client.get("/healthz")
    client.get("/healthz")
    told = figures(client)
    assert float(told[name]) == before + 2
    assert 'secretariat_request_seconds_count{view="healthz"}' in told
