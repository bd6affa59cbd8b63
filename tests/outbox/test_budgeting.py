"""A provider that takes nothing is not asked eight times for everything, and gets it all once it is well."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secretariat import outbox
from secretariat.outbox import breaking
from secretariat.outbox.budgeting import FLOOR, MAY_USE, WELL_AFTER, WINDOW, Tally, may_retry
from secretariat.outbox.models import Breaker, Effect

from .conftest import CARD, LETTER

START, HALF = timedelta(), WINDOW / 2


@pytest.mark.parametrize(
    ("tally", "queue", "may"),
    [
        (Tally(START), "calls", True),
        (Tally(START, retries=FLOOR - 1), "calls", True),
        (Tally(START, retries=FLOOR), "calls", False),
        (Tally(START, firsts=100, retries=FLOOR + 49), "calls", True),
        (Tally(START, firsts=100, retries=FLOOR + 50), "calls", False),
        (Tally(START, firsts=100, retries=34), "bulk", True),
        (Tally(START, firsts=100, retries=35), "bulk", False),
        (Tally(START, firsts=100, retries=55), "urgent", True),
        (Tally(START, firsts=100, retries=56), "urgent", False),
        (Tally(START, retries=FLOOR), "unheard of", False),
        # Half of the window before still counts when half of this one is over.
        (Tally(HALF, retries_before=2 * FLOOR), "calls", False),
        (Tally(HALF, retries_before=2 * FLOOR - 2), "calls", True),
        (Tally(HALF, firsts_before=200, retries_before=2 * FLOOR + 98), "calls", True),
        # A window that is over is the one before; two windows on, nothing of it counts.
        (Tally(WINDOW, retries=FLOOR), "calls", False),
        (Tally(WINDOW + HALF, retries=FLOOR), "calls", True),
        (Tally(3 * WINDOW, retries=1000), "calls", True),
    ],
)
def test_within_bounds(tally, queue, may):
    assert may_retry(tally, queue) is may


@given(st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=200), st.sampled_from(sorted(MAY_USE)))
def test_in_any_window_as_it_is_counted_the_attempts_stay_within_bounds(happenings, queue):
    tally = Tally(START)
    for seconds, is_first in happenings:
        tally = Tally(
            tally.age + timedelta(seconds=seconds),
            tally.firsts,
            tally.retries,
            tally.firsts_before,
            tally.retries_before,
        ).rolled()
        if is_first:
            tally = tally.with_firsts(1)
        elif may_retry(tally, queue):
            tally = tally.with_retry()
        assert tally.retries <= FLOOR + 0.5 * (tally.firsts + tally.firsts_before)


# At work


@pytest.fixture
def attempts(provider):
    """How often each letter was handed to the provider."""
    breaking._firsts.clear()
    made = []
    provider.before_send = lambda effect: made.append(effect.key)
    yield made
    breaking._firsts.clear()


def let_pass(passes, minutes):
    for _ in range(minutes * 6):
        outbox.drain("urgent", at_most=500)
        passes(10)


@pytest.mark.django_db
def test_a_provider_that_refuses_everything_gets_half_as_much_again_and_nothing_is_lost(
    provider, attempts, passes
):
    keys = [f"{number}" for number in range(60)]
    for key in keys:
        provider.behaviour[key] = ["refuse"] * 100
        outbox.post(LETTER, key=key)
    let_pass(passes, 4)
    assert sorted(set(attempts)) == sorted(keys)
    assert 60 < len(attempts) <= 60 * 1.5 + FLOOR
    assert set(Effect.objects.values_list("state", flat=True)) == {"pending"}

    provider.behaviour.clear()
    let_pass(passes, 10)
    assert sorted(provider.accepted) == sorted(keys), "each of them, and each once"
    assert set(Effect.objects.values_list("state", flat=True)) == {"done"}


@pytest.mark.django_db
def test_what_is_new_is_sent_while_nothing_is_tried_again(provider, attempts):
    Breaker.objects.create(channel="post", retries=1000)
    outbox.post(LETTER, key="again")
    Effect.objects.update(attempts=1)
    outbox.post(LETTER, key="new")
    outbox.drain("urgent")
    assert attempts == ["new"]


@pytest.mark.django_db
def test_what_is_pressing_is_tried_again_when_the_rest_has_used_up_its_part(provider, attempts):
    Breaker.objects.create(channel="post", retries=FLOOR // 2)
    for queue in ("bulk", "urgent", "calls"):
        outbox.post(LETTER, key=queue, queue=queue)
    Effect.objects.update(attempts=1)
    for queue in ("bulk", "urgent", "calls"):
        outbox.drain(queue)
    assert attempts == ["urgent", "calls"]


@pytest.mark.django_db
def test_once_it_has_been_well_for_a_while_nothing_is_bounded(provider, attempts):
    Breaker.objects.create(channel="post", retries=1000)
    for number in range(WELL_AFTER):
        assert Breaker.objects.get().retries == 1000
        outbox.post(LETTER, key=f"{number}")
        outbox.drain("urgent")
    assert Breaker.objects.get().retries == 0


@pytest.mark.django_db
def test_a_refusal_in_between_begins_the_count_anew(provider, attempts):
    Breaker.objects.create(channel="post", retries=1000, successes=WELL_AFTER - 1)
    provider.behaviour["a"] = ["refuse"]
    for key in "ab":
        outbox.post(LETTER, key=key)
    outbox.drain("urgent")
    assert (Breaker.objects.get().retries, Breaker.objects.get().successes) == (1000, 1)


@pytest.mark.django_db
def test_while_all_is_well_the_channels_row_is_hardly_written(provider, attempts):
    for number in range(breaking.TOLD_AT_ONCE - 1):
        outbox.post(LETTER, key=f"{number}")
    outbox.drain("urgent")
    assert not Breaker.objects.exists()
    outbox.post(LETTER, key="one more")
    outbox.drain("urgent")
    assert Breaker.objects.get().firsts == breaking.TOLD_AT_ONCE


@pytest.mark.django_db
def test_what_has_no_provider_is_not_bounded(provider, attempts):
    for number in range(2 * FLOOR):
        outbox.post(CARD, key=f"{number}")
    Effect.objects.update(attempts=1)
    outbox.drain("urgent")
    assert len(attempts) == 2 * FLOOR
