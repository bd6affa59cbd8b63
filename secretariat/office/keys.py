"""The keys of the desk: what each does, and which others somebody may give it. No clock, no database.

A key is named as browsers name it. What a person changed is kept as {our key: hers}; an empty one is off.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

FUNCTION_KEYS = ("F2", "F3", "F4", "F6", "F7", "F8", "F9", "F10")  # the others belong to the browser
LETTERS = "abcdefghijklmnopqrstuvwxyz?/.,;"


@dataclass(frozen=True)
class Key:
    """One key as we set it. `inside`: it works inside fields too, and is a function key."""

    ours: str
    does: str
    inside: bool = False

    @property
    def may_be(self) -> tuple[str, ...]:
        return FUNCTION_KEYS if self.inside else tuple(LETTERS)


KEYS = (
    Key("F2", _("Answer, or return to the call"), inside=True),
    Key("F4", _("Hold and resume"), inside=True),
    Key("F3", _("Dictation on this call"), inside=True),
    Key("F7", _("Arrange a meeting"), inside=True),
    Key("F8", _("Put through"), inside=True),
    Key("F9", _("Hang up"), inside=True),
    Key("?", _("Show all keys")),
    Key("/", _("Search")),
    Key("j", _("Next in a list")),
    Key("k", _("Previous in a list")),
    Key("e", _("Done")),
    Key("r", _("Reply")),
    Key("g", _("Go, with a second letter: d desk, t work, m messages, c diary")),
)
FIXED = (
    ("Ctrl Enter", _("Send")),
    ("Ctrl K", _("Go, find or act")),
    ("Enter", _("Open what is chosen in a list")),
    ("1 – 9", _("Next action")),
    ("Esc", _("Close, or leave the field")),
)


def in_force(changed: dict[str, str]) -> dict[str, str]:
    """What every one of our keys is at this person's desk: {our key: hers}."""
    return {key.ours: changed.get(key.ours, key.ours) for key in KEYS}


def changes(chosen: dict[str, str]) -> dict[str, str]:
    """What is worth keeping of a whole choice: the keys that are not as we set them."""
    return {key.ours: chosen[key.ours] for key in KEYS if chosen.get(key.ours, key.ours) != key.ours}


def conflicts(chosen: dict[str, str]) -> list[tuple[Key, Key]]:
    """Pairs that were given the same key, the one listed first before the other."""
    found = []
    for at, key in enumerate(KEYS):
        for other in KEYS[at + 1 :]:
            if chosen[key.ours] and chosen[key.ours] == chosen[other.ours]:
                found.append((key, other))
    return found
