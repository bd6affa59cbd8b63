"""What a template leaves open, and what fills it. Pure: plain replacement, nothing is evaluated."""

import re

TOKEN = re.compile(r"\{([a-z_]{1,24})\}")
KNOWN = ("name", "firm", "client", "secretary", "signer", "date")


def fill(words: str, values: dict[str, str]) -> str:
    """`words` with each token that has a value replaced by it; the others stand, to be seen.

    What a value itself holds is not looked at again.
    """
    return TOKEN.sub(lambda found: values.get(found[1]) or found[0], words)


def left_open(*words: str) -> list[str]:
    """The tokens that still stand in these words, each once, in their order."""
    return list(dict.fromkeys(name for each in words for name in TOKEN.findall(each)))
