"""Spans joined and taken from each other, against the single places that lie in them."""

from itertools import count, islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from secretariat.spans import joined, without

PLACES = st.integers(0, 30)
SPANS = st.lists(st.tuples(PLACES, PLACES).map(sorted).map(tuple).filter(lambda span: span[0] < span[1]))


def places(spans) -> set[int]:
    return {each for begins, ends in spans for each in range(begins, ends)}


@given(SPANS)
def test_joined_they_hold_the_same_and_none_touches_the_next(spans):
    found = list(joined(sorted(spans)))
    assert places(found) == places(spans)
    assert all(before[1] < after[0] for before, after in pairwise(found))


@given(SPANS, SPANS)
def test_what_is_left_lies_in_none_of_the_others(spans, taken):
    left = list(without(joined(sorted(spans)), list(joined(sorted(taken)))))
    assert places(left) == places(spans) - places(taken)


def test_those_that_never_end_are_joined_as_they_come():
    endless = ((each, each + 1) for each in count(0, 2))
    assert list(islice(joined(endless), 3)) == [(0, 1), (2, 3), (4, 5)]
