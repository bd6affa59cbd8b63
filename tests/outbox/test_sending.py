from datetime import timedelta

import pytest
from django.db.models.functions import Now

from secretariat import clock, outbox
from secretariat.ids import uuid7
from secretariat.outbox import leasing, sending
from secretariat.outbox.models import Effect
from secretariat.outbox.retrying import MOST_ATTEMPTS

from .conftest import CARD, LETTER, NOTE

pytestmark = pytest.mark.django_db


def one(key="a"):
    return Effect.objects.get(key=key)


def test_what_is_due_is_sent_once_and_its_receipt_kept(provider):
    outbox.post(LETTER, key="a")
    assert outbox.drain("urgent") == 1
    assert outbox.drain("urgent") == 0
    assert provider.accepted == ["a"]
    assert (one().state, one().receipt, one().attempts) == ("done", "receipt a", 1)
    assert provider.states == [("a", "leased"), ("a", "done")]


def test_what_is_due_later_waits_for_the_product_s_clock(provider, passes):
    outbox.post(LETTER, key="a", due_at=clock.now() + timedelta(hours=2))
    assert outbox.drain("urgent") == 0
    passes(7201)
    assert outbox.drain("urgent") == 1


def test_a_queue_is_drained_alone(provider):
    outbox.post(LETTER, key="newsletter", queue="bulk")
    outbox.post(LETTER, key="page", queue="urgent")
    outbox.drain("urgent")
    assert provider.accepted == ["page"]


class TestKindsOfWhichNothingFollows:
    def test_they_take_two_trips_to_the_database(self, provider, django_assert_num_queries):
        for number in range(6):
            outbox.post(NOTE, key=f"{number}")
        outbox.drain("urgent", at_most=2)  # what is asked once for a process is asked
        with django_assert_num_queries(1 + 1 + 3 * 2):  # ended leases; the first; fence of each, and its end
            assert outbox.drain("urgent", at_most=3) == 3
        assert list(Effect.objects.order_by("place").values_list("state", "attempts")) == [
            *[("done", 1)] * 5,
            ("pending", 0),  # a turn takes up none that it does not carry out
        ]

    def test_they_wait_for_none_of_another_kind_and_pass_none(self, provider):
        for number, kind in enumerate([NOTE, LETTER, NOTE, CARD, LETTER, NOTE]):
            outbox.post(kind, key=f"{number}")
        assert outbox.drain("urgent") == 6
        assert provider.accepted == ["0", "1", "2", "3", "4", "5"]
        assert {key for key, _ in provider.states} == {"1", "3", "4"}

    def test_a_note_that_ends_badly_is_shown(self, provider):
        provider.behaviour["a"] = ["refuse for ever"]
        outbox.post(NOTE, key="a")
        outbox.drain("urgent")
        assert (one().state, provider.shown, provider.states) == ("dead", ["a"], [])

    def test_a_further_attempt_passes_none_that_has_been_due_longer(self, provider, passes):
        provider.behaviour["a"] = ["refuse"]
        outbox.post(LETTER, key="a")
        outbox.drain("urgent")
        passes(900)
        outbox.post(NOTE, key="b")
        outbox.drain("urgent")
        assert provider.accepted == ["a", "b"]


def test_the_turn_ends_after_as_many_as_were_asked_for(provider):
    for key in "abc":
        outbox.post(LETTER, key=key)
    assert outbox.drain("urgent", at_most=2) == 2
    assert provider.accepted == ["a", "b"]


def test_a_lease_that_ends_during_a_turn_is_taken_back_in_that_turn(provider, monkeypatch):
    """A turn with a slow provider outlasts many leases: what a dead worker held must not wait for its end."""
    monkeypatch.setattr(sending, "RECLAIM_EVERY", 0)
    outbox.post(LETTER, key="held")
    held = leasing.lease("urgent", uuid7())
    outbox.post(LETTER, key="other")

    def lease_ends(effect):
        if effect.key == "other":
            Effect.objects.filter(pk=held.pk).update(leased_until=Now() - timedelta(seconds=1))

    provider.after_send = lease_ends
    assert outbox.drain("urgent") == 2
    assert provider.accepted == ["other", "held"]


def test_an_objection_cancels_it(provider):
    provider.objections["a"] = "she has opted out"
    outbox.post(LETTER, key="a")
    outbox.drain("urgent")
    assert (one().state, one().reason, provider.accepted) == ("cancelled", "she has opted out", [])


