import pytest

from secretariat import outbox
from secretariat.celery import app
from secretariat.outbox import hints, inbox, sending, tasks, working
from secretariat.outbox.models import Effect

from .conftest import LETTER

pytestmark = pytest.mark.django_db


def test_a_hint_drains_the_queue_it_names(provider):
    outbox.post(LETTER, key="a", queue="calls")
    tasks.drain(queue="urgent")
    assert provider.accepted == []
    tasks.drain(queue="calls", something_newer=True)
    assert provider.accepted == ["a"]


def test_more_than_one_turn_s_worth_hints_again(provider, workers, monkeypatch):
    kicks = []
    monkeypatch.setattr(hints, "kick", kicks.append)
    monkeypatch.setattr(hints, "kick_inbox", lambda queue: kicks.append(f"inbox {queue}"))
    inbox.works("twilio.call-status", queue="calls")(lambda event: None)
    for number in range(sending.ONE_TURN):
        outbox.post(LETTER, key=f"{number}", queue="bulk")
    for number in range(working.ONE_TURN):
        inbox.keep("twilio", "call-status", f"{number}")
    tasks.drain(queue="bulk")
    tasks.drain_inbox(queue="calls")
    tasks.drain(queue="bulk")
    tasks.drain_inbox(queue="calls")
    assert kicks == ["bulk", "inbox calls"]


def test_a_task_carries_nothing_that_may_not_be_lost():
    assert app.conf.result_backend is None
    assert app.conf.task_acks_late is False
    assert app.conf.task_ignore_result is True


def test_each_queue_is_one_of_its_own():
    routes = {queue.name: (queue.exchange.name, queue.routing_key) for queue in app.conf.task_queues}
    assert routes == {name: (name, name) for name in Effect.Queue.values}
