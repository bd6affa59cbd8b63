"""Which PINs are too easy, and when somebody who tries is shut out. No clock, no database, no settings."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

SHORTEST, LONGEST = 6, 12
TRIES_A_CALL = 3
TRIES_AN_HOUR = 5  # of one person's, from whatever telephones
HOUR = timedelta(hours=1)
LOOK_AT_LEAST = 3  # a repeated piece of so many digits makes a PIN easy


def too_easy(pin: str, *, known: Iterable[str] = ()) -> str:
    """Why this PIN will not do: form, same, row, repeated or known; empty for a good one.

    `known` are digits that anybody might know of her: her numbers, her dictation number.
    """
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        return "form"
    if len(set(pin)) <= 2:
        return "same"
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    if steps in ({1}, {9}):
        return "row"
    if any(_repeats(pin, length) for length in range(1, LOOK_AT_LEAST + 1)):
        return "repeated"
    if any(pin in _digits(each) or _digits(each) == pin for each in known):
        return "known"
    return ""


def _repeats(pin: str, length: int) -> bool:
    """Whether it is one piece of `length` digits over and over."""
    piece = pin[:length]
    return len(pin) > length and (piece * (len(pin) // length + 1))[: len(pin)] == pin


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdigit())


def still_count(failed: Sequence[datetime], *, at: datetime) -> list[datetime]:
    """Those wrong tries that are not an hour old."""
    return [moment for moment in failed if at - moment < HOUR]


def locks(failed: Sequence[datetime], *, at: datetime) -> bool:
    """Whether one more wrong try at `at` was one too many. `failed` holds it already."""
    return len(still_count(failed, at=at)) >= TRIES_AN_HOUR