def test_a_refusal_puts_it_back_and_it_leaves_later_with_the_same_bytes(provider, passes):
    provider.behaviour["a"] = ["refuse", "refuse"]
    outbox.post(LETTER, key="a", payload={"words": "as first written"})
    for _ in range(3):
        outbox.drain("urgent")
        passes(900)
    assert (one().state, one().attempts, one().payload) == ("done", 3, {"words": "as first written"})
    assert provider.asked == []


def test_a_pause_the_provider_asked_for_is_kept(provider):
    provider.behaviour["a"] = ["ask for a pause"]
    outbox.post(LETTER, key="a")
    outbox.drain("urgent")
    assert one().due_at > clock.now() + timedelta(seconds=2990)


def test_a_refusal_for_ever_is_dead_at_once_and_shown(provider):
    provider.behaviour["a"] = ["refuse for ever"]
    outbox.post(LETTER, key="a")
    outbox.drain("urgent")
    assert (one().state, one().reason, one().attempts) == ("dead", "21211", 1)
    assert provider.shown == ["a"]
    assert one().shown_at is not None


def test_after_eight_refusals_it_is_dead_and_shown(provider, passes):
    provider.behaviour["a"] = ["refuse"] * 20
    outbox.post(LETTER, key="a")
    for _ in range(12):
        outbox.drain("urgent")
        passes(900)
    assert (one().state, one().attempts) == ("dead", MOST_ATTEMPTS)
    assert provider.shown == ["a"]


@pytest.mark.parametrize("silence", ["silent, accepted", "silent, lost", "our mistake"])
def test_after_a_silence_the_provider_is_asked_and_it_is_sent_once(provider, passes, silence):
    provider.behaviour["a"] = [silence]
    outbox.post(LETTER, key="a")
    for _ in range(3):
        outbox.drain("urgent")
        passes(900)
    assert (one().state, one().receipt) == ("done", "receipt a")
    assert provider.accepted == ["a"]


def test_what_appears_at_the_provider_only_after_we_asked_is_not_sent_twice(provider, passes):
    provider.behaviour["a"] = ["silent, lost"]
    outbox.post(LETTER, key="a")
    outbox.drain("urgent")
    provider.accepted.append("a")  # it had been on its way all the time
    passes(900)
    outbox.drain("urgent")
    assert (one().state, provider.accepted) == ("done", ["a"])


@pytest.mark.parametrize("silence", ["silent, accepted", "silent, lost", "our mistake"])
def test_where_nobody_can_be_asked_a_person_is(provider, silence):
    provider.can_be_asked = False
    provider.behaviour["a"] = [silence]
    outbox.post(LETTER, key="a")
    outbox.drain("urgent")
    assert one().state == "unknown"
    assert provider.shown == ["a"]
    assert provider.states[-1] == ("a", "unknown")


def test_eight_silences_that_were_never_resolved_are_unknown(provider, passes, monkeypatch):
    def no_answer(effect):
        raise ConnectionError

    monkeypatch.setattr(provider, "ask", no_answer)
    provider.behaviour["a"] = ["silent, lost"]
    outbox.post(LETTER, key="a")
    for _ in range(12):
        outbox.drain("urgent")
        passes(900)
    assert (one().state, one().attempts) == ("unknown", MOST_ATTEMPTS)
    assert provider.shown == ["a"]


