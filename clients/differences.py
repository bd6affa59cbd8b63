"""What changed between two wordings, word by word. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s*\S+")
SAME, ADDED, TAKEN_OUT = "same", "added", "taken_out"


@dataclass(frozen=True)
class Piece:
    """A run of words that is the same in both, was added, or was taken out. Leading blanks belong to it."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces in order: without what was added they are `before`, without what was taken out `after`."""
    return list(_pieces(_WORD.findall(before), _WORD.findall(after)))


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece(SAME, "".join(before[a:b]))
            continue
        if a < b:
            yield Piece(TAKEN_OUT, "".join(before[a:b]))
        if c < d:
            yield Piece(ADDED, "".join(after[c:d]))
