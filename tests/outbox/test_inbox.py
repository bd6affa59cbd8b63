from types import SimpleNamespace

import pytest
from django.db import transaction

from secretariat import clock
from secretariat.outbox import hints, inbox, retrying, signals, working
from secretariat.outbox.models import Breaker, InboundEvent
from secretariat.outbox.retrying import MOST_ATTEMPTS

pytestmark = pytest.mark.django_db

STATUS = "twilio.call-status"


def status(key="CA1|completed|3", **facts):
    facts = {"body": b"CallSid=CA1&CallStatus=completed&Digits=1&Digits=2"} | facts
    return inbox.keep("twilio", "call-status", key, **facts)


def question(key="CA1"):
    return SimpleNamespace(provider="twilio", token="t-1", body=b"CallSid=CA1&From=%2B44", headers={}), key


@pytest.fixture
def longest_pauses(monkeypatch):
    monkeypatch.setattr(retrying.random, "uniform", lambda low, high: high)


@pytest.fixture
def shown():
    shown = []

    def receiver(event, **_):
        shown.append(event.key)

    signals.event_needs_person.connect(receiver)
    yield shown
    signals.event_needs_person.disconnect(receiver)


class TestKeeping:
    def test_a_notice_is_kept_as_it_came_and_sealed(self):
        event, created = status(token="t-1", headers={"Content-Type": "x"})
        event.refresh_from_db()
        assert created
        assert b"CallSid" not in bytes(event.sealed_body)
        assert event.body.startswith(b"CallSid=CA1")
        assert event.fields.getlist("Digits") == ["1", "2"]
        assert (event.token, event.headers, event.state) == ("t-1", {"Content-Type": "x"}, "kept")

    def test_the_same_again_is_one_row(self):
        first, _ = status()
        again, created = status(body=b"something=else")
        assert (again.pk, created, InboundEvent.objects.count()) == (first.pk, False, 1)

    def test_the_hint_follows_the_commit_once(self, workers, monkeypatch, django_capture_on_commit_callbacks):
        kicked = []
        monkeypatch.setattr(hints, "kick_inbox", kicked.append)
        inbox.works(STATUS, queue="calls")(lambda event: None)
        with django_capture_on_commit_callbacks(execute=True):
            status()
            status()
        assert kicked == ["calls"]


@pytest.mark.usefixtures("longest_pauses")
class TestWorking:
    def test_a_notice_is_worked_once(self, workers):
        seen = []
        inbox.works(STATUS)(lambda event: seen.append(event.fields["CallStatus"]))
        event, _ = status()
        assert working.drain_inbox() == 1
        assert working.drain_inbox() == 0
        event.refresh_from_db()
        assert (seen, event.state, event.attempts) == (["completed"], "worked", 1)
        assert event.ended_at is not None

    def test_each_queue_works_its_own(self, workers):
        inbox.works(STATUS, queue="calls")(lambda event: None)
        status()
        assert working.drain_inbox(queue="bulk") == 0
        assert working.drain_inbox(queue="calls") == 1

    def test_a_fault_rolls_back_what_it_wrote_and_comes_again_later(self, workers, passes):
        attempts = []

        @inbox.works(STATUS)
        def works(event):
            attempts.append(event.pk)
            Breaker.objects.create(channel=f"attempt {len(attempts)}")
            if len(attempts) == 1:
                raise KeyError("Ngozi Okafor")

        event, _ = status()
        working.drain_inbox()
        event.refresh_from_db()
        assert (event.state, Breaker.objects.count()) == ("kept", 0)
        assert event.reason.startswith("KeyError at outbox/test_inbox.py:")
        assert "Ngozi" not in event.reason
        assert event.due_at > clock.now()
        passes(900)
        working.drain_inbox()
        event.refresh_from_db()
        assert (event.state, event.attempts, event.reason) == ("worked", 2, "")

    def test_after_eight_faults_it_has_failed_and_is_shown_once(self, workers, passes, shown):
        @inbox.works(STATUS)
        def works(event):
            raise KeyError

        event, _ = status()
        for _ in range(12):
            working.drain_inbox()
            passes(900)
        working.show_unshown()
        event.refresh_from_db()
        assert (event.state, event.attempts, shown) == ("failed", MOST_ATTEMPTS, [event.key])

    def test_what_kills_every_worker_has_failed_too(self, workers, passes, shown):
        inbox.works(STATUS)(lambda event: None)
        event, _ = status()
        InboundEvent.objects.filter(pk=event.pk).update(attempts=MOST_ATTEMPTS)
        working.drain_inbox()
        event.refresh_from_db()
        assert (event.state, shown) == ("failed", [event.key])

    def test_what_nobody_knows_how_to_work_stays_and_is_shown_once(self, workers, passes, shown):
        event, _ = status()
        assert working.drain_inbox() == 0
        passes(301)
        working.show_unshown()
        working.show_unshown()
        event.refresh_from_db()
        assert (event.state, shown) == ("kept", [event.key])

    def test_two_functions_cannot_work_one_name(self, workers):
        inbox.works(STATUS)(test_a_day_after_its_end_the_content_is_gone)
        with pytest.raises(ValueError, match=STATUS):
            inbox.works(STATUS)(status)


