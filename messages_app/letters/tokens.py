"""What the tokens of a letter's template stand for.

{salutation} and {closing} are the usual ones of the client's language, for whoever the letter goes to.
"""

from collections.abc import Mapping
from datetime import date

from messages_app import filling
from messages_app.models import Letterhead, LetterVersion

from . import phrases, sheets


def values(head: Letterhead, *, name: str, firm: str, secretary: str, dated_on: date) -> dict[str, str]:
    language = head.client.language
    return {
        "salutation": phrases.salutation(name, language),
        "closing": phrases.closing(name, language),
        "name": name,
        "first_name": filling.first_name(name),
        "firm": firm,
        "client": head.client.name,
        "secretary": secretary,
        "signer": head.signer or head.name,
        "date": sheets.in_full(dated_on, language),
    }


def filled(part: str, words: str, values: Mapping[str, str]) -> str:
    """This part of a letter with what its tokens stand for; where that is longer than the part may be, the
    words as they are, which are then seen to be open. Nothing is cut."""
    full = filling.fill(words, values)
    most = LetterVersion._meta.get_field(part).max_length
    return full if most is None or len(full) <= most else words
