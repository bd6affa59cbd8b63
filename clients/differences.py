"""What changed between two wordings, word by word. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s*\S+")
LONGEST = 1_500  # words; a longer text is compared line by line
SAME, ADDED, TAKEN_OUT = "same", "added", "taken_out"


@dataclass(frozen=True)
class Piece:
    """A run of words that is the same in both, was added, or was taken out. Leading blanks belong to it."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces in order: without what was added they are `before`, without what was taken out `after`."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > LONGEST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return list(_pieces(old, new))


def of_parts(
    before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]
) -> list[tuple[str, list[Piece]]]:
    """Of what stands under captions: the caption and the pieces of each part that is not as it was, in order.

    A caption that stands on one side only was empty on the other.
    """
    old, new = dict(before), dict(after)
    captions = [*new, *(caption for caption in old if caption not in new)]
    return [
        (caption, differences(old.get(caption, ""), new.get(caption, "")))
        for caption in captions
        if old.get(caption, "") != new.get(caption, "")
    ]


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(SAME, "".join(before[a:b]))
            continue
        if a < b:
            yield Piece(TAKEN_OUT, "".join(before[a:b]))
        if c < d:
            yield Piece(ADDED, "".join(after[c:d]))