class TestQuestions:
    def ask(self, answer="<Response/>"):
        notice, key = question()
        with inbox.kept(notice, "incoming-call", key) as asked:
            if not asked.is_answered:
                Breaker.objects.create(channel=f"decision {Breaker.objects.count()}")
                asked.answer = answer() if callable(answer) else answer
        return asked.answer

    def test_the_answer_is_kept_with_everything_that_follows_from_it(self):
        assert self.ask() == "<Response/>"
        event = InboundEvent.objects.get()
        assert (event.state, event.answer, event.token) == ("worked", "<Response/>", "t-1")
        assert Breaker.objects.count() == 1

    def test_the_same_question_gets_the_same_answer_and_is_decided_once(self):
        self.ask("<Response><Say>first</Say></Response>")
        assert self.ask("<Response><Say>second</Say></Response>") == "<Response><Say>first</Say></Response>"
        assert Breaker.objects.count() == 1

    def test_a_fault_leaves_the_raw_question_alone_with_its_error(self, shown):
        with pytest.raises(ZeroDivisionError):
            self.ask(lambda: 1 / 0)
        event = InboundEvent.objects.get()
        assert event.body == b"CallSid=CA1&From=%2B44"
        assert (event.state, event.answer) == ("failed", "")
        assert event.reason.startswith("ZeroDivisionError at outbox/test_inbox.py:")
        assert Breaker.objects.count() == 0
        assert shown == [], "the path that answers a caller announces nothing"
        working.show_unshown()
        assert shown == ["CA1"]

    def test_after_a_fault_the_same_question_is_tried_again(self):
        with pytest.raises(ZeroDivisionError):
            self.ask(lambda: 1 / 0)
        assert self.ask() == "<Response/>"
        event = InboundEvent.objects.get()
        assert (event.state, event.attempts, event.reason) == ("worked", 2, "")

    def test_a_question_nobody_answered_is_a_fault(self):
        with pytest.raises(inbox.Unanswered):
            self.ask("")
        assert InboundEvent.objects.get().state == "failed"

    def test_a_database_error_inside_does_not_lose_the_question(self):
        def breaks():
            with transaction.atomic():
                Breaker.objects.create(channel="x" * 300)

        with pytest.raises(Exception, match="too long"):
            self.ask(breaks)
        assert InboundEvent.objects.get().state == "failed"


def test_a_day_after_its_end_the_content_is_gone(workers, passes):
    inbox.works(STATUS)(lambda event: None)
    ended, _ = status("ended", headers={"Query-String": "call=7"})
    working.drain_inbox()
    workers.clear()
    waiting, _ = status("waiting")
    passes(23 * 3600)
    assert working.empty_old_bodies() == 0
    passes(2 * 3600)
    assert working.empty_old_bodies() == 1
    for event in (ended, waiting):
        event.refresh_from_db()
    ended = InboundEvent.objects.get(pk=ended.pk)
    assert (bytes(ended.sealed_body), ended.body, ended.headers, ended.answer) == (b"", b"", {}, "")
    assert (ended.key, len(ended.body_hash)) == ("ended", 64)
    assert waiting.body
