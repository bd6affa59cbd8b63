"""Typing is counted honestly: by hand here, and whatever is typed."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.office.profiles import typing

PASSAGE = typing.PASSAGES[0]
A_MINUTE = Decimal(60)


@pytest.mark.parametrize(
    ("typed", "seconds", "characters", "errors", "speed", "why_not"),
    [
        # 300 characters in a minute are 60 words.
        (PASSAGE[:300], 60, 300, 0, "60.0", ""),
        (PASSAGE[:300], 120, 300, 0, "30.0", ""),
        # A letter wrong, one left out, one too many: a slip each. 297 right characters are 59.4 words.
        ("X" + PASSAGE[1:300], 60, 300, 1, "59.8", ""),
        (PASSAGE[:150] + PASSAGE[151:300], 60, 299, 1, "59.6", ""),
        (PASSAGE[:150] + "~" + PASSAGE[150:300], 60, 301, 1, "60.0", ""),
        # Lines and blanks in a row are one blank, as the passage has them.
        (PASSAGE[:300].replace(" ", "\n "), 60, 300, 0, "60.0", ""),
        ("Thank you", 60, 9, 0, "1.8", "too short"),
        (PASSAGE, 10, len(PASSAGE), 0, None, "so fast"),
        (PASSAGE, 31, len(PASSAGE), 0, None, ""),
        (PASSAGE[:300], 901, 300, 0, None, "quarter of an hour"),
        ("q" * 200, 60, 200, None, None, "not what stands"),
        ("", 60, 0, 0, "0.0", "too short"),
    ],
)
def test_a_go_counted_by_hand(typed, seconds, characters, errors, speed, why_not):
    counted = typing.count(PASSAGE, typed, Decimal(seconds))
    assert counted.characters == characters
    assert errors is None or counted.errors == errors
    assert speed is None or counted.words_a_minute == Decimal(speed)
    assert (why_not in counted.not_counted) if why_not else counted.not_counted == ""


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 40), st.integers(0, 19), st.sampled_from("xé 7"), st.integers(30, 300))
def test_a_slip_never_makes_anybody_faster(length, place, letter, seconds):
    passage = PASSAGE[:60]
    right = typing.count(passage, passage[:length], Decimal(seconds))
    for typed in (
        passage[:place] + letter + passage[place:length],
        passage[:place] + letter + passage[place + 1 : length],
        passage[:place] + passage[place + 1 : length],
    ):
        wrong = typing.count(passage, typed, Decimal(seconds))
        assert wrong.errors <= 1
        assert wrong.words_a_minute <= right.words_a_minute


def test_every_passage_is_long_enough_and_in_plain_letters():
    for passage in typing.PASSAGES:
        assert len(passage) >= 400
        assert passage.isascii()
        assert passage == " ".join(passage.split())


def test_there_are_enough_to_practise_without_knowing_the_next():
    assert len(set(typing.PASSAGES)) == len(typing.PASSAGES) >= 10
