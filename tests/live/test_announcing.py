import json
from uuid import UUID

import pytest
import redis
from django.conf import settings
from django.db import transaction

from secretariat import live
from secretariat.live import hint
from secretariat.live.models import LiveEvent
from tests.patience import PATIENCE

ANA, RUI = UUID(int=1), UUID(int=2)
CALL = UUID(int=9)


@pytest.fixture(autouse=True)
def _heard_again():
    hint._silent_until = 0.0
    yield
    hint._silent_until = 0.0


@pytest.fixture
def published(monkeypatch):
    words = []
    monkeypatch.setattr(hint, "publish", lambda each: words.append(json.loads(each)))
    return words


@pytest.mark.django_db
def test_an_announcement_is_a_row_with_its_audience(published):
    live.announce("call.ringing", CALL, 3, [RUI, ANA, ANA])
    row = LiveEvent.objects.get()
    row.refresh_from_db()
    assert (row.event, row.subject_id, row.version) == ("call.ringing", str(CALL), 3)
    assert row.audience == [ANA, RUI]


@pytest.mark.django_db
def test_nobody_to_tell_is_no_row(published):
    assert live.announce("call.ringing", CALL, 3, []) is None
    assert not LiveEvent.objects.exists()


def test_the_hint_goes_out_when_the_act_is_committed(published, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        row = live.announce("call.ringing", CALL, 3, [ANA])
        assert published == []
    assert published == [
        {
            "id": row.pk,
            "event": "call.ringing",
            "subject": str(CALL),
            "version": 3,
            "audience": [str(ANA)],
        }
    ]


def test_an_act_that_is_undone_announces_nothing(published, db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        live.announce("call.ringing", CALL, 3, [ANA])
        transaction.set_rollback(True)
    assert published == []
    assert not LiveEvent.objects.exists()


def test_the_hint_is_heard_on_the_channel(monkeypatch):
    monkeypatch.setattr(hint, "TIMEOUT", PATIENCE)  # how soon Redis answers is not what is asked here
    monkeypatch.setattr(hint, "_redis", hint._redis.__wrapped__)
    ears = redis.Redis.from_url(settings.REDIS_URL).pubsub()
    with ears:
        ears.subscribe(hint.channel())
        assert ears.get_message(timeout=PATIENCE)["type"] == "subscribe"
        assert hint.publish("words")
        assert ears.get_message(timeout=PATIENCE)["data"] == b"words"


def test_without_redis_the_hint_is_lost_and_nobody_minds(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert hint.publish("words") is False


def test_after_a_failure_it_is_silent_for_two_seconds(settings, monkeypatch):
    clock = {"now": 100.0}
    asked = []

    class Broken:
        def publish(self, *_):
            asked.append(clock["now"])
            raise redis.ConnectionError

    monkeypatch.setattr(hint, "_redis", lambda url: Broken())
    monkeypatch.setattr(hint, "monotonic", lambda: clock["now"])
    for clock["now"] in (100.0, 101.0, 101.9, 102.1):
        hint.publish("words")
    assert asked == [100.0, 102.1]


def test_each_redis_database_has_a_channel_of_its_own(settings):
    settings.REDIS_URL = "redis://127.0.0.1:6379/3"
    third = hint.channel()
    settings.REDIS_URL = "redis://127.0.0.1:6379/4"
    assert hint.channel() != third
