"""How fast somebody types, honestly counted. Pure: no clock, no database, no settings.

A word is five characters, spaces among them, as everywhere. The time runs from when the passage was handed
out until it came back, by our clock, so that reading it and the line are part of it. Every slip counts: a
letter wrong, one too many, one left out; what was put right before it was sent does not. What stands after
the point that was reached is not held against her.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from .typing_passages import PASSAGES

SHORTEST_SECONDS = 30
LONGEST_SECONDS = 15 * 60
FEWEST_CHARACTERS = 100
FASTEST = 220  # words a minute; nobody types more from a page she has not seen
A_WORD = 5
A_TENTH = Decimal("0.1")
__all__ = ["PASSAGES", "Count", "count", "slips"]


@dataclass(frozen=True)
class Count:
    """What came of one go. `not_counted` says why it does not count, and is empty where it does."""

    characters: int
    errors: int
    words_a_minute: Decimal
    not_counted: str = ""


def count(passage: str, typed: str, seconds: Decimal) -> Count:
    """Count one go. `seconds` is by our clock."""
    typed = " ".join(typed.split())[: len(passage) + FEWEST_CHARACTERS]
    errors = slips(passage, typed)
    minutes = max(seconds, Decimal(1)) / 60
    right = max(0, len(typed) - errors)
    speed = (Decimal(right) / A_WORD / minutes).quantize(A_TENTH, ROUND_HALF_UP)
    return Count(len(typed), errors, speed, _why_not(typed, errors, speed, seconds))


def _why_not(typed: str, errors: int, speed: Decimal, seconds: Decimal) -> str:
    if len(typed) < FEWEST_CHARACTERS:
        return _("It is too short to say anything: type a hundred characters at least.")
    if seconds > LONGEST_SECONDS:
        return _("It came back after more than a quarter of an hour.")
    if seconds < SHORTEST_SECONDS or speed > FASTEST:
        return _("Nobody types so fast. It was not typed from the page.")
    if 2 * errors > len(typed):
        return _("Most of it is not what stands in the passage.")
    return ""


def slips(passage: str, typed: str) -> int:
    """The fewest letters to change, take out or put in until `typed` is a beginning of `passage`."""
    row = list(range(len(passage) + 1))
    for place, letter in enumerate(typed, start=1):
        diagonal, row[0] = row[0], place
        for at, wanted in enumerate(passage, start=1):
            cost = min(row[at] + 1, row[at - 1] + 1, diagonal + (letter != wanted))
            diagonal, row[at] = row[at], cost
    return min(row)
