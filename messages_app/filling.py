"""What a template of a mail or a letter leaves open, and what fills it. Pure: nothing is evaluated.

A token is a word in braces: *Dear {name}*. One that has no value stays as it stands, to be seen, and what
holds one does not leave: a gap that is seen does less harm than a sentence without its name.
"""

import re
from collections.abc import Mapping

TOKEN = re.compile(r"\{([a-z][a-z_]{0,30})\}")
TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "herr", "frau", "m", "mme"])


def fill(words: str, values: Mapping[str, str]) -> str:
    """`words` with each token that has a value replaced by it. What a value holds is not looked at again."""
    return TOKEN.sub(lambda found: values.get(found[1]) or found[0], words)


def left_open(*words: str) -> list[str]:
    """The tokens that stand in these words, each once, in their order."""
    return list(dict.fromkeys(name for each in words for name in TOKEN.findall(each)))


def in_braces(names) -> str:
    """Tokens as they are typed: *{name}, {day}*."""
    return ", ".join(f"{{{name}}}" for name in names)


def first_name(name: str) -> str:
    """What somebody may be called by: the first word of a name that is no title and no single letter."""
    words = [word.strip(",") for word in name.split()]
    return next((w for w in words if w.strip(".").lower() not in TITLES and len(w.strip(".")) > 1), "")
