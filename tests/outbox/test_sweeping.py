import io
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command

from secretariat import clock, outbox
from secretariat.outbox import inbox, rounds, sending, sweeping, working
from secretariat.outbox.models import Effect, InboundEvent, Round

from .conftest import LETTER

pytestmark = pytest.mark.django_db


def test_one_sweep_does_everything_that_is_due_without_redis(provider, workers, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    inbox.works("twilio.call-status")(lambda event: outbox.post(LETTER, key=event.key, queue="bulk"))
    for number in range(working.ONE_TURN + 1):
        inbox.keep("twilio", "call-status", f"{number}")
    outbox.post(LETTER, key="later", due_at=clock.now() + timedelta(hours=1))
    said = io.StringIO()
    call_command("sweep", stdout=said)
    assert said.getvalue().startswith("Done: ")
    assert set(InboundEvent.objects.values_list("state", flat=True)) == {"worked"}
    assert Effect.objects.filter(state="done").count() == working.ONE_TURN + 1
    assert Effect.objects.get(key="later").state == "pending"
    assert outbox.sweeper_age() is not None


def test_a_turn_that_fails_does_not_end_the_watch(monkeypatch):
    watch = sweeping.Watch()
    turns = []

    def turn():
        turns.append(1)
        if len(turns) == 3:
            watch.stop()
        if len(turns) == 1:
            raise OSError("the database is away")
        return 1

    monkeypatch.setattr(sweeping, "close_old_connections", lambda: None)
    monkeypatch.setattr(sweeping.connection, "close", lambda: None)
    watch._keep_turning("urgent", turn, pause=0)
    assert len(turns) == 3


def test_a_sweep_that_is_stuck_says_nothing(monkeypatch):
    watch = sweeping.Watch()
    watch.last_turn = {"rounds": sweeping.time.monotonic(), "bulk": sweeping.time.monotonic()}
    watch._round()
    assert Round.objects.filter(name=rounds.SWEEPER).exists()
    Round.objects.all().delete()
    watch.last_turn["bulk"] -= sweeping.STUCK_AFTER + 1
    watch._round()
    assert not Round.objects.filter(name=rounds.SWEEPER).exists()


@pytest.mark.django_db(transaction=True)
def test_the_watch_has_a_thread_for_each_queue_and_ends_when_told(provider, monkeypatch):
    outbox.post(LETTER, key="page", queue="urgent")
    outbox.post(LETTER, key="newsletter", queue="bulk")
    watch = sweeping.Watch()
    drained = []
    drain = sending.drain

    def told(queue, at_most):
        done = drain(queue, at_most)
        drained.append(queue)
        if set(drained) == set(Effect.Queue.values):
            watch.stop()
        return done

    monkeypatch.setattr(sending, "drain", told)
    watch.run()
    assert set(provider.accepted) == {"page", "newsletter"}


@pytest.mark.django_db(transaction=True)
def test_one_that_finds_a_queue_full_is_helped_so_that_a_slow_provider_holds_up_little(provider):
    """Without Redis there are no workers; each letter here is taken only while two others are under way."""
    for number in range(7):
        outbox.post(LETTER, key=f"{number}", queue="urgent")
    watch, together = sweeping.Watch(), threading.Barrier(3)

    def is_taken_together(effect):
        try:
            if effect.key != "0":  # the one that is found
                together.wait(20)
        except threading.BrokenBarrierError:
            watch.stop()

    provider.before_send = is_taken_together
    provider.after_send = lambda effect: watch.stop() if len(provider.accepted) == 7 else None
    watch.run()
    assert set(Effect.objects.values_list("state", flat=True)) == {"done"}
    assert not together.broken


def test_whoever_helps_goes_when_the_watch_is_told_to_stop():
    watch, turns = sweeping.Watch(), []
    watch.busy = {"urgent": threading.Event()}
    helping = threading.Thread(target=watch._help, args=("urgent", turns.append))
    helping.start()
    watch.stop()
    helping.join(20)
    assert not helping.is_alive()
    assert turns == []


def test_workers_are_told_again_of_what_only_the_sweep_found(monkeypatch):
    """As after a worker was killed, with the hints it had taken."""
    told = []
    monkeypatch.setattr(sweeping.hints, "kick", told.append)
    watch = sweeping.Watch()
    watch.busy = {"bulk": threading.Event()}
    assert watch._look("bulk", lambda at_most: 0) == 0
    assert told == []
    assert watch._look("bulk", lambda at_most: at_most) == 1 + sweeping.ONE_TURN
    assert set(told) == {"bulk"}
    assert watch.busy["bulk"].is_set()
