"""Boxes open for exactly what went in, and for nothing else."""

import io
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secretariat.media import boxes

KEY = b"k" * 32
SEALED = boxes.BOX + boxes.TAG
SIZES = st.sampled_from([0, 1, boxes.BOX - 1, boxes.BOX, boxes.BOX + 1, 2 * boxes.BOX, 3 * boxes.BOX + 7])


def content_of(size):
    return bytes(range(256)) * (size // 256 + 1)


def filled(content, pieces=10_000):
    target = io.BytesIO()
    sum_ = boxes.fill(target, (content[at : at + pieces] for at in range(0, len(content), pieces)), KEY)
    return target, sum_


@settings(deadline=None)
@given(size=SIZES, pieces=st.sampled_from([1000, boxes.BOX, boxes.BOX + 1, 10**6]), at=st.data())
def test_any_range_opens_to_what_was_stored(size, pieces, at):
    content = content_of(size)[:size]
    target, sum_ = filled(content, pieces)
    assert (sum_.size, sum_.sha256) == (size, sha256(content).hexdigest())
    start = at.draw(st.integers(0, size))
    stop = at.draw(st.integers(start, size))
    assert b"".join(boxes.take(target, KEY, size=size, start=start, stop=stop)) == content[start:stop]


def test_nothing_of_the_content_is_readable_on_disk():
    target, _ = filled(b"the caller said so" * 10_000)
    assert b"the caller" not in target.getvalue()


def _swap(sealed):
    return sealed[SEALED : 2 * SEALED] + sealed[:SEALED] + sealed[2 * SEALED :]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda s: s[:100] + bytes([s[100] ^ 1]) + s[101:], id="a bit"),
        pytest.param(_swap, id="two boxes swapped"),
        pytest.param(lambda s: s[:SEALED] + s[:SEALED] + s[2 * SEALED :], id="a box repeated"),
        pytest.param(lambda s: s[SEALED:], id="a box dropped"),
        pytest.param(lambda s: s[:-1], id="the end cut off"),
        pytest.param(lambda s: b"", id="emptied"),
    ],
)
def test_a_changed_file_does_not_open(change):
    size = 2 * boxes.BOX + 500
    target, _ = filled(content_of(size)[:size])
    changed = io.BytesIO(change(target.getvalue()))
    with pytest.raises(boxes.Altered):
        list(boxes.take(changed, KEY, size=size, start=0, stop=size))


def test_a_tail_cut_at_a_box_does_not_pass_for_a_shorter_file():
    target, _ = filled(content_of(2 * boxes.BOX + 500)[: 2 * boxes.BOX + 500])
    shorter = io.BytesIO(target.getvalue()[: 2 * SEALED])
    with pytest.raises(boxes.Altered):
        list(boxes.take(shorter, KEY, size=2 * boxes.BOX, start=0, stop=2 * boxes.BOX))
