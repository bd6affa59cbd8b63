from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from secretariat.outbox import retrying


@given(st.integers(1, 40))
def test_the_pause_is_never_longer_than_a_quarter_of_an_hour(attempts):
    assert timedelta(seconds=1) <= retrying.wait_after(attempts) <= timedelta(minutes=15)


@given(st.integers(1, 8), st.floats(0, 7200))
def test_never_sooner_than_the_provider_asked(attempts, asked):
    assert retrying.wait_after(attempts, retry_after=asked) >= timedelta(seconds=asked)


def test_the_jitter_uses_the_whole_range(monkeypatch):
    ranges = []
    monkeypatch.setattr(retrying.random, "uniform", lambda low, high: ranges.append((low, high)) or high)
    for attempts in (1, 2, 3, 20):
        retrying.wait_after(attempts)
    assert ranges == [(0, 4.0), (0, 8.0), (0, 16.0), (0, 900.0)]
