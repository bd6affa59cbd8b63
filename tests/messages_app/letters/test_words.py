"""Tokens of templates, and what changed between two versions."""

from hypothesis import given
from hypothesis import strategies as st

from messages_app.letters.differing import differences
from messages_app.letters.tokens import fill, left_open

WORDS = st.text("ab{} \n", max_size=60)


def test_a_token_is_filled_and_its_value_is_not_looked_at_again():
    values = {"name": "{firm}", "firm": "Harlow"}
    assert fill("Dear {name} of {firm}, {reference}", values) == "Dear {firm} of Harlow, {reference}"
    assert fill("{Name} {} {0} {name!r}", values) == "{Name} {} {0} {name!r}"


def test_what_is_left_open_is_named_once():
    assert left_open("{a_b} and {a_b}", "{c}") == ["a_b", "c"]


@given(WORDS, WORDS)
def test_the_pieces_are_both_texts_again(before, after):
    pieces = differences(before, after)
    assert "".join(each.words for each in pieces if each.kind != "gone") == after
    assert "".join(each.words for each in pieces if each.kind != "added") == before