class TestEndedLeases:
    def lease_and_vanish(self, *, fenced):
        effect = leasing.lease("urgent", "00000000-0000-0000-0000-000000000001")
        if fenced:
            assert leasing.fence(effect)
        Effect.objects.filter(pk=effect.pk).update(leased_until=Now() - timedelta(seconds=1))
        return effect

    def test_a_worker_lost_before_the_fence_surely_sent_nothing(self, provider):
        provider.can_be_asked = False
        outbox.post(LETTER, key="a")
        self.lease_and_vanish(fenced=False)
        outbox.drain("urgent")
        assert (one().state, provider.accepted, provider.asked) == ("done", ["a"], [])

    def test_a_worker_lost_after_the_fence_is_asked_about(self, provider):
        outbox.post(LETTER, key="a")
        self.lease_and_vanish(fenced=True)
        provider.accepted.append("a")
        outbox.drain("urgent")
        assert (one().state, provider.accepted, provider.asked) == ("done", ["a"], ["a"])

    def test_if_it_cannot_be_asked_about_a_person_judges(self, provider):
        provider.can_be_asked = False
        outbox.post(LETTER, key="a")
        self.lease_and_vanish(fenced=True)
        outbox.drain("urgent")
        assert (one().state, provider.accepted, provider.shown) == ("unknown", [], ["a"])

    def test_what_kills_every_worker_dies_too(self, provider):
        outbox.post(LETTER, key="a")
        for _ in range(MOST_ATTEMPTS):
            self.lease_and_vanish(fenced=False)
            leasing.reclaim("urgent")
        assert (one().state, one().attempts, provider.shown) == ("dead", MOST_ATTEMPTS, ["a"])

    def test_a_frozen_worker_stops_at_the_fence(self, provider):
        outbox.post(LETTER, key="a")
        frozen = self.lease_and_vanish(fenced=False)
        assert not leasing.fence(frozen)
        outbox.drain("urgent")
        assert not leasing.fence(frozen)
        assert provider.accepted == ["a"]

    def test_a_shifted_clock_ends_no_lease(self, provider, passes):
        outbox.post(LETTER, key="a")
        leasing.lease("urgent", "00000000-0000-0000-0000-000000000001")
        passes(86400)
        assert outbox.drain("urgent") == 0


class TestLanes:
    def test_only_the_oldest_unfinished_leaves(self, provider, passes):
        provider.behaviour["hold"] = ["refuse"]
        for key in ("hold", "resume"):
            outbox.post(LETTER, key=key, lane="leg")
        outbox.drain("urgent")
        assert provider.accepted == []
        passes(900)
        outbox.drain("urgent")
        assert provider.accepted == ["hold", "resume"]

    @pytest.mark.parametrize("end", ["refuse for ever", "silent, lost"])
    def test_dead_and_unknown_do_not_block(self, provider, end):
        provider.can_be_asked = False
        provider.behaviour["hold"] = [end]
        for key in ("hold", "resume"):
            outbox.post(LETTER, key=key, lane="leg")
        outbox.drain("urgent")
        assert provider.accepted == ["resume"]

    def test_a_lane_reaches_across_queues(self, provider):
        outbox.post(LETTER, key="first", lane="leg", queue="bulk")
        outbox.post(LETTER, key="second", lane="leg", queue="calls")
        assert outbox.drain("calls") == 0
        outbox.drain("bulk")
        assert outbox.drain("calls") == 1


def test_an_unknown_kind_stays_and_is_shown_once(provider, passes):
    from secretariat.outbox import ending

    outbox.post("of.tomorrow", key="a")
    assert outbox.drain("urgent") == 0
    assert ending.show_unshown() == 0
    passes(301)
    assert (ending.show_unshown(), ending.show_unshown()) == (1, 0)
    assert (one().state, provider.shown) == ("pending", ["a"])


class TestTheKindFailsToWriteItDown:
    def test_what_happened_stands_and_is_shown_and_written_later(self, provider):
        from secretariat.outbox import ending

        outbox.post(CARD, key="a")
        provider.settling_fails = 2  # at the lease and at the end
        outbox.drain("urgent")
        assert (one().state, one().is_settled, provider.shown) == ("done", False, ["a"])
        ending.settle_unsettled()
        assert (one().is_settled, provider.states) == (True, [("a", "done")])

    def test_one_failure_at_the_lease_is_mended_by_the_end(self, provider):
        outbox.post(CARD, key="a")
        provider.settling_fails = 1
        outbox.drain("urgent")
        assert (one().state, one().is_settled, provider.shown) == ("done", True, [])


def test_a_receiver_that_fails_is_asked_again(provider):
    from secretariat.outbox import ending, signals

    asked = []

    def fails_once(effect, **_):
        asked.append(effect.key)
        if len(asked) == 1:
            raise RuntimeError("no room")

    provider.behaviour["a"] = ["refuse for ever"]
    outbox.post(LETTER, key="a")
    signals.effect_needs_person.connect(fails_once)
    try:
        outbox.drain("urgent")
        assert (one().state, one().shown_at) == ("dead", None)
        ending.show_unshown()
    finally:
        signals.effect_needs_person.disconnect(fails_once)
    assert asked == ["a", "a"]
    assert one().shown_at is not None
