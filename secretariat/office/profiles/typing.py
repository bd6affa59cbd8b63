"""How fast somebody types, honestly counted. Pure: no clock, no database, no settings.

A word is five characters, spaces among them, as everywhere. The time runs from when the passage was handed
out until it came back, by our clock, so that reading it and the line are part of it. Every slip counts: a
letter wrong, one too many, one left out; what was put right before it was sent does not. What stands after
the point that was reached is not held against her.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

SHORTEST_SECONDS = 30
LONGEST_SECONDS = 15 * 60
FEWEST_CHARACTERS = 100
FASTEST = 220  # words a minute; nobody types more from a page she has not seen
A_WORD = 5
A_TENTH = Decimal("0.1")

# Ours, written for this. Plain letters and mail as a secretary meets them.
PASSAGES = (
    "Thank you for your letter of the third of May. We have put the meeting with Mrs Harrow into the "
    "diary for Thursday at half past ten, and she has been told that the room on the second floor is "
    "free until noon. If the papers reach us by Wednesday evening, they will be copied and laid out "
    "before anybody arrives. Would you let us know whether coffee is wanted, and for how many? The lift "
    "is being mended that week, so guests who do not like stairs are shown the side door in Mill Lane, "
    "where somebody will wait for them.",
    "The caller rang at 9:40 and would not give her name at first. She said that the delivery of 12 "
    "boxes had come on Monday, that two of them were wet, and that the driver had left before she could "
    "tell him. She asks to be rung back on her mobile, not at the office, and at the latest by five "
    "o'clock today. I read the number back to her twice. She was calm and friendly; all she wants is to "
    "hear when the new boxes will be sent, and who will fetch the old ones. The order number is on the "
    "note beside your door.",
    "Here are the minutes of our last meeting, as they were read out. You will see that the third point "
    "was moved to the autumn, because the figures for the first half of the year were not yet complete. "
    "Mr Lindqvist has offered to bring them in September, together with a short comparison of both "
    "offers. Until then everything stays as it was agreed in March: the smaller hall is kept free on "
    "Fridays, the keys lie at the front desk, and whoever leaves last turns down the heating and writes "
    "the time into the book.",
)


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
