"""Templates whose tokens are filled in: *Dear {name}*. Pure.

A token is a word in braces. One that has no value stays as it stands and is named, and a mail in which one
stands is not sent: a gap that is seen does less harm than a sentence without its name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

TOKEN = re.compile(r"\{([a-z][a-z_]{0,30})\}")


@dataclass(frozen=True)
class Filled:
    """`missing`: tokens that stand in it still, in the order in which they come."""

    words: str
    missing: tuple[str, ...] = ()


def fill(template: str, values: Mapping[str, str]) -> Filled:
    """The words of a template. What a value holds is never looked into for tokens."""
    words = TOKEN.sub(lambda found: values.get(found[1]) or found[0], template)
    gaps = (found[1] for found in TOKEN.finditer(template) if not values.get(found[1]))
    return Filled(words, tuple(dict.fromkeys(gaps)))


def tokens_in(words: str, known) -> list[str]:
    """Tokens of ours that stand in what was written, each once."""
    return list(dict.fromkeys(found[1] for found in TOKEN.finditer(words) if found[1] in known))


def first_name(name: str) -> str:
    """What somebody may be called by: the first word of a name that is no title and no single letter."""
    titles = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "herr", "frau", "m", "mme"}
    words = [word.strip(",") for word in name.split()]
    return next((w for w in words if w.strip(".").lower() not in titles and len(w.strip(".")) > 1), "")
