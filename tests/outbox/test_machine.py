"""Anything may happen in any order: workers crash or freeze, providers fall silent, minds change.

Left out is a worker that freezes between the fence and the send for longer than a lease: no outbox
can close that window, only a provider that honours a key.
"""

from collections import defaultdict
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from secretariat import clock, outbox
from secretariat.outbox import ending, leasing, sending
from secretariat.outbox.models import Effect
from secretariat.outbox.retrying import MOST_ATTEMPTS

from .conftest import CARD, LETTER, NOTE, Provider

QUEUES = ("calls", "bulk")
LANES = ("", "leg 1", "leg 2")
BEHAVIOURS = (
    "accept",
    "refuse",
    "refuse for ever",
    "ask for a pause",
    "unreachable",
    "silent, accepted",
    "silent, lost",
    "silent, under way",
    "our mistake",
)
BEHAVIOUR = st.sampled_from(BEHAVIOURS)


class Crash(BaseException):
    """The worker is gone: nothing after this line happens."""


class Outbox(RuleBasedStateMachine):
    provider: Provider  # of the fixture
    passes = staticmethod(lambda seconds: None)

    def __init__(self):
        super().__init__()
        self.number = 0
        self.payloads = {}
        self.lane_of = {}
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        Provider.__init__(self.provider)

    def teardown(self):
        try:
            self.everything_comes_to_an_end()
        finally:
            transaction.set_rollback(True)
            self.rolled_back.__exit__(None, None, None)

    @initialize(can_be_asked=st.booleans())
    def provider_of_this_kind(self, can_be_asked):
        self.provider.can_be_asked = can_be_asked

    @rule(
        kind=st.sampled_from([LETTER, CARD, NOTE]), lane=st.sampled_from(LANES), queue=st.sampled_from(QUEUES)
    )
    def post(self, kind, lane, queue):
        self.number += 1
        key = f"{self.number}"
        self.payloads[key], self.lane_of[key] = {"words": key}, lane
        outbox.post(kind, key=key, lane=lane, queue=queue, payload={"words": key})
        outbox.post(kind, key=key, lane="", queue=queue, payload={"words": "the same key again"})

    @rule(lane=st.sampled_from(LANES[1:]), queue=st.sampled_from(QUEUES))
    def newer_hold(self, lane, queue):
        outbox.cancel(lane=lane, kinds=[LETTER], because="newer")
        self.post(LETTER, lane, queue)

    @precondition(lambda self: self.number)
    @rule(back=st.integers(0, 3), how=st.sampled_from(["cancel", "object"]))
    def change_of_mind(self, back, how):
        key = f"{max(1, self.number - back)}"
        if how == "cancel":
            outbox.cancel(key=key, because="withdrawn")
        else:
            self.provider.objections[key] = "she has opted out"

    @precondition(lambda self: self.something_is_due())
    @rule(behaviour=BEHAVIOUR)
    def a_worker_works(self, behaviour):
        self.behaves(behaviour)
        for queue in QUEUES:
            sending.drain(queue, at_most=1)
        self.wake()

    @precondition(lambda self: self.something_is_due())
    @rule(behaviour=BEHAVIOUR, point=st.sampled_from(["before_fence", "before_send", "after_send"]))
    def a_worker_crashes(self, behaviour, point):
        setattr(self.provider, point, self.crash)
        with suppress(Crash):
            self.a_worker_works(behaviour)
        self.wake()

    @precondition(lambda self: self.something_is_due())
    @rule(behaviour=BEHAVIOUR, point=st.sampled_from(["before_fence", "after_send"]))
    def a_worker_sleeps_through_its_lease(self, behaviour, point):
        setattr(self.provider, point, self.sleep_through_the_lease)
        self.a_worker_works(behaviour)

    def something_is_due(self):
        return Effect.objects.filter(state="pending", due_at__lte=clock.Now()).exists()

    def behaves(self, behaviour):
        if behaviour == "silent, under way" and not self.provider.can_be_asked:
            behaviour = "silent, lost"  # a letter in the post that nobody can ask about may be overtaken
        self.provider.behaviour = defaultdict(lambda: [behaviour])

    def crash(self, effect):
        raise Crash

    def sleep_through_the_lease(self, effect):
        self.wake()
        self.leases_end()
        for queue in QUEUES:
            sending.drain(queue)

    def wake(self):
        self.provider.before_fence = self.provider.before_send = self.provider.after_send = lambda effect: (
            None
        )
        self.provider.behaviour = defaultdict(list)

    @rule()
    def leases_end(self):
        Effect.objects.filter(state="leased").update(leased_until=Now() - timedelta(seconds=1))
        for queue in QUEUES:
            leasing.reclaim(queue)

    @rule(seconds=st.sampled_from([1, 10, 40, 1000]))
    def time_passes(self, seconds):
        self.provider.take_in_what_was_under_way()
        self.passes(seconds)
        ending.show_unshown()
        ending.settle_unsettled()

    def everything_comes_to_an_end(self):
        """Once the provider is well again, nothing is left without a named end."""
        for _ in range(60):
            if not Effect.objects.filter(state__in=Effect.UNFINISHED).exists():
                break
            self.leases_end()
            self.time_passes(1000)
            for queue in QUEUES:
                sending.drain(queue)
        unfinished = Effect.objects.filter(state__in=Effect.UNFINISHED)
        assert not unfinished.exists(), list(unfinished.values("key", "state", "attempts", "reason"))
        self.ends_are_true()
        self.nothing_is_sent_twice()
        self.lanes_never_overtake()
        self.what_ended_badly_was_shown_once()

    @invariant()
    def nothing_is_sent_twice(self):
        assert len(self.provider.accepted) == len(set(self.provider.accepted))

    @invariant()
    def lanes_never_overtake(self):
        for lane in LANES[1:]:
            sent = [int(key) for key in self.provider.accepted if self.lane_of[key] == lane]
            assert sent == sorted(sent)

    @invariant()
    def ends_are_true(self):
        last_told = dict(self.provider.states)
        for effect in Effect.objects.all():
            assert effect.payload == self.payloads[effect.key]
            assert effect.attempts <= MOST_ATTEMPTS
            if effect.kind == NOTE:
                assert effect.key not in last_told
            else:
                assert effect.state == last_told.get(effect.key, "pending")
            if effect.state == "done":
                assert effect.key in self.provider.accepted
                assert effect.receipt == f"receipt {effect.key}"
            if effect.state in ("dead", "cancelled"):
                assert effect.key not in self.provider.accepted

    @invariant()
    def what_ended_badly_was_shown_once(self):
        badly = Effect.objects.filter(state__in=Effect.NEEDS_PERSON).values_list("key", flat=True)
        assert sorted(self.provider.shown) == sorted(badly)


@pytest.mark.django_db
def test_whatever_happens_everything_ends_once_in_order_and_seen(provider, passes):
    Outbox.provider, Outbox.passes = provider, staticmethod(passes)
    run_machine(
        Outbox,
        settings=settings(
            max_examples=60,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
