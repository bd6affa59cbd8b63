"""What changed between two versions."""

from hypothesis import given
from hypothesis import strategies as st

from messages_app.letters.differing import differences

WORDS = st.text("ab{} \n", max_size=60)


@given(WORDS, WORDS)
def test_the_pieces_are_both_texts_again(before, after):
    pieces = differences(before, after)
    assert "".join(each.words for each in pieces if each.kind != "gone") == after
    assert "".join(each.words for each in pieces if each.kind != "added") == before
