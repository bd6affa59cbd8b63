"""Which PINs are too easy, and when wrong tries lock."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.dictation import pins

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("48291", "form"),
        ("4829150172384", "form"),
        ("48291a", "form"),
        ("٤٨٢٩١٥", "form"),
        ("111111", "same"),
        ("112211", "same"),
        ("123456", "row"),
        ("987654", "row"),
        ("890123", "row"),
        ("123123", "repeated"),
        ("1231231", "repeated"),
        ("900123", "known"),
        ("482915", ""),
        ("482915482916", ""),
    ],
)
def test_a_pin_that_is_tried_first_will_not_do(pin, why):
    assert pins.too_easy(pin, known=["+447700900123"]) == why


@given(st.text(alphabet="0123456789", min_size=6, max_size=12))
def test_a_pin_that_will_do_is_no_row_and_no_repetition(pin):
    if pins.too_easy(pin) == "":
        assert len(set(pin)) > 2
        assert all(pin != (pin[:n] * 12)[: len(pin)] for n in (1, 2, 3))


def test_five_wrong_tries_within_an_hour_lock_and_older_ones_do_not_count():
    four = [NOW - timedelta(minutes=n) for n in (50, 40, 30, 20)]
    assert not pins.locks(four, at=NOW)
    assert pins.locks([*four, NOW], at=NOW)
    later = NOW + timedelta(minutes=10)
    assert pins.still_count(four, at=later) == four[1:]
    assert not pins.locks([*four, later], at=later)
