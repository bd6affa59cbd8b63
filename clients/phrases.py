"""What is said first: the client's answer phrase with its tokens filled in. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

TOKENS = ("greeting", "client", "secretary")
_TOKEN = re.compile(r"\{(\w+)\}")
NOON, EVENING = time(12), time(18)


@dataclass(frozen=True)
class Phrases:
    """A client's words. The closed and holiday forms may be empty: then the usual one is said."""

    client: str
    usual: str
    closed: str = ""
    holiday: str = ""
    zone: str = "UTC"


def answer_phrase(phrases: Phrases, *, at: datetime, secretary: str, is_open: bool, is_holiday: bool) -> str:
    """The words to say at `at` (aware), by the client's clock."""
    chosen = phrases.usual
    if is_holiday and phrases.holiday:
        chosen = phrases.holiday
    elif not is_open and phrases.closed:
        chosen = phrases.closed
    return fill(chosen, greeting=greeting(at, phrases.zone), client=phrases.client, secretary=secretary)


def greeting(at: datetime, zone: str) -> str:
    """What one says at that hour in `zone`."""
    local = at.astimezone(ZoneInfo(zone)).time()
    if local < NOON:
        return _("Good morning")
    if local < EVENING:
        return _("Good afternoon")
    return _("Good evening")


def fill(phrase: str, **tokens: str) -> str:
    """The phrase with its tokens filled. What is no token of ours is said as it was written."""
    # Not str.format: a phrase is typed by people and may hold any brace.
    return _TOKEN.sub(lambda found: tokens.get(found[1], found[0]), phrase)


def unknown_tokens(phrase: str) -> list[str]:
    """Tokens we would read out as they stand, because we do not know them."""
    return [token for token in _TOKEN.findall(phrase) if token not in TOKENS]
