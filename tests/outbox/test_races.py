"""Committed rows, threads with connections of their own: who wins, and that nobody wins twice."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from secretariat import outbox
from secretariat.outbox import inbox, leasing, rounds, working
from secretariat.outbox.models import Breaker, Effect, InboundEvent
from tests.meeting import until_another_waits_for_me
from tests.patience import PATIENCE

from .conftest import CARD, LETTER, NOTE

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs):
    """Run these at the same moment, each in a thread with a connection of its own."""
    ready = threading.Barrier(len(jobs))

    def run(job):
        try:
            ready.wait(PATIENCE)
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return [future.result(PATIENCE) for future in [threads.submit(run, job) for job in jobs]]


def in_a_thread(job):
    return at_once(job)[0]


@pytest.mark.parametrize("kind", [LETTER, CARD, NOTE])
def test_four_drains_send_each_effect_once(provider, kind):
    for number in range(40):
        outbox.post(kind, key=f"{number}")
    leased = at_once(*[lambda: outbox.drain("urgent")] * 4)
    assert sum(leased) == 40
    assert set(Counter(provider.accepted).values()) == {1}
    assert set(Effect.objects.values_list("state", "attempts")) == {("done", 1)}


@pytest.mark.parametrize("kind", [CARD, NOTE])
def test_four_drains_keep_every_lane_in_order(provider, kind):
    for number in range(8):
        for lane in "abc":
            outbox.post(kind, key=f"{lane}{number}", lane=lane)
    while Effect.objects.filter(state="pending").exists():
        at_once(*[lambda: outbox.drain("urgent")] * 4)
    for lane in "abc":
        assert [key for key in provider.accepted if key[0] == lane] == [f"{lane}{n}" for n in range(8)]


def test_the_same_key_posted_at_once_is_one_effect(provider):
    rows = at_once(*[lambda: outbox.post(LETTER, key="a").pk] * 4)
    assert len(set(rows)) == 1
    assert Effect.objects.count() == 1


def test_a_worker_that_wakes_after_its_lease_ended_sends_nothing(provider):
    """It was frozen between its lease and the fence; meanwhile another has taken over."""
    outbox.post(LETTER, key="a")

    def freeze(effect):
        provider.before_fence = lambda effect: None
        Effect.objects.filter(pk=effect.pk).update(leased_until=Now() - timedelta(seconds=1))
        in_a_thread(lambda: outbox.drain("urgent"))

    provider.before_fence = freeze
    outbox.drain("urgent")
    effect = Effect.objects.get()
    assert (provider.accepted, effect.state, effect.attempts) == (["a"], "done", 2)


def test_a_worker_that_loses_its_lease_while_sending_changes_nothing_afterwards(provider):
    outbox.post(LETTER, key="a")

    def lose_the_lease(effect):
        provider.after_send = lambda effect: None
        Effect.objects.filter(pk=effect.pk).update(leased_until=Now() - timedelta(seconds=1))
        in_a_thread(lambda: outbox.drain("urgent"))

    provider.after_send = lose_the_lease
    outbox.drain("urgent")
    effect = Effect.objects.get()
    assert (provider.accepted, provider.asked) == (["a"], ["a"])
    assert (effect.state, effect.attempts) == ("done", 2)
    assert [state for _, state in provider.states].count("done") == 1


def test_an_ended_lease_is_taken_back_once(provider):
    outbox.post(LETTER, key="a")
    effect = leasing.lease("urgent", "00000000-0000-0000-0000-000000000001")
    leasing.fence(effect)
    Effect.objects.update(leased_until=Now() - timedelta(seconds=1))
    assert sorted(at_once(*[lambda: leasing.reclaim("urgent")] * 4)) == [0, 0, 0, 1]


def test_cancelling_and_leasing_at_once_has_one_winner(provider):
    for number in range(12):
        outbox.post(LETTER, key=f"{number}")
        cancelled, _ = at_once(
            lambda key=f"{number}": outbox.cancel(key=key, because="newer"),
            lambda: outbox.drain("urgent"),
        )
        effect = Effect.objects.get(key=f"{number}")
        assert effect.state == ("cancelled" if cancelled else "done")
        assert (effect.key in provider.accepted) == (not cancelled)


def test_one_worker_alone_tries_a_channel_that_was_down(provider):
    Breaker.objects.create(channel="post", failures=5, open_until=Now())
    for number in range(6):
        outbox.post(LETTER, key=f"{number}")
        provider.behaviour[f"{number}"] = ["unreachable"]
    assert sorted(at_once(*[lambda: outbox.drain("urgent")] * 4)) == [0, 0, 0, 1]


def test_the_same_question_at_once_is_decided_once():
    decided = []

    def ask():
        notice = SimpleNamespace(provider="twilio", token="", body=b"CallSid=CA1", headers={})
        with inbox.kept(notice, "incoming-call", "CA1") as question:
            if not question.is_answered:
                decided.append(1)
                question.answer = f"<Response>{len(decided)}</Response>"
        return question.answer

    assert set(at_once(*[ask] * 4)) == {"<Response>1</Response>"}
    assert len(decided) == 1


def test_a_question_whose_twin_fails_is_decided_afresh():
    failing = threading.Event()
    waiting = threading.Event()

    def ask(answer):
        notice = SimpleNamespace(provider="twilio", token="", body=b"CallSid=CA1", headers={})
        with inbox.kept(notice, "incoming-call", "CA1") as question:
            question.answer = answer()
        return question.answer

    def fails():
        failing.set()
        waiting.wait(PATIENCE)
        raise ZeroDivisionError

    def first():
        with pytest.raises(ZeroDivisionError):
            ask(fails)

    def second():
        failing.wait(PATIENCE)
        waiting.set()
        return ask(lambda: "<Response/>")

    assert at_once(first, second)[1] == "<Response/>"
    event = InboundEvent.objects.get()
    assert (event.state, event.answer) == ("worked", "<Response/>")


def test_the_same_notice_at_once_is_kept_once():
    created = at_once(*[lambda: inbox.keep("twilio", "call-status", "CA1|completed|3")[1]] * 4)
    assert sorted(created) == [False, False, False, True]


def test_each_notice_is_worked_once_by_one_of_four(workers):
    seen = []
    inbox.works("twilio.call-status")(lambda event: seen.append(event.key))
    for number in range(20):
        inbox.keep("twilio", "call-status", f"{number}")
    at_once(*[working.drain_inbox] * 4)
    assert set(Counter(seen).values()) == {1}
    assert set(InboundEvent.objects.values_list("state", "attempts")) == {("worked", 1)}


class Holder:
    """Somebody with a connection of her own who locks a notice until `lets_go` comes back."""

    def __init__(self, event, lets_go):
        self.event, self.holds, self.lets_go = event, threading.Event(), lets_go

    def __call__(self):
        with transaction.atomic():
            InboundEvent.objects.select_for_update().get(pk=self.event.pk)
            self.holds.set()
            self.lets_go()


def test_whoever_looks_at_a_notice_in_passing_does_not_put_it_off(workers, monkeypatch):
    """Her search locked the row that somebody else took up in that moment, and found it not due any more."""
    monkeypatch.setattr(working, "PASSING", f"{PATIENCE}s")  # as long as a slow computer takes to pass
    inbox.works("twilio.call-status")(lambda event: None)
    event, _created = inbox.keep("twilio", "call-status", "1")
    taken, holder = working._take_up(None), Holder(event, until_another_waits_for_me)
    at_once(holder, lambda: holder.holds.wait(PATIENCE) and working._work(taken))
    event.refresh_from_db()
    assert event.state == "worked"


def test_a_notice_that_somebody_works_is_left_to_her(workers, monkeypatch):
    monkeypatch.setattr(working, "PASSING", "50ms")
    inbox.works("twilio.call-status")(lambda event: None)
    event, _created = inbox.keep("twilio", "call-status", "1")
    left = threading.Event()
    taken, holder = working._take_up(None), Holder(event, lambda: left.wait(PATIENCE))

    def work():
        assert holder.holds.wait(PATIENCE)
        working._work(taken)
        left.set()

    at_once(holder, work)
    event.refresh_from_db()
    assert (event.state, event.attempts) == ("kept", 1)


def test_two_sweeps_do_a_duty_once(monkeypatch):
    monkeypatch.setattr(rounds, "_duties", {})
    done = []
    rounds.every(seconds=60)(lambda: done.append(1))
    at_once(rounds.go, rounds.go, rounds.go)
    assert done == [1]


def test_a_duty_under_way_is_passed_over(monkeypatch):
    monkeypatch.setattr(rounds, "_duties", {})
    done = []
    rounds.every(seconds=60)(lambda: done.append(1))
    rounds._note_new_duties()
    with transaction.atomic():
        rounds.Round.objects.select_for_update().get()
        assert in_a_thread(rounds.go) == 0
    assert done == []
    rounds.go()
    assert done == [1]
