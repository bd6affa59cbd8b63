import socket

import pytest
import redis

from secretariat.outbox import hints


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    """As in a thread that has not published before."""
    monkeypatch.setattr(hints, "_silent_until", 0.0)
    hints._thread.__dict__.clear()
    yield
    hints._thread.__dict__.clear()


@pytest.fixture
def tries(monkeypatch):
    """How often the broker was tried."""
    tries = []
    publish = hints.app.send_task
    monkeypatch.setattr(hints.app, "send_task", lambda *a, **k: tries.append(k["queue"]) or publish(*a, **k))
    return tries


def test_a_hint_lies_in_the_queue_it_names(settings):
    broker = redis.Redis.from_url(settings.REDIS_URL)
    before = broker.llen("bulk")
    hints.kick("bulk")
    hints.kick_inbox("bulk")
    assert broker.llen("bulk") == before + 2
    broker.delete("bulk")


def test_without_redis_nothing_is_raised_and_the_loss_is_counted(settings, tries):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.REDIS_URL = f"redis://127.0.0.1:{closed.getsockname()[1]}/0"
        before = hints.lost._value.get()
        for _ in range(3):
            hints.kick("urgent")
    assert hints.lost._value.get() == before + 3
    assert tries == ["urgent"], "silent for two seconds after a failure"


def test_a_redis_that_says_nothing_is_given_up(settings, tries):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        settings.REDIS_URL = f"redis://127.0.0.1:{deaf.getsockname()[1]}/0"
        hints.kick("urgent")
        hints.kick("urgent")
    assert tries == ["urgent"]


def test_after_the_silence_it_is_tried_again(settings, tries, monkeypatch):
    monkeypatch.setattr(hints, "_silent_until", hints.time.monotonic() - 0.001)
    hints.kick("bulk")
    assert tries == ["bulk"]
    redis.Redis.from_url(settings.REDIS_URL).delete("bulk")


def test_without_a_broker_configured_there_is_nobody_to_tell(settings, tries):
    settings.REDIS_URL = ""
    hints.kick("urgent")
    assert tries == []
