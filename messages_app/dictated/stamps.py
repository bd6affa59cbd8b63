"""Positions in the recording, as they stand in the text while it is typed: [2:03], or [1:02:03]."""

import re

STAMP = re.compile(r"\[(?:\d{1,2}:)?\d{1,3}:[0-5]\d\]")


def stamps_in(words: str) -> list[str]:
    """The positions that still stand in the text, each once, in their order."""
    return list(dict.fromkeys(STAMP.findall(words)))


def without(words: str) -> str:
    """The text without them, and without the blank that each leaves behind."""
    return re.sub(rf"{STAMP.pattern} ?", "", words)
