"""What changed from one version of a text to the next, word by word. Pure."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

PIECE = re.compile(r"\s+|[^\s]+")
LONGEST = 1_500  # pieces; a longer text is compared line by line


@dataclass(frozen=True)
class Piece:
    """`kind` is same, added or gone."""

    kind: str
    words: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of `after`, and of `before` what is gone, in reading order; neighbours of a kind are one."""
    old, new = PIECE.findall(before), PIECE.findall(after)
    if max(len(old), len(new)) > LONGEST:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(new[c:d])))
            continue
        if b > a:
            found.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            found.append(Piece("added", "".join(new[c:d])))
    return found
